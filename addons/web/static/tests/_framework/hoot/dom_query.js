/** Finding elements on the page of a test, and reading what they say. */

import { isVisible as isSeen, queryAll as querySelector } from "../../tours/tour_selectors";

/** Where selectors look first; the whole page where nothing is set. */
let defaultRoot = null;

/** @param {Element|null} el element in which selectors look, null for the whole page */
export function setDefaultRoot(el) {
    defaultRoot = el;
}

const FOCUSABLE =
    "a[href], button, details, input, select, textarea, iframe, [contenteditable=true], [contenteditable=''], [tabindex]";

/** Elements of whatever names them: a selector, an element, a list of these, a promise is none. */
function elementsOf(target, root) {
    if (!target) {
        return [];
    }
    if (typeof target === "string") {
        return querySelector(target.trim(), root);
    }
    if (target.nodeType) {
        return [target];
    }
    if (target === window || target.window === target) {
        return [target.document.body];
    }
    if (target.el !== undefined && !target[Symbol.iterator]) {
        return target.el ? [target.el] : [];
    }
    if (typeof target[Symbol.iterator] === "function") {
        return [...new Set([...target].flatMap((item) => elementsOf(item, root)))];
    }
    throw new Error(`This names no elements: ${target}`);
}

function describe(target) {
    return typeof target === "string" ? `"${target}"` : String(target?.outerHTML || target).slice(0, 80);
}

/** Arguments where the selector may be a template string. */
function plain([target, ...args]) {
    return Array.isArray(target) && "raw" in target ? [String.raw({ raw: target.raw }, ...args)] : [target, ...args];
}

const FILTERS = {
    displayed: (elements) => elements.filter((el) => el.getClientRects().length),
    visible: (elements) => elements.filter(isVisible),
    focusable: (elements) => elements.filter(isFocusable),
    interactive: (elements) => elements.filter(isVisible),
    contains: (elements, text) => elements.filter((el) => textOf(el).includes(text)),
    text: (elements, text) => elements.filter((el) => textOf(el) === text),
    value: (elements, value) => elements.filter((el) => el.value === value),
    first: (elements) => elements.slice(0, 1),
    last: (elements) => elements.slice(-1),
    eq: (elements, index) => elements.slice(index).slice(0, 1),
};

/**
 * @param {...any} args selector, element or list of elements; options `root`, `count`, `visible`, `displayed`,
 *  `contains`, `text`, `value`, `first`, `last`, `eq`
 * @returns {Element[]}
 * @throws {Error} there are more or less than `count`
 */
export function queryAll(...args) {
    const [target, { root, count, ...filters } = {}] = plain(args);
    const place = root ? elementsOf(root, document)[0] : defaultRoot || document;
    let found = elementsOf(target, place);
    for (const [name, value] of Object.entries(filters)) {
        if (FILTERS[name] && value !== undefined && value !== false) {
            found = FILTERS[name](found, value);
        }
    }
    const wanted = count ?? filters.exact;
    if (wanted !== undefined && found.length !== wanted) {
        throw new Error(`There are ${found.length} elements ${describe(target)}, and not ${wanted}`);
    }
    return found;
}

/** The first element, null without. @returns {any} */
export function queryFirst(...args) {
    return queryAll(...args)[0] || null;
}

/** The first element. @throws {Error} there is none @returns {any} */
export function queryAny(...args) {
    const found = queryFirst(...args);
    if (!found) {
        throw new Error(`There is no element ${describe(plain(args)[0])}`);
    }
    return found;
}

/** The only element. @throws {Error} there are none or several @returns {any} */
export function queryOne(...args) {
    const [target, options] = plain(args);
    return queryAll(target, { ...options, count: 1 })[0];
}

/** What an element says, as it is seen. @param {{raw?: boolean, inline?: boolean}} [options] */
export function textOf(element, { raw = false, inline = false } = {}) {
    const text = element.innerText ?? element.textContent ?? "";
    if (raw) {
        return text;
    }
    const lines = text
        .replace(/[\u200b\ufeff]/g, "")
        .split("\n")
        .map((line) => line.replace(/[^\S\n]+/g, " ").trim());
    return inline
        ? lines.filter(Boolean).join(" ")
        : lines
              .join("\n")
              .replace(/\n{2,}/g, "\n")
              .trim();
}

/** Value of an input: a number, text, list of files or of the chosen options. */
export function valueOf(element) {
    switch (element.type) {
        case "number":
        case "range":
            return element.value === "" ? "" : element.valueAsNumber;
        case "file":
            return [...element.files].map((file) => file.name);
        case "select-multiple":
            return [...element.selectedOptions].map((option) => option.value);
        default:
            return element.value;
    }
}

const mapped =
    (read) =>
    (...args) =>
        queryAll(...args).map((element) => read(element, plain(args)[1]));
const readOne =
    (read) =>
    (...args) =>
        read(queryOne(...args), plain(args)[1]);

export const queryText = readOne(textOf);
export const queryAllTexts = mapped(textOf);
export const queryValue = readOne(valueOf);
export const queryAllValues = mapped(valueOf);

/** @returns {string|null} attribute of the only element */
export function queryAttribute(target, name, options) {
    return queryOne(target, options).getAttribute(name);
}

export function queryAllAttributes(target, name, options) {
    return queryAll(target, options).map((element) => element.getAttribute(name));
}

export function queryAllProperties(target, name, options) {
    return queryAll(target, options).map((element) => element[name]);
}

/** Rectangle of the only element. @param {any} target @param {{trimPadding?: boolean}} [options] */
export function queryRect(target, { trimPadding = false, ...options } = {}) {
    const element = queryOne(target, options);
    const { x, y, width, height } = element.getBoundingClientRect();
    if (!trimPadding) {
        return new DOMRect(x, y, width, height);
    }
    const style = getComputedStyle(element);
    const [left, right, top, bottom] = ["Left", "Right", "Top", "Bottom"].map((side) =>
        parseFloat(style[`padding${side}`])
    );
    return new DOMRect(x + left, y + top, width - left - right, height - top - bottom);
}

export function queryAllRects(target, options) {
    return queryAll(target, options).map((element) => queryRect(element, options));
}

/** Whether elements are all visible. */
export function isVisible(target) {
    const found = queryAll(target);
    return found.length > 0 && found.every(isSeen);
}

export function isDisplayed(target) {
    return queryAll(target).some((element) => element.getClientRects().length > 0);
}

export function isInDOM(target) {
    return queryAll(target).some((element) => element.isConnected);
}

export function isFocusable(target) {
    const [element] = queryAll(target);
    return Boolean(element?.matches(FOCUSABLE)) && !element.disabled && isSeen(element);
}

export function isEditable(node) {
    return Boolean(node?.matches?.("input, textarea, [contenteditable=true], [contenteditable='']"));
}

export function isInViewPort(target) {
    const { top, left, bottom, right } = queryRect(target);
    return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
}

export function isScrollable(target) {
    const element = queryOne(target);
    return element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth;
}

/** @param {any} target @param {string} selector with the same additions as those of queries */
export function matches(target, selector) {
    const [element] = queryAll(target);
    return Boolean(element) && querySelector(selector, element.ownerDocument).includes(element);
}

/** Element that has the focus, also in a frame. @param {Element} [node] whose page is meant */
export function getActiveElement(node) {
    let active = (node?.ownerDocument || document).activeElement;
    for (let inner = active; inner; inner = active.shadowRoot?.activeElement || innerElement(active)) {
        active = inner;
    }
    return active;
}

/** Element of a frame that has the focus; null where it is no frame, or one of another site. */
function innerElement(el) {
    return (el.tagName === "IFRAME" && el.contentDocument?.activeElement) || null;
}

/** @returns {Element[]} what the keyboard can reach, in its order */
export function getFocusableElements({ root = document.body, tabbable = true } = {}) {
    const found = querySelector(FOCUSABLE, root).filter((el) => isFocusable(el) && (!tabbable || el.tabIndex >= 0));
    return [
        ...found.filter((el) => el.tabIndex > 0).sort((a, b) => a.tabIndex - b.tabIndex),
        ...found.filter((el) => el.tabIndex <= 0),
    ];
}

function neighbour(step, options) {
    const all = getFocusableElements(options);
    const index = all.indexOf(getActiveElement());
    return all[index + step] || null;
}

export const getNextFocusableElement = (options) => neighbour(1, options);
export const getPreviousFocusableElement = (options) => neighbour(-1, options);

export function getParentFrame(target) {
    return queryOne(target).ownerDocument.defaultView.frameElement;
}

// --- waiting ----------------------------------------------------------------------------------------------------------

const realTimeout = window.setTimeout.bind(window);
const realFrame = window.requestAnimationFrame.bind(window);

/**
 * Wait until a function says something true.
 *
 * @param {() => any} predicate
 * @param {{timeout?: number, message?: string | (() => string)}} [options]
 * @returns {Promise<any>} what it said
 * @throws {Error} it did not in time
 */
export async function waitUntil(predicate, { timeout = 200, message } = {}) {
    const end = performance.timeOrigin + performance.now() + Math.max(timeout, 200);
    for (;;) {
        const result = predicate();
        if (result) {
            return result;
        }
        if (performance.timeOrigin + performance.now() > end) {
            const text = typeof message === "function" ? message() : message;
            throw new Error(text || `It did not come true within ${timeout} ms: ${predicate}`);
        }
        await new Promise((resolve) => {
            realFrame(resolve);
            realTimeout(resolve, 50);
        });
    }
}

/** Wait until an element is there. @returns {Promise<any>} the first such element */
export function waitFor(target, { timeout = 500, message, ...options } = {}) {
    const find = () => {
        try {
            return queryFirst(target, options);
        } catch {
            // not as many as wanted
            return null;
        }
    };
    return waitUntil(find, {
        timeout,
        message: message || (() => `There was no ${describe(target)} in ${timeout} ms`),
    });
}

/** Wait until an element is gone. */
export function waitForNone(target, { timeout = 500, message, ...options } = {}) {
    const isGone = () => !queryAll(target, options).length;
    return waitUntil(isGone, {
        timeout,
        message: message || (() => `${describe(target)} was there for ${timeout} ms`),
    });
}

/** Call a function whenever something changes in an element. @returns {() => void} ends it */
export function observe(target, callback) {
    const observer = new MutationObserver(callback);
    observer.observe(queryOne(target), { attributes: true, characterData: true, childList: true, subtree: true });
    return () => observer.disconnect();
}

/** XML or HTML in one form, to be compared. */
export function formatXml(value) {
    const text = typeof value === "string" ? value : (value?.outerHTML ?? "");
    return text.replace(/>\s+</g, "><").trim();
}
