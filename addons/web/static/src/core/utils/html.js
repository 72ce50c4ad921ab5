import { markup } from "@odoo/owl";
import { escape } from "@web/core/utils/strings";

const MarkupClass = markup("").constructor;

/** Whether a value is safe HTML. */
export function isMarkup(value) {
    return value instanceof MarkupClass;
}

/** Safe HTML of a text, or the markup itself. */
export function htmlEscape(content) {
    return isMarkup(content) ? content : markup(escape(content));
}

/** Join with everything that is not markup escaped. */
export function htmlJoin(list, separator = "") {
    return markup(list.map((item) => htmlEscape(item).toString()).join(htmlEscape(separator).toString()));
}

/** `sprintf` whose result is markup and whose values are escaped. */
export function htmlSprintf(text, ...values) {
    let position = 0;
    const source = htmlEscape(text).toString();
    const named = values.length === 1 && values[0]?.constructor === Object ? values[0] : null;
    const result = named
        ? source.replace(/%\((\w+)\)s/g, (match, key) => htmlEscape(named[key]).toString())
        : source.replace(/%s/g, () => htmlEscape(values[position++]).toString());
    return markup(result);
}

/** Whether HTML has no visible content. */
export function isHtmlEmpty(content = "") {
    const document = new DOMParser().parseFromString(String(content), "text/html");
    return !document.body.textContent.trim() && !document.body.querySelector("img, video, iframe, hr");
}

/** Set HTML content of an element; text is escaped. */
export function setElementContent(element, content) {
    if (isMarkup(content)) {
        element.innerHTML = content;
    } else {
        element.textContent = content;
    }
}
