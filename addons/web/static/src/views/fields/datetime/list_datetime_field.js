import { registry } from "@web/core/registry";
import { dateField, dateRangeField, DateTimeField, dateTimeField } from "@web/views/fields/datetime/datetime_field";

/** Date in a cell. */
export class ListDateTimeField extends DateTimeField {}

const hasTime = ({ type }) => type === "datetime";

/** Room that a list gives to a period: two days, or two days with their times. */
export const listDateRangeField = {
    ...dateRangeField,
    component: ListDateTimeField,
    listViewWidth: (params) => (hasTime(params) ? 294 : 180),
};
export const listDateField = { ...dateField, component: ListDateTimeField, listViewWidth: 80 };
export const listDateTimeField = { ...dateTimeField, component: ListDateTimeField, listViewWidth: 145 };

registry
    .category("fields")
    .add("list.date", listDateField)
    .add("list.daterange", listDateRangeField)
    .add("list.datetime", listDateTimeField);
