import { Component, onMounted, onWillUnmount, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { _t } from "@web/core/l10n/translation";
import { isHtmlEmpty } from "@web/core/utils/html";

const effects = registry.category("effects");
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

function rainbowMan(env, params = {}) {
    let { message } = params;
    if (message instanceof Element) {
        message = message.outerHTML;
    }
    message ||= _t("Well done!");
    if (!user.showEffect) {
        env.services.notification.add(message, { type: "success" });
        return undefined;
    }
    return {
        Component: RainbowMan,
        props: {
            message: isHtmlEmpty(message) ? "" : message,
            fadeout: params.fadeout || "medium",
            Component: params.Component,
            props: params.props,
        },
    };
}

effects.add("rainbow_man", rainbowMan);

/** `effect.add({type, message, fadeout})`. */
export const effectService = {
    dependencies: ["overlay", "notification"],
    start(env, { overlay }) {
        return {
            add(params = {}) {
                const make = effects.get(params.type || "rainbow_man");
                const effect = make(env, params);
                if (effect?.Component) {
                    const close = overlay.add(effect.Component, { ...effect.props, close: () => close() });
                }
            },
        };
    },
};

registry.category("services").add("effect", effectService);
