/** Tells what barcodes mean, by the rules of a nomenclature of the server. */

import { parseURI } from "./barcode_uri";
import { checkEncoding, getCheckDigit } from "./check_digits";

/** Escaped characters of patterns, as two characters that stand for nothing else. */
const maskEscaped = (pattern) => pattern.replace(/\\[\\{}]/g, "__");
const CHECKED = ["ean13", "ean8", "upca"];

export class BarcodeParser {
    static barcodeNomenclatureFields = ["name", "rule_ids", "upc_ean_conv"];
    static barcodeRuleFields = ["name", "sequence", "type", "encoding", "pattern", "alias"];

    /**
     * Load a nomenclature.
     *
     * @param {any} orm service
     * @param {number} id
     * @returns {Promise<Object>} with its `rules` in their order
     */
    static async fetchNomenclature(orm, id) {
        const [[nomenclature], rules] = await Promise.all([
            orm.read("barcode.nomenclature", [id], this.barcodeNomenclatureFields),
            orm.searchRead("barcode.rule", [["barcode_nomenclature_id", "=", id]], this.barcodeRuleFields),
        ]);
        return { ...nomenclature, rules };
    }

    /** @param {{nomenclature: any}} params */
    constructor(params) {
        this.setup(params);
    }

    setup({ nomenclature }) {
        this.nomenclature = nomenclature;
    }

    get_barcode_check_digit(code) {
        return getCheckDigit(code);
    }

    check_encoding(barcode, encoding) {
        return checkEncoding(barcode, encoding);
    }

    /** @param {string} ean @returns {string} 13 digits with the right check digit */
    sanitize_ean(ean) {
        const digits = ean.slice(0, 13).padStart(13, "0");
        return digits.slice(0, -1) + getCheckDigit(digits);
    }

    /** @param {string} upc @returns {string} 12 digits with the right check digit */
    sanitize_upc(upc) {
        return this.sanitize_ean(`0${upc.padStart(12, "0")}`).slice(1);
    }

    /**
     * Compare a barcode with the pattern of a rule.
     *
     * @param {string} barcode
     * @param {string} pattern regular expressions, any of which may fit the start; `{NND}` in it is a number
     * @param {string} [encoding]
     * @returns {{value: number, base_code: string, match: boolean}} `base_code` has zeros in the place of the number
     */
    match_pattern(barcode, pattern, encoding) {
        let [value, zeroed] = [0, barcode];
        const place = /\{(N*)(D*)\}/.exec(maskEscaped(pattern));
        let expression = pattern;
        if (place) {
            const [text, { length: whole }, { length: decimals }] = place;
            const before = pattern.slice(0, place.index);
            const start = before.replace(/\\(.)/g, "$1").length;
            const zeros = "0".repeat(whole + decimals);
            expression = before + zeros + pattern.slice(place.index + text.length);
            const number = barcode.slice(start, start + zeros.length);
            if (number.length === zeros.length && /^\d+$/.test(number)) {
                value = Number(`${number.slice(0, whole) || 0}.${number.slice(whole) || 0}`);
                zeroed = barcode.slice(0, start) + zeros + barcode.slice(start + zeros.length);
            }
        }
        const base_code = value || zeroed !== barcode ? this.withCheckDigit(zeroed, encoding) : barcode;
        return { value, base_code, match: matchesStart(expression, zeroed) };
    }

    /** @returns {string} a code whose number was taken out, with the check digit that it has without */
    withCheckDigit(code, encoding) {
        return CHECKED.includes(encoding) ? code.slice(0, -1) + getCheckDigit(code) : code;
    }

    /**
     * @param {string} barcode
     * @returns {any} `encoding`, `type`, `code`, `base_code` and `value`; of type `error` when no rule fits
     */
    parse_barcode(barcode) {
        return barcode.startsWith("urn:") ? this.parseURI(barcode) : this.parseBarcodeNomenclature(barcode);
    }

    parseURI(barcode) {
        return parseURI(barcode);
    }

    parseBarcodeNomenclature(barcode) {
        const result = { encoding: "", type: "error", code: barcode, base_code: barcode, value: 0 };
        let scanned = barcode;
        for (const { alias, encoding, pattern, type } of this.nomenclature.rules) {
            const code = this.convert(scanned, encoding);
            const match = this.check_encoding(code, encoding) && this.match_pattern(code, pattern, encoding);
            if (!match || !match.match) {
                continue;
            }
            if (type !== "alias") {
                const { base_code, value } = match;
                return { encoding, type, code, base_code, value };
            }
            scanned = alias;
            Object.assign(result, { code: alias, type });
        }
        return result;
    }

    /** @returns {string} a UPC-A as the EAN-13 that a rule wants, or the other way round, where that is allowed */
    convert(barcode, encoding) {
        const { upc_ean_conv: conversion } = this.nomenclature;
        if (encoding === "ean13" && ["always", "upc2ean"].includes(conversion) && checkEncoding(barcode, "upca")) {
            return `0${barcode}`;
        }
        const isUpc = barcode.startsWith("0") && checkEncoding(barcode, "ean13");
        return encoding === "upca" && ["always", "ean2upc"].includes(conversion) && isUpc ? barcode.slice(1) : barcode;
    }
}

function matchesStart(expression, text) {
    try {
        return new RegExp(`^(?:${expression})`).test(text);
    } catch {
        // what the server understands and browsers do not
        return false;
    }
}
