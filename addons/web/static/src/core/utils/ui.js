import { browser } from "@web/core/browser/browser";

/** Elements the keyboard can reach below `container`. */
export function getTabableElements(container = document.body) {
    const selector = [
        "[tabindex]",
        "a[href]",
        "area",
        "button",
        "frame",
        "iframe",
        "input",
        "object",
        "select",
        "textarea",
        "details > summary:nth-child(1)",
        "[contenteditable]",
    ]
        .map((item) => `${item}:not([tabindex="-1"]):not(:disabled)`)
        .join(",");
    return [...container.querySelectorAll(selector)].filter((el) => isVisible(el));
}

/** Neighbour of the focused element in tab order, or null; without a focused one the first by `step`. */
function stepFromFocus(container, step) {
    const elements = getTabableElements(container);
    const focused = elements.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (focused >= 0) {
        return elements[focused + step] || null;
    }
    return elements.at(step > 0 ? 0 : -1);
}

/** Next element in tab order. */
export const getNextTabableElement = (container) => stepFromFocus(container, 1);

/** Previous element in tab order. */
export const getPreviousTabableElement = (container) => stepFromFocus(container, -1);

/** Whether an element takes room on screen. */
export function isVisible(el) {
    if (el === document || el === window) {
        return true;
    }
    return Boolean(el) && el.getClientRects().length > 0 && getComputedStyle(el).visibility !== "hidden";
}

/** Elements matching and visible. */
export function getVisibleElements(activeElement, selector) {
    return [...activeElement.querySelectorAll(selector)].filter(isVisible);
}

/** Whether two rectangles touch. */
export function touching(elements, targetRect) {
    return elements.filter((el) => {
        const rect = el.getBoundingClientRect();
        return (
            rect.left < targetRect.right &&
            rect.right > targetRect.left &&
            rect.top < targetRect.bottom &&
            rect.bottom > targetRect.top
        );
    });
}

/** Element nearest to a target among several. */
export function closest(elements, targetPos) {
    let best = null;
    let bestDistance = Infinity;
    for (const el of elements) {
        const rect = el.getBoundingClientRect();
        const dx = Math.max(rect.left - targetPos.x, 0, targetPos.x - rect.right);
        const dy = Math.max(rect.top - targetPos.y, 0, targetPos.y - rect.bottom);
        if (dx * dx + dy * dy < bestDistance) {
            bestDistance = dx * dx + dy * dy;
            best = el;
        }
    }
    return best;
}

/** Disable a button and show a spinner. @returns {() => void} undo */
export function addLoadingEffect(button) {
    const { disabled } = button;
    const spinner = document.createElement("span");
    spinner.className = "spinner-border spinner-border-sm me-2";
    button.prepend(spinner);
    button.disabled = true;
    button.classList.add("o_btn_loading");
    return () => {
        spinner.remove();
        button.disabled = disabled;
        button.classList.remove("o_btn_loading");
    };
}

/** Run an action with a button's loading effect; clicks meanwhile are ignored. */
export async function makeAsyncHandler(handler, button) {
    const undo = addLoadingEffect(button);
    try {
        return await handler();
    } finally {
        undo();
    }
}

/** Wait until the browser painted. */
export function afterPaint() {
    return new Promise((resolve) => browser.requestAnimationFrame(() => setTimeout(resolve)));
}

/**
 * @param {DOMRect} rect
 * @param {{x: number, y: number}} position
 * @returns {{x: "left"|"right", y: "top"|"bottom"}} the quarter of the rectangle that is next to a place
 */
export function getQuadrance(rect, position) {
    return {
        x: position.x < rect.x + rect.width / 2 ? "left" : "right",
        y: position.y < rect.y + rect.height / 2 ? "top" : "bottom",
    };
}
