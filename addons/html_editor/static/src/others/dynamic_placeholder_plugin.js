import { _t } from "@web/core/l10n/translation";
import { DynamicPlaceholderPopover } from "@web/views/fields/dynamic_placeholder_popover";
import { Plugin } from "@html_editor/plugin";
import { elementOf, schema } from "@html_editor/prose/schema";

const EXPRESSION = /^[\w.]+$/;

/** Values of the record that a template is filled in for. */
export class DynamicPlaceholderPlugin extends Plugin {
    static id = "dynamicPlaceholder";
    static dependencies = ["prose", "overlay"];
    static shared = ["updateDphDefaultModel"];

    resources = {
        user_commands: {
            id: "openDynamicPlaceholder",
            title: _t("Value of a field"),
            description: _t("A value of the record that the text is made for"),
            icon: "fa-hashtag",
            run: () => this.open(),
            isAvailable: () => Boolean(this.config.dynamicPlaceholder),
        },
        powerbox_categories: { id: "marketing_tools", name: _t("Templates") },
        powerbox_items: {
            categoryId: "marketing_tools",
            commandId: "openDynamicPlaceholder",
            isAvailable: () => Boolean(this.config.dynamicPlaceholder),
        },
        shortcuts: { hotkey: "control+shift+9", commandId: "openDynamicPlaceholder" },
    };

    setup() {
        this.resModel = this.config.dynamicPlaceholderResModel;
    }

    /** @param {string} resModel model of the records */
    updateDphDefaultModel(resModel) {
        this.resModel = resModel;
    }

    open() {
        if (!this.resModel) {
            const message = _t("Choose a model first: the values are those of its records.");
            this.services.notification.add(message, { type: "danger" });
            return;
        }
        const view = this.dependencies.prose.getView();
        const { node } = view.domAtPos(view.state.selection.from);
        const target = node instanceof HTMLElement ? node : node.parentElement;
        const props = { resModel: this.resModel, validate: (path, text) => this.insert(path, text) };
        this.dependencies.overlay
            .createOverlay(DynamicPlaceholderPopover, props, {
                popoverClass: "o_popover_field_selector",
                position: "bottom-start",
                onClose: () => view.focus(),
            })
            .open({ target });
    }

    insert(path, text) {
        if (!EXPRESSION.test(path)) {
            return;
        }
        const el = elementOf("<t></t>").cloneNode();
        /** @type {Element} */ (el).setAttribute("t-out", `object.${path}`);
        el.textContent = text || "";
        const { outerHTML } = /** @type {Element} */ (el);
        this.dependencies.prose.run((state, dispatch) => {
            const node = schema.nodes.raw_inline.create({ html: outerHTML });
            dispatch(state.tr.replaceSelectionWith(node, false).insertText(" ").scrollIntoView());
            return true;
        });
    }
}
