import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr, flag, option, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue } from "@web/views/fields/field_value";
import { formatChar } from "@web/views/fields/formatters";
import { useDynamicPlaceholder } from "@web/views/fields/dynamic_placeholder_hook";
import { useInputField } from "@web/views/fields/input_field_hook";
import { optional, standardFieldProps } from "@web/views/fields/standard_field_props";
import { TranslationButton } from "@web/views/fields/translation_button";

const ARCH_PROPS = {
    placeholder: attr("placeholder"),
    autocomplete: attr("autocomplete"),
    isPassword: attr("password", Boolean),
    placeholderField: option("placeholder_field", String),
    dynamicPlaceholder: flag("dynamic_placeholder"),
    dynamicPlaceholderModelReferenceField: option("dynamic_placeholder_model_reference_field", String, ""),
};

/** One line of text. */
export class CharField extends Component {
    static template = "web.CharField";
    static components = { TranslationButton };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS), ...optional({ autosave: Boolean }) };
    static defaultProps = { dynamicPlaceholder: false };

    setup() {
        this.input = useInputField({
            getValue: () => getValue(this.props) || "",
            parse: (text) => this.parse(text),
        });
        if (this.props.dynamicPlaceholder) {
            useDynamicPlaceholder(this.input);
        }
    }

    get shouldTrim() {
        return getField(this.props).trim && !this.props.isPassword;
    }

    get maxLength() {
        return getField(this.props).size;
    }

    get isTranslatable() {
        return getField(this.props).translate;
    }

    get formattedValue() {
        return formatChar(getValue(this.props), this.props);
    }

    get placeholder() {
        const { placeholder, placeholderField, record } = this.props;
        return record.data[placeholderField] || placeholder;
    }

    parse(value) {
        return this.shouldTrim ? value.trim() : value;
    }
}

export const charField = {
    component: CharField,
    displayName: _t("Text"),
    supportedTypes: ["char", "text"],
    ...archProps(ARCH_PROPS),
    fieldDependencies: ({ options }) =>
        options.placeholder_field ? [{ name: options.placeholder_field, type: "char" }] : [],
};

registry.category("fields").add("char", charField);
