import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { NotificationContainer } from "@web/core/notifications/notification_container";
import { registry } from "@web/core/registry";

const AUTOCLOSE_DELAY = 4000;

/** `notification.add(message, {title, type, sticky, buttons, className, onClose})` returns the closing function. */
export const notificationService = {
    start() {
        let nextId = 1;
        const notifications = reactive({});
        /** Ways to start the clocks of those that close by themselves, and to stop them. */
        const clocks = new Map();
        // what one reads does not move because another one closes
        const freeze = () => clocks.forEach(({ stop }) => stop());
        const refresh = () => clocks.forEach(({ start }) => start());
        registry
            .category("main_components")
            .add(
                "NotificationContainer",
                { Component: NotificationContainer, props: { notifications } },
                { sequence: 100, force: true }
            );
        const add = (message, options = {}) => {
            const { sticky, onClose, autocloseDelay = AUTOCLOSE_DELAY, ...others } = options;
            const id = nextId++;
            let timer = null;
            const stop = () => browser.clearTimeout(timer);
            const close = () => {
                stop();
                clocks.delete(id);
                if (id in notifications) {
                    delete notifications[id];
                    onClose?.();
                }
            };
            const start = () => {
                stop();
                timer = browser.setTimeout(close, autocloseDelay);
            };
            if (!sticky) {
                clocks.set(id, { start, stop });
            }
            notifications[id] = { props: { message, close, freeze, refresh, ...others } };
            return close;
        };
        return { add };
    },
};

registry.category("services").add("notification", notificationService);

export { NotificationContainer };
