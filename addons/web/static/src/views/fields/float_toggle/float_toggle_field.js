import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, digits, flag, option, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue, neverEmpty, setValue } from "@web/views/fields/field_value";
import { formatFloatFactor } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const RANGE = [0, 0.5, 1];
const ARCH_PROPS = {
    digits,
    disableReadOnly: flag("force_button"),
    factor: option("factor", Number, 1),
    range: option("range", Array, RANGE),
};

/** Number that goes to the next of a few values with each click. */
export class FloatToggleField extends Component {
    static template = xml`
        <button
            t-if="!props.readonly or props.disableReadOnly"
            type="button"
            class="o_field_float_toggle btn btn-light py-0"
            t-on-click="onChange"
            t-esc="formattedValue"
        />
        <span t-else="" t-esc="formattedValue"/>`;
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { disableReadOnly: false, factor: 1, range: RANGE };

    get factor() {
        return this.props.factor;
    }

    get formattedValue() {
        const { digits, factor } = this.props;
        return formatFloatFactor(getValue(this.props), { digits, factor, field: getField(this.props) });
    }

    /** The value after the one that is shown; the first one after the last, or after a value that is none of them. */
    get nextValue() {
        const shown = getValue(this.props) * this.factor;
        const { range } = this.props;
        const place = range.findIndex((value) => Math.abs(value - shown) < 1e-9);
        return range[(place + 1) % range.length] / this.factor;
    }

    onChange() {
        return setValue(this.props, this.nextValue, { save: !this.props.record.isInEdition });
    }
}

export const floatToggleField = {
    component: FloatToggleField,
    displayName: _t("Toggle"),
    supportedTypes: ["float"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("float_toggle", floatToggleField);
