import { hashCode } from "@web/core/utils/strings";

/** How many colours numbers are spread over, and how many other keys are. */
const NUMBERS = 55;
const OTHERS = 24;
const CSS_COLOR = /^(#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(.*\))$/i;

/** Colours of keys that are no numbers: each keeps its own while the page is open. */
const known = new Map();

/**
 * Colour of what a key stands for.
 *
 * @param {number|string|false|undefined|null} key id of a record, value of a selection, or a colour of CSS
 * @returns {number|string|false} number for the class `o_calendar_color_N`, a colour of CSS as it is, false for nothing
 */
export function getColor(key) {
    if (!key) {
        return false;
    }
    if (typeof key === "number") {
        return ((((key - 1) % NUMBERS) + NUMBERS) % NUMBERS) + 1;
    }
    if (CSS_COLOR.test(key)) {
        return key;
    }
    if (!known.has(key)) {
        known.set(key, (parseInt(hashCode(String(key)), 16) % OTHERS) + 1);
    }
    return known.get(key);
}
