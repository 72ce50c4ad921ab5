import { Component, useEffect, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { archProps, attr, propTypes } from "@web/views/fields/arch_props";
import { getValue, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const COMMANDS = [
    { command: "bold", icon: "fa-bold", title: _t("Bold") },
    { command: "italic", icon: "fa-italic", title: _t("Italic") },
    { command: "underline", icon: "fa-underline", title: _t("Underline") },
    { command: "insertUnorderedList", icon: "fa-list-ul", title: _t("Bullets") },
    { command: "insertOrderedList", icon: "fa-list-ol", title: _t("Numbers") },
    { command: "removeFormat", icon: "fa-eraser", title: _t("Remove format") },
];

const ARCH_PROPS = { placeholder: attr("placeholder") };

/** Formatted text, edited in place. */
export class HtmlField extends Component {
    static template = "web.HtmlField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.editable = useRef("editable");
        this.commands = COMMANDS;
        this.lastValue = null;
        useEffect(() => this.showValue());
        const { bus } = this.props.record.model;
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.commit());
        useBus(bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(this.commit()));
    }

    get value() {
        return getValue(this.props);
    }

    showValue() {
        const { el } = this.editable;
        const value = String(this.value || "");
        if (el && value !== this.lastValue && document.activeElement !== el) {
            el.innerHTML = value;
            this.lastValue = value;
        }
    }

    async commit() {
        const { el } = this.editable;
        if (!el || this.props.readonly) {
            return;
        }
        const content = el.textContent.trim() || el.querySelector("img, hr, table, li") ? el.innerHTML : "";
        if (content !== this.lastValue) {
            this.lastValue = content;
            await setValue(this.props, content);
        }
    }

    run(command) {
        this.editable.el.focus();
        document.execCommand(command);
    }
}

export const htmlField = {
    component: HtmlField,
    displayName: _t("Html"),
    supportedTypes: ["html", "text"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("html", htmlField, { sequence: 100 });
