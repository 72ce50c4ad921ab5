import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, option, propTypes, string } from "@web/views/fields/arch_props";
import { getLabel, getValue, neverEmpty, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { icon: option("icon", String, "fa-check-square-o"), label: string };

/** Icon that is switched on and off. */
export class BooleanIconField extends Component {
    static template = xml`
        <button
            type="button"
            class="btn btn-link px-1 py-0"
            t-att-class="isOn ? 'text-primary' : 'text-muted'"
            t-att-aria-pressed="isOn ? 'true' : 'false'"
            t-att-aria-label="label"
            t-att-data-tooltip="label"
            t-att-disabled="props.readonly"
            t-on-click="update"
        ><i class="fa" t-att-class="props.icon"/></button>`;
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { icon: "fa-check-square-o" };

    get isOn() {
        return Boolean(getValue(this.props));
    }

    get label() {
        return this.props.label || getLabel(this.props);
    }

    update() {
        return setValue(this.props, !this.isOn);
    }
}

export const booleanIconField = {
    component: BooleanIconField,
    displayName: _t("Boolean Icon"),
    supportedTypes: ["boolean"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("boolean_icon", booleanIconField);
