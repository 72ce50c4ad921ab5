export const nbsp = "\u00a0";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "`": "&#x60;" };

/** HTML-escape a value. @returns {string} */
export function escape(value) {
    return String(value ?? "").replace(/[&<>"'`]/g, (char) => ENTITIES[char]);
}

/** Escape the characters special in a regular expression. */
export function escapeRegExp(text) {
    return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Code of a method name such as `action.id` usable as method: first and last parts. */
export function escapeMethod(value) {
    return JSON.stringify(value);
}

/** Insert `value` in `text` at the given index. */
export function intersperse(text, indices, separator = "") {
    const parts = [];
    let rest = text;
    let size = 0;
    let position = 0;
    while (rest.length) {
        const wanted = indices[position];
        if (wanted === -1) {
            break;
        }
        if (wanted !== undefined && wanted !== 0) {
            size = wanted;
            position++;
        } else if (wanted === 0) {
            position = indices.length;
        }
        if (!size || rest.length <= size) {
            break;
        }
        parts.unshift(rest.slice(-size));
        rest = rest.slice(0, -size);
    }
    if (rest.length) {
        parts.unshift(rest);
    }
    return parts.join(separator);
}

/**
 * Python-like formatting: `%s` by position or `%(name)s` by name (one plain object argument).
 *
 * @param {string} text
 * @param {...any} values
 * @returns {string}
 */
export function sprintf(text, ...values) {
    text = String(text);
    if (!values.length) {
        return text;
    }
    if (values.length === 1 && Object.prototype.toString.call(values[0]) === "[object Object]") {
        const named = values[0];
        return text.replace(/%\((\w+)\)s/g, (match, key) => String(named[key]));
    }
    let position = 0;
    return text.replace(/%[sd]/g, () => String(values[position++]));
}

/** First letter in upper case. */
export function capitalize(text) {
    return text ? text[0].toUpperCase() + text.slice(1) : "";
}

/** Text without accents, lower case unless `caseSensitive`. */
export function unaccent(text, caseSensitive) {
    const plain = (text || "").normalize("NFD").replace(/\p{Diacritic}/gu, "");
    return caseSensitive ? plain : plain.toLowerCase();
}

/** Loose check for something@domain.tld. */
export function isEmail(value) {
    return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(value || "");
}

/** Whether text is a number in plain notation. */
export function isNumeric(value) {
    return /^\d+$/.test(value);
}

/** Small stable hash of a text, as 8 hexadecimal digits. */
export function hashCode(...strings) {
    let hash = 0;
    for (const char of strings.join("\u001f")) {
        hash = (Math.imul(31, hash) + char.codePointAt(0)) | 0;
    }
    return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Random identifier. */
export function uuid() {
    return crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(16).slice(2)}`;
}

export { exprToBoolean } from "@web/core/utils/booleans";
