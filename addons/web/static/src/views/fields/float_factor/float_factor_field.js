import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";
import { parseFloat } from "@web/views/fields/parsers";

/** Number shown multiplied by a factor. */
export class FloatFactorField extends FloatField {
    static props = { ...FloatField.props, factor: { type: Number, optional: true } };
    static defaultProps = { ...FloatField.defaultProps, factor: 1 };

    parse(value) {
        return parseFloat(value) / this.props.factor;
    }

    get value() {
        return this.props.record.data[this.props.name] * this.props.factor;
    }
}

export const floatFactorField = {
    ...floatField,
    component: FloatFactorField,
    displayName: _t("Factor"),
    extractProps: (info) => ({ ...floatField.extractProps(info), factor: info.options.factor }),
};

registry.category("fields").add("float_factor", floatFactorField);
