export { JsonField, jsonField } from "@web/views/fields/json/json_field";
