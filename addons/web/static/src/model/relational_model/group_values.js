import { markRaw } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const DATES = ["date", "datetime"];

/** The last day, or the last second, of a range: what a record gets that is put into the group. */
function lastOf(type, { to }) {
    const end = type === "date" ? deserializeDate(to).minus({ day: 1 }) : deserializeDateTime(to).minus({ second: 1 });
    return markRaw(end);
}

function valueOf(field, rawValue, range) {
    if (DATES.includes(field.type)) {
        return range?.to ? lastOf(field.type, range) : false;
    }
    return Array.isArray(rawValue) ? rawValue[0] : rawValue;
}

function displayNameOf(field, rawValue) {
    if (field.type === "boolean") {
        return rawValue ? _t("Yes") : _t("No");
    }
    if (rawValue === false || rawValue === undefined || rawValue === null) {
        return _t("None");
    }
    if (Array.isArray(rawValue)) {
        return rawValue[1];
    }
    if (field.type === "selection") {
        return field.selection.find(([key]) => key === rawValue)?.[1] ?? String(rawValue);
    }
    return String(rawValue);
}

/**
 * What a group stands for, as the server takes it in a record's values.
 *
 * @param {{type: string}} field that is grouped by
 * @param {any} value of the group, as in `extractInfoFromGroupData`
 * @returns {any} many2many: a list of one id
 */
export function getGroupServerValue(field, value) {
    switch (field.type) {
        case "many2many":
            return value ? [value] : false;
        case "date":
            return value ? serializeDate(value) : false;
        case "datetime":
            return value ? serializeDateTime(value) : false;
    }
    return value || (value === 0 ? 0 : false);
}

/**
 * What an answer of `web_read_group` tells about one group.
 *
 * @param {Object} raw the group of the answer
 * @param {string[]} groupBy specifications; the first one is that of the group
 * @param {Object} fields
 * @returns {{count: number, aggregates: Object, displayName: any, value: any, serverValue: any, rawValue: any,
 *     range: Object|undefined, domain: any[]|undefined}}
 */
export function extractInfoFromGroupData(raw, groupBy, fields) {
    const [spec] = groupBy;
    const name = spec.split(":")[0];
    const field = fields[name];
    const rawValue = raw[spec];
    const range = raw.__range?.[spec] || undefined;
    const value = valueOf(field, rawValue, range);
    const aggregates = Object.fromEntries(Object.entries(raw).filter(([key]) => key !== name && key in fields));
    return {
        count: raw.__count ?? raw[`${name}_count`] ?? 0,
        aggregates,
        displayName: displayNameOf(field, rawValue),
        value,
        serverValue: getGroupServerValue(field, value),
        rawValue,
        range,
        domain: raw.__domain,
    };
}
