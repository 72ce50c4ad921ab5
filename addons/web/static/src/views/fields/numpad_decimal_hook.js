import { useEffect, useRef } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";

/** Inputs of the element, which may be one itself. */
function inputsOf(el) {
    return el.matches("input") ? [el] : [...el.querySelectorAll("input")];
}

/** The dot of the number pad is the decimal mark of the language; native inputs of numbers see to that themselves. */
function onKeydown(ev) {
    const { code, target } = ev;
    const { decimalPoint } = localization;
    if (code !== "NumpadDecimal" || ev.key === decimalPoint || target.type === "number" || hasModifier(ev)) {
        return;
    }
    ev.preventDefault();
    target.setRangeText(decimalPoint, target.selectionStart, target.selectionEnd, "end");
    target.dispatchEvent(new InputEvent("input", { bubbles: true, data: decimalPoint, inputType: "insertText" }));
}

function hasModifier({ altKey, ctrlKey, metaKey }) {
    return altKey || ctrlKey || metaKey;
}

/** What is typed first replaces the number. */
function onFocus({ target }) {
    target.select();
}

/**
 * Inputs of numbers: a focus selects the text, and the number pad writes the decimal mark of the language.
 *
 * @returns {{el: HTMLElement|null}} reference `numpadDecimal`: an input, or what has inputs
 */
export function useNumpadDecimal() {
    const ref = /** @type {{el: HTMLElement|null}} */ (useRef("numpadDecimal"));
    useEffect(
        (el) => {
            const inputs = el ? inputsOf(el) : [];
            for (const input of inputs) {
                input.addEventListener("keydown", onKeydown);
                input.addEventListener("focus", onFocus);
            }
            return () => {
                for (const input of inputs) {
                    input.removeEventListener("keydown", onKeydown);
                    input.removeEventListener("focus", onFocus);
                }
            };
        },
        () => [ref.el]
    );
    return ref;
}
