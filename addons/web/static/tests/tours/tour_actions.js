/** What the steps of tours do to elements, with the events that a person would cause. */

import { isVisible, queryAll } from "./tour_selectors";

function dispatch(el, Type, names, options = {}) {
    for (const name of names) {
        el.dispatchEvent(new Type(name, { bubbles: true, cancelable: true, composed: true, ...options }));
    }
}

function placeOf(el) {
    const { left, top, width, height } = el.getBoundingClientRect();
    return { clientX: left + width / 2, clientY: top + height / 2, button: 0 };
}

function focus(el) {
    const target = el.closest("input, textarea, select, button, a[href], [tabindex], [contenteditable]");
    if (target) {
        target.focus();
    } else {
        el.ownerDocument.activeElement?.blur?.();
    }
}

function setValue(el, value) {
    if (el.isContentEditable) {
        el.textContent = value;
    } else {
        // past the setter that some components put on the element itself
        const prototype = Object.getPrototypeOf(el);
        Object.getOwnPropertyDescriptor(prototype, "value").set.call(el, value);
    }
    dispatch(el, InputEvent, ["input"], { data: value, inputType: "insertText" });
}

/** The actions of steps: each is called with an element, by default that of the step, and acts on it. */
export class TourHelpers {
    /** @param {Element} anchor element that the trigger of the step found */
    constructor(anchor) {
        this.anchor = anchor;
    }

    /** Return the element that a selector means, the visible ones first; the anchor without one. */
    _target(target) {
        if (typeof target !== "string") {
            return target || this.anchor;
        }
        const found = queryAll(target);
        const [element] = [...found.filter(isVisible), ...found];
        if (!element) {
            throw new Error(`nothing on the page is ${target}`);
        }
        return element;
    }

    queryAll(selector, { root } = {}) {
        return queryAll(selector, root);
    }

    queryFirst(selector, options) {
        return this.queryAll(selector, options)[0] || null;
    }

    hover(target) {
        const el = this._target(target);
        dispatch(el, PointerEvent, ["pointerover", "pointermove"], placeOf(el));
        dispatch(el, MouseEvent, ["mouseover", "mousemove"], placeOf(el));
        dispatch(el, MouseEvent, ["mouseenter"], { ...placeOf(el), bubbles: false });
    }

    click(target) {
        const el = this._target(target);
        el.scrollIntoView({ block: "nearest", inline: "nearest" });
        this.hover(el);
        dispatch(el, PointerEvent, ["pointerdown"], placeOf(el));
        dispatch(el, MouseEvent, ["mousedown"], placeOf(el));
        focus(el);
        dispatch(el, PointerEvent, ["pointerup"], placeOf(el));
        dispatch(el, MouseEvent, ["mouseup"], placeOf(el));
        if (typeof el.click === "function") {
            el.click();
        } else {
            dispatch(el, MouseEvent, ["click"], placeOf(el));
        }
    }

    dblclick(target) {
        const el = this._target(target);
        this.click(el);
        this.click(el);
        dispatch(el, MouseEvent, ["dblclick"], placeOf(el));
    }

    /** Replace what an input contains. */
    edit(text, target) {
        const el = this._input(target);
        focus(el);
        setValue(el, text);
        dispatch(el, Event, ["change"]);
    }

    /** Add to what an input contains. */
    fill(text, target) {
        const el = this._input(target);
        focus(el);
        setValue(el, (el.isContentEditable ? el.textContent : el.value) + text);
        dispatch(el, Event, ["change"]);
    }

    clear(target) {
        this.edit("", target);
    }

    /** Write into a text with formats. */
    editor(text, target) {
        this.edit(text, this._target(target).closest("[contenteditable]") || target);
    }

    _input(target) {
        const el = this._target(target);
        if ("value" in el || el.isContentEditable) {
            return el;
        }
        return el.querySelector("input, textarea, [contenteditable='true']") || el;
    }

    check(target) {
        this._tick(target, true);
    }

    uncheck(target) {
        this._tick(target, false);
    }

    _tick(target, wanted) {
        const el = this._target(target);
        const box = el.matches("input") ? el : el.querySelector("input[type=checkbox], input[type=radio]");
        if (box.checked !== wanted) {
            this.click(box);
        }
    }

    select(value, target) {
        this._choose(target, (option) => option.value === value, value);
    }

    selectByLabel(label, target) {
        this._choose(target, (option) => option.textContent.trim() === label, label);
    }

    selectByIndex(index, target) {
        this._choose(target, (option) => option.index === Number(index), index);
    }

    _choose(target, isWanted, name) {
        const el = this._target(target);
        const option = [...el.options].find(isWanted);
        if (!option) {
            throw new Error(`there is no option ${name}`);
        }
        focus(el);
        el.selectedIndex = option.index;
        dispatch(el, Event, ["input", "change"]);
    }

    /** Set the value of an input of type range. */
    range(value, target) {
        this.edit(String(value), target);
    }

    /** Press a key, or several joined by "+". */
    press(keys, target) {
        const el = target ? this._target(target) : this.anchor.ownerDocument.activeElement || this.anchor;
        const names = keys.split("+").map((name) => name.trim());
        const key = names.pop();
        const held = names.map((name) => name.toLowerCase());
        const options = {
            key,
            ctrlKey: held.includes("ctrl") || held.includes("control"),
            shiftKey: held.includes("shift"),
            altKey: held.includes("alt"),
            metaKey: held.includes("meta"),
        };
        dispatch(el, KeyboardEvent, ["keydown", "keyup"], options);
    }

    async drag_and_drop(target, options = {}) {
        const from = this.anchor;
        const to = this._target(target);
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const place = { ...placeOf(to), ...options.position };
        dispatch(from, PointerEvent, ["pointerdown"], placeOf(from));
        dispatch(from, MouseEvent, ["mousedown"], placeOf(from));
        const middle = { clientX: placeOf(from).clientX + 20, clientY: placeOf(from).clientY + 20, button: 0 };
        for (const point of [middle, place, place]) {
            dispatch(to, PointerEvent, ["pointermove"], point);
            dispatch(to, MouseEvent, ["mousemove"], point);
            await frame();
        }
        dispatch(to, PointerEvent, ["pointerup"], place);
        dispatch(to, MouseEvent, ["mouseup"], place);
    }
}

const ALIASES = { text: "edit", set: "edit", input: "edit", remove_text: "clear" };

/**
 * Do what a step says.
 *
 * @param {string|Function|undefined} run `click`, `edit some text`, ..., or a function of the helpers
 * @param {Element} anchor
 */
export async function perform(run, anchor) {
    const helpers = new TourHelpers(anchor);
    if (typeof run === "function") {
        return run.call({ anchor }, helpers);
    }
    for (const single of run ? run.split("&&") : []) {
        const [, word, argument] = /^\s*(\w+)\s*(.*?)\s*$/s.exec(single);
        const name = ALIASES[word] || word;
        if (name.startsWith("_") || typeof helpers[name] !== "function") {
            throw new Error(`steps cannot ${single}`);
        }
        await (argument ? helpers[name](argument) : helpers[name]());
    }
}
