import { Component, onWillDestroy, useState, xml } from "@odoo/owl";
import { useBus } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";

/** Veil over the page while something long runs. */
export class BlockUI extends Component {
    static template = xml`
        <div t-if="state.blocked" class="o_blockUI fixed-top d-flex justify-content-center align-items-center flex-column vh-100">
            <div class="spinner-border text-light mb-3" role="status"/>
            <div t-if="state.visible" class="o_message text-center text-light px-4" t-esc="state.message"/>
        </div>`;
    static props = { bus: Object };

    setup() {
        this.state = useState({ blocked: false, visible: false, message: "" });
        /** @type {number[]} */
        this.timers = [];
        useBus(this.props.bus, "BLOCK", ({ detail }) => {
            // clicks are held off at once; a veil that comes and goes is worse than none
            this.timers = detail.delay ? [setTimeout(() => this.show(detail), detail.delay)] : [];
            if (!detail.delay) {
                this.show(detail);
            }
        });
        useBus(this.props.bus, "UNBLOCK", () => {
            this.stop();
            this.state.blocked = false;
        });
        onWillDestroy(() => this.stop());
    }

    stop() {
        this.timers.forEach((timer) => clearTimeout(timer));
    }

    show({ message = "" }) {
        Object.assign(this.state, { blocked: true, visible: Boolean(message), message });
        const tellLater = () => {
            this.state.visible = true;
            this.state.message ||= _t("Please wait...");
        };
        this.timers.push(setTimeout(tellLater, 5000));
    }
}
