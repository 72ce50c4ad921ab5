/** What somebody does on the page, as steps of a tour. */

import { selectorOf, usedElement } from "./recorder_selectors";

const OWN = ".o_tour_recorder, .o_tour_pointer";
const EVENTS = ["keydown", "input", "pointerdown", "pointerup", "click"];

const isTextInput = (el) =>
    el.matches("textarea, input:not([type=checkbox], [type=radio], [type=file], [type=button])");

/** @returns {string} the text in quotes that it does not have */
const quoted = (text) => (text.includes("'") ? `"${text.replaceAll('"', "")}"` : `'${text}'`);

export class StepRecorder {
    /**
     * @param {Object[]} steps list that gets the steps
     * @param {() => void} onChange called after each
     */
    constructor(steps, onChange) {
        this.steps = steps;
        this.onChange = onChange;
        /** Element and selector where the pointer went down. */
        this.down = null;
        this.onEvent = this.onEvent.bind(this);
    }

    start() {
        EVENTS.forEach((name) => window.addEventListener(name, this.onEvent, true));
    }

    stop() {
        EVENTS.forEach((name) => window.removeEventListener(name, this.onEvent, true));
    }

    onEvent(ev) {
        const target = ev.composedPath()[0];
        if (target instanceof Element && !target.closest(OWN)) {
            this[`on_${ev.type}`](target, ev);
        }
    }

    add(step) {
        this.steps.push(step);
        this.onChange();
    }

    on_pointerdown(target) {
        const el = usedElement(target);
        this.down = { el, trigger: selectorOf(el) };
    }

    /** The page changes with the click: what it was is told now. */
    on_pointerup(target) {
        const { down } = this;
        const el = usedElement(target);
        if (down && down.el !== el && !down.el.contains(el) && !el.contains(down.el)) {
            this.down = null;
            this.add({ trigger: down.trigger, run: `drag_and_drop ${selectorOf(el)}` });
        }
    }

    on_click(target, ev) {
        const { down } = this;
        this.down = null;
        if (down) {
            this.add({ trigger: down.trigger, run: "click" });
        } else if (ev.isTrusted && ev.detail === 0 && usedElement(target) !== target.closest("label")) {
            // by the keyboard
            this.add({ trigger: selectorOf(target), run: "click" });
        }
    }

    on_input(target) {
        const editable = target.closest("[contenteditable=true]");
        if (editable || isTextInput(target)) {
            const el = editable || target;
            const run = editable ? `editor ${editable.textContent}` : `edit ${el.value}`;
            this.write({ trigger: selectorOf(el), run });
        }
    }

    /** A text that is typed is one step, also with the click before it. */
    write(step) {
        const last = this.steps.at(-1);
        if (last?.trigger === step.trigger && /^(click|edit|editor)\b/.test(last.run)) {
            last.run = step.run;
            this.onChange();
        } else {
            this.add(step);
        }
    }

    on_keydown(target, { key }) {
        const isAutocomplete = target.closest(".o-autocomplete") && isTextInput(target);
        if (isAutocomplete && ["Enter", "Tab"].includes(key) && target.value) {
            const proposal = `.o-autocomplete--dropdown-item > a:contains(${quoted(target.value)})`;
            this.add({ trigger: `${proposal}, .fa-circle-o-notch`, run: "click" });
        }
    }
}
