import { useComponent } from "@odoo/owl";
import { useService, useWhileMounted } from "@web/core/utils/hooks";

/** Like `usePopover` around any adding function. */
export function makePopover(addFn, component, options) {
    let remove = null;
    const close = () => remove?.();
    return {
        open(target, props) {
            close();
            const closeThis = addFn(target, component, props, {
                ...options,
                onClose: () => {
                    remove = null;
                    options.onClose?.();
                },
            });
            remove = closeThis;
        },
        close,
        get isOpen() {
            return Boolean(remove);
        },
    };
}

/**
 * A popover that belongs to the component.
 *
 * @param {Function} component shown inside
 * @param {Object} [options] of the popover service
 * @returns {{open: (target, props) => void, close: () => void, isOpen: boolean}}
 */
export function usePopover(component, options = {}) {
    const { env } = useComponent();
    const popover = makePopover(useService("popover").add, component, { env, ...options });
    useWhileMounted(() => popover.close);
    return popover;
}
