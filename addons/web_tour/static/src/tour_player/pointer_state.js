/** The pointer of the page: there is one at most, above everything else. */

import { markRaw, reactive } from "@odoo/owl";
import { TourPointer } from "./tour_pointer";

/** Place of the pointer among the overlays: none comes later. */
const SEQUENCE = 1100;

/**
 * @param {any} overlay service
 * @returns {{show: (el: Element, step?: {content?: any, tooltipPosition?: string}) => void, hide: () => void, stop: () => void}}
 */
export function makePointer(overlay) {
    const state = reactive({ anchor: null, content: "", position: "bottom", outOf: "" });
    const remove = overlay.add(TourPointer, { state }, { sequence: SEQUENCE });
    return {
        show(el, { content = "", tooltipPosition = "bottom" } = {}) {
            Object.assign(state, { anchor: markRaw(el), content, position: tooltipPosition });
        },
        hide() {
            state.anchor = null;
        },
        stop: remove,
    };
}
