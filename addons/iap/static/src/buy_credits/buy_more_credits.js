import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** How many credits a paid service has left, and the way to more. */
export class IAPBuyMoreCreditsWidget extends Component {
    static template = "iap.BuyMoreCredits";
    static props = {
        ...standardWidgetProps,
        serviceName: String,
        hideService: { type: Boolean, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ credits: -1, url: "" });
        onWillStart(() => this.load());
    }

    async load() {
        const ask = (method) => this.orm.silent.call("iap.account", method, [this.props.serviceName]);
        const [url, credits] = await Promise.all([ask("get_credits_url"), ask("get_credits")]);
        Object.assign(this.state, { url, credits });
    }

    get isKnown() {
        return this.state.credits >= 0;
    }
}

export const iapBuyMoreCreditsWidget = {
    component: IAPBuyMoreCreditsWidget,
    extractProps: ({ attrs }) => ({
        serviceName: attrs.service_name,
        hideService: Boolean(attrs.hide_service && attrs.hide_service !== "0"),
    }),
};

registry.category("view_widgets").add("iap_buy_more_credits", iapBuyMoreCreditsWidget);
