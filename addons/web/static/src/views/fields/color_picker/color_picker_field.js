import { Component } from "@odoo/owl";
import { ColorList } from "@web/core/colorlist/colorlist";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** One of the twelve colours, by number. */
export class ColorPickerField extends Component {
    static template = "web.ColorPickerField";
    static components = { ColorList };
    static props = { ...standardFieldProps, canToggle: { type: Boolean } };
    static RECORD_COLORS = Array.from({ length: 12 }, (_, index) => index);

    get isExpanded() {
        return !this.props.canToggle && !this.props.readonly;
    }

    switchColor(colorIndex) {
        this.props.record.update({ [this.props.name]: colorIndex }, { save: true });
    }
}

export const colorPickerField = {
    component: ColorPickerField,
    displayName: _t("Color Picker"),
    supportedTypes: ["integer"],
    extractProps: ({ viewType }) => ({ canToggle: viewType !== "list" }),
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
    extractProps: () => ({ canToggle: false }),
};

registry.category("fields").add("color_picker", colorPickerField).add("kanban_color_picker", kanbanColorPickerField);
