import { Component } from "@odoo/owl";
import { useCommand } from "@web/core/commands/command_hook";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, autosaving, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getLabel, getValue, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = {
    ...autosaving,
    showLabel: prop(Boolean, ({ options }) => "hide_label" in options && !options.hide_label, "hide_label"),
    withCommand: prop(Boolean, ({ viewType }) => viewType === "form"),
};

/** Keys that set the first states of a form's record. */
const HOTKEYS = ["d", "f", "g"];

/** Coloured dot of a state with a menu to change it. */
export class StateSelectionField extends Component {
    static template = "web.StateSelectionField";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { showLabel: true };

    setup() {
        this.colors = { blocked: "red", done: "green" };
        if (this.props.withCommand) {
            this.useCommands();
        }
    }

    useCommands() {
        const label = getLabel(this.props);
        const isAvailable = () => !this.props.readonly;
        for (const [index, [state, name]] of this.options.entries()) {
            useCommand(
                _t("Set %(field)s as %(state)s", { field: label, state: name }).toString(),
                () => this.updateRecord(state),
                {
                    category: "smart_action",
                    hotkey: HOTKEYS[index] && `alt+${HOTKEYS[index]}`,
                    isAvailable: () => isAvailable() && this.currentValue !== state,
                }
            );
        }
    }

    /** The states; a record may have names of its own for them, in fields like `legend_done`. */
    get options() {
        const { data } = this.props.record;
        return getField(this.props).selection.map(([state, label]) => [state, data[`legend_${state}`] || label]);
    }

    get currentValue() {
        const [[first]] = this.options;
        return getValue(this.props) || first;
    }

    get label() {
        return new Map(this.options).get(this.currentValue) ?? "";
    }

    statusColor(value) {
        return this.colors[value] ? `o_status_${this.colors[value]}` : "";
    }

    async updateRecord(state) {
        await setValue(this.props, state);
    }
}

export const stateSelectionField = {
    component: StateSelectionField,
    displayName: _t("Label Selection"),
    supportedTypes: ["selection"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("state_selection", stateSelectionField);
