/** A search and the layout of its list in an address, so that somebody else sees the same; decision 0025. */
import { Domain } from "@web/core/domain";
import { router } from "@web/core/browser/router";
import { _t } from "@web/core/l10n/translation";

/** Name of the parameter, how long its text may be, and how many parts of each kind it may have. */
export const PARAMETER = "shared";
const MOST_CHARACTERS = 6000;
const MOST_PARTS = 50;

/** Layouts of lists that came with an address; they are nobody's own until he changes them. @type {Map<string, Object>} */
export const sharedLayouts = new Map();

const isText = (value) => typeof value === "string";
const isObject = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
const isList = (value, isPart) => Array.isArray(value) && value.length <= MOST_PARTS && value.every(isPart);
const isPair = (isSecond) => (value) =>
    isList(value, () => true) && value.length === 2 && isText(value[0]) && isSecond(value[1]);
/** Whether a text is a domain; what is no expression is none. */
function isDomain(text) {
    try {
        return isText(text) && Boolean(new Domain(text));
    } catch {
        return false;
    }
}
const PARTS = {
    filters: (value) => isList(value, isPair(isDomain)),
    groupBys: (value) => isList(value, isText),
    orderBy: (value) =>
        isList(
            value,
            isPair((asc) => typeof asc === "boolean")
        ),
    layout: (value) => isPair(isObject)(value),
};

/**
 * @param {Object} shared `filters`: pairs of text and domain, `groupBys`, `orderBy`: pairs of name and whether ascending,
 *  `layout`: key of the list and its layout
 * @returns {string} for an address
 */
export function encodeShared(shared) {
    const bytes = new TextEncoder().encode(JSON.stringify(shared));
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text of `encodeShared` @returns {Object|null} null where it is none, or more than can be */
export function decodeShared(text) {
    if (!isText(text) || text.length > MOST_CHARACTERS) {
        return null;
    }
    try {
        const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
            char.charCodeAt(0)
        );
        const shared = JSON.parse(new TextDecoder().decode(bytes));
        const isKnown = ([name, value]) => name in PARTS && PARTS[name](value);
        return isObject(shared) && Object.entries(shared).every(isKnown) ? shared : null;
    } catch {
        return null;
    }
}

/** The search that the address asks for, once. @returns {{shared: Object|null}|null} null: it asks for none */
export function takeShared() {
    const text = router.current[PARAMETER];
    if (text === undefined) {
        return null;
    }
    router.replaceState({ [PARAMETER]: undefined });
    return { shared: decodeShared(text) };
}

/**
 * What is searched now, as an address can have it.
 *
 * @param {Object} searchModel
 * @param {[string, Object]} [layout] key of the list and its layout
 * @returns {Object}
 */
export function sharedOf(searchModel, layout) {
    const { groupBys, orderBy } = searchModel.getPreFavoriteValues();
    const own = searchModel.facets.filter(({ domain }) => domain);
    const filters = own.map(({ domain, separator, title, type, values }) => {
        const text = values.join(` ${separator} `);
        // names that the domain reads have their values here, not where the address is opened
        const evaluated = new Domain(new Domain(domain).toList(searchModel.domainEvalContext));
        return [type === "field" ? `${title}: ${text}` : text, evaluated.toString()];
    });
    const panel = searchModel.searchPanel.domain();
    if (panel.length) {
        filters.push([_t("Categories").toString(), new Domain(panel).toString()]);
    }
    return {
        ...(filters.length && { filters }),
        ...(groupBys.length && { groupBys }),
        ...(orderBy.length && { orderBy: orderBy.map(({ asc, name }) => [name, asc !== false]) }),
        ...(layout && { layout }),
    };
}

/** The address of the page with what is shared. @param {Object} shared @returns {string|null} null: it is too much */
export function addressOf(shared) {
    const text = encodeShared(shared);
    const url = new URL(router.stateToUrl({ ...router.current, [PARAMETER]: text }), window.location.origin);
    return text.length > MOST_CHARACTERS ? null : url.href;
}
