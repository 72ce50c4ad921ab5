import { localization as l10n } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { intersperse } from "@web/core/utils/strings";

/** Value held between two bounds. */
export function clamp(value, min, max) {
    return Math.max(min, Math.min(max, value));
}

/** Numbers from start (included) to stop (excluded). */
export function range(start, stop, step = 1) {
    const result = [];
    for (let value = start; step > 0 ? value < stop : value > stop; value += step) {
        result.push(value);
    }
    return result;
}

/**
 * Round to a multiple of `precision`, ties away from zero.
 *
 * @param {number} value
 * @param {number} precision e.g. 0.01
 * @param {"HALF-UP"|"HALF-DOWN"|"HALF-EVEN"|"UP"|"DOWN"} [method]
 */
export function roundPrecision(value, precision, method = "HALF-UP") {
    if (!value) {
        return 0;
    }
    const unit = !precision || precision < 0 ? 1 : precision;
    const useInverse = unit < 1;
    const inverse = Math.round(1 / unit);
    const scaled = useInverse ? value * inverse : value / unit;
    const epsilon = Math.abs(scaled) * 2 ** -50;
    const size = Math.abs(scaled);
    const floor = Math.floor(size + epsilon);
    const rest = size - floor;
    let rounded;
    if (method === "UP") {
        rounded = Math.ceil(size - epsilon);
    } else if (method === "DOWN") {
        rounded = floor;
    } else if (Math.abs(rest - 0.5) <= epsilon) {
        const even = floor % 2 === 0;
        rounded = method === "HALF-DOWN" || (method === "HALF-EVEN" && even) ? floor : floor + 1;
    } else {
        rounded = rest > 0.5 ? floor + 1 : floor;
    }
    const signed = Math.sign(scaled) * rounded;
    return useInverse ? signed / inverse : signed * unit;
}

/** Round to a number of decimals, ties away from zero. */
export function roundDecimals(value, decimals) {
    return roundPrecision(value, 10 ** -decimals);
}

/** Whether the number is nil at that many decimals. */
export function floatIsZero(value, decimals) {
    return roundDecimals(value, decimals) === 0;
}

/** Insert thousands separators in a text of digits. */
export function insertThousandsSep(number, thousandsSep = ",", grouping = []) {
    return number.replace(/[^-].*/, (digits) => intersperse(digits, grouping, thousandsSep));
}

/** Short form: 12500 -> "13k". @param {any} number @param {{decimals?: number, minDigits?: number}} [options] */
export function humanNumber(number, options = { decimals: 0, minDigits: 1 }) {
    const decimals = options.decimals || 0;
    const minDigits = options.minDigits || 1;
    const symbols = _t("kMGTPE").toString();
    const size = Math.abs(number);
    let step = Math.floor(Math.log10(Math.max(size, 1)) / 3);
    while (step > 0 && size / 1000 ** step < 10 ** (minDigits - 1)) {
        step--;
    }
    const value = roundDecimals(number / 1000 ** step, decimals);
    const [integer, decimal] = value.toFixed(decimals).split(".");
    const text = insertThousandsSep(integer, l10n.thousandsSep, l10n.grouping);
    return text + (decimal ? l10n.decimalPoint + decimal : "") + (step ? symbols[step - 1] : "");
}

/**
 * Number as the user's language writes it.
 *
 * @param {number} value
 * @param {{digits?: [number, number], humanReadable?: boolean, decimals?: number, minDigits?: number,
 *   noTrailingZeros?: boolean, trailingZeros?: boolean, decimalPoint?: string, thousandsSep?: string,
 *   grouping?: number[]}} [options]
 */
export function formatFloat(value, options = {}) {
    if (options.humanReadable) {
        return humanNumber(value, options);
    }
    const grouping = options.grouping || l10n.grouping;
    const thousandsSep = options.thousandsSep ?? l10n.thousandsSep;
    const decimalPoint = options.decimalPoint ?? l10n.decimalPoint;
    const precision = options.digits ? options.digits[1] : (options.decimals ?? 2);
    const [integer, decimals] = roundDecimals(value || 0, precision)
        .toFixed(precision)
        .split(".");
    const head = insertThousandsSep(integer, thousandsSep, grouping);
    let tail = decimals || "";
    if (options.noTrailingZeros || options.trailingZeros === false) {
        tail = tail.replace(/0+$/, "");
    }
    return tail ? head + decimalPoint + tail : head;
}

/** Inverse of an exchange: 1/x rounded when asked. */
export function invertFactor(factor) {
    return factor ? 1 / factor : 0;
}

/** One divided by a number, without the noise of binary fractions. */
export function invertFloat(value) {
    return value ? Number((1 / value).toPrecision(12)) : 0;
}
