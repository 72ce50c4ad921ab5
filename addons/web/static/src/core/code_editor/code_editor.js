import { Component, onMounted, onWillDestroy, onWillStart, onWillUpdateProps, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Bundle of the library that the editor is made with. */
const BUNDLE = "web.ace_lib";

/** Editor of source code; the library comes when the first one is shown. */
export class CodeEditor extends Component {
    static template = "web.CodeEditor";
    static MODES = ["css", "html", "javascript", "python", "qweb", "scss", "xml"];
    static THEMES = ["", "monokai"];
    static props = {
        class: { type: String, optional: true },
        initialCursorPosition: { type: Object, optional: true },
        maxLines: { type: Number, optional: true },
        mode: { type: String, optional: true },
        onBlur: { type: Function, optional: true },
        onChange: { type: Function, optional: true },
        readonly: { type: Boolean, optional: true },
        sessionId: { type: [Number, String], optional: true },
        showLineNumbers: { type: Boolean, optional: true },
        theme: { type: String, optional: true },
        value: { type: String, optional: true },
    };
    static defaultProps = {
        class: "",
        mode: "qweb",
        onBlur: () => {},
        onChange: () => {},
        readonly: false,
        sessionId: 1,
        showLineNumbers: true,
        theme: "",
        value: "",
    };

    setup() {
        this.root = useRef("editor");
        /** Texts of the other sessions: what was typed there and is not the owner's yet. */
        this.texts = new Map();
        onWillStart(() => this.load());
        onMounted(() => this.start());
        onWillUpdateProps((nextProps) => this.follow(nextProps));
        onWillDestroy(() => this.editor?.destroy());
    }

    async load() {
        const editors = registry.category("code_editors");
        if (!editors.contains("code_mirror")) {
            await loadBundle(BUNDLE);
        }
        this.createEditor = editors.get("code_mirror");
    }

    start() {
        const { initialCursorPosition: place, mode, readonly, showLineNumbers, value } = this.props;
        const nonced = /** @type {HTMLElement|null} */ (document.querySelector("script[nonce], style[nonce]"));
        this.editor = this.createEditor(this.root.el, {
            label: _t("Code editor").toString(),
            mode,
            nonce: nonced?.nonce,
            onBlur: () => this.props.onBlur(),
            onChange: (text) => this.onChange(text),
            readonly,
            showLineNumbers,
            value,
        });
        if (place) {
            this.editor.focus();
            this.editor.setCursor(place.row, place.column);
        }
    }

    onChange(text) {
        if (!this.isFollowing) {
            this.texts.set(this.props.sessionId, text);
            this.props.onChange(text);
        }
    }

    /** What is given from outside is no change of the user's. */
    follow({ mode, readonly, sessionId, value }) {
        if (!this.editor) {
            return;
        }
        this.isFollowing = true;
        if (mode !== this.props.mode) {
            this.editor.setMode(mode);
        }
        if (readonly !== this.props.readonly) {
            this.editor.setReadonly(readonly);
        }
        const isOther = sessionId !== this.props.sessionId;
        const text = isOther ? (this.texts.get(sessionId) ?? value) : value;
        if ((isOther || value !== this.props.value) && text !== this.editor.getValue()) {
            this.editor.setValue(text);
        }
        this.isFollowing = false;
    }

    get style() {
        const { maxLines } = this.props;
        return maxLines ? `--o-code-lines: ${maxLines}` : "";
    }
}
