/** Short selectors of the elements that somebody uses. */

import { queryAll } from "@web/../tests/tours/tour_selectors";

const OWN_CLASS = /^(o_|oe_)/;
const ATTRIBUTES = ["data-menu-xmlid", "name", "contenteditable"];
/** Classes that come and go with what the user does. */
const PASSING = /(active|focus|hover|selected|dirty|invalid|open|show)/;

const ownClasses = (el) => [...el.classList].filter((name) => OWN_CLASS.test(name) && !PASSING.test(name));

/** @returns {string} what an element is among others: its classes or its tag, and attributes that name it */
function pieceOf(el) {
    const classes = ownClasses(el);
    const attributes = ATTRIBUTES.filter((name) => el.getAttribute(name)).map(
        (name) => `[${name}='${CSS.escape(el.getAttribute(name))}']`
    );
    const start = classes.length ? classes.map((name) => `.${CSS.escape(name)}`).join("") : el.tagName.toLowerCase();
    return start + attributes.join("");
}

/** @returns {string} the same, with the place among those that are alike */
function placedPieceOf(el) {
    const piece = pieceOf(el);
    const siblings = [...(el.parentElement?.children || [])];
    const isAlone = siblings.filter((sibling) => sibling.matches(piece)).length === 1;
    return isAlone ? piece : `${piece}:nth-child(${siblings.indexOf(el) + 1})`;
}

const isOnly = (selector, el) => {
    const found = queryAll(selector, el.ownerDocument);
    return found.length === 1 && found[0] === el;
};

/** @returns {Element} what a click on an element uses: the link or button around it */
export function usedElement(el) {
    return el.closest("a, button") || el;
}

/** The parts of the way to an element, from the nearest one with a class of ours: `[selector, ">"]`. */
function wayTo(el) {
    const parts = [placedPieceOf(el)];
    for (let next = el; !ownClasses(next).length && next.parentElement?.tagName !== "BODY" && next.parentElement;) {
        next = next.parentElement;
        parts.unshift(ownClasses(next).length ? pieceOf(next) : placedPieceOf(next), ">");
    }
    return parts;
}

/** Leave out what is not needed to find the element. */
function reduced(pieces, el) {
    let left = [...pieces];
    for (const piece of pieces.slice(0, -1)) {
        const without = left.filter((other) => other !== piece);
        if (isOnly(without.join(" "), el)) {
            left = without;
        }
    }
    return left.join(" ");
}

/**
 * Return a short selector of an element.
 *
 * @param {Element} used
 * @returns {string} it finds nothing else on the page
 */
export function selectorOf(used) {
    const el = usedElement(used);
    if (ownClasses(el).length && isOnly(pieceOf(el), el)) {
        return pieceOf(el);
    }
    const way = wayTo(el);
    const pieces = [way.join(" ")];
    for (let above = el.parentElement; above && !isOnly(pieces.join(" "), el); above = above.parentElement) {
        if (ownClasses(above).length && !pieces[0].startsWith(pieceOf(above))) {
            pieces.unshift(placedPieceOf(above));
        }
    }
    return reduced(pieces, el);
}
