import { onWillDestroy, useState } from "@odoo/owl";

/**
 * @param {import("@web/core/registry").Registry} registry
 * @returns {{entries: [string, any][]}} state that follows the registry
 */
export function useRegistry(registry) {
    const state = useState({ entries: registry.getEntries() });
    const onUpdate = () => {
        state.entries = registry.getEntries();
    };
    registry.addEventListener("UPDATE", onUpdate);
    onWillDestroy(() => registry.removeEventListener("UPDATE", onUpdate));
    return state;
}
