import { markup } from "@odoo/owl";
import { Deferred } from "@web/core/utils/concurrency";
import { isMarkup, htmlSprintf } from "@web/core/utils/html";
import { sprintf } from "@web/core/utils/strings";

export const translationLoaded = Symbol("translationLoaded");
/** Source term -> translation; `translatedTerms[translationLoaded]` is true once fetched. */
export const translatedTerms = { [translationLoaded]: false };
export const translationIsReady = new Deferred();

function translate(term, values) {
    const text = translatedTerms[term] ?? term;
    if (!values.length) {
        return text;
    }
    const flat = values[0]?.constructor === Object ? Object.values(values[0]) : values;
    return flat.some(isMarkup) ? htmlSprintf(markup(text), ...values) : sprintf(text, ...values);
}

/** Text translated each time it is read; used before translations arrive. */
export class LazyTranslatedString extends String {
    constructor(term, values) {
        super(term);
        this.values = values;
    }

    valueOf() {
        return translate(super.valueOf(), this.values);
    }

    toString() {
        return this.valueOf();
    }
}

/**
 * Translate a term of the client.
 *
 * @param {string} term
 * @param {...any} values for `%s` or `%(name)s`
 * @returns {any} text, or what becomes one once the translations are there
 */
export function _t(term, ...values) {
    if (translatedTerms[translationLoaded]) {
        return translate(term, values);
    }
    return new LazyTranslatedString(term, values);
}

/** Install the terms the server sent. */
export function setTranslations(terms) {
    Object.assign(translatedTerms, terms);
    translatedTerms[translationLoaded] = true;
    translationIsReady.resolve(true);
}

let installed;

/** Installed languages, asked once. */
export async function loadLanguages(orm) {
    installed ??= await orm.call("res.lang", "get_installed");
    return installed;
}
