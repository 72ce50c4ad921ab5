import { user } from "@web/core/user";

/** What browsers call the server's ways to join; `-short` and `-narrow` behind them make them shorter. */
const KINDS = { standard: "conjunction", or: "disjunction", unit: "unit" };

/**
 * Join texts as a language does: "a, b and c".
 *
 * @param {Iterable<any>} list
 * @param {{localeCode?: string, style?: string}} [options] code of the language, by default the user's; style such
 *  as "standard", "or-short", "unit-narrow"
 * @returns {string}
 */
export function formatList(list, { localeCode = "", style = "standard" } = {}) {
    const locale = localeCode || user.lang || "en-US";
    const [kind, width = "long"] = style.split("-");
    const format = new Intl.ListFormat(locale, /** @type {any} */ ({ type: KINDS[kind], style: width }));
    return format.format([...list].map(String));
}
