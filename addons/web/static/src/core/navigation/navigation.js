import { useEffect, useRef } from "@odoo/owl";
import { isVisible } from "@web/core/utils/ui";

/**
 * Arrow keys, Home, End and Enter among the items below an element.
 *
 * @param {string} refName
 * @param {{itemsSelector?: string, shouldFocusFirstItem?: boolean}} [options]
 */
export function useNavigation(refName, options = {}) {
    const ref = useRef(refName);
    const selector = options.itemsSelector || ".o-navigable";
    const items = () =>
        [...ref.el.querySelectorAll(selector)].filter((el) => isVisible(el) && !el.matches(":disabled"));
    const focused = () => /** @type {HTMLElement} */ (document.activeElement);
    const move = (step) => {
        const list = items();
        if (!list.length) {
            return;
        }
        const index = list.indexOf(focused());
        const target = index < 0 ? (step > 0 ? 0 : list.length - 1) : (index + step + list.length) % list.length;
        list[target].focus();
    };
    const onKeydown = (ev) => {
        if (
            !ref.el ||
            (!ref.el.contains(document.activeElement) &&
                document.activeElement !== document.body &&
                !document.activeElement.classList.contains("o-dropdown"))
        ) {
            return;
        }
        const editing = ["INPUT", "TEXTAREA"].includes(document.activeElement.tagName);
        const actions = {
            ArrowDown: () => move(1),
            ArrowUp: () => move(-1),
            Home: () => !editing && items()[0]?.focus(),
            End: () => !editing && items().at(-1)?.focus(),
            Enter: () => items().includes(focused()) && focused().click(),
        };
        if (ev.key in actions && actions[ev.key]() !== false) {
            const native = ev.key === "Enter" && (editing || document.activeElement === document.body);
            if (!native) {
                ev.preventDefault();
            }
        }
    };
    useEffect(
        () => {
            document.addEventListener("keydown", onKeydown);
            return () => document.removeEventListener("keydown", onKeydown);
        },
        () => []
    );
}
