/** Barcodes of GS1 are taken apart into what their application identifiers say. */

import { BarcodeParser } from "@barcodes/js/barcode_parser";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { readDate, readIdentifier, readMeasure } from "./gs1_values";

/** The character that separates values. */
export const FNC1_CHAR = String.fromCharCode(29);
/** What scanners may send first: the kind of code, or the separator. */
const STARTS = ["]C1", "]e0", "]d2", "]Q3", "]J1", FNC1_CHAR];

/** A barcode that the nomenclature does not explain. */
export class GS1BarcodeError extends Error {}

BarcodeParser.barcodeNomenclatureFields.push("is_gs1_nomenclature", "gs1_separator_fnc1");
BarcodeParser.barcodeRuleFields.push("gs1_content_type", "gs1_decimal_usage", "associated_uom_id");

patch(BarcodeParser.prototype, {
    /** @param {string} gs1Date `yymmdd` @returns {Date} @throws {GS1BarcodeError} there is no such day */
    gs1_date_to_date(gs1Date) {
        const date = readDate(gs1Date);
        if (!date) {
            throw new GS1BarcodeError(_t("%s is no date of the form yymmdd.", gs1Date).toString());
        }
        return date;
    },

    /**
     * Read a value as its rule says.
     *
     * @param {string[]} match identifier and value as groups
     * @param {any} rule
     * @returns {any} null when the value is none for the rule
     * @throws {GS1BarcodeError} a measure is no number
     */
    parse_gs1_rule_pattern([, ai, text], rule) {
        const readers = {
            date: () => readDate(text),
            identifier: () => readIdentifier(text),
            measure: () => readMeasure(ai, text, rule.gs1_decimal_usage),
        };
        const value = readers[rule.gs1_content_type] ? readers[rule.gs1_content_type]() : text;
        if (value === null && rule.gs1_content_type === "measure") {
            const names = { rule: rule.name, value: text };
            throw new GS1BarcodeError(_t("The rule %(rule)s takes %(value)s for a measure.", names).toString());
        }
        const read = { rule, ai, string_value: text, value, code: text, base_code: text, type: rule.type };
        return value === null ? null : read;
    },

    /**
     * Take a barcode apart.
     *
     * @this {any}
     * @param {string} barcode
     * @returns {any[]} what each part says
     * @throws {GS1BarcodeError} a part is nothing that is known
     */
    gs1_decompose_extanded(barcode) {
        const start = STARTS.find((text) => barcode.startsWith(text)) || "";
        const found = [];
        for (let rest = barcode.slice(start.length); rest;) {
            const [part, length] = this.firstGs1Part(rest);
            if (!length) {
                throw new GS1BarcodeError(_t("This part of the barcode means nothing: %s", rest).toString());
            }
            found.push(part);
            rest = rest.slice(length);
        }
        return found;
    },

    /** @this {any} @returns {[any, number]} what the beginning of a text says, and its length */
    firstGs1Part(text) {
        const separator = this.nomenclature.gs1_separator_fnc1 || FNC1_CHAR;
        for (const rule of this.nomenclature.rules) {
            const isGs1 = rule.encoding === "gs1-128";
            const match = isGs1 && new RegExp(`^${rule.pattern}(?:${separator})?`).exec(text);
            const part = match && this.parse_gs1_rule_pattern(/** @type {any} */ (match), rule);
            if (part) {
                return [part, match[0].length];
            }
        }
        return [null, 0];
    },

    /** @this {any} */
    parseBarcodeNomenclature(barcode) {
        return this.nomenclature.is_gs1_nomenclature
            ? this.gs1_decompose_extanded(barcode)
            : super.parseBarcodeNomenclature(barcode);
    },
});
