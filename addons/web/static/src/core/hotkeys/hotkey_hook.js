import { useEffect } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Shortcut that lives as long as the component. */
export function useHotkey(hotkey, callback, options = {}) {
    const service = useService("hotkey");
    useEffect(
        () => service.add(hotkey, callback, options),
        () => []
    );
}
