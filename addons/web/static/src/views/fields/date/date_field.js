export * from "@web/views/fields/datetime/datetime_field";
