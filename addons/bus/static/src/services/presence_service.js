import { EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** What tabs tell each other. */
const LAST = "presence.lastPresence";
const FOCUS = "presence.focus";

/** When somebody was at work in any tab, and whether one of them is in front. */
export const presenceService = {
    start(env) {
        const bus = new EventBus();
        const store = browser.localStorage;
        let lastPresence = Number(store.getItem(LAST)) || luxon.DateTime.now().toMillis();
        let isFocused = true;

        function notePresence() {
            lastPresence = luxon.DateTime.now().toMillis();
            store.setItem(LAST, String(lastPresence));
            bus.trigger("presence");
        }

        function noteFocus(focused) {
            isFocused = focused;
            store.setItem(FOCUS, String(focused));
            if (focused) {
                lastPresence = luxon.DateTime.now().toMillis();
            }
            env.bus.trigger("window_focus", focused);
        }

        function noteOtherTab({ key, newValue }) {
            if (key === FOCUS) {
                isFocused = newValue === "true";
                env.bus.trigger("window_focus", isFocused);
            } else if (key === LAST && newValue) {
                lastPresence = Number(newValue);
                bus.trigger("presence");
            }
        }

        browser.addEventListener("storage", noteOtherTab);
        browser.addEventListener("focus", () => noteFocus(true));
        browser.addEventListener("blur", () => noteFocus(false));
        browser.addEventListener("pagehide", () => noteFocus(false));
        browser.addEventListener("click", notePresence);
        browser.addEventListener("keydown", notePresence);

        return {
            bus,
            getLastPresence: () => lastPresence,
            isOdooFocused: () => isFocused,
            getInactivityPeriod: () => luxon.DateTime.now().toMillis() - lastPresence,
        };
    },
};

registry.category("services").add("presence", presenceService);
