import { Component, onWillDestroy, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { connection, ConnectionWatch } from "@web/core/network/connection";
import { registry } from "@web/core/registry";

const GOOD_NEWS_TIME = 4000;

/** Says that the server is away, that nothing is lost by it, and that it is back. */
export class ConnectionBanner extends Component {
    static template = "web.ConnectionBanner";
    static props = {};

    setup() {
        this.connection = useState(connection);
        this.state = useState({ isBack: false, isLooking: false });
        this.watch = new ConnectionWatch();
        this.watch.start();
        useEffect(
            (lost) => {
                this.state.isBack = this.wasLost && !lost;
                this.wasLost = lost;
                browser.clearTimeout(this.timer);
                this.timer = browser.setTimeout(() => (this.state.isBack = false), GOOD_NEWS_TIME);
            },
            () => [this.connection.lost]
        );
        onWillDestroy(() => {
            this.watch.stop();
            browser.clearTimeout(this.timer);
        });
    }

    async lookNow() {
        this.state.isLooking = true;
        await this.watch.look();
        this.state.isLooking = false;
    }
}

registry.category("main_components").add("ConnectionBanner", { Component: ConnectionBanner });
