/** What the steps of tours do to elements, with the events that a person would cause. */

import {
    clear,
    click,
    dblclick,
    drag,
    edit,
    fill,
    hover,
    leaveInput,
    press,
    select,
    setInputRange,
} from "../_framework/hoot/dom_events";
import { waitFor } from "../_framework/hoot/dom_query";
import { isVisible, queryAll } from "./tour_selectors";

/** Milliseconds that the place to drop something on is waited for. */
const DROP_TIMEOUT = 500;

/** The actions of steps: each is called with an element or a selector, by default the element of the step. */
export class TourHelpers {
    /** @param {any} anchor element that the trigger of the step found */
    constructor(anchor) {
        this.anchor = anchor;
        // functions of steps take them apart: `run: ({ click }) => click(".x")`
        for (const name of Object.getOwnPropertyNames(TourHelpers.prototype)) {
            if (name !== "constructor") {
                Object.defineProperty(this, name, { value: this[name].bind(this) });
            }
        }
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

    async hover(target) {
        await hover(this._target(target));
    }

    async click(target) {
        const el = this._target(target);
        el.scrollIntoView({ block: "nearest", inline: "nearest" });
        await click(el);
    }

    async dblclick(target) {
        await dblclick(this._target(target));
    }

    /** Replace what an input contains. */
    async edit(text, target) {
        await this.click(this._input(target));
        await edit(text);
        this._leave(this._input(target));
    }

    /** Add to what an input contains. */
    async fill(text, target) {
        await this.click(this._input(target));
        await fill(text);
        this._leave(this._input(target));
    }

    async clear(target) {
        await this.click(this._input(target));
        await clear();
        this._leave(this._input(target));
    }

    /** Tell the page that the value changed, unless what is proposed for it is still to be chosen from. */
    _leave(el) {
        if (el.isConnected && !el.isContentEditable && el.getAttribute("role") !== "combobox") {
            leaveInput(el);
        }
    }

    /**
     * Write into a text with formats.
     *
     * @throws {Error} the element is in none
     */
    async editor(text, target) {
        const el = this._target(target);
        if (!el.closest(".odoo-editor-editable")) {
            throw new Error("the element is in no text that an editor changes (.odoo-editor-editable)");
        }
        await this.click(el);
        el.textContent = text;
        el.ownerDocument.getSelection()?.selectAllChildren(el);
        el.ownerDocument.getSelection()?.collapseToEnd();
        const input = { bubbles: true, cancelable: true, data: text, inputType: "insertText" };
        el.dispatchEvent(new InputEvent("input", input));
    }

    _input(target) {
        const el = this._target(target);
        if ("value" in el || el.isContentEditable) {
            return el;
        }
        return el.querySelector("input, textarea, [contenteditable='true']") || el;
    }

    async check(target) {
        await this._tick(target, true);
    }

    async uncheck(target) {
        await this._tick(target, false);
    }

    async _tick(target, wanted) {
        const el = this._target(target);
        const box = el.matches("input") ? el : el.querySelector("input[type=checkbox], input[type=radio]");
        if (!box) {
            throw new Error("there is no box that could be checked");
        }
        if (box.checked !== wanted) {
            await this.click(box);
        }
    }

    async select(value, target) {
        await this._choose(target, (option) => option.value === value, value);
    }

    async selectByLabel(label, target) {
        await this._choose(target, (option) => option.textContent.trim() === label, label);
    }

    async selectByIndex(index, target) {
        await this._choose(target, (option) => option.index === Number(index), index);
    }

    async _choose(target, isWanted, name) {
        const el = this._target(target);
        const option = [...el.options].find(isWanted);
        if (!option) {
            throw new Error(`there is no option ${name}`);
        }
        await click(el);
        await select(option.value, { target: el });
    }

    /** Set the value of an input of type range. */
    async range(value, target) {
        const el = this._target(target);
        await this.click(el);
        await setInputRange(el, value);
    }

    /** Press a key, or several joined by "+". */
    async press(keys, target) {
        if (target) {
            this._target(target).focus();
        }
        await press(keys.split("+").map((key) => key.trim()));
    }

    /** Take the element of the step somewhere. @param {any} target @param {Object} [options] where in the target */
    async drag_and_drop(target, options = { position: "top", relative: true }) {
        const { moveTo, drop } = await drag(this.anchor);
        const place = typeof target === "string" ? await waitFor(target, { timeout: DROP_TIMEOUT }) : target;
        await moveTo(place, options);
        await drop(place, options);
    }

    /** Load another page; nothing comes after it in this one. */
    async goToUrl(address) {
        const { href } = new URL(address, window.location.href);
        const isSamePage = href.split("#")[0] === window.location.href.split("#")[0] && href.includes("#");
        window.location.assign(href);
        await (isSamePage ? undefined : new Promise(() => {}));
    }
}

/** Actions that steps name. */
const ACTIONS = Object.getOwnPropertyNames(TourHelpers.prototype).filter(
    (name) => !/^(_|constructor|query)/.test(name)
);
/** Words of steps for actions that also have another name. */
const ALIASES = { text: "edit", set: "edit", input: "edit", remove_text: "clear" };

/**
 * @param {string} run `click`, `edit some text`, `click(.selector)`, several joined by `&&`
 * @returns {{name: string, argument: string}[]} what is to be done, in this order
 */
export function parseRun(run) {
    return run.split("&&").map((text) => {
        const command = text.trim();
        const [, word, inBrackets, behind = ""] = /^(\w+)(?:\((.*)\)|\s+(.*))?$/s.exec(command) || [];
        const name = Object.hasOwn(ALIASES, word) ? ALIASES[word] : word;
        if (!ACTIONS.includes(name)) {
            throw new Error(`steps cannot ${command}`);
        }
        return { name, argument: inBrackets ?? behind };
    });
}

/**
 * Do what a step says.
 *
 * @param {string|Function|false|undefined} run `click`, `edit some text`, ..., or a function of the helpers
 * @param {Element} anchor
 */
export async function perform(run, anchor) {
    const helpers = new TourHelpers(anchor);
    if (typeof run === "function") {
        return run.call({ anchor }, helpers);
    }
    for (const { name, argument } of run ? parseRun(run) : []) {
        await (argument ? helpers[name](argument) : helpers[name]());
    }
}
