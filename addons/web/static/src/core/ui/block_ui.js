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
        useBus(this.props.bus, "BLOCK", (ev) => {
            Object.assign(this.state, {
                blocked: true,
                visible: Boolean(ev.detail.message),
                message: ev.detail.message || "",
            });
            this.timer = setTimeout(() => {
                this.state.visible = true;
                this.state.message ||= _t("Please wait...");
            }, 5000);
        });
        useBus(this.props.bus, "UNBLOCK", () => {
            clearTimeout(this.timer);
            this.state.blocked = false;
        });
        onWillDestroy(() => clearTimeout(this.timer));
    }
}
