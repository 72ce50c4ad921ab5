/** The element that a step waits for, and why it cannot be used yet. */

import { isVisible, queryAll } from "./tour_selectors";
import { hasAction } from "./tour_step";

/** What lies over dialogs. */
const ABOVE_MODALS = ".popover, .o-we-command, .o_notification";

/** Whether the page waits for the server, or is still being made. */
function isBlocked() {
    return document.body.classList.contains("o_ui_blocked") || queryAll(".o_blockUI, .o_boot_screen").length > 0;
}

/** The element in this page that an element is, or the frame that it is in. */
function inThisPage(el) {
    return el.ownerDocument === document ? el : el.ownerDocument.defaultView?.frameElement || el;
}

function isBelowModal(el, trigger) {
    const modals = queryAll(".modal").filter((modal) => isVisible(modal) && !modal.closest(".o_inactive_modal"));
    const modal = modals.at(-1);
    if (!modal || trigger.startsWith("body") || queryAll(ABOVE_MODALS).length) {
        return false;
    }
    return !modal.contains(inThisPage(el));
}

function isDisabled(el) {
    if (el.matches("input, textarea")) {
        return el.disabled || el.readOnly;
    }
    return el.matches("button, select") && el.disabled;
}

/**
 * Look for what a step waits for.
 *
 * @param {{trigger: string, run?: any}} step
 * @returns {{element: any, problems: string[]}} the element, and what is in the way of using it; null without one
 */
export function findTarget(step) {
    const { trigger } = step;
    const found = queryAll(trigger);
    const saysVisible = /:(visible|hidden)/.test(trigger);
    const element = (saysVisible ? found[0] : found.find(isVisible) || found[0]) || null;
    const problems = [];
    if (!element) {
        return { element, problems: [`${trigger} is not there`] };
    }
    if (!saysVisible && !isVisible(element)) {
        problems.push("it is there, but it is not visible");
    }
    if (isBlocked()) {
        problems.push("the page is blocked");
    }
    if (hasAction(step)) {
        if (isDisabled(element)) {
            problems.push("it is not enabled");
        }
        if (isBelowModal(element, trigger)) {
            problems.push("it is below a modal: no user could reach it");
        }
    }
    return { element, problems };
}
