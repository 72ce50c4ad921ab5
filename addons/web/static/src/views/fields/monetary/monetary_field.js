import { Component } from "@odoo/owl";
import { getCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatMonetary } from "@web/views/fields/formatters";
import { useNumericField } from "@web/views/fields/numeric_field_hook";
import { parseMonetary } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Amount with its currency. */
export class MonetaryField extends Component {
    static template = "web.MonetaryField";
    static props = {
        ...standardFieldProps,
        currencyField: { type: String, optional: true },
        inputType: { type: String, optional: true },
        useFieldDigits: { type: Boolean, optional: true },
        hideSymbol: { type: Boolean, optional: true },
        placeholder: { type: String, optional: true },
        trailingZeros: { type: Boolean, optional: true },
    };
    static defaultProps = { hideSymbol: false, inputType: "text", trailingZeros: true };

    setup() {
        this.inputRef = useNumericField(this, (value) => parseMonetary(value));
    }

    get currencyId() {
        const { record, name } = this.props;
        const fieldName = this.props.currencyField || record.fields[name].currency_field || "currency_id";
        const currency = record.data[fieldName];
        return currency ? currency[0] : undefined;
    }

    get currency() {
        return getCurrency(this.currencyId) || null;
    }

    get currencySymbol() {
        return this.currency ? this.currency.symbol : "";
    }

    get currencyDigits() {
        if (this.props.useFieldDigits) {
            return this.props.record.fields[this.props.name].digits;
        }
        return this.currency ? getCurrency(this.currencyId).digits : null;
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get formattedValue() {
        return formatMonetary(this.value, {
            digits: this.currencyDigits || undefined,
            currencyId: this.currencyId,
            noSymbol: !this.props.readonly || this.props.hideSymbol,
            trailingZeros: this.props.trailingZeros,
        });
    }
}

export const monetaryField = {
    component: MonetaryField,
    displayName: _t("Monetary"),
    supportedTypes: ["monetary", "float"],
    isEmpty: (record, fieldName) => record.data[fieldName] === false,
    extractProps: ({ attrs, options }) => ({
        currencyField: options.currency_field,
        inputType: attrs.type,
        useFieldDigits: options.field_digits,
        hideSymbol: options.no_symbol,
        placeholder: attrs.placeholder,
        trailingZeros: !options.hide_trailing_zeros,
    }),
};

registry.category("fields").add("monetary", monetaryField);
