import { Component } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, flag, propTypes } from "@web/views/fields/arch_props";
import { getValue, neverEmpty, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { autosave: flag("autosave") };

/** Tick box. */
export class BooleanField extends Component {
    static template = "web.BooleanField";
    static components = { CheckBox };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    get value() {
        return getValue(this.props);
    }

    onChange(isTicked) {
        return setValue(this.props, isTicked);
    }
}

export const booleanField = {
    component: BooleanField,
    displayName: _t("Checkbox"),
    supportedTypes: ["boolean"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("boolean", booleanField);
