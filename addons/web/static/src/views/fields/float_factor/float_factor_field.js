import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { FloatField, floatField, FLOAT_PROPS } from "@web/views/fields/float/float_field";

const ARCH_PROPS = { ...FLOAT_PROPS, factor: option("factor", Number) };

/** Number shown multiplied by a factor. */
export class FloatFactorField extends FloatField {
    static props = { ...FloatField.props, ...propTypes(ARCH_PROPS) };
    static defaultProps = { ...FloatField.defaultProps, factor: 1 };

    parse(text) {
        return super.parse(text) / this.props.factor;
    }

    get value() {
        return super.value * this.props.factor;
    }
}

export const floatFactorField = {
    ...floatField,
    component: FloatFactorField,
    displayName: _t("Factor"),
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("float_factor", floatFactorField);
