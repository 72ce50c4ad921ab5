import { useEffect } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Command that lives as long as the component. */
export function useCommand(name, action, options = {}) {
    const service = useService("command");
    useEffect(
        () => service.add(name, action, options),
        () => []
    );
}
