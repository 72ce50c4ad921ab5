import { Component, onMounted, onWillUnmount, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/** Milliseconds for which it is there, by its speed. */
const LIFE = { slow: 4500, medium: 3500, fast: 2000, no: null };

/** A short congratulation over the page. */
export class RainbowMan extends Component {
    static template = xml`
        <div class="o_reward" t-on-click="props.close">
            <div class="o_reward_card shadow-lg">
                <div class="o_reward_arc"/>
                <div class="o_reward_msg">
                    <t t-if="props.Component" t-component="props.Component" t-props="props.props"/>
                    <t t-else="" t-out="props.message"/>
                </div>
            </div>
        </div>`;
    static props = {
        close: Function,
        message: { optional: true },
        fadeout: { optional: true },
        Component: { optional: true },
        props: { optional: true },
        imgUrl: { optional: true },
    };

    setup() {
        onMounted(() => {
            const delay = LIFE[this.props.fadeout];
            if (delay) {
                this.timer = browser.setTimeout(this.props.close, delay);
            }
        });
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }
}
