import { router, routerBus, startRouter } from "@web/core/browser/router";
import { registry } from "@web/core/registry";

export const routerService = {
    start(env) {
        startRouter();
        routerBus.addEventListener("ROUTE_CHANGE", () => env.bus.trigger("ROUTE_CHANGE"));
        return router;
    },
};

registry.category("services").add("router", routerService);
