import { useEffect, useRef } from "@odoo/owl";

/**
 * Component hook: an element has a tooltip.
 *
 * @param {string} refName
 * @param {{tooltip?: string, template?: string, info?: Object, position?: string, delay?: number}} params
 */
export function useTooltip(refName, { tooltip, template, info, position, delay }) {
    const ref = useRef(refName);
    useEffect(
        (el) => {
            if (!el) {
                return;
            }
            const data = {
                tooltip,
                tooltipTemplate: template,
                tooltipInfo: info && JSON.stringify(info),
                tooltipPosition: position,
                tooltipDelay: delay,
            };
            const given = Object.entries(data).filter(([, value]) => value !== undefined);
            given.forEach(([key, value]) => (el.dataset[key] = String(value)));
            return () => given.forEach(([key]) => delete el.dataset[key]);
        },
        () => [ref.el]
    );
}
