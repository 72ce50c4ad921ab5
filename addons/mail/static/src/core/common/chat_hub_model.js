import { Record } from "@mail/core/common/record";
import { browser } from "@web/core/browser/browser";

/** Pixels that a window takes, and what stands beside all of them. */
export const WINDOW_WIDTH = 340;
const BESIDE = 100;
/** Bubbles above each other; the others are in a list. */
const MAX_FOLDED = 7;

/** The windows at the edge of the page, and the bubbles of those that are folded. */
export class ChatHub extends Record {
    opened = Record.many("ChatWindow", { inverse: "hubAsOpened" });
    folded = Record.many("ChatWindow", { inverse: "hubAsFolded" });
    /** Whether all bubbles are one. */
    compact = Record.attr(false);

    get maxOpened() {
        return Math.max(1, Math.floor((browser.innerWidth - BESIDE) / WINDOW_WIDTH));
    }

    get maxFolded() {
        return MAX_FOLDED;
    }

    /** @param {import("models").ChatWindow} window @param {"open"|"folded"} state */
    put(window, state) {
        const [target, other] = state === "open" ? [this.opened, this.folded] : [this.folded, this.opened];
        other.delete(window);
        target.add(window);
        while (state === "open" && this.opened.length > this.maxOpened) {
            // the one that was opened first makes room
            this.opened[0].fold({ notifyState: false });
        }
    }

    closeAll() {
        for (const window of [...this.opened, ...this.folded]) {
            window.close();
        }
    }
}
ChatHub.register();
