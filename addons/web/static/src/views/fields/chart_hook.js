import { onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";

/**
 * Draw a chart in the canvas of a component, and anew whenever what it shows changes.
 *
 * @param {string} refName reference of the canvas
 * @param {() => Object} makeConfig what the chart library is told
 */
export function useChart(refName, makeConfig) {
    const canvas = useRef(refName);
    /** @type {any} */
    let chart = null;
    onWillStart(() => loadBundle("web.chartjs_lib"));
    useEffect(
        () => {
            chart?.destroy();
            const config = makeConfig();
            chart = new globalThis.Chart(canvas.el, { ...config, options: { animation: false, ...config.options } });
        },
        () => [JSON.stringify(makeConfig().data)]
    );
    onWillUnmount(() => chart?.destroy());
}
