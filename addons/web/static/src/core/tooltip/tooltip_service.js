import { Component, xml, whenReady } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { hasTouch } from "@web/core/browser/feature_detection";
import { registry } from "@web/core/registry";

const OPEN_DELAY = 400;

/** Text or template shown beside an element. */
export class Tooltip extends Component {
    static template = xml`
        <div class="o-tooltip px-2 py-1">
            <t t-if="props.template" t-call="{{props.template}}"><t t-set="env" t-value="env"/></t>
            <small t-else="" class="text-prewrap" t-esc="props.tooltip"/>
        </div>`;
    static props = {
        close: { optional: true },
        tooltip: { optional: true },
        template: { optional: true },
        info: { optional: true },
    };

    get info() {
        return this.props.info;
    }
}

function describe(el) {
    const { tooltip, tooltipTemplate, tooltipInfo, tooltipPosition, tooltipDelay } = el.dataset;
    return {
        props: { tooltip, template: tooltipTemplate, info: tooltipInfo ? JSON.parse(tooltipInfo) : null },
        position: tooltipPosition,
        delay: tooltipDelay ? Number(tooltipDelay) : OPEN_DELAY,
    };
}

/** Shows the `data-tooltip` (or `data-tooltip-template`) of what the mouse rests on; `data-tooltip-truncated`: only where text is cut. */
export const tooltipService = {
    dependencies: ["popover"],
    start(env, { popover }) {
        let timer = null;
        let close = null;
        let target = null;
        const cleanup = () => {
            browser.clearTimeout(timer);
            close?.();
            close = null;
            target = null;
        };
        const onEnter = (ev) => {
            const el = ev.target.closest?.("[data-tooltip], [data-tooltip-template]");
            if (el === target) {
                return;
            }
            cleanup();
            if (!el || hasTouch()) {
                return;
            }
            target = el;
            const { props, position, delay } = describe(el);
            const isFullyShown = "tooltipTruncated" in el.dataset && el.scrollWidth <= el.clientWidth;
            if ((!props.tooltip && !props.template) || isFullyShown) {
                return;
            }
            timer = browser.setTimeout(() => {
                if (target?.isConnected) {
                    close = popover.add(target, Tooltip, props, {
                        position,
                        popoverClass: "o_tooltip_popover pe-none",
                    });
                }
            }, delay);
        };
        whenReady(() => {
            document.body.addEventListener("mouseover", onEnter);
            document.body.addEventListener("mousedown", cleanup);
            document.body.addEventListener("keydown", cleanup);
        });
        return {
            add(el, options) {
                return popover.add(el, Tooltip, options);
            },
        };
    },
};

registry.category("services").add("tooltip", tooltipService);
