/** Elements as these suites name them: one, a list such as that of jQuery, or a selector. */

import { queryAll } from "@odoo/hoot";

/**
 * @param {any} target element, list, or selector
 * @param {string} [selector] of what is in the target
 * @returns {any[]} all that are meant
 */
export function elementsOf(target, selector) {
    const list = target instanceof Node || target === window ? [target] : queryAll(target);
    return selector ? list.flatMap((root) => [...root.querySelectorAll(selector)]) : list;
}

/**
 * The only element that is meant.
 *
 * @param {any} target element, list of one, or selector
 * @param {string} [selector] of what is in the target
 * @throws {Error} there is none, or several
 */
export function findElement(target, selector) {
    const found = elementsOf(target, selector);
    if (found.length !== 1) {
        throw new Error(`One element is expected, there are ${found.length} of "${selector || target}"`);
    }
    return found[0];
}
