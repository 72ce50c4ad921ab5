/** Values in barcodes of GS1. */

import { getCheckDigit } from "@barcodes/js/check_digits";

/** Digits that check digits are worked out of, at most. */
const IDENTIFIER_DIGITS = 18;

/**
 * @param {string} text `yymmdd`; day 00 is the last one of the month, and years are at most 50 ahead of this one
 * @returns {Date|null} null where there is no such day
 */
export function readDate(text) {
    if (!/^\d{6}$/.test(text)) {
        return null;
    }
    const [digits, month, day] = text.match(/\d\d/g).map(Number);
    const first = new Date().getFullYear() - 49;
    const year = first + ((((digits - first) % 100) + 100) % 100);
    const isMonth = month >= 1 && month <= 12;
    const date = day ? new Date(year, month - 1, day) : new Date(year, month, 0);
    return isMonth && date.getMonth() === month - 1 ? date : null;
}

/** @returns {string|null} a number whose last digit is right */
export function readIdentifier(text) {
    const padded = text.padStart(IDENTIFIER_DIGITS, "0");
    return /^\d+$/.test(padded) && getCheckDigit(padded) === Number(padded.at(-1)) ? text : null;
}

/**
 * @param {string} identifier
 * @param {string} text
 * @param {boolean} hasDecimals the last digit of the identifier says how many digits are behind the point
 * @returns {number|null} null where that is no number
 */
export function readMeasure(identifier, text, hasDecimals) {
    const decimals = hasDecimals ? identifier.at(-1) : "0";
    return /^\d+$/.test(text) && /^\d$/.test(decimals) ? Number(text) / 10 ** Number(decimals) : null;
}
