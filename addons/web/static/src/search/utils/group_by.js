import { DEFAULT_INTERVAL, INTERVAL_OPTIONS } from "@web/search/utils/dates";

const DATES = ["date", "datetime"];

/**
 * What records are grouped by.
 *
 * @param {string} descr name of a field, of a date with its interval: "date:month"
 * @param {Object<string, {type: string}>} [fields] to be checked against; only then dates get the usual interval
 * @returns {{fieldName: string, interval: string|null, spec: string, toJSON: () => string}}
 * @throws {Error} there is no such field or interval
 */
export function getGroupBy(descr, fields) {
    const [fieldName, written] = descr.split(":");
    const [base] = fieldName.split(".");
    if (fields && !(base in fields)) {
        throw new Error(`There is no field "${base}" to group by`);
    }
    if (written && !(written in INTERVAL_OPTIONS)) {
        throw new Error(`"${written}" is no interval to group "${fieldName}" by`);
    }
    const { type } = fields?.[fieldName] || {};
    const isDate = DATES.includes(type);
    if (type && written && !isDate) {
        throw new Error(`"${fieldName}" is no date: it cannot be grouped by "${written}"`);
    }
    const interval = written || (isDate ? DEFAULT_INTERVAL : null);
    const spec = interval ? `${fieldName}:${interval}` : fieldName;
    return { fieldName, interval, spec, toJSON: () => spec };
}
