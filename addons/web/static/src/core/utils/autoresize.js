import { useEffect } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/**
 * Make an area as high as its text.
 *
 * @param {HTMLTextAreaElement} textarea
 * @param {{minimumHeight?: number, offset?: {top?: number, bottom?: number}}} [options] pixels
 */
export function resizeTextArea(textarea, { minimumHeight = 0 } = {}) {
    const style = getComputedStyle(textarea);
    const borders = parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth);
    const outside = style.boxSizing === "border-box" ? borders : 0;
    textarea.style.height = "auto";
    const height = Math.max(textarea.scrollHeight + outside, minimumHeight);
    textarea.style.height = `${height}px`;
    if (textarea.parentElement) {
        textarea.parentElement.style.minHeight = `${height}px`;
    }
}

/** Make an input as wide as its text. */
function resizeInput(input) {
    input.style.width = "100%";
    const room = input.clientWidth;
    // measured from nothing, as an input never shrinks what it scrolls
    input.style.width = "10px";
    const { paddingLeft, paddingRight } = getComputedStyle(input);
    const wanted = input.scrollWidth + parseFloat(paddingLeft) + parseFloat(paddingRight);
    input.style.width = wanted > room ? "100%" : `${wanted}px`;
}

/**
 * Component hook: an input or area grows and shrinks with what it says.
 *
 * @param {{el: HTMLInputElement|HTMLTextAreaElement|null}} ref
 * @param {{onResize?: (el: HTMLElement, options: Object) => any, minimumHeight?: number, randomize?: any}} [options]
 */
export function useAutoresize(ref, options = {}) {
    let shown = "";
    const resize = () => {
        const { el } = ref;
        if (!el) {
            return;
        }
        shown = el.value;
        if (el instanceof HTMLTextAreaElement) {
            resizeTextArea(el, options);
        } else {
            resizeInput(el);
        }
        options.onResize?.(el, options);
    };
    useEffect(
        (el) => {
            if (!el) {
                return;
            }
            resize();
            el.addEventListener("input", resize);
            browser.addEventListener("resize", resize);
            return () => {
                el.removeEventListener("input", resize);
                browser.removeEventListener("resize", resize);
            };
        },
        () => [ref.el]
    );
    useEffect(() => {
        if (ref.el && ref.el.value !== shown) {
            resize();
        }
    });
}
