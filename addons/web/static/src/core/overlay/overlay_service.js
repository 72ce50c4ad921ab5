import { markRaw, reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { OverlayContainer } from "@web/core/overlay/overlay_container";

let nextId = 0;

/** Puts components above the page: `overlay.add(Component, props, {sequence, env, onRemove})`. */
export const overlayService = {
    start() {
        const overlays = reactive({});
        registry
            .category("main_components")
            .add("OverlayContainer", { Component: OverlayContainer, props: { overlays } }, { force: true });
        /**
         * @param {any} component
         * @param {Object} props
         * @param {{env?: Object, sequence?: number, onRemove?: (params?: any) => void}} [options]
         * @returns {(params?: any) => void} removes it; what it is called with is given to `onRemove`
         */
        const add = (component, props, { env, sequence = 50, onRemove = () => {} } = {}) => {
            const id = ++nextId;
            const remove = (params) => {
                if (id in overlays) {
                    delete overlays[id];
                    onRemove(params);
                }
            };
            overlays[id] = { id, component, env: env && markRaw(env), props: markRaw(props), sequence, remove };
            return remove;
        };
        return { add, overlays };
    },
};

registry.category("services").add("overlay", overlayService);
