import { registry } from "@web/core/registry";

/** Where the server of the bus is; pages of other sites replace it. */
export const busParametersService = {
    start() {
        return { serverURL: window.origin };
    },
};

registry.category("services").add("bus.parameters", busParametersService);
