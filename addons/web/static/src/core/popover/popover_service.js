import { markRaw } from "@odoo/owl";
import { Popover } from "@web/core/popover/popover";
import { registry } from "@web/core/registry";
import { pick } from "@web/core/utils/objects";

/**
 * `popover.add(target, Component, props, options)` returns the closing function. Options: `position`, `popoverClass`,
 * `popoverRole`, `closeOnClickAway` (also a function of what was clicked), `closeOnEscape`, `onClose`, `onPositioned`,
 * `arrow`, `animation` (it appears little by little), `fixedPosition` (it stays where it was put first), `holdOnHover` (it
 * stays while the pointer is over it), `setActiveElement` (it has the focus and the keyboard), `env`, `ref`.
 */
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
                    ...pick(options, "animation", "arrow", "fixedPosition", "holdOnHover", "setActiveElement"),
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
