import { registry } from "@web/core/registry";

/** Shows the notifications that the server sends. */
export const simpleNotificationService = {
    dependencies: ["bus_service", "notification"],
    start(env, { bus_service: bus, notification }) {
        bus.subscribe("simple_notification", ({ message, sticky, title, type }) => {
            notification.add(message, { sticky, title, type });
        });
        bus.start();
    },
};

registry.category("services").add("simple_notification", simpleNotificationService);
