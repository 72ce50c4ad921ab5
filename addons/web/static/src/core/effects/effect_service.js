import { RainbowMan } from "@web/core/effects/rainbow_man";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { _t } from "@web/core/l10n/translation";
import { isHtmlEmpty } from "@web/core/utils/html";

const effects = registry.category("effects");
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

export { RainbowMan };
