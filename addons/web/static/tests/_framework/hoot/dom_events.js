/** What a person does on the page: by mouse, finger and keyboard. Every action is over when its promise is. */

import {
    getActiveElement,
    getNextFocusableElement,
    getPreviousFocusableElement,
    isEditable,
    isFocusable,
} from "./dom_query";
import { queryAll, queryAny } from "./dom_query";

const MODIFIERS = { alt: "altKey", control: "ctrlKey", ctrl: "ctrlKey", meta: "metaKey", shift: "shiftKey" };
const KEYS = {
    space: " ",
    esc: "Escape",
    del: "Delete",
    left: "ArrowLeft",
    right: "ArrowRight",
    up: "ArrowUp",
    down: "ArrowDown",
};
const NAMED = [
    "Alt",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "Backspace",
    "Control",
    "Delete",
    "End",
    "Enter",
];
const KEY_NAMES = [...NAMED, "Escape", "Home", "Meta", "PageDown", "PageUp", "Shift", "Tab"];

/** Where the pointer is, what is pressed, and what was before the focus went. */
const state = { over: null, down: null, x: 0, y: 0, held: {}, lastClick: null, focused: null, focusValue: null };
/** Functions that wait until the page drew what an action did. */
const settlers = [];

/** Forget what is pressed and where the pointer is. */
export function resetEvents() {
    Object.assign(state, {
        over: null,
        down: null,
        x: 0,
        y: 0,
        held: {},
        lastClick: null,
        focused: null,
        focusValue: null,
    });
}

/** Have every action wait for a function. */
export function onActionEnd(settle) {
    settlers.push(settle);
}

/** End an action: whatever it started by itself in this moment has begun. */
async function finish(events) {
    await Promise.resolve();
    for (const settle of settlers) {
        await settle();
    }
    return events;
}

function targetOf(target, options) {
    return queryAny(target, options);
}

/**
 * Send an event.
 *
 * @param {any} target
 * @param {string} type
 * @param {Object} [init]
 * @returns {Event}
 */
function send(target, type, init = {}) {
    const Type = classOf(type);
    const bubbles = ![
        "mouseenter",
        "mouseleave",
        "pointerenter",
        "pointerleave",
        "focus",
        "blur",
        "load",
        "unload",
        "scroll",
    ].includes(type);
    const event = new Type(type, {
        bubbles,
        cancelable: bubbles,
        composed: true,
        view: Type === Event ? undefined : window,
        ...init,
    });
    target.dispatchEvent(event);
    return event;
}

function classOf(type) {
    if (/^pointer|^gotpointer/.test(type)) {
        return PointerEvent;
    }
    if (/^(mouse|click|dblclick|contextmenu|auxclick)/.test(type)) {
        return MouseEvent;
    }
    if (/^key/.test(type)) {
        return KeyboardEvent;
    }
    if (/^(before)?input/.test(type)) {
        return InputEvent;
    }
    if (/^drag|^drop/.test(type)) {
        return DragEvent;
    }
    if (/^focus|^blur/.test(type)) {
        return FocusEvent;
    }
    if (/^touch/.test(type) && window.TouchEvent) {
        return TouchEvent;
    }
    if (/^(copy|cut|paste)$/.test(type)) {
        return ClipboardEvent;
    }
    return type === "wheel" ? WheelEvent : Event;
}

/** Send any event to an element. */
export async function manuallyDispatchProgrammaticEvent(target, type, init) {
    return finish(send(targetOf(target), type, init));
}
export const dispatch = manuallyDispatchProgrammaticEvent;

// --- pointer ----------------------------------------------------------------------------------------------------------

/** The place that an action means: the middle of the element unless a position in it is given. */
function placeIn(element, { position, relative = false } = {}) {
    const rect = element.getBoundingClientRect();
    const place = { clientX: rect.x + rect.width / 2, clientY: rect.y + rect.height / 2 };
    const part = (text, start, size) => {
        const ends = { left: 0, top: 0, start: 0, center: 0.5, right: 1, bottom: 1, end: 1 };
        return start + (ends[text] ?? 0.5) * Math.max(0, size - 1);
    };
    if (typeof position === "string") {
        for (const word of position.split("-")) {
            if (["left", "right"].includes(word)) {
                place.clientX = part(word, rect.x, rect.width);
            } else if (["top", "bottom"].includes(word)) {
                place.clientY = part(word, rect.y, rect.height);
            }
        }
    } else if (position) {
        const [x, y] = Array.isArray(position)
            ? position
            : [position.x ?? position.clientX, position.y ?? position.clientY];
        const isIn = relative || position.relative;
        place.clientX = x === undefined ? place.clientX : (isIn ? rect.x : 0) + x;
        place.clientY = y === undefined ? place.clientY : (isIn ? rect.y : 0) + y;
    }
    return place;
}

const hasTouch = () => navigator.maxTouchPoints > 0 && "ontouchstart" in window;

function details(place, options = {}) {
    const { altKey, ctrlKey, metaKey, shiftKey, button = 0 } = options;
    const given = Object.entries({ altKey, ctrlKey, metaKey, shiftKey }).filter(([, value]) => value !== undefined);
    const base = { ...state.held, ...Object.fromEntries(given), ...place, button, isPrimary: true };
    return { ...base, pointerType: hasTouch() ? "touch" : "mouse", pointerId: 1 };
}

function moveTo(element, place, options) {
    const init = details(place, options);
    const before = state.over;
    if (before !== element) {
        const isInside = (outer, inner) => outer && inner && outer.contains(inner);
        if (before?.isConnected) {
            send(before, "pointerout", { ...init, relatedTarget: element });
            send(before, "mouseout", { ...init, relatedTarget: element });
            for (let left = before; left && !isInside(left, element); left = left.parentElement) {
                send(left, "pointerleave", init);
                send(left, "mouseleave", init);
            }
        }
        send(element, "pointerover", { ...init, relatedTarget: before });
        send(element, "mouseover", { ...init, relatedTarget: before });
        const entered = [];
        for (let el = element; el && !isInside(el, before); el = el.parentElement) {
            entered.unshift(el);
        }
        for (const el of entered) {
            send(el, "pointerenter", init);
            send(el, "mouseenter", init);
        }
    }
    Object.assign(state, { over: element, x: place.clientX, y: place.clientY });
    send(element, "pointermove", init);
    send(element, "mousemove", init);
}

function press_(element, place, options) {
    const init = details(place, options);
    state.down = element;
    const isRefused = send(element, "pointerdown", { ...init, buttons: 1 }).defaultPrevented;
    if (hasTouch()) {
        touch(element, "touchstart", init);
    }
    const mouse = isRefused ? null : send(element, "mousedown", { ...init, buttons: 1, detail: 1 });
    if (element.disabled || mouse?.defaultPrevented) {
        return;
    }
    let focused = element;
    while (focused && !isFocusable(focused)) {
        focused = focused.parentElement;
    }
    moveFocus(focused);
}

function touch(element, type, { clientX, clientY }) {
    const point = new Touch({ identifier: 0, target: element, clientX, clientY });
    const touches = type === "touchend" ? [] : [point];
    return send(element, type, { touches, targetTouches: touches, changedTouches: [point] });
}

/** Give an element the focus; an input that is left tells that it changed. */
function moveFocus(element) {
    const before = getActiveElement();
    if (before === element) {
        return;
    }
    leaveInput(before);
    if (element) {
        element.focus();
        noteValue(element);
        // what is typed comes behind what is there
        if (typeof element.selectionStart === "number") {
            element.setSelectionRange(element.value.length, element.value.length);
        }
    } else if (before && before !== document.body) {
        before.blur();
    }
}

/** Note what an input contains before it is changed. */
function noteValue(element) {
    state.focused = element;
    state.focusValue = isEditable(element) ? element.value : null;
}

/** Tell the page that an input that has the focus was changed, where it was. */
export function leaveInput(element) {
    const isKnown = element === state.focused && state.focusValue !== null;
    if (element && isEditable(element) && isKnown && element.value !== state.focusValue) {
        state.focusValue = element.value;
        send(element, "change");
    }
}

function release(element, place, options) {
    const init = details(place, options);
    const down = state.down;
    state.down = null;
    send(element, "pointerup", init);
    if (hasTouch()) {
        touch(down || element, "touchend", init);
    }
    send(element, "mouseup", { ...init, detail: 1 });
    return down;
}

function clickOn(element, place, options, count = 1) {
    const init = { ...details(place, options), detail: count };
    if (element.disabled || element.closest?.("fieldset:disabled, button:disabled")) {
        return null;
    }
    const type = init.button === 2 ? "contextmenu" : init.button ? "auxclick" : "click";
    return send(element, type, init);
}

/** Move the pointer over an element. */
export async function hover(target, options) {
    const element = targetOf(target, options);
    moveTo(element, placeIn(element, options), options);
    return finish();
}

/** Move the pointer away from what it is over. */
export async function leave(options) {
    moveTo(document.body, { clientX: 0, clientY: 0 }, options);
    return finish();
}

export async function pointerDown(target, options) {
    const element = targetOf(target, options);
    const place = placeIn(element, options);
    moveTo(element, place, options);
    press_(element, place, options);
    return finish();
}

export async function pointerUp(target, options) {
    const element = targetOf(target, options);
    release(element, placeIn(element, options), options);
    return finish();
}

function clickAll(element, options, count) {
    const place = placeIn(element, options);
    moveTo(element, place, options);
    for (let number = 1; number <= count; number++) {
        press_(element, place, options);
        const down = release(element, place, options);
        clickOn(down?.isConnected ? element : element, place, options, number);
    }
    if (count === 2) {
        send(element, "dblclick", { ...details(place, options), detail: 2 });
    }
}

/** Click on an element. @param {any} target @param {Object} [options] `altKey`, `ctrlKey`, `position`, `button`, ... */
export async function click(target, options) {
    clickAll(targetOf(target, options), options, 1);
    return finish();
}

export async function rightClick(target, options) {
    return click(target, { ...options, button: 2 });
}

export async function middleClick(target, options) {
    return click(target, { ...options, button: 1 });
}

export async function dblclick(target, options) {
    clickAll(targetOf(target, options), options, 2);
    return finish();
}

const frame = () => new Promise((resolve) => realFrame(resolve));
const realFrame = window.requestAnimationFrame.bind(window);

/** Drag with the native events of browsers where the element says that it is draggable. */
function nativeDrag(element) {
    const source = element.closest("[draggable=true]");
    const data = source && new DataTransfer();
    const begun = source && !send(source, "dragstart", { dataTransfer: data }).defaultPrevented;
    return begun ? (target, type, init) => send(target, type, { ...init, dataTransfer: data }) : null;
}

/**
 * Take an element.
 *
 * @returns {Promise<{moveTo: Function, drop: Function, cancel: Function}>} to go on with: each returns the same
 */
export async function drag(target, options) {
    const element = targetOf(target, options);
    const start = placeIn(element, options);
    moveTo(element, start, options);
    press_(element, start, options);
    const sendDrag = nativeDrag(element);
    await finish();
    const go = async (to, how) => {
        const over = to === undefined ? state.over : targetOf(to);
        const place = placeIn(over, how);
        // on the way, as no hand jumps
        const middle = { clientX: (state.x + place.clientX) / 2, clientY: (state.y + place.clientY) / 2 };
        for (const step of [middle, place]) {
            moveTo(over, step, how);
            sendDrag?.(over, "dragover", step);
            await frame();
        }
        await finish();
        return helpers;
    };
    const helpers = {
        moveTo: go,
        async drop(to, how) {
            if (to !== undefined) {
                await go(to, how);
            }
            const over = state.over;
            const place = { clientX: state.x, clientY: state.y };
            release(over, place, how);
            sendDrag?.(over, "drop", place);
            sendDrag?.(element, "dragend", place);
            if (over === element) {
                clickOn(element, place, how);
            }
            await frame();
            return finish();
        },
        async cancel(how) {
            await press("Escape", how);
            release(state.over, { clientX: state.x, clientY: state.y });
            return finish();
        },
    };
    return helpers;
}

// --- keyboard ---------------------------------------------------------------------------------------------------------

/** `"Ctrl+a"` or `["ctrl", "a"]` to names of keys, as events have them. */
function keysOf(keyStrokes) {
    const words = [].concat(keyStrokes).flatMap((text) => (text.length > 1 ? text.split("+") : [text]));
    return words.map((word) => {
        const lower = word.trim().toLowerCase() || " ";
        if (lower in KEYS) {
            return KEYS[lower];
        }
        if (lower === "ctrl") {
            return "Control";
        }
        return KEY_NAMES.find((name) => name.toLowerCase() === lower) || (word.length === 1 ? word : word.trim());
    });
}

function keyInit(key, options = {}) {
    const code = key.length === 1 && /[a-z]/i.test(key) ? `Key${key.toUpperCase()}` : key === " " ? "Space" : key;
    return { key, code, ...state.held, ...options };
}

function keyDownOn(key, options) {
    const modifier = MODIFIERS[key.toLowerCase()];
    if (modifier) {
        state.held[modifier] = true;
    }
    const element = getActiveElement() || document.body;
    const event = send(element, "keydown", keyInit(key, options));
    if (!event.defaultPrevented) {
        doKey(element, key, event);
    }
    return event;
}

function keyUpOn(key, options) {
    const modifier = MODIFIERS[key.toLowerCase()];
    if (modifier) {
        delete state.held[modifier];
    }
    const element = getActiveElement() || document.body;
    const event = send(element, "keyup", keyInit(key, options));
    if (key === " " && !event.defaultPrevented && element.matches("button, [type=checkbox], [type=radio], summary")) {
        element.click();
    }
    return event;
}

/** What browsers do when a key is pressed. */
function doKey(element, key, event) {
    const hasCommand = event.ctrlKey || event.metaKey || event.altKey;
    if (key === "Tab") {
        const next = event.shiftKey ? getPreviousFocusableElement() : getNextFocusableElement();
        moveFocus(next || document.body);
        next?.select?.();
    } else if (key === "Enter") {
        doEnter(element);
    } else if (hasCommand) {
        if (key.toLowerCase() === "a" && element.select) {
            element.select();
        }
    } else if (isEditable(element) && (key.length === 1 || key === "Backspace" || key === "Delete")) {
        typeInto(element, key);
    }
}

function doEnter(element) {
    if (element.matches("textarea, [contenteditable=true]")) {
        typeInto(element, "\n");
    } else if (element.matches("input")) {
        leaveInput(element);
        const form = element.form;
        const submit = form?.querySelector("[type=submit], button:not([type])");
        submit?.click();
    } else if (element.matches("a[href], button, summary, [role=button]")) {
        element.matches("a[href], button, summary") && element.click();
    }
}

function setValue(element, value) {
    if (element.isContentEditable) {
        element.textContent = value;
        return;
    }
    // past the setter that components put on the element itself
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value");
    set.call(element, value);
}

/** Type a character, or take one away. */
function typeInto(element, key) {
    const text = element.isContentEditable ? element.textContent : element.value;
    if (element.readOnly || element.disabled) {
        return;
    }
    let [start, end] = [text.length, text.length];
    if (typeof element.selectionStart === "number") {
        [start, end] = [element.selectionStart, element.selectionEnd];
    } else if (state.selectedAll === element) {
        start = 0;
    }
    state.selectedAll = null;
    const isDeletion = key === "Backspace" || key === "Delete";
    if (isDeletion && start === end) {
        start -= key === "Backspace" && start > 0 ? 1 : 0;
        end += key === "Delete" ? 1 : 0;
    }
    const inputType = isDeletion
        ? `deleteContent${key === "Backspace" ? "Backward" : "Forward"}`
        : key === "\n"
          ? "insertLineBreak"
          : "insertText";
    const data = isDeletion ? null : key;
    if (send(element, "beforeinput", { data, inputType }).defaultPrevented) {
        return;
    }
    const added = isDeletion ? "" : key;
    if (element.maxLength > 0 && text.length - (end - start) + added.length > element.maxLength) {
        return;
    }
    setValue(element, text.slice(0, start) + added + text.slice(end));
    if (typeof element.selectionStart === "number") {
        element.setSelectionRange(start + added.length, start + added.length);
    }
    send(element, "input", { data, inputType });
}

/** Press keys together, such as "Enter" or ["ctrl", "a"], and let them go. */
export async function press(keyStrokes, options) {
    const keys = keysOf(keyStrokes);
    keys.forEach((key) => keyDownOn(key, options));
    [...keys].reverse().forEach((key) => keyUpOn(key, options));
    return finish();
}

export async function keyDown(keyStrokes, options) {
    keysOf(keyStrokes).forEach((key) => keyDownOn(key, options));
    return finish();
}

export async function keyUp(keyStrokes, options) {
    keysOf(keyStrokes).forEach((key) => keyUpOn(key, options));
    return finish();
}

/** The element that is typed into. */
function editedElement() {
    const element = getActiveElement();
    if (!isEditable(element)) {
        throw new Error(`What has the focus takes no text: ${element?.outerHTML.slice(0, 80)}`);
    }
    return element;
}

function selectAll(element) {
    state.selectedAll = element;
    if (typeof element.selectionStart === "number") {
        element.setSelectionRange(0, element.value.length);
    }
}

function confirmEdit(element, confirm) {
    if (!confirm) {
        return;
    }
    const how =
        confirm === true || confirm === "auto"
            ? element.matches("textarea, [contenteditable]")
                ? "blur"
                : "enter"
            : confirm;
    if (how === "blur") {
        moveFocus(null);
    } else {
        keyDownOn(keysOf(how)[0]);
        keyUpOn(keysOf(how)[0]);
        leaveInput(element);
    }
}

function typeAll(element, value, { instantly = false, composition: _composition } = {}) {
    if (state.focused !== element) {
        // the page gave it the focus
        noteValue(element);
    }
    if (["date", "datetime-local", "time", "month", "week", "color", "range"].includes(element.type) || instantly) {
        setValue(element, String(value));
        send(element, "input", { data: String(value), inputType: "insertText" });
        return;
    }
    for (const character of String(value)) {
        const key = character === "\n" ? "Enter" : character;
        keyDownOn(key);
        keyUpOn(key);
    }
}

/** Type at the end of what has the focus. @param {string|number|File|File[]} value @param {Object} [options] `confirm` */
export async function fill(value, options = {}) {
    const element = editedElement();
    if (element.type === "file") {
        return setInputFiles(value);
    }
    typeAll(element, value, options);
    confirmEdit(element, options.confirm);
    return finish();
}

/** Replace what is in the input that has the focus. */
export async function edit(value, options = {}) {
    const element = editedElement();
    if (element.type === "file") {
        return setInputFiles(value);
    }
    selectAll(element);
    if (String(value) === "") {
        keyDownOn("Backspace");
        keyUpOn("Backspace");
    } else {
        typeAll(element, value, options);
    }
    confirmEdit(element, options.confirm);
    return finish();
}

/** Empty what has the focus. */
export async function clear(options = {}) {
    const element = editedElement();
    if (element.type === "file") {
        return setInputFiles([]);
    }
    selectAll(element);
    keyDownOn("Backspace");
    keyUpOn("Backspace");
    confirmEdit(element, options.confirm);
    return finish();
}

// --- inputs -----------------------------------------------------------------------------------------------------------

function boxOf(target, options) {
    const element = targetOf(target, options);
    if (element.matches("[type=checkbox], [type=radio]")) {
        return element;
    }
    const box = element.control || element.querySelector("[type=checkbox], [type=radio]");
    if (!box) {
        throw new Error(`This cannot be checked: ${element.outerHTML.slice(0, 80)}`);
    }
    return box;
}

async function tick(target, options, isOn) {
    const box = boxOf(target, options);
    if (box.checked !== isOn) {
        clickAll(box, options, 1);
    }
    await finish();
    if (box.isConnected && box.checked !== isOn && !box.matches("[type=radio]")) {
        throw new Error(`It should be ${isOn ? "" : "un"}checked now: ${box.outerHTML.slice(0, 80)}`);
    }
}

export const check = (target, options) => tick(target, options, true);
export const uncheck = (target, options) => tick(target, options, false);

/** Choose options of a select. @param {any} value value, or several @param {{target?: any}} [options] */
export async function select(value, options = {}) {
    const element = options.target ? targetOf(options.target) : getActiveElement();
    if (!element?.matches("select")) {
        throw new Error("What has the focus is no list of choices");
    }
    const wanted = [].concat(value).map(String);
    const known = [...element.options].map((option) => option.value);
    const unknown = wanted.filter((item) => !known.includes(item));
    if (unknown.length) {
        throw new Error(`There is no choice ${JSON.stringify(unknown[0])}, but ${JSON.stringify(known)}`);
    }
    [...element.options].forEach((option) => (option.selected = wanted.includes(option.value)));
    send(element, "input");
    send(element, "change");
    return finish();
}

/** Give files to the input that has the focus, or to the only one of the page. */
export async function setInputFiles(files) {
    const active = getActiveElement();
    const input = active?.type === "file" ? active : queryAll("input[type=file]").at(-1);
    if (!input) {
        throw new Error("There is no input of files");
    }
    const data = new DataTransfer();
    [].concat(files).forEach((file) => data.items.add(file));
    input.files = data.files;
    send(input, "input");
    send(input, "change");
    return finish();
}

/** Set an input of type range. */
export async function setInputRange(target, value) {
    const element = targetOf(target);
    setValue(element, String(value));
    send(element, "input");
    send(element, "change");
    return finish();
}

/** Scroll an element. @param {any} target @param {{x?: number, y?: number, top?: number, left?: number}} position */
export async function scroll(target, position, options = {}) {
    const element = targetOf(target);
    const [left, top] = [position.left ?? position.x, position.top ?? position.y];
    const way = options.relative ? "scrollBy" : "scrollTo";
    element[way]({ left, top });
    send(element, "scroll");
    await frame();
    return finish();
}

/** Tell the page that it got another size. */
export async function resize(_dimensions) {
    send(window, "resize");
    return finish();
}

/** Tell the page that it is about to go. */
export async function unload() {
    send(window, "beforeunload");
    send(window, "pagehide");
    return finish();
}

/** Listen to events. @returns {() => void} ends it */
export function on(target, type, listener, options) {
    const element =
        target === window || target === document ? target : target.addEventListener ? target : targetOf(target);
    element.addEventListener(type, listener, options);
    return () => element.removeEventListener(type, listener, options);
}
