import { onWillUnmount, reactive, useEffect, useExternalListener } from "@odoo/owl";
import { makeDraggableHook as makeHook } from "@web/core/utils/draggable_hook_builder";
import { useThrottleForAnimation } from "@web/core/utils/timing";

/** How hooks of dragging live in a component. */
export const OWL_SETUP_HOOKS = {
    addListener: useExternalListener,
    setup: useEffect,
    teardown: onWillUnmount,
    throttle: useThrottleForAnimation,
    wrapState: reactive,
};

/** Make a hook of components by which elements are dragged, see `@web/core/utils/draggable_hook_builder`. */
export function makeDraggableHook(params) {
    return makeHook({ ...params, setupHooks: OWL_SETUP_HOOKS });
}
