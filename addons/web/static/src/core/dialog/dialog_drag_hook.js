import { onWillUnmount, useEffect } from "@odoo/owl";

/** What a pointer does something else with than to take hold of a dialog. */
const TAKEN = "button, a, input, select, textarea, [contenteditable]";
const VISIBLE = 40;

/**
 * Component hook: a dialog is moved by its header, so that one can read what it lies over.
 *
 * @param {{el: HTMLElement|null}} modalRef
 * @param {() => boolean} isMovable asked when the pointer goes down
 * @returns {{place: {left: number, top: number}}} how far it was moved
 */
export function useDialogDraggable(modalRef, isMovable) {
    const place = { left: 0, top: 0 };
    let stop = null;

    /** @param {PointerEvent} down */
    const begin = (down) => {
        const target = /** @type {HTMLElement} */ (down.target);
        const header = target.closest(".modal-header");
        if (!header || target.closest(TAKEN) || down.button !== 0 || !isMovable()) {
            return;
        }
        const content = /** @type {HTMLElement} */ (header.closest(".modal-content"));
        const box = content.getBoundingClientRect();
        const from = { ...place };
        const move = ({ clientX, clientY }) => {
            // enough of it stays on the screen to take hold of it again
            const bounded = (step, low, high) => Math.max(low, Math.min(step, high));
            const right = bounded(clientX - down.clientX, VISIBLE - box.right, innerWidth - VISIBLE - box.left);
            const below = bounded(clientY - down.clientY, -box.top, innerHeight - VISIBLE - box.top);
            Object.assign(place, { left: from.left + right, top: from.top + below });
            content.style.translate = `${place.left}px ${place.top}px`;
        };
        stop = () => {
            window.removeEventListener("pointermove", move);
            window.removeEventListener("pointerup", stop);
            stop = null;
        };
        window.addEventListener("pointermove", move);
        window.addEventListener("pointerup", stop);
        // no text is marked meanwhile
        down.preventDefault();
    };
    useEffect(
        (el) => {
            el?.addEventListener("pointerdown", begin);
            return () => el?.removeEventListener("pointerdown", begin);
        },
        () => [modalRef.el]
    );
    onWillUnmount(() => stop?.());
    return { place };
}
