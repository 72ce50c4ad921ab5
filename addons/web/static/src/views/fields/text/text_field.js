import { Component, useEffect, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useInputField } from "@web/views/fields/input_field_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { TranslationButton } from "@web/views/fields/translation_button";

/** Lines of text in an area that grows. */
export class TextField extends Component {
    static template = "web.TextField";
    static components = { TranslationButton };
    static props = {
        ...standardFieldProps,
        lineBreaks: { type: Boolean, optional: true },
        placeholder: { type: String, optional: true },
        dynamicPlaceholder: { type: Boolean, optional: true },
        dynamicPlaceholderModelReferenceField: { type: String, optional: true },
        rowCount: { type: Number, optional: true },
    };
    static defaultProps = { lineBreaks: true, dynamicPlaceholder: false, rowCount: 2 };

    setup() {
        this.textareaRef = useRef("textarea");
        useInputField({
            getValue: () => this.props.record.data[this.props.name] || "",
            refName: "textarea",
            preventLineBreaks: !this.props.lineBreaks,
        });
        useEffect(() => this.resize());
    }

    get isTranslatable() {
        return this.props.record.fields[this.props.name].translate;
    }

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get rowCount() {
        return this.props.lineBreaks ? this.props.rowCount : 1;
    }

    resize() {
        const { el } = this.textareaRef;
        if (el) {
            el.style.height = "auto";
            el.style.height = `${el.scrollHeight}px`;
        }
    }
}

export const textField = {
    component: TextField,
    displayName: _t("Multiline Text"),
    supportedTypes: ["html", "text", "char"],
    extractProps: ({ attrs, options }) => ({
        placeholder: attrs.placeholder,
        dynamicPlaceholder: options.dynamic_placeholder || false,
        rowCount: attrs.rows ? Number(attrs.rows) : undefined,
        lineBreaks: options.line_breaks !== undefined ? Boolean(options.line_breaks) : true,
    }),
};

/** Text in a list: one row high. */
export class ListTextField extends TextField {
    static defaultProps = { ...TextField.defaultProps, rowCount: 1 };

    get rowCount() {
        return 1;
    }
}

export const listTextField = { ...textField, component: ListTextField };

registry.category("fields").add("text", textField).add("list.text", listTextField);
