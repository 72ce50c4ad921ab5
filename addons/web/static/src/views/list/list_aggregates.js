import { getCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { currencyOfGroup } from "@web/model/relational_model/utils";

const formatters = registry.category("formatters");
const FUNCTIONS = {
    sum: (values) => values.reduce((total, value) => total + value, 0),
    avg: (values) => values.reduce((total, value) => total + value, 0) / values.length,
    max: (values) => Math.max(...values),
    min: (values) => Math.min(...values),
};

const KINDS = Object.keys(FUNCTIONS);
const NUMBERS = ["integer", "float", "monetary"];
const NO_AMOUNT = "—";

/** What a record has in a field, or in a property, whose name follows that of the field. */
function valueOf({ data }, fieldName) {
    const [name, propertyName] = fieldName.split(".");
    return propertyName ? (data[name] || []).find((item) => item.name === propertyName)?.value : data[name];
}

/** Values to be added up: those of the selected records, else of the groups, else of all records. */
function valuesOf(list, fieldName) {
    let values = list.records.map((record) => valueOf(record, fieldName));
    if (list.selection.length) {
        values = list.selection.map((record) => valueOf(record, fieldName));
    } else if (list.isGrouped) {
        values = list.groups.map((group) => group.aggregates[fieldName]);
    }
    return values.filter((value) => value || value === 0);
}

function isMonetary(column, field) {
    return field.type === "monetary" || column.widget === "monetary";
}

function currencyFieldOf(column, field) {
    return column.options?.currency_field || field.currency_field || "currency_id";
}

/** Currencies of the values; amounts of several cannot be added. @returns {Array<number|false|undefined>} */
function currenciesOf(list, name) {
    if (list.isGrouped && !list.selection.length) {
        return [...new Set(list.groups.map((group) => currencyOfGroup(group, name)))];
    }
    const records = list.selection.length ? list.selection : list.records;
    return [...new Set(records.map((record) => record.data[name]?.[0]).filter(Boolean))];
}

function formatted(value, column, field, currencyId) {
    const formatter = formatters.get(column.widget, null) || formatters.get(field.type);
    const options = { ...(formatter.extractOptions?.(column) || {}), field, escape: false };
    const digits = getCurrency(currencyId)?.digits || options.digits || field.digits;
    return formatter(value, { ...options, digits, ...(currencyId && { currencyId }) });
}

/** @returns {{help: string, value: string}|null} */
function aggregateOf(list, column) {
    const field = list.fields[column.name];
    const kind = KINDS.find((key) => column.attrs[key]);
    if (!NUMBERS.includes(field.type)) {
        return null;
    }
    const currencyField = isMonetary(column, field) && currencyFieldOf(column, field);
    if (currencyField && !(currencyField in list.activeFields)) {
        return { help: _t("The currency of the amounts is not among the fields of this list"), value: NO_AMOUNT };
    }
    const values = kind ? valuesOf(list, column.name) : [];
    if (!values.length) {
        return null;
    }
    const currencies = currencyField ? currenciesOf(list, currencyField) : [];
    if (currencies.length > 1 || currencies[0] === false) {
        return { help: _t("Amounts in different currencies cannot be added"), value: NO_AMOUNT };
    }
    return { help: column.attrs[kind], value: formatted(FUNCTIONS[kind](values), column, field, currencies[0]) };
}

/**
 * Totals under a list.
 *
 * @param {Object} list
 * @param {Object[]} columns those that are shown
 * @returns {Object<string, {help: string, value: string}>} by column id
 */
export function aggregatesOf(list, columns) {
    const totals = columns
        .filter(({ type }) => type === "field")
        .map((column) => [column.id, aggregateOf(list, column)])
        .filter(([, total]) => total);
    return Object.fromEntries(totals);
}

/**
 * Text of a column in the row of a group.
 *
 * @param {Object} group
 * @param {Object} column
 * @param {Object} fields definitions of the model's fields
 * @returns {string}
 */
export function groupAggregate(group, column, fields) {
    const value = column.type === "field" ? group.aggregates[column.name] : undefined;
    if (value === undefined || value === null || value === false) {
        return "";
    }
    const field = fields[column.name];
    const currencyId = isMonetary(column, field) && currencyOfGroup(group, currencyFieldOf(column, field));
    return currencyId === false && isMonetary(column, field)
        ? NO_AMOUNT
        : formatted(value, column, field, currencyId || undefined);
}
