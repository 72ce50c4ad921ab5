import { useEffect, useRef } from "@odoo/owl";

/**
 * Keys that move between an input and the tags before it: arrows, and Backspace that takes the last tag away.
 *
 * @param {string} refName reference of what holds tags and input
 * @param {(index: number) => any} deleteTag
 * @returns {(ev: KeyboardEvent) => void} for tags
 */
export function useTagNavigation(refName, deleteTag) {
    const ref = useRef(refName);
    const places = () => [...ref.el.querySelectorAll(".o_tag"), ref.el.querySelector("input")].filter(Boolean);

    const go = (ev, from, step) => {
        const all = places();
        const next = all[(from + step + all.length) % all.length];
        ev.preventDefault();
        ev.stopPropagation();
        next.focus();
    };

    const onInputKeydown = (ev) => {
        const { value, selectionStart, selectionEnd } = ev.target;
        const tags = ref.el.querySelectorAll(".o_tag");
        const isAtStart = selectionStart === 0 && selectionEnd === 0;
        if (ev.key === "Backspace" && !value && tags.length) {
            deleteTag(tags.length - 1);
        } else if ((ev.key === "ArrowLeft" && isAtStart) || (ev.key === "ArrowRight" && !value)) {
            if (tags.length) {
                go(ev, tags.length, ev.key === "ArrowLeft" ? -1 : 1);
            }
        }
    };

    useEffect(
        (input) => {
            input?.addEventListener("keydown", onInputKeydown);
            return () => input?.removeEventListener("keydown", onInputKeydown);
        },
        () => [ref.el?.querySelector("input")]
    );

    return (ev) => {
        const target = /** @type {HTMLElement} */ (ev.target);
        const index = places().indexOf(target.closest(".o_tag"));
        if (ev.key === "Backspace" || ev.key === "Delete") {
            deleteTag(index);
            ref.el.querySelector("input")?.focus();
        } else if (ev.key === "ArrowLeft" || ev.key === "ArrowRight") {
            go(ev, index, ev.key === "ArrowLeft" ? -1 : 1);
        }
    };
}
