import { Component, onMounted, onWillUnmount, reactive, useEffect, useRef, useState } from "@odoo/owl";
import { useBus, useService } from "@web/core/utils/hooks";
import { Editor } from "@html_editor/editor";
import { Toolbar } from "@html_editor/main/toolbar/toolbar";

/** Pixels between the text and the toolbar that floats over it. */
const MARGIN = 6;

/** An editor with its toolbar. */
export class Wysiwyg extends Component {
    static template = "html_editor.Wysiwyg";
    static components = { Toolbar };
    static props = {
        config: { type: Object, optional: true },
        class: { type: String, optional: true },
        contentClass: { type: String, optional: true },
        style: { type: String, optional: true },
        /** Whether the toolbar stays above the text. */
        toolbar: { type: Boolean, optional: true },
        onLoad: { type: Function, optional: true },
        onBlur: { type: Function, optional: true },
        dynamicPlaceholder: { type: Boolean, optional: true },
        id: { type: String, optional: true },
    };
    static defaultProps = { config: {}, class: "", contentClass: "", style: "" };

    setup() {
        this.root = useRef("root");
        this.content = useRef("content");
        this.ui = useService("ui");
        this.state = useState({ isReady: false, isSmall: this.ui.isSmall });
        useBus(this.ui.bus, "resize", () => (this.state.isSmall = this.ui.isSmall));
        this.editor = new Editor(this.editorConfig(), this.env.services);
        onMounted(() => this.start());
        useEffect(
            () => this.place(),
            () => [this.toolbarState?.isOpen, this.toolbarState?.version, this.isFixed]
        );
        onWillUnmount(() => this.editor.destroy(true));
    }

    editorConfig() {
        const { config, dynamicPlaceholder, onBlur } = this.props;
        return {
            ...config,
            dynamicPlaceholder: config.dynamicPlaceholder ?? dynamicPlaceholder,
            onBlur: () => onBlur?.() ?? config.onBlur?.(),
            embeddedComponentInfo: { app: this.__owl__.app, env: this.env },
        };
    }

    start() {
        this.editor.attachTo(this.content.el);
        this.info = this.editor.shared.toolbar?.getToolbarInfo();
        if (this.info) {
            this.follow();
        }
        this.state.isReady = true;
        this.props.onLoad?.(this.editor);
    }

    /** Be shown anew when what is selected changed. */
    follow() {
        const changed = () => {
            void [this.toolbarState.isOpen, this.toolbarState.version];
            this.render();
        };
        this.toolbarState = reactive(this.info.state, changed);
        void [this.toolbarState.isOpen, this.toolbarState.version];
    }

    /** On small screens there is no room beside the text, and the system has a menu of its own there. */
    get isFixed() {
        return Boolean(this.props.toolbar) || this.state.isSmall;
    }

    get isToolbarShown() {
        const { disableFloatingToolbar } = this.props.config;
        if (!this.state.isReady || !this.info) {
            return false;
        }
        this.info.isFixed = this.isFixed;
        return this.isFixed || (!disableFloatingToolbar && this.toolbarState.isOpen);
    }

    onToolbar(el) {
        const plugin = this.editor.plugins.find(({ constructor }) => /** @type {any} */ (constructor).id === "toolbar");
        /** @type {any} */ (plugin).root = el;
        this.place();
    }

    /** Above what is selected; below where it would leave the window. */
    place() {
        const toolbar = /** @type {HTMLElement|null} */ (this.root.el?.querySelector(":scope > .o_we_floating"));
        if (!toolbar || this.editor.isDestroyed) {
            return;
        }
        const { view } = this.editor;
        const { from, to } = view.state.selection;
        const [start, end] = [view.coordsAtPos(from), view.coordsAtPos(to, -1)];
        const box = this.root.el.getBoundingClientRect();
        const { offsetHeight: height, offsetWidth: width } = toolbar;
        const left = Math.min(start.left, window.innerWidth - width - MARGIN) - box.left;
        const above = start.top - height - MARGIN;
        toolbar.style.left = `${Math.max(left, MARGIN - box.left)}px`;
        toolbar.style.top = `${(above > MARGIN ? above : end.bottom + MARGIN) - box.top}px`;
    }
}
