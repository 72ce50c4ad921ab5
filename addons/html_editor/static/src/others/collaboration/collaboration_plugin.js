import { Plugin } from "@html_editor/plugin";
import { parseContent, SAVES } from "@html_editor/prose/content";
import { joinChanges } from "@html_editor/prose/joining";

/** @param {string} html @returns {string[]} saves that a stored text contains, the last one at the end */
export function savesIn(html) {
    const { body } = new DOMParser().parseFromString(String(html || ""), "text/html");
    return (body.firstElementChild?.getAttribute(SAVES) || "").split(",").filter(Boolean);
}

/**
 * A text that is the same in the pages of all who write it; how they hear of each other is another plugin's affair.
 *
 * - `collaboration_step_added_handlers`: `(update)`, the user wrote something
 * - `collaborative_caret_handlers`: the user is somewhere else, or still there
 * - `collaborative_peer_gone_handlers`: `(client)`, nothing was heard of somebody for long
 * - `collaborative_caret_views`: `{showCaret(client), showSelection(client)}`
 */
export class CollaborationPlugin extends Plugin {
    static id = "collaboration";
    static dependencies = ["prose", "history"];
    static shared = [
        "beginSave",
        "contains",
        "endSave",
        "getBranchIds",
        "getText",
        "isNewSave",
        "isSame",
        "share",
        "takeBackUnsaved",
        "takeOver",
    ];

    /** @type {import("./shared_text").SharedText|null} */
    text = null;
    /** What the text began with. @type {import("prosemirror-model").Node|null} */
    beginning = null;

    resources = {
        clean_for_save_handlers: ({ root }) => this.tellSaves(root),
        remote_step_predicates: (tr) => Boolean(this.text && this.SharedText.isOfOthers(tr)),
        step_keepers: {
            isActive: () => Boolean(this.text),
            ...Object.fromEntries(
                ["canUndo", "canRedo", "endStep", "makeSavePoint", "undo", "redo"].map((name) => [
                    name,
                    (...args) => this.text.stepKeeper[name](...args),
                ])
            ),
        },
    };

    setup() {
        /** What the editor began with. */
        this.first = parseContent(this.config.content || "");
        this.cleanups.push(() => this.text?.destroy());
    }

    /**
     * Have the text shared from now on. It begins with what is stored; what the user has written already is joined.
     *
     * @param {any} SharedText
     * @param {string} stored HTML
     * @returns {boolean} false: what the user has written does not fit to what is stored, and is not there any more
     */
    share(SharedText, stored) {
        this.SharedText = SharedText;
        return this.begin({ stored: parseContent(stored), saves: savesIn(stored) }, this.first, stored);
    }

    /**
     * Go on with the text of somebody else, or with what is stored by now; what the user wrote since is joined.
     *
     * @param {{base: string, state: string}|{stored: string}} origin
     * @returns {boolean} as above
     */
    takeOver(origin) {
        const before = this.beginning;
        if ("stored" in origin) {
            const { stored } = origin;
            return this.begin({ stored: parseContent(stored), saves: savesIn(stored) }, before, stored);
        }
        return this.begin(origin, before, this.stored);
    }

    begin(origin, before, stored) {
        const { history, prose } = this.dependencies;
        const mine = prose.getState().doc;
        const tell = (list) => (value) => this.text === text && this.dispatchTo(list, value);
        const [view] = this.getResource("collaborative_caret_views");
        const text = new this.SharedText(origin, {
            onChange: tell("collaboration_step_added_handlers"),
            onCaret: tell("collaborative_caret_handlers"),
            onGone: tell("collaborative_peer_gone_handlers"),
            ...view,
        });
        const theirs = text.content;
        const isChanged = !this.text || this.text.hasUnsaved;
        const joined = isChanged ? joinChanges(before, mine, theirs) : theirs;
        const old = this.text;
        this.text = null;
        // the plugins of the text before let go of the editor first
        prose.changePlugins({ added: [], isRemoved: (plugin) => this.added?.includes(plugin) });
        old?.destroy();
        prose.setDocument(theirs, { addToHistory: false, isQuiet: true });
        this.added = text.plugins();
        prose.changePlugins({ added: this.added, isRemoved: history.isOwnSteps });
        Object.assign(this, { text, stored, beginning: theirs });
        if (joined && !joined.eq(theirs)) {
            prose.setDocument(joined);
        }
        return Boolean(joined);
    }

    /** @returns {import("./shared_text").SharedText|null} nothing as long as the text is the user's alone */
    getText() {
        return this.text;
    }

    // ------------------------------------------------------------------ saves

    /** @returns {string[]} saves that the text contains */
    getBranchIds() {
        return this.text?.saves || [];
    }

    /** @param {string} html what is stored @returns {boolean} whether the text contains it */
    contains(html) {
        const last = savesIn(html).at(-1);
        return last ? Boolean(this.text?.contains(last)) : String(html || "") === String(this.stored || "");
    }

    /** @param {string} html @returns {boolean} whether it was saved since the text was last read, and is contained */
    isNewSave(html) {
        return String(html || "") !== this.stored && Boolean(savesIn(html).length) && this.contains(html);
    }

    /** @param {string} html @returns {boolean} whether it is what the user sees */
    isSame(html) {
        return this.dependencies.prose.getState().doc.eq(parseContent(html));
    }

    /** What the user sees is about to be saved. */
    beginSave() {
        this.text?.beginSave();
    }

    /** It is stored. @param {string} html */
    endSave(html) {
        this.stored = html;
        this.text?.endSave();
    }

    takeBackUnsaved() {
        this.text?.takeBackUnsaved();
    }

    tellSaves(root) {
        const saves = this.getBranchIds();
        if (saves.length && root.firstElementChild) {
            root.firstElementChild.setAttribute(SAVES, saves.join(","));
        }
    }
}
