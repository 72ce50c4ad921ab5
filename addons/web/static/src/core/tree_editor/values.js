import { deserializeDate, deserializeDateTime, formatDate, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { Expression } from "@web/core/tree_editor/tree_nodes";
import { formatAST, toPyValue } from "@web/core/py_js/py_utils";

/** Whether a value can be the id of a record. */
export function isId(value) {
    return Number.isInteger(value) && value > 0;
}

/**
 * Whether texts among the values need quotes to be told from what is no text.
 *
 * @param {any} value one or several
 * @param {Object} [displayNames] names that stand for ids
 */
export function disambiguate(value, displayNames) {
    const values = [].concat(value);
    const isText = (item) => typeof item === "string" || Boolean(displayNames && isId(item));
    return values.includes("") || (values.some(isText) && !values.every(isText));
}

/** Text of a moment as the user writes it; the value itself where it is none. */
function momentText(type, value) {
    const [read, write] = type === "date" ? [deserializeDate, formatDate] : [deserializeDateTime, formatDateTime];
    const moment = read(value);
    return moment.isValid ? write(moment) : value;
}

/**
 * Text of one value of a condition.
 *
 * @param {any} value
 * @param {{fieldDef?: Object|null, isQuoted?: boolean, displayNames?: Object}} [options]
 * @returns {string}
 */
export function valueText(value, { fieldDef, isQuoted, displayNames } = {}) {
    if (value instanceof Expression) {
        return value.toString();
    }
    const { type, selection } = fieldDef || {};
    if (displayNames && isId(value)) {
        const name = displayNames[value];
        return typeof name === "string" ? name : _t("Inaccessible or missing record: %s", value).toString();
    }
    const choice =
        ["selection", "tags"].includes(type) && (selection || fieldDef.tags || []).find(([key]) => key === value);
    if (choice) {
        return choice[1];
    }
    if (type === "boolean" && typeof value === "boolean") {
        return (value ? _t("yes") : _t("no")).toString();
    }
    if (typeof value === "string") {
        const text = ["date", "datetime"].includes(type) ? momentText(type, value) : value;
        return isQuoted ? JSON.stringify(text) : text;
    }
    return formatAST(toPyValue(value));
}
