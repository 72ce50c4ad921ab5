import { Component, useState, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { PAGER_UPDATED_EVENT, pagerBus } from "@web/core/pager/pager";
import { registry } from "@web/core/registry";
import { useBus, useCleanup } from "@web/core/utils/hooks";

/** Milliseconds for which the place is shown. */
const SHOWN = 1400;

/** Tells on small screens, for a moment, which page was turned to. */
export class PagerIndicator extends Component {
    static template = xml`
        <div t-if="state.show" class="o_pager_indicator position-fixed top-50 start-50 translate-middle p-3 rounded text-bg-dark opacity-75" role="status">
            <span class="o_pager_indicator_inner"><t t-esc="state.value"/> / <t t-esc="state.total"/></span>
        </div>`;
    static props = {};

    setup() {
        this.state = useState({ show: false, value: "-", total: 0 });
        useBus(pagerBus, PAGER_UPDATED_EVENT, ({ detail }) => this.show(detail));
        useCleanup(() => browser.clearTimeout(this.timer));
    }

    show({ value, total }) {
        browser.clearTimeout(this.timer);
        Object.assign(this.state, { show: true, value, total });
        this.timer = browser.setTimeout(() => (this.state.show = false), SHOWN);
    }
}

registry.category("main_components").add("PagerIndicator", { Component: PagerIndicator });
