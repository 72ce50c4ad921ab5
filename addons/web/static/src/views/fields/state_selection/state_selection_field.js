import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { formatSelection } from "@web/views/fields/formatters";

/** Coloured dot of a state with a menu to change it. */
export class StateSelectionField extends Component {
    static template = "web.StateSelectionField";
    static components = { Dropdown, DropdownItem };
    static props = {
        ...standardFieldProps,
        showLabel: { type: Boolean, optional: true },
        withCommand: { optional: true },
        autosave: { type: Boolean, optional: true },
    };
    static defaultProps = { showLabel: true };

    setup() {
        this.colors = { blocked: "red", done: "green" };
    }

    get options() {
        return this.props.record.fields[this.props.name].selection.map(([state, label]) => [
            state,
            this.labelOf(state) || label,
        ]);
    }

    get currentValue() {
        return this.props.record.data[this.props.name] || this.options[0][0];
    }

    get label() {
        return this.labelOf(this.currentValue) || formatSelection(this.currentValue, { selection: this.options });
    }

    labelOf(state) {
        return this.props.record.data[`legend_${state}`];
    }

    statusColor(value) {
        return this.colors[value] ? `o_status_${this.colors[value]}` : "";
    }

    async updateRecord(value) {
        await this.props.record.update({ [this.props.name]: value }, { save: this.props.autosave });
    }
}

export const stateSelectionField = {
    component: StateSelectionField,
    displayName: _t("Label Selection"),
    supportedTypes: ["selection"],
    extractProps: ({ options, viewType }, dynamicInfo) => ({
        withCommand: viewType === "form",
        showLabel: viewType === "list" && !options.hide_label,
        readonly: dynamicInfo.readonly,
        autosave: "autosave" in options ? Boolean(options.autosave) : true,
    }),
};

registry.category("fields").add("state_selection", stateSelectionField);
