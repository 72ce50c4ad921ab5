/** Between HTML and the document of the editor. */
import { DOMParser as ContentParser, DOMSerializer } from "prosemirror-model";
import { elementOf, schema } from "@html_editor/prose/schema";
import { completeTables } from "@html_editor/prose/schema_tables";

const NEVER = "script, style, template, base, meta, link, title, noscript";
const parser = ContentParser.fromSchema(schema);
/** What a stored text says about the saves that it contains; it is no part of the text. */
export const SAVES = "data-last-history-steps";
/** Stands for what is kept as it came, while what is around it is finished. */
const PLACE = "o-kept";

/** @param {Element[]} kept elements in their turn @returns {DOMSerializer} */
function makeSerializer(kept) {
    const keep = (node) => [PLACE, { "data-index": String(kept.push(elementOf(node.attrs.html)) - 1) }];
    const nodes = { ...DOMSerializer.nodesFromSchema(schema), raw_block: keep, raw_inline: keep };
    return new DOMSerializer(/** @type {any} */ (nodes), DOMSerializer.marksFromSchema(schema));
}

/** @param {string} html @returns {HTMLElement} body of a document in which nothing runs */
export function bodyOf(html) {
    const { body } = new DOMParser().parseFromString(String(html || ""), "text/html");
    body.querySelectorAll(NEVER).forEach((el) => el.remove());
    body.firstElementChild?.removeAttribute(SAVES);
    return body;
}

/** @param {string|Element} content HTML, or an element with it @returns {import("prosemirror-model").Node} */
export function parseContent(content) {
    return parser.parse(content instanceof Element ? content : bodyOf(content));
}

/** @param {string|Element} content @returns {import("prosemirror-model").Slice} what is to be put into a content */
export function parseSlice(content) {
    return parser.parseSlice(content instanceof Element ? content : bodyOf(content));
}

/**
 * @param {import("prosemirror-model").Node} doc
 * @returns {HTMLElement} an element with the content, in a document in which nothing runs
 */
export function elementOfContent(doc) {
    const inert = document.implementation.createHTMLDocument("");
    const root = inert.createElement("div");
    const kept = [];
    root.append(makeSerializer(kept).serializeFragment(doc.content, { document: inert }));
    completeTables(root);
    root.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div, pre").forEach(showBreaks);
    root.querySelectorAll("p[data-bare]").forEach(unwrap);
    root.querySelectorAll(PLACE).forEach((el) => el.replaceWith(kept[el.getAttribute("data-index")]));
    return root;
}

/** Empty lines, and breaks at the end of one, need a break more to be seen. */
function showBreaks(el) {
    const { lastChild } = el;
    if (!lastChild || lastChild.nodeName === "BR") {
        el.append(el.ownerDocument.createElement("br"));
    }
}

/** A line that is all there is in its item, cell or quote goes without an element, unless it came with one. */
function unwrap(paragraph) {
    paragraph.removeAttribute("data-bare");
    const { parentElement: parent } = paragraph;
    const isAlone = parent.childElementCount === 1 && ["LI", "TD", "TH", "BLOCKQUOTE"].includes(parent.nodeName);
    if (isAlone && !paragraph.attributes.length) {
        paragraph.replaceWith(...paragraph.childNodes);
    }
}
