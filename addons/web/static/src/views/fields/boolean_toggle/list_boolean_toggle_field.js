export { ListBooleanToggleField, listBooleanToggleField } from "@web/views/fields/boolean_toggle/boolean_toggle_field";
