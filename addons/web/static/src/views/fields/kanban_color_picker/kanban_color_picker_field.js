export { KanbanColorPickerField, kanbanColorPickerField } from "@web/views/fields/color_picker/color_picker_field";
