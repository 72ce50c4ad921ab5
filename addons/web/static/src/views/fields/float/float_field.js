import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, digits, propTypes, unless } from "@web/views/fields/arch_props";
import { neverEmpty } from "@web/views/fields/field_value";
import { NUMBER_PROPS, PlainNumberField } from "@web/views/fields/numeric_field_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What nodes tell about decimal numbers. */
export const FLOAT_PROPS = { ...NUMBER_PROPS, digits, trailingZeros: unless("hide_trailing_zeros") };

/** Decimal number. */
export class FloatField extends PlainNumberField {
    static template = "web.FloatField";
    static props = { ...standardFieldProps, ...propTypes(FLOAT_PROPS) };
    static defaultProps = { ...PlainNumberField.defaultProps, trailingZeros: true };

    parse(text) {
        return this.props.inputType === "number" ? Number(text) : super.parse(text);
    }

    format(value, options) {
        return super.format(value, { trailingZeros: this.props.trailingZeros, ...options });
    }
}

export const floatField = {
    component: FloatField,
    displayName: _t("Float"),
    supportedTypes: ["float"],
    isEmpty: neverEmpty,
    ...archProps(FLOAT_PROPS),
};

registry.category("fields").add("float", floatField);
