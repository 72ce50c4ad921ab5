import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { useNumericField } from "@web/views/fields/numeric_field_hook";
import { parseFloat } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Decimal number. */
export class FloatField extends Component {
    static template = "web.FloatField";
    static props = {
        ...standardFieldProps,
        formatNumber: { type: Boolean, optional: true },
        inputType: { type: String, optional: true },
        step: { type: Number, optional: true },
        digits: { type: Array, optional: true },
        placeholder: { type: String, optional: true },
        humanReadable: { type: Boolean, optional: true },
        decimals: { type: Number, optional: true },
        trailingZeros: { type: Boolean, optional: true },
    };
    static defaultProps = {
        formatNumber: true,
        inputType: "text",
        humanReadable: false,
        decimals: 0,
        trailingZeros: true,
    };

    setup() {
        this.inputRef = useNumericField(this, (value) => this.parse(value));
    }

    parse(value) {
        return this.props.inputType === "number" ? Number(value) : parseFloat(value);
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get digits() {
        return this.props.digits || this.props.record.fields[this.props.name].digits;
    }

    get formattedValue() {
        if (!this.props.formatNumber || (this.props.inputType === "number" && !this.props.readonly && this.value)) {
            return String(this.value ?? "");
        }
        const options = {
            digits: this.digits,
            field: this.props.record.fields[this.props.name],
            trailingZeros: this.props.trailingZeros,
        };
        if (this.props.humanReadable && this.props.readonly) {
            return formatFloat(this.value, { ...options, humanReadable: true, decimals: this.props.decimals });
        }
        return formatFloat(this.value, options);
    }
}

/** Precision that an arch gives. */
export function digitsOf({ attrs, options }) {
    return attrs.digits ? JSON.parse(attrs.digits.replace("(", "[").replace(")", "]")) : options.digits;
}

export const floatField = {
    component: FloatField,
    displayName: _t("Float"),
    supportedTypes: ["float"],
    isEmpty: () => false,
    extractProps: (info) => ({
        formatNumber: info.options.enable_formatting ?? true,
        inputType: info.options.type,
        humanReadable: Boolean(info.options.human_readable),
        step: info.options.step,
        digits: digitsOf(info),
        placeholder: info.attrs.placeholder,
        decimals: info.options.decimals || 0,
        trailingZeros: !info.options.hide_trailing_zeros,
    }),
};

registry.category("fields").add("float", floatField);
