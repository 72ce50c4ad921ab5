import { Component, onWillDestroy, useState, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";

const DELAY = 250;

/** Sign that requests are running. */
export class LoadingIndicator extends Component {
    static template = xml`<span t-if="state.show" class="o_loading_indicator" role="status">Loading<t t-if="env.debug and state.count"> (<t t-esc="state.count"/>)</t></span>`;
    static props = {};

    setup() {
        this.state = useState({ count: 0, show: false });
        this.running = new Set();
        useBus(rpcBus, "RPC:REQUEST", ({ detail }) => this.onRequest(detail));
        useBus(rpcBus, "RPC:RESPONSE", ({ detail }) => this.onResponse(detail));
        onWillDestroy(() => browser.clearTimeout(this.timer));
    }

    onRequest({ data, settings }) {
        if (settings.silent) {
            return;
        }
        if (!this.running.size) {
            this.timer = browser.setTimeout(() => {
                this.state.show = this.running.size > 0;
            }, DELAY);
        }
        this.running.add(data.id);
        this.state.count = this.running.size;
    }

    onResponse({ data, settings }) {
        if (settings.silent) {
            return;
        }
        this.running.delete(data.id);
        this.state.count = this.running.size;
        if (!this.running.size) {
            browser.clearTimeout(this.timer);
            this.state.show = false;
        }
    }
}

registry.category("main_components").add("LoadingIndicator", { Component: LoadingIndicator });
