import { Component, useState } from "@odoo/owl";
import { useCommand } from "@web/core/commands/command_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, autosaving, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getLabel, getValue, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { ...autosaving, withCommand: prop(Boolean, ({ viewType }) => viewType === "form") };

/** Stars. */
export class PriorityField extends Component {
    static template = "web.PriorityField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.state = useState({ index: -1 });
        if (this.props.withCommand) {
            const name = _t("Set %s...", getLabel(this.props)).toString();
            const isAvailable = () => !this.props.readonly;
            useCommand(name, () => this.choice, { category: "smart_action", hotkey: "alt+r", isAvailable });
        }
    }

    /** What the palette offers. */
    get choice() {
        const commands = this.options.map(([value, label]) => ({
            name: label,
            action: () => setValue(this.props, value),
        }));
        return {
            placeholder: _t("Set %s...", getLabel(this.props)).toString(),
            providers: [{ provide: () => commands }],
        };
    }

    get options() {
        return getField(this.props).selection;
    }

    /** Last star that shines: the one under the pointer, else the one of the value. */
    get index() {
        const value = getValue(this.props) || this.options[0]?.[0];
        return this.state.index > -1 ? this.state.index : this.options.findIndex(([key]) => key === value);
    }

    onStarClicked(value) {
        this.state.index = -1;
        const isTakenBack = value === getValue(this.props);
        setValue(this.props, isTakenBack ? this.options[0][0] : value);
    }
}

export const priorityField = {
    component: PriorityField,
    displayName: _t("Priority"),
    supportedTypes: ["selection"],
    listViewWidth: ({ field }) => (field.selection.length - 1) * 20,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("priority", priorityField);
