import { parseDate, parseDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { escapeRegExp } from "@web/core/utils/strings";

/** Raised on typed text that is not a value of the type. */
export class InvalidNumberError extends Error {}

function clean(value, { thousandsSep, decimalPoint }) {
    let text = value.trim().replace(/[\s\u00a0\u202f]/g, "");
    if (thousandsSep && thousandsSep.trim()) {
        text = text.replace(new RegExp(escapeRegExp(thousandsSep), "g"), "");
    }
    return decimalPoint !== "." ? text.replace(decimalPoint, ".") : text;
}

function calculated(text) {
    if (!/^[\d+\-*/^.() ]+$/.test(text)) {
        return NaN;
    }
    try {
        return Number(evaluateExpr(text.replace(/\^/g, "**")));
    } catch {
        return NaN;
    }
}

function number(value, options = {}) {
    const marks = {
        thousandsSep: options.thousandsSep ?? localization.thousandsSep,
        decimalPoint: options.decimalPoint ?? localization.decimalPoint,
    };
    if (value.trim().startsWith("=")) {
        return calculated(clean(value.trim().slice(1), marks));
    }
    const text = clean(value, marks);
    return text === "" ? 0 : /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
}

/** Typed text -> number; "=1+2" is calculated. @throws {InvalidNumberError} */
export function parseFloat(value, options = {}) {
    const result = number(value, options);
    if (Number.isNaN(result)) {
        throw new InvalidNumberError(_t('"%s" is not a correct number', value).toString());
    }
    return result;
}

/** "1:30" or "1.5" -> 1.5 hours. */
export function parseFloatTime(value) {
    const text = value.trim();
    const sign = text.startsWith("-") ? -1 : 1;
    const parts = text.replace(/^-/, "").split(":");
    if (parts.length > 3) {
        throw new InvalidNumberError(_t('"%s" is not a correct duration', value).toString());
    }
    if (parts.length === 1) {
        return sign * parseFloat(parts[0]);
    }
    const [hours, minutes, seconds = 0] = parts.map((part) => parseInteger(part || "0"));
    return sign * (hours + minutes / 60 + seconds / 3600);
}

/** @throws {InvalidNumberError} no whole number, or too big */
export function parseInteger(value, options = {}) {
    const result = number(value, options);
    if (!Number.isInteger(result)) {
        throw new InvalidNumberError(_t('"%s" is not a correct number', value).toString());
    }
    if (result < -2147483648 || result > 2147483647) {
        throw new InvalidNumberError(_t('"%s" is outside of what whole numbers can hold', value).toString());
    }
    return result;
}

/** "12%" -> 0.12. */
export function parsePercentage(value) {
    return parseFloat(value.trim().replace(/%$/, "")) / 100;
}

/** Amount, with or without a currency symbol. */
export function parseMonetary(value) {
    const text = value.trim().replace(/^[^\d\s.,=+-]+\s*|\s*[^\d\s.,)]+$/g, "");
    return parseFloat(text);
}

registry
    .category("parsers")
    .add("date", parseDate)
    .add("datetime", parseDateTime)
    .add("float", parseFloat)
    .add("float_time", parseFloatTime)
    .add("integer", parseInteger)
    .add("many2one_reference", parseInteger)
    .add("monetary", parseMonetary)
    .add("percentage", parsePercentage);
