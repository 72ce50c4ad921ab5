/** Identifiers of the EPC standard, as tags have them: `urn:epc:id:sgtin:9521141.012345.4711`. */

import { getCheckDigit } from "./check_digits";

/** Kinds of identifiers that begin with a number by which readers filter. */
const FILTERED = ["sgtin-96", "sgtin-198", "sscc-96"];
const PRODUCTS = ["lgtin", "sgtin", "sgtin-96", "sgtin-198"];
const PACKAGES = ["sscc", "sscc-96"];

const isNumber = (text) => /^\d+$/.test(text);
const withCheckDigit = (payload) => payload + getCheckDigit(`${payload}0`);

/**
 * @param {string} uri
 * @returns {any} product and lot of an identifier, or the package that it names; other texts as they are
 */
export function parseURI(uri) {
    const parts = uri.split(":").map((part) => part.trim());
    const kind = parts.at(-2);
    const numbers = parts.at(-1).split(".");
    const [company, item, ...others] = FILTERED.includes(kind) ? numbers.slice(1) : numbers;
    const thing = (type, code) => ({ base_code: uri, code, encoding: "", type, value: code });
    if (parts[0] !== "urn" || !isNumber(company) || !isNumber(item)) {
        return uri;
    }
    // the first digit says how it is packed, and comes first in the whole number
    const code = () => withCheckDigit(item[0] + company + item.slice(1));
    if (PRODUCTS.includes(kind) && others.length) {
        return [thing("product", code()), thing("lot", others.join("."))];
    }
    return PACKAGES.includes(kind) && !others.length ? thing("package", code()) : uri;
}
