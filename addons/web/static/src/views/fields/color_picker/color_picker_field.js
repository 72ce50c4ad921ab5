import { Component } from "@odoo/owl";
import { ColorList } from "@web/core/colorlist/colorlist";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, prop, propTypes } from "@web/views/fields/arch_props";
import { setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { canToggle: prop(Boolean, ({ viewType }) => viewType !== "list") };

/** One of the twelve colours, by number. */
export class ColorPickerField extends Component {
    static template = "web.ColorPickerField";
    static components = { ColorList };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static RECORD_COLORS = Array.from({ length: 12 }, (_, index) => index);

    get isExpanded() {
        return !this.props.canToggle && !this.props.readonly;
    }

    switchColor(colorIndex) {
        setValue(this.props, colorIndex, { save: true });
    }
}

export const colorPickerField = {
    component: ColorPickerField,
    displayName: _t("Color Picker"),
    supportedTypes: ["integer"],
    ...archProps(ARCH_PROPS),
};

/** Colours in the menu of a card. */
export class KanbanColorPickerField extends ColorPickerField {
    get isExpanded() {
        return true;
    }
}

export const kanbanColorPickerField = {
    ...colorPickerField,
    component: KanbanColorPickerField,
    ...archProps({ canToggle: prop(Boolean, () => false) }),
};

registry.category("fields").add("color_picker", colorPickerField).add("kanban_color_picker", kanbanColorPickerField);
