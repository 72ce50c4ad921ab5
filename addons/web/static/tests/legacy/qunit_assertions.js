/** What these suites assert of elements, beside QUnit's own assertions. */

import { isVisible } from "@odoo/hoot-dom";
import { elementsOf, findElement } from "./elements";
import { QUnit } from "./qunit";

const classesOf = (names) => (Array.isArray(names) ? names : names.split(/\s+/)).filter(Boolean);

function report(assert, result, expected, actual, message) {
    assert.pushResult({ result, expected, actual, message });
}

function contains(assert, target, selector, count, message) {
    const { length } = elementsOf(target, selector);
    report(assert, length === count, count, length, message || `there are ${count} of "${selector}"`);
}

function visible(assert, target, expected, message) {
    const actual = isVisible(findElement(target));
    report(assert, actual === expected, expected, actual, message || `the element is ${expected ? "" : "not "}shown`);
}

Object.assign(QUnit.assert, {
    /** `count` elements of the selector are in the target. */
    containsN(target, selector, count, message) {
        if (!Number.isInteger(count)) {
            throw new Error(`containsN() takes a number of elements, not ${count}`);
        }
        contains(this, target, selector, count, message);
    },
    containsOnce(target, selector, message) {
        contains(this, target, selector, 1, message);
    },
    containsNone(target, selector, message) {
        contains(this, target, selector, 0, message);
    },
    /** The element has all of the classes. @param {string|string[]} names */
    hasClass(target, names, message) {
        const { classList } = findElement(target);
        const wanted = classesOf(names);
        const result = wanted.every((name) => classList.contains(name));
        report(this, result, wanted.join(" "), classList.value, message || `the element has ${wanted.join(" ")}`);
    },
    /** The element has none of the classes. @param {string|string[]} names */
    doesNotHaveClass(target, names, message) {
        const { classList } = findElement(target);
        const found = classesOf(names).filter((name) => classList.contains(name));
        report(this, !found.length, "", found.join(" "), message || `the element has none of ${classesOf(names)}`);
    },
    hasAttrValue(target, name, value, message) {
        const actual = findElement(target).getAttribute(name) ?? undefined;
        report(this, actual === value, value, actual, message || `the attribute "${name}" has its value`);
    },
    hasProperty(target, name, value, message) {
        const actual = findElement(target)[name];
        report(this, actual === value, value, actual, message || `the property "${name}" has its value`);
    },
    isVisible(target, message) {
        visible(this, target, true, message);
    },
    isNotVisible(target, message) {
        visible(this, target, false, message);
    },
});
