/** Check digits of barcodes. */

/** Lengths of encodings that have a check digit. */
const LENGTHS = { ean8: 8, ean13: 13, upca: 12, gtin14: 14, sscc: 18 };

/**
 * @param {string} digits with any digit in the place of the check digit
 * @returns {number} the digit that makes the sum of the weighted digits a multiple of ten
 */
export function getCheckDigit(digits) {
    const payload = [...digits.slice(0, -1)].reverse();
    const sum = payload.reduce((total, digit, place) => total + Number(digit) * (place % 2 ? 1 : 3), 0);
    return (10 - (sum % 10)) % 10;
}

/**
 * @param {string} code
 * @param {string} encoding `any`, or one with a check digit; an EAN-13 may be a UPC-A with a zero before it
 * @returns {boolean} whether a code is right in an encoding
 */
export function checkEncoding(code, encoding) {
    if (encoding === "any") {
        return true;
    }
    return LENGTHS[encoding] === code.length && /^\d+$/.test(code) && getCheckDigit(code) === Number(code.at(-1));
}
