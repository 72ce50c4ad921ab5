/** What people have to do in the steps of a tour, and by which events they have done it. */

import { parseRun } from "@web/../tests/tours/tour_actions";
import { hasAction, isActive } from "@web/../tests/tours/tour_step";

/** What ends an action, by its name; the others are done for the user. */
const KINDS = {
    check: "click",
    click: "click",
    dblclick: "dblclick",
    uncheck: "click",
    clear: "input",
    edit: "input",
    editor: "input",
    fill: "input",
    range: "input",
    hover: "pointerover",
    press: "keydown",
    select: "change",
    selectByIndex: "change",
    selectByLabel: "change",
    drag_and_drop: "drag",
};
const WITH_SELECTOR = ["check", "clear", "click", "dblclick", "hover", "uncheck"];

/**
 * @param {Object[]} steps of a tour
 * @returns {{step: Object, index: number, trigger: string, kind: string|undefined, name: string, argument: string}[]} what
 *  people have to do; steps that ask for nothing they could do are left out, with a warning
 */
export function actionsOf(steps) {
    return steps.flatMap((step, index) => {
        if (!isActive(step, "manual")) {
            return [];
        }
        if (!hasAction(step) || typeof step.run !== "string") {
            console.warn(`The step ${step.trigger} is skipped: it says nothing that people could do.`);
            return [];
        }
        return parseRun(step.run).map(({ name, argument }) => {
            const trigger = argument && WITH_SELECTOR.includes(name) ? argument : step.trigger;
            return { step, index, trigger, kind: KINDS[name], name, argument };
        });
    });
}

/** The part of the page that stands for an element when it is clicked. */
const clickable = (el) => el.closest("a, button, label") || el;

/**
 * @param {{kind: string, argument: string}} action
 * @param {Event} event
 * @param {any} anchor element of the action
 * @returns {boolean} whether an event does what an action asks for
 */
export function isDoneBy({ kind, argument }, event, anchor) {
    const target = /** @type {any} */ (event.target);
    const key = /** @type {KeyboardEvent} */ (event).key;
    const isProposal = anchor.closest(".o-autocomplete--dropdown-menu, .ui-autocomplete");
    if (kind === "click" && isProposal && event.type === "keydown") {
        return ["Enter", "Tab"].includes(key);
    }
    if (event.type !== kind) {
        return false;
    }
    if (kind === "keydown") {
        return key.toLowerCase() === argument.split("+").at(-1).trim().toLowerCase();
    }
    return kind === "click" ? clickable(anchor).contains(target) : anchor.contains(target);
}
