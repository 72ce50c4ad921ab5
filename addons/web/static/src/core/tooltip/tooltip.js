import { Component, xml } from "@odoo/owl";

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
