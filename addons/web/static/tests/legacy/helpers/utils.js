/** @odoo-module alias=@web/../tests/helpers/utils */

/** What tests find, do and replace on the page. Elements are given with an optional selector of what is in them. */

import * as hoot from "@odoo/hoot";
import { animationFrame, mockDate, mockSendBeacon as answerBeacons, mockTimeZone } from "@odoo/hoot-mock";
import { download } from "@web/core/network/download";
import { Deferred } from "@web/core/utils/concurrency";
import { mountWithCleanup, patchWithCleanup } from "../../web_test_helpers";
import { findElement } from "../elements";

export { findElement, patchWithCleanup };
export { destroy, getFixture } from "@odoo/hoot";

/** Wait until the page drew what happened. */
export const nextTick = () => animationFrame();
/** @returns {Deferred} promise that the test settles */
export const makeDeferred = () => new Deferred();

// --- elements -------------------------------------------------------------------------------------------------------

/** @returns {string[]} texts of elements */
export const getNodesTextContent = (nodes) => [...nodes].map((node) => node.textContent);

/** @param {any} component @returns {Object[]} nodes of the components below it that fit */
export function findChildren(component, predicate = (_node) => true) {
    const nodes = [];
    const visit = (node) => {
        if (predicate(node)) {
            nodes.push(node);
        }
        Object.values(node.children).forEach(visit);
    };
    visit(component.__owl__);
    return nodes;
}

// --- actions --------------------------------------------------------------------------------------------------------

/**
 * Click on an element.
 *
 * @param {any} target @param {string} [selector]
 * @param {{mouseEventInit?: Object, skipDisabledCheck?: boolean, skipVisibilityCheck?: boolean}} [options]
 * @throws {Error} it is disabled, or cannot be seen
 */
export async function click(target, selector, options = {}) {
    const element = findElement(target, selector);
    if (element.disabled && !options.skipDisabledCheck) {
        throw new Error("What is disabled cannot be clicked");
    }
    if (!options.skipVisibilityCheck && !hoot.isVisible(element)) {
        throw new Error("What is not shown cannot be clicked");
    }
    await hoot.click(element, options.mouseEventInit);
    await nextTick();
}

const clickIn = (selector) => (target) => click(target, selector);
export const clickCreate = clickIn(".o_form_button_create, .o_list_button_add, .o-kanban-button-new");
export const clickDiscard = clickIn(".o_form_button_cancel, .o_list_button_discard");
export const clickSave = clickIn(".o_form_button_save, .o_list_button_save");

/** @param {(string|[string, Object])[]} events types, with what they tell */
export async function triggerEvents(target, selector, events) {
    const element = findElement(target, selector);
    for (const event of events) {
        const [type, init] = [].concat(event);
        await hoot.manuallyDispatchProgrammaticEvent(element, type, init);
    }
    await nextTick();
}

/** Send one event. */
export const triggerEvent = (target, selector, type, init) => triggerEvents(target, selector, [[type, init]]);

/** @param {string} hotkey such as "control+k" @param {boolean} [showsOverlay] whether the key of hotkeys is held */
export async function triggerHotkey(hotkey, showsOverlay = false, _init = {}) {
    await hoot.press(showsOverlay ? `alt+${hotkey}` : hotkey);
    await nextTick();
}

export async function mouseEnter(target, selector) {
    await hoot.hover(findElement(target, selector));
    await nextTick();
}

export const mouseLeave = (target, selector) => triggerEvent(target, selector, "mouseleave");

/** Give an input another value. @param {string|File|File[]} value */
export async function editInput(target, selector, value) {
    const input = findElement(target, selector);
    if (input.type === "file") {
        await hoot.click(input);
        await hoot.setInputFiles(value);
    } else {
        input.focus();
        input.value = value;
        await hoot.manuallyDispatchProgrammaticEvent(input, "input");
        await hoot.manuallyDispatchProgrammaticEvent(input, "change");
    }
    await nextTick();
}

export async function editSelect(target, selector, value) {
    const select = findElement(target, selector);
    select.focus();
    await hoot.select(value, { target: select });
    await nextTick();
}

/** Choose an entry of a menu of choices. @param {string} value text of the entry */
export async function editSelectMenu(target, selector, value) {
    await click(target, `${selector} .o_select_menu_toggler`);
    const entry = hoot.queryAll(".o_select_menu_item").find((item) => hoot.queryText(item) === value);
    await click(entry);
}

/** @returns {Promise<{cancel: Function, drop: Function, moveTo: Function}>} what is done to what was taken */
export async function drag(from, _pointerType) {
    return hoot.drag(findElement(from));
}

/** @param {string|{x: number, y: number}} [position] side of the target, or a point in it */
export async function dragAndDrop(from, to, position) {
    const { moveTo, drop } = await hoot.drag(findElement(from));
    await nextTick();
    await moveTo(findElement(to), position && { position });
    await nextTick();
    await drop();
    await nextTick();
}

// --- fields ---------------------------------------------------------------------------------------------------------

const widget = (name) => `.o_field_widget[name='${name}']`;
const MENU = ".o-autocomplete--dropdown-menu";

export const addRow = (target, selector) => click(target, `${selector || ""} .o_field_x2many_list_row_add a`);
export async function removeRow(target, index) {
    await click(target.querySelectorAll(".o_list_record_remove")[index]);
}
export const clickDropdown = (target, name) => click(target, `${widget(name)} .dropdown input`);
export const clickOpenM2ODropdown = async (target, name) => {
    await clickDropdown(target, name);
    return target.querySelector(`${widget(name)} ${MENU}`) || document.querySelector(MENU);
};

/** @param {string} text of an entry of the open choices */
export async function clickOpenedDropdownItem(_target, _name, text) {
    const items = hoot.queryAll(`${MENU} .o-autocomplete--dropdown-item`);
    const found = items.find((item) => hoot.queryText(item) === text);
    if (!found) {
        throw new Error(`There is no choice "${text}": ${items.map((item) => hoot.queryText(item)).join(", ")}`);
    }
    await click(found);
}

export async function selectDropdownItem(target, name, text) {
    await clickDropdown(target, name);
    await clickOpenedDropdownItem(target, name, text);
}

/** Take the entry of the open choices that the keyboard is on. */
export async function clickM2OHighlightedItem(_target, _name) {
    await click(document.body, `${MENU} .ui-state-active`);
}

// --- components -----------------------------------------------------------------------------------------------------

/**
 * Show a component.
 *
 * @param {any} component class @param {HTMLElement} target
 * @param {{env?: Object, props?: Object, templates?: any}} [config]
 * @returns {Promise<any>} the component; it is gone after the test
 */
export async function mount(component, target, { env = {}, props = {}, templates } = {}) {
    const noMainContainer = !env.services?.overlay;
    return mountWithCleanup(component, { env, props, target, templates, noMainContainer, fixtureClassName: "" });
}

/** Show a component with what services put above the page. */
export async function mountInFixture(component, target = hoot.getFixture(), config = {}) {
    return mountWithCleanup(component, { ...config, target });
}

// --- the page -------------------------------------------------------------------------------------------------------

/** @param {number} month 0 for January @param {number} [ms] milliseconds */
export function patchDate(year, month, day, hours, minutes, seconds, ms = 0) {
    const at = new hoot.globals.Date(year, month, day, hours, minutes, seconds, ms);
    mockDate(at.toISOString());
}

/** @param {number} offset minutes from Greenwich */
export function patchTimeZone(offset) {
    mockTimeZone(offset / 60);
}

/** Have the clock stand. @returns what moves it, as the test wants */
export function mockTimeout() {
    hoot.freezeTime();
    return {
        execRegisteredTimeouts: () => hoot.runAllTimers(),
        advanceTime: (ms) => hoot.advanceTime(ms),
    };
}

export const mockAnimationFrame = () => {
    hoot.freezeTime();
    return { execRegisteredAnimationFrames: () => hoot.advanceFrame(), advanceFrame: hoot.advanceFrame };
};

/** @param {(options: Object) => any} callback is told of what would be downloaded */
export function mockDownload(callback) {
    patchWithCleanup(download, { _download: callback });
}

/** @param {(url: string, content: Blob) => any} callback is told of what the page sends when it is left */
export function mockSendBeacon(callback) {
    answerBeacons(callback);
}

/** A console that says nothing. */
export const hushConsole = Object.fromEntries(Object.keys(console).map((name) => [name, () => {}]));
