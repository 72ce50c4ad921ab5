import { registry } from "@web/core/registry";

/** Shows the notifications that the server sends. */
export const simpleNotificationService = {
    dependencies: ["bus_service", "notification"],
    start(_env, services) {
        const show = ({ message, ...options }) => services.notification.add(message, options);
        services.bus_service.subscribe("simple_notification", show);
        services.bus_service.start();
    },
};

registry.category("services").add("simple_notification", simpleNotificationService);
