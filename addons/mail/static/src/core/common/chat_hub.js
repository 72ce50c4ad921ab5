import { Component, useEffect, useExternalListener, useState } from "@odoo/owl";
import { ChatWindow } from "@mail/core/common/chat_window";
import { WINDOW_WIDTH } from "@mail/core/common/chat_hub_model";
import { ImStatus } from "@mail/core/common/im_status";
import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

/** Pixels between windows, and at the right edge where bubbles are. */
const GAP = 8;
const BUBBLES = 72;

/** All conversations at the edge of the page. */
export class ChatHub extends Component {
    static template = "mail.ChatHub";
    static components = { ChatWindow, ImStatus };
    static props = [];

    setup() {
        this.store = useState(useService("mail.store"));
        this.ui = useState(useService("ui"));
        this.state = useState({ width: browser.innerWidth });
        useExternalListener(browser, "resize", () => (this.state.width = browser.innerWidth));
        useEffect(
            () => this.makeRoom(),
            () => [this.state.width]
        );
    }

    get chatHub() {
        return this.store.chatHub;
    }

    get isShown() {
        return !this.store.discuss?.isActive || this.ui.isSmall;
    }

    /** Windows side by side; on small screens the newest one alone. */
    get windows() {
        const { opened } = this.chatHub;
        const shown = this.ui.isSmall ? opened.slice(-1) : opened;
        return shown.map((window, index) => ({ window, right: BUBBLES + index * (WINDOW_WIDTH + GAP) }));
    }

    get bubbles() {
        return this.ui.isSmall ? [] : this.chatHub.folded.slice(0, this.chatHub.maxFolded);
    }

    makeRoom() {
        const { chatHub } = this;
        while (chatHub.opened.length > chatHub.maxOpened) {
            chatHub.opened[0].fold({ notifyState: false });
        }
    }
}
