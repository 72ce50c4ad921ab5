/** What tests expect of elements. */

import { getActiveElement, isVisible, queryAll, queryRect, textOf, valueOf } from "./dom_query";

const isText = (actual, expected) =>
    expected instanceof RegExp ? expected.test(actual) : String(actual) === String(expected);
const quoted = (value) => (value instanceof RegExp ? String(value) : JSON.stringify(value));
const nameOf = (actual) => (typeof actual === "string" ? `"${actual}"` : "the element");

/** The only element; what is wrong where there is not one. */
function single(actual) {
    const found = queryAll(actual);
    return found.length === 1 ? found[0] : null;
}

/** A matcher of one element. */
function ofOne(description, test) {
    return (actual, ...args) => {
        const element = single(actual);
        const text = typeof description === "function" ? description(...args) : description;
        if (!element) {
            return [null, `${text} (there are ${queryAll(actual).length} such elements)`, nameOf(actual)];
        }
        const [holds, found] = [].concat(test(element, ...args));
        return [Boolean(holds), found === undefined ? text : `${text}, not ${quoted(found)}`, nameOf(actual)];
    };
}

/** A matcher of a value of each element: one expected value for all, or a list of them. */
function ofEach(description, read) {
    return (actual, expected, options) => {
        const elements = queryAll(actual);
        const values = elements.map((element) => read(element, options));
        const isList = Array.isArray(expected);
        const holds = isList
            ? values.length === expected.length && values.every((value, index) => isText(value, expected[index]))
            : values.length > 0 &&
              values.every((value) => (expected === undefined ? Boolean(value) : isText(value, expected)));
        const wanted = isList ? `[${expected.map(quoted)}]` : quoted(expected);
        const found = values.length === 1 && !isList ? quoted(values[0]) : `[${values.map(quoted)}]`;
        return [elements.length ? holds : null, `${description} ${wanted}, not ${found}`, nameOf(actual)];
    };
}

function hasStyle(element, style) {
    const wanted = typeof style === "string" ? parseStyle(style) : style;
    const computed = getComputedStyle(element);
    const probe = document.createElement("div");
    return Object.entries(wanted).every(([name, value]) => {
        const key = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        const actual = computed.getPropertyValue(key);
        if (value instanceof RegExp) {
            return value.test(actual);
        }
        probe.style.setProperty(key, typeof value === "number" ? `${value}px` : value);
        element.parentElement?.append(probe);
        const expected = getComputedStyle(probe).getPropertyValue(key);
        probe.remove();
        return actual === expected || actual === String(value);
    });
}

function parseStyle(text) {
    const pairs = text.split(";").filter((part) => part.includes(":"));
    return Object.fromEntries(pairs.map((part) => part.split(/:(.*)/s, 2).map((half) => half.trim())));
}

const classesOf = (names) => [].concat(names).flatMap((text) => text.split(/\s+/));
const squeezed = (html) => html.replace(/\s+/g, " ").replace(/> </g, "><").trim();

/** Matchers of what is on the page: they take an element, several, or a selector. */
export const DOM_MATCHERS = {
    toBeChecked: ofOne("be checked", (element, options) =>
        options?.indeterminate ? element.indeterminate : element.checked
    ),
    toBeDisplayed: ofOne("be displayed", (element) => element.getClientRects().length > 0),
    toBeEnabled: ofOne("be enabled", (element) => !element.disabled),
    toBeFocused: ofOne("have the focus", (element) => getActiveElement(element) === element),
    toBeVisible: ofOne("be visible", isVisible),
    toHaveAttribute: ofOne(
        (name, value) => `have the attribute "${name}"${value === undefined ? "" : ` = ${quoted(value)}`}`,
        (element, name, value) =>
            value === undefined || value === null
                ? element.hasAttribute(name)
                : [isText(element.getAttribute(name), value), element.getAttribute(name)]
    ),
    toHaveClass: (actual, names) => {
        const elements = queryAll(actual);
        const holds = elements.every((element) => classesOf(names).every((name) => element.classList.contains(name)));
        const found = elements.map((element) => element.className).join(" | ");
        return [
            elements.length ? holds : null,
            `have the class "${classesOf(names).join(" ")}", not "${found}"`,
            nameOf(actual),
        ];
    },
    toHaveCount: (actual, count) => {
        const { length } = queryAll(actual);
        const holds = count === undefined ? length > 0 : length === count;
        return [holds, `be there ${count ?? "at least once"}, and it is there ${length}`, nameOf(actual)];
    },
    toHaveInnerHTML: ofOne(
        (html) => `hold ${quoted(html)}`,
        (element, html) => [
            isText(squeezed(element.innerHTML), html instanceof RegExp ? html : squeezed(html)),
            element.innerHTML,
        ]
    ),
    toHaveOuterHTML: ofOne(
        (html) => `be ${quoted(html)}`,
        (element, html) => [
            isText(squeezed(element.outerHTML), html instanceof RegExp ? html : squeezed(html)),
            element.outerHTML,
        ]
    ),
    toHaveProperty: ofOne(
        (name, value) => `have the property "${name}" = ${quoted(value)}`,
        (element, name, value) => [value === undefined ? name in element : element[name] === value, element[name]]
    ),
    toHaveRect: ofOne(
        (rect) => `be at ${quoted(rect)}`,
        (element, rect, options) => {
            const own = queryRect(element, options);
            const wanted = typeof rect === "string" || rect instanceof Element ? queryRect(rect, options) : rect;
            return ["x", "y", "width", "height"].every((key) => wanted[key] === undefined || wanted[key] === own[key]);
        }
    ),
    toHaveStyle: ofOne((style) => `have the style ${quoted(style)}`, hasStyle),
    toHaveText: ofEach("have the text", (element, options) => textOf(element, options)),
    toHaveValue: (actual, expected) => {
        const elements = queryAll(actual);
        const holds = elements.every((element) => {
            const value = valueOf(element);
            const wanted = typeof expected === "number" && typeof value === "string" ? String(expected) : expected;
            if (Array.isArray(value) || Array.isArray(wanted)) {
                return JSON.stringify([...value]) === JSON.stringify(wanted);
            }
            return expected === undefined ? Boolean(value) : isText(value, wanted);
        });
        const found = elements.map((element) => quoted(valueOf(element))).join(", ");
        return [elements.length ? holds : null, `have the value ${quoted(expected)}, not ${found}`, nameOf(actual)];
    },
};
