/** Which elements stand on lines of their own, and which are left as they are. */

const BLOCKS = new Set(
    (
        "address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 " +
        "h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
    ).split(" ")
);
/** Elements that are shown, and not written in. */
export const CLOSED = [
    "audio",
    "button",
    "canvas",
    "embed",
    "form",
    "iframe",
    "input",
    "map",
    "math",
    "object",
    "picture",
    "select",
    "svg",
    "textarea",
    "video",
    "[contenteditable='false']",
    "[data-oe-protected='true']",
    "[data-embedded]",
    ".o_not_editable",
];

/** @param {Node} node @returns {boolean} */
export function isBlock(node) {
    return node?.nodeType === Node.ELEMENT_NODE && BLOCKS.has(node.nodeName.toLowerCase());
}

/** @param {Element} el @returns {boolean} whether there is something inside that stands on a line of its own */
export function hasBlocks(el) {
    return [...el.children].some((child) => isBlock(child) || hasBlocks(child));
}

/** @param {Node} node @returns {Element|null} the nearest element, itself or around it, with a line of its own */
export function closestBlock(node) {
    let el = node instanceof Element ? node : node.parentElement;
    while (el && !isBlock(el)) {
        el = el.parentElement;
    }
    return el;
}

/** Whether a line break ends its block, where browsers do not show it. */
export function isLastBreak(br) {
    for (let next = br.nextSibling; next; next = next.nextSibling) {
        if (isBlock(next)) {
            return true;
        }
        if (next.nodeType === Node.ELEMENT_NODE || next.textContent.trim()) {
            return false;
        }
    }
    const { parentElement } = br;
    return (
        !parentElement ||
        isBlock(parentElement) ||
        parentElement === br.ownerDocument.body ||
        isLastBreak(parentElement)
    );
}
