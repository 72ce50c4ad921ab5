/** Actions on the page as tests of addons with messages write them. */

import { expect } from "@odoo/hoot";
import { press, queryAll } from "@odoo/hoot-dom";
import { contains as onElement } from "@web/../tests/web_test_helpers";

const PATIENCE = 3000;

/** Elements that are meant by a selector and what is said of them. */
function find(selector, { contains: inner, parent, target = document.body, text, textContent, value } = {}) {
    const roots = parent ? find(...parent) : [target];
    const all = roots.flatMap((root) => [...queryAll(selector, { root })]);
    const [innerSelector, innerOptions] = inner || [];
    return all.filter(
        (el) =>
            (text === undefined || el.innerText.trim() === text) &&
            (textContent === undefined || el.textContent.includes(textContent)) &&
            (value === undefined || el.value === value) &&
            (!innerSelector || find(innerSelector, { ...innerOptions, target: el }).length > 0)
    );
}

/**
 * Wait until there are as many elements as there should be.
 *
 * @param {string} selector
 * @param {{contains?: [string, Object?], count?: number, parent?: [string, Object?], target?: Element, text?: string,
 *     textContent?: string, value?: string}} [options]
 */
export async function contains(selector, options = {}) {
    const { count = 1 } = options;
    const end = performance.now() + PATIENCE;
    while (find(selector, options).length !== count) {
        if (performance.now() > end) {
            const found = find(selector, options).length;
            throw new Error(`There are ${found} of "${selector}" in place of ${count}.`);
        }
        await new Promise((resolve) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => resolve(undefined);
            channel.port2.postMessage(null);
        });
    }
    const found = find(selector, options);
    expect(found.length).toBe(count);
    return found;
}

/** Click on an element, once it is there and can be used. */
export async function click(selector, options) {
    const [element] = await contains(`${selector}:not(:disabled)`, options);
    await onElement(element).click();
}

/** Type into an input, once it is there. @param {string} selector @param {string} content @param {{replace?: boolean}} [options] */
export async function insertText(selector, content, { replace = false } = {}) {
    const [input] = await contains(selector);
    input.focus();
    input.value = replace ? content : input.value + content;
    input.setSelectionRange?.(input.value.length, input.value.length);
    input.dispatchEvent(new InputEvent("input", { bubbles: true, data: content }));
    document.dispatchEvent(new Event("selectionchange"));
}

/** Put the focus on an element, once it is there. */
export async function focus(selector, options) {
    const [element] = await contains(selector, options);
    element.focus();
}

/** Put a text into an input in place of what it has. */
export async function editInput(target, selector, value) {
    const [input] = await contains(selector, { target });
    input.value = value;
    ["input", "change"].forEach((type) => input.dispatchEvent(new Event(type, { bubbles: true })));
}

/** Choose files. @param {string} selector of the input @param {File[]} files */
export function inputFiles(selector, files) {
    const [input] = queryAll(selector);
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Scroll an element, once it is there. @param {string} selector @param {number|"bottom"} place */
export async function scroll(selector, place) {
    const [element] = await contains(selector);
    element.scrollTop = place === "bottom" ? element.scrollHeight : place;
}

/** Press keys, such as `Enter` or `shift+m`. */
export async function triggerHotkey(hotkey) {
    await press(hotkey.split("+"));
}

export const step = (value) => expect.step(value);
export const assertSteps = (steps) => expect.verifySteps(steps);
