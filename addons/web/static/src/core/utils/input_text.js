import { useEffect, useRef } from "@odoo/owl";

/**
 * Have an input show a text when that changes. What the user types stays until then, whatever else of the component is
 * drawn anew; an attribute of the template (`t-att-value`) would take it away each time.
 *
 * @param {string} refName of the input
 * @param {() => string} getText
 * @param {() => any} [getOwner] what the text is of: what was typed for one is not shown for another
 */
export function useInputText(refName, getText, getOwner = () => undefined) {
    const ref = useRef(refName);
    useEffect(
        (el, text) => {
            if (el) {
                /** @type {HTMLInputElement} */ (el).value = text;
            }
        },
        () => [ref.el, getText(), getOwner()]
    );
}
