import { useExternalListener } from "@odoo/owl";
import { useRefListener } from "@web/core/utils/hooks";

/**
 * Move properties by their handles; where they go is marked.
 *
 * @param {{el: HTMLElement|null}} root
 * @param {(name: string, target: string, isAfter: boolean) => any} onDrop
 */
export function usePropertyDrag(root, onDrop) {
    let dragged = null;
    let place = null;

    const mark = (isMarked) => {
        dragged?.classList.toggle("o_property_dragged", isMarked);
        place?.element.classList.toggle(place.isAfter ? "o_property_drop_after" : "o_property_drop_before", isMarked);
    };

    useRefListener(root, "pointerdown", (ev) => {
        const handle = ev.target.closest(".o_field_property_drag");
        if (handle) {
            ev.preventDefault();
            dragged = handle.closest("[property-name]");
            mark(true);
        }
    });
    useExternalListener(window, "pointermove", (/** @type {PointerEvent} */ ev) => {
        if (!dragged) {
            return;
        }
        mark(false);
        const element = document.elementFromPoint(ev.clientX, ev.clientY)?.closest("[property-name]");
        place = null;
        if (element && element !== dragged && root.el.contains(element)) {
            const box = element.getBoundingClientRect();
            place = { element, isAfter: ev.clientY > box.top + box.height / 2 };
        }
        mark(true);
    });
    useExternalListener(window, "pointerup", () => {
        if (!dragged) {
            return;
        }
        mark(false);
        const [from, to] = [dragged, place];
        dragged = place = null;
        if (to) {
            onDrop(from.getAttribute("property-name"), to.element.getAttribute("property-name"), to.isAfter);
        }
    });
}
