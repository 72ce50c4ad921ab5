import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatInteger } from "@web/views/fields/formatters";
import { useNumericField } from "@web/views/fields/numeric_field_hook";
import { parseInteger } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Whole number. */
export class IntegerField extends Component {
    static template = "web.IntegerField";
    static props = {
        ...standardFieldProps,
        formatNumber: { type: Boolean, optional: true },
        humanReadable: { type: Boolean, optional: true },
        decimals: { type: Number, optional: true },
        inputType: { type: String, optional: true },
        step: { type: Number, optional: true },
        placeholder: { type: String, optional: true },
    };
    static defaultProps = { formatNumber: true, humanReadable: false, inputType: "text", decimals: 0 };

    setup() {
        useNumericField(this, (value) => parseInteger(value));
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get formattedValue() {
        if (!this.props.formatNumber || this.props.inputType === "number") {
            return String(this.value ?? "");
        }
        const humanReadable = this.props.humanReadable && this.props.readonly;
        return formatInteger(this.value, { humanReadable, decimals: this.props.decimals });
    }
}

export const integerField = {
    component: IntegerField,
    displayName: _t("Integer"),
    supportedTypes: ["integer"],
    isEmpty: (record, fieldName) => record.data[fieldName] === false,
    extractProps: ({ attrs, options }) => ({
        formatNumber: options.enable_formatting ?? true,
        humanReadable: Boolean(options.human_readable),
        inputType: options.type,
        step: options.step,
        placeholder: attrs.placeholder,
        decimals: options.decimals || 0,
    }),
};

registry.category("fields").add("integer", integerField);
