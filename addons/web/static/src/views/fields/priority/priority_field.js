import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Stars. */
export class PriorityField extends Component {
    static template = "web.PriorityField";
    static props = {
        ...standardFieldProps,
        withCommand: { type: Boolean, optional: true },
        autosave: { type: Boolean, optional: true },
    };

    setup() {
        this.state = useState({ index: -1 });
    }

    get options() {
        return this.props.record.fields[this.props.name].selection;
    }

    get index() {
        const value = this.props.record.data[this.props.name] || this.options[0]?.[0];
        const index = this.options.findIndex(([key]) => key === value);
        return this.state.index > -1 ? this.state.index : index;
    }

    onStarClicked(value) {
        const current = this.props.record.data[this.props.name];
        this.state.index = -1;
        const next = current === value ? this.options[0][0] : value;
        this.props.record.update({ [this.props.name]: next }, { save: this.props.autosave });
    }
}

export const priorityField = {
    component: PriorityField,
    displayName: _t("Priority"),
    supportedTypes: ["selection"],
    listViewWidth: ({ field }) => (field.selection.length - 1) * 20,
    extractProps: ({ options, viewType }, dynamicInfo) => ({
        withCommand: viewType === "form",
        readonly: dynamicInfo.readonly,
        autosave: "autosave" in options ? Boolean(options.autosave) : true,
    }),
};

registry.category("fields").add("priority", priorityField);
