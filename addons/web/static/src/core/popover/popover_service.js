import { markRaw } from "@odoo/owl";
import { Popover } from "@web/core/popover/popover";
import { registry } from "@web/core/registry";

/** `popover.add(target, Component, props, options)` returns the closing function. */
export const popoverService = {
    dependencies: ["overlay"],
    start(env, { overlay }) {
        const add = (target, component, props = {}, options = {}) => {
            const close = () => remove();
            const remove = overlay.add(
                Popover,
                {
                    target: markRaw(target),
                    close,
                    component,
                    componentProps: props,
                    position: options.position,
                    class: options.popoverClass ?? options.class ?? "",
                    role: options.popoverRole,
                    onPositioned: options.onPositioned,
                    closeOnClickAway:
                        typeof options.closeOnClickAway === "function"
                            ? options.closeOnClickAway
                            : () => options.closeOnClickAway ?? true,
                    closeOnEscape: options.closeOnEscape ?? true,
                    setActiveElement: options.setActiveElement ?? false,
                    ref: options.ref,
                },
                { env: options.env, onRemove: options.onClose }
            );
            return close;
        };
        return { add };
    },
};

registry.category("services").add("popover", popoverService);
