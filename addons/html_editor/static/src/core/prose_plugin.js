import { baseKeymap } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { keymap } from "prosemirror-keymap";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { Plugin } from "@html_editor/plugin";
import { elementOfContent, parseContent } from "@html_editor/prose/content";
import { narrowed } from "@html_editor/prose/narrowing";
import { rawNodeViews } from "@html_editor/prose/raw_views";

const ADDED_STEP = "addToHistory";

/**
 * The document, and ProseMirror's view of it. What other plugins add to it:
 *
 * - `prose_plugins`: plugins of ProseMirror
 * - `node_views`: `{name of a node: (node, view, getPos) => NodeView}`
 * - `remote_step_predicates`: `(transaction) => whether somebody else wrote it`
 */
export class ProsePlugin extends Plugin {
    static id = "prose";
    static shared = [
        "changePlugins",
        "dispatch",
        "getElContent",
        "getState",
        "getView",
        "isEmpty",
        "readDom",
        "run",
        "setContent",
        "setDocument",
    ];

    setup() {
        const plugins = this.getResource("prose_plugins");
        this.view = new EditorView(
            { mount: this.editable },
            {
                state: EditorState.create({
                    doc: parseContent(this.config.content || ""),
                    plugins: [...plugins, keymap(baseKeymap), gapCursor(), dropCursor({ width: 2 })],
                }),
                attributes: () => this.attributes(),
                dispatchTransaction: (tr) => this.applied(tr),
                nodeViews: Object.assign({}, rawNodeViews, ...this.getResource("node_views")),
                handleDOMEvents: {
                    blur: () => void this.config.onBlur?.(),
                },
            }
        );
        this.cleanups.push(() => this.view.destroy());
    }

    attributes() {
        const { classList = [], placeholder } = this.config;
        return {
            class: ["odoo-editor-editable", ...classList].join(" "),
            role: "textbox",
            "aria-multiline": "true",
            ...(this.config.label && { "aria-label": this.config.label }),
            ...(placeholder && { "aria-placeholder": placeholder }),
        };
    }

    applied(tr) {
        if (this.view.isDestroyed) {
            // plugins of ProseMirror tell some things a moment later
            return;
        }
        const { doc, selection } = this.view.state;
        tr = narrowed(this.view.state, tr);
        this.view.updateState(this.view.state.apply(tr));
        const { state } = this.view;
        if (!state.doc.eq(doc)) {
            this.dispatchTo("content_updated_handlers", this.editable);
            if (this.getResource("remote_step_predicates").some((isRemote) => isRemote(tr))) {
                this.dispatchTo("external_step_added_handlers", { step: tr });
            } else if (!tr.getMeta("preview")) {
                this.dispatchTo("step_added_handlers", { step: tr, stepCommonAncestor: this.editable });
                this.config.onChange?.();
            }
        }
        if (!state.selection.eq(selection) || tr.docChanged || tr.storedMarksSet) {
            this.dispatchTo("prose_selection_handlers", state);
        }
    }

    getView() {
        return this.view;
    }

    getState() {
        return this.view.state;
    }

    /** @param {import("prosemirror-state").Transaction} tr */
    dispatch(tr) {
        this.view.dispatch(tr);
    }

    /**
     * Run a command of ProseMirror, and go on writing.
     *
     * @param {import("prosemirror-state").Command} command
     * @param {{focus?: boolean}} [options]
     * @returns {boolean} whether there was something to do
     */
    run(command, { focus = true } = {}) {
        const isDone = command(this.view.state, this.view.dispatch, this.view);
        if (focus && !this.view.hasFocus()) {
            this.view.focus();
        }
        return isDone;
    }

    getElContent() {
        const root = elementOfContent(this.view.state.doc);
        if (this.isEmpty()) {
            root.replaceChildren();
        }
        this.dispatchTo("clean_for_save_handlers", { root });
        return root;
    }

    /** @param {import("prosemirror-model").Node} [doc] */
    isEmpty(doc = this.view.state.doc) {
        return !doc.childCount || (doc.childCount === 1 && doc.firstChild.isTextblock && !doc.firstChild.childCount);
    }

    /**
     * Put another content in the place of what is there; what both have in common stays, with the cursor in it.
     *
     * @param {string|Element} content
     * @param {{addToHistory?: boolean, isQuiet?: boolean}} [options] whether it can be undone, and is no change of the user's
     */
    setContent(content, { addToHistory = true, isQuiet = false } = {}) {
        this.setDocument(parseContent(content), { addToHistory, isQuiet });
    }

    /**
     * The same with a document.
     *
     * @param {import("prosemirror-model").Node} next
     * @param {{addToHistory?: boolean, isQuiet?: boolean}} [options]
     */
    setDocument(next, { addToHistory = true, isQuiet = false } = {}) {
        const { state } = this.view;
        const start = state.doc.content.findDiffStart(next.content);
        if (start === null) {
            return;
        }
        const ends = state.doc.content.findDiffEnd(next.content);
        // what is repeated may be found from both sides
        const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
        const tr = state.tr.replace(start, ends.a + overlap, next.slice(start, ends.b + overlap));
        this.dispatch(tr.setMeta(ADDED_STEP, addToHistory).setMeta("preview", isQuiet));
    }

    /**
     * Do without some of ProseMirror's plugins, and with others, which see keys first.
     *
     * @param {{added: import("prosemirror-state").Plugin[], isRemoved: (plugin: any) => boolean}} changes
     */
    changePlugins({ added, isRemoved }) {
        const { state } = this.view;
        const staying = state.plugins.filter((plugin) => !isRemoved(plugin));
        this.view.updateState(state.reconfigure({ plugins: [...added, ...staying] }));
    }

    /** Take over what code changed in the element itself. @returns {boolean} whether there was something */
    readDom() {
        const { domObserver } = /** @type {any} */ (this.view);
        const { doc } = this.view.state;
        domObserver.flush();
        return !this.view.state.doc.eq(doc);
    }
}
