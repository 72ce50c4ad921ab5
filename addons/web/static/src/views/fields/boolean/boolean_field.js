import { Component } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Tick box. */
export class BooleanField extends Component {
    static template = "web.BooleanField";
    static components = { CheckBox };
    static props = { ...standardFieldProps, autosave: { type: Boolean, optional: true } };

    get value() {
        return this.props.record.data[this.props.name];
    }

    onChange(newValue) {
        return this.props.record.update({ [this.props.name]: newValue }, { save: this.props.autosave });
    }
}

export const booleanField = {
    component: BooleanField,
    displayName: _t("Checkbox"),
    supportedTypes: ["boolean"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ autosave: options.autosave ? Boolean(options.autosave) : false }),
};

registry.category("fields").add("boolean", booleanField);
