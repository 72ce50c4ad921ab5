import { getCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr, flag, option, propTypes, unless } from "@web/views/fields/arch_props";
import { getField, isUnset } from "@web/views/fields/field_value";
import { formatMonetary } from "@web/views/fields/formatters";
import { NumericField } from "@web/views/fields/numeric_field_hook";
import { parseMonetary } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = {
    placeholder: attr("placeholder"),
    inputType: attr("type"),
    currencyField: option("currency_field", String),
    hideSymbol: flag("no_symbol"),
    useFieldDigits: flag("field_digits"),
    trailingZeros: unless("hide_trailing_zeros"),
};

/** Amount with its currency. */
export class MonetaryField extends NumericField {
    static template = "web.MonetaryField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { hideSymbol: false, inputType: "text", trailingZeros: true };

    parse(text) {
        return parseMonetary(text);
    }

    format(amount) {
        const { hideSymbol, readonly, trailingZeros } = this.props;
        return formatMonetary(amount, {
            currencyId: this.currencyId,
            digits: this.currencyDigits || undefined,
            // beside an input the symbol stands on its own
            noSymbol: hideSymbol || !readonly,
            trailingZeros,
        });
    }

    get currencyId() {
        const { currencyField, record } = this.props;
        const name = currencyField || getField(this.props).currency_field || "currency_id";
        return record.data[name] ? record.data[name][0] : undefined;
    }

    get currency() {
        return getCurrency(this.currencyId) || null;
    }

    get currencySymbol() {
        return this.currency?.symbol ?? "";
    }

    get currencyDigits() {
        const source = this.props.useFieldDigits ? getField(this.props) : this.currency;
        return source?.digits ?? null;
    }
}

export const monetaryField = {
    component: MonetaryField,
    displayName: _t("Monetary"),
    supportedTypes: ["monetary", "float"],
    isEmpty: isUnset,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("monetary", monetaryField);
