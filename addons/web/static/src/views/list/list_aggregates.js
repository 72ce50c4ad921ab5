import { getCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const formatters = registry.category("formatters");
const FUNCTIONS = {
    sum: (values) => values.reduce((total, value) => total + value, 0),
    avg: (values) => values.reduce((total, value) => total + value, 0) / values.length,
    max: (values) => Math.max(...values),
    min: (values) => Math.min(...values),
};

function valuesOf(list, fieldName) {
    if (list.selection.length) {
        return list.selection.map((record) => record.data[fieldName]);
    }
    if (list.isGrouped) {
        return list.groups.map((group) => group.aggregates[fieldName]).filter((value) => typeof value === "number");
    }
    return list.records.map((record) => record.data[fieldName]);
}

/** Currencies among the lines; amounts of several cannot be added. */
function currencyOf(list, column, field) {
    const name = column.options.currency_field || field.currency_field || "currency_id";
    const records = list.selection.length ? list.selection : list.records;
    const ids = new Set(records.map((record) => record.data[name]?.[0]).filter(Boolean));
    return { isMixed: ids.size > 1, currencyId: [...ids][0] };
}

/**
 * Totals under a list.
 *
 * @returns {Object<string, {help: string, value: string}>} by column id
 */
export function aggregatesOf(list, columns) {
    const result = {};
    for (const column of columns) {
        if (column.type !== "field") {
            continue;
        }
        const field = list.fields[column.name];
        const kind = ["sum", "avg", "max", "min"].find((key) => column.attrs[key]);
        if (!kind || !["integer", "float", "monetary"].includes(field.type)) {
            continue;
        }
        const values = valuesOf(list, column.name).map((value) => value || 0);
        if (!values.length) {
            continue;
        }
        const isMonetary = field.type === "monetary" || column.widget === "monetary";
        const { isMixed, currencyId } = isMonetary ? currencyOf(list, column, field) : {};
        if (isMixed) {
            result[column.id] = { help: _t("Amounts in different currencies cannot be added"), value: "—" };
            continue;
        }
        const formatter = formatters.get(column.widget, null) || formatters.get(field.type);
        const options = {
            ...(formatter.extractOptions?.(column) || {}),
            field,
            digits: getCurrency(currencyId)?.digits || field.digits,
        };
        if (isMonetary && currencyId) {
            options.currencyId = currencyId;
        }
        result[column.id] = { help: column.attrs[kind], value: formatter(FUNCTIONS[kind](values), options) };
    }
    return result;
}
