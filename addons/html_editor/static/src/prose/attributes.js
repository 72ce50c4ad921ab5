/** Attributes of elements that the editor keeps as they are, and changes of their styles and classes. */

/** What belongs to the editor while it shows an element, and not to the content. */
const OWN_ATTRIBUTES = new Set(["contenteditable", "draggable", "spellcheck", "data-pm-slice"]);
const OWN_CLASSES = /^ProseMirror|^o_we_selected$/;
const SAFE_NAME = /^[a-z_][\w:.-]*$/i;
const SCRIPT_URL = /^(?:javascript|vbscript):/i;
/** What browsers leave out when they read an address. */
const NOT_READ = /[\s\p{Cc}]+/gu;
const URLS = new Set(["href", "src", "action", "formaction", "xlink:href"]);

/** Whether an attribute would run something. */
function isActive(name, value) {
    return /^on/i.test(name) || (URLS.has(name.toLowerCase()) && SCRIPT_URL.test(value.replace(NOT_READ, "")));
}

/**
 * @param {Element} el
 * @param {...string} known names that are left out
 * @returns {Record<string, string>} attributes that are part of the content
 */
export function keptAttributes(el, ...known) {
    const kept = {};
    for (const { name, value } of el.attributes) {
        if (known.includes(name) || OWN_ATTRIBUTES.has(name) || !SAFE_NAME.test(name) || isActive(name, value)) {
            continue;
        }
        kept[name] = value;
    }
    if (kept.class !== undefined) {
        setClasses(kept, classesOf(kept));
    }
    return kept;
}

/** @param {Record<string, string>} attrs @returns {string[]} */
export function classesOf(attrs) {
    return (attrs.class || "").split(/\s+/).filter((name) => name && !OWN_CLASSES.test(name));
}

/**
 * The same for attributes of unknown origin: of what somebody else writes at the same time.
 *
 * @param {Record<string, any>} attrs
 * @returns {Record<string, string>} those that run nothing
 */
export function safeAttributes(attrs) {
    const entries = Object.entries(attrs || {}).map(([name, value]) => [name, String(value ?? "")]);
    return Object.fromEntries(entries.filter(([name, value]) => SAFE_NAME.test(name) && !isActive(name, value)));
}

function setClasses(attrs, classes) {
    if (classes.length) {
        attrs.class = classes.join(" ");
    } else {
        delete attrs.class;
    }
}

/**
 * @param {Record<string, string>} attrs
 * @param {string[]} added
 * @param {RegExp|null} [removed] pattern of the names that go
 * @returns {Record<string, string>} a copy
 */
export function withClasses(attrs, added, removed = null) {
    const copy = { ...attrs };
    const staying = classesOf(attrs).filter((name) => !removed?.test(name) && !added.includes(name));
    setClasses(copy, [...staying, ...added]);
    return copy;
}

/**
 * @param {Record<string, string>} attrs
 * @param {Record<string, string>} styles by CSS name; an empty text takes a property away
 * @returns {Record<string, string>} a copy
 */
export function withStyles(attrs, styles) {
    const el = document.createElement("i");
    el.style.cssText = attrs.style || "";
    Object.entries(styles).forEach(([name, value]) => el.style.setProperty(name, value));
    const copy = { ...attrs };
    const text = el.style.cssText;
    if (text) {
        copy.style = text;
    } else {
        delete copy.style;
    }
    return copy;
}

/** @param {Record<string, string>} attrs @param {string} name @returns {string} value of a style property */
export function styleOf(attrs, name) {
    if (!attrs?.style) {
        return "";
    }
    const el = document.createElement("i");
    el.style.cssText = attrs.style;
    return el.style.getPropertyValue(name);
}

/** @param {Record<string, any>} attrs @returns {boolean} whether nothing is set */
export const isBlank = (attrs) => !Object.keys(attrs || {}).length;
