/** What tests do to elements: each action waits for its element, and for the next picture of the page. */

import { after, getFixture } from "@odoo/hoot";
import * as dom from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";

/** Actions on the input inside of what was named. */
const EDITING = ["clear", "edit", "fill"];

/** The input of an element that holds one. */
function inputOf(element) {
    if (element.matches("input, textarea, select, [contenteditable=true]")) {
        return element;
    }
    return element.querySelector("input, textarea, [contenteditable=true]") || element;
}

/** The Ctrl of Windows is the Command of a Mac. */
function clickOptions({ altKey, ctrlKey, metaKey, shiftKey, ...options } = {}) {
    const given = Object.entries({ altKey, ctrlKey, metaKey, shiftKey }).filter(([, isOn]) => isOn);
    return { ...options, ...Object.fromEntries(given) };
}

/** The element that is meant: one that can be seen, or a hidden one such as an input of files. */
async function findElement(target, query) {
    if (typeof target !== "string") {
        return dom.queryFirst(target) || dom.waitFor(target, query);
    }
    try {
        return await dom.waitFor(target, { visible: true, ...query });
    } catch (error) {
        const hidden = dom.queryFirst(target, query);
        if (hidden) {
            return hidden;
        }
        throw error;
    }
}

/**
 * Actions on an element: `check`, `clear`, `click`, `dblclick`, `drag`, `dragAndDrop`, `edit`, `fill`, `focus`, `hover`,
 * `keyDown`, `keyUp`, `press`, `scroll`, `select`, `uncheck`.
 *
 * @param {any} target selector or element
 * @param {Object} [options] of queries; the element is visible and the first one unless they say otherwise
 */
export function contains(target, options = {}) {
    const { root, ...rest } = options;
    const place = root && root !== document ? { root } : {};
    const find = () => findElement(target, { ...place, ...rest });
    const doing =
        (act) =>
        async (...args) => {
            const element = await find();
            const result = await act(element, ...args);
            await animationFrame();
            return result;
        };
    const focused = (act) =>
        doing(async (element, ...args) => {
            const input = inputOf(element);
            await focusOn(input);
            return act(...args);
        });
    const helpers = {
        check: doing((element, how) => dom.check(element, how)),
        uncheck: doing((element, how) => dom.uncheck(element, how)),
        click: doing((element, how) => dom.click(element, clickOptions(how))),
        dblclick: doing((element, how) => dom.dblclick(element, clickOptions(how))),
        hover: doing((element, how) => dom.hover(element, how)),
        focus: doing(focusOn),
        scroll: doing((element, position) => dom.scroll(element, position)),
        select: focused((value) => dom.select(value)),
        drag: doing(async (element, how) => dragHelpers(await dom.drag(element, how))),
        dragAndDrop: doing(async (element, to, dropOptions, dragOptions) => {
            const { moveTo, drop } = await dom.drag(element, dragOptions);
            await animationFrame();
            const place_ = typeof to === "string" ? await dom.waitFor(to, place) : to;
            await moveTo(place_, dropOptions);
            await animationFrame();
            await drop();
        }),
        keyDown: focused((keys, how) => dom.keyDown(keys, how)),
        keyUp: focused((keys, how) => dom.keyUp(keys, how)),
        press: focused((keys, how) => dom.press(keys, how)),
    };
    for (const name of EDITING) {
        helpers[name] = focused((...args) => {
            const withValue = name !== "clear";
            const how = { confirm: "auto", ...(withValue ? args[1] : args[0]) };
            return withValue ? dom[name](args[0], how) : dom[name](how);
        });
    }
    return helpers;
}

async function focusOn(element) {
    if (dom.getActiveElement() !== element) {
        await dom.pointerDown(element);
        element.focus();
        await dom.pointerUp(element);
    }
}

function dragHelpers({ cancel, drop, moveTo }) {
    const then =
        (act) =>
        async (...args) => {
            const result = await act(...args);
            await animationFrame();
            return result === undefined ? undefined : dragHelpers(result);
        };
    return { cancel: then(cancel), drop: then(drop), moveTo: then(moveTo) };
}

/** Add style sheets to the page of the test. @param {...string} sheets */
export function defineStyle(...sheets) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(sheets.join("\n"));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    after(() => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    });
}

/** Replace the text of the code editor. @param {string} value */
export async function editAce(value) {
    const content = await dom.waitFor(".o_field_ace .cm-content, .o_code_editor .cm-content, .cm-content");
    content.focus();
    const { view } = content["cmView"] || content["cmTile"] || {};
    if (view) {
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
    } else {
        content.textContent = value;
    }
    await animationFrame();
}

/** Browsers complain about observers that cause what they observe; that is nobody's fault. */
export function preventResizeObserverError() {
    const ignore = (ev) => {
        if (/ResizeObserver loop/.test(ev.message)) {
            ev.stopImmediatePropagation();
            ev.preventDefault();
        }
    };
    window.addEventListener("error", ignore, true);
    after(() => window.removeEventListener("error", ignore, true));
}

async function swipe(target, way) {
    const element = dom.queryFirst(target);
    const { x, y, width, height } = element.getBoundingClientRect();
    const [from, to] = way > 0 ? [x + 2, x + width - 2] : [x + width - 2, x + 2];
    const middle = y + height / 2;
    const send = (type, clientX) => {
        const point = new Touch({ identifier: 0, target: element, clientX, clientY: middle });
        const touches = type === "touchend" ? [] : [point];
        return dom.dispatch(element, type, { touches, targetTouches: touches, changedTouches: [point] });
    };
    await send("touchstart", from);
    await send("touchmove", (from + to) / 2);
    await send("touchmove", to);
    await send("touchend", to);
    await animationFrame();
}

/** Move a finger over an element. */
export const swipeLeft = (target) => swipe(target, -1);
export const swipeRight = (target) => swipe(target, 1);

/** Keep the place of the test the size of a screen. @param {number} width @param {number} [height] pixels */
export function setFixtureSize(width, height) {
    Object.assign(getFixture().style, { width: `${width}px`, height: height ? `${height}px` : "" });
}
