import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** Asks once whether the database has demonstration data. */
export const demoDataService = {
    dependencies: [],
    async: ["isDemoDataActive"],
    start() {
        let isActive;
        return {
            isDemoDataActive() {
                isActive = isActive || rpc("/base_setup/demo_active");
                return isActive;
            },
        };
    },
};

registry.category("services").add("demo_data", demoDataService);
