import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** Asks once who uses the database and who was invited. */
export const userInviteService = {
    dependencies: [],
    async: ["fetchData"],
    start() {
        let data;
        return {
            fetchData(reload = false) {
                data = reload || !data ? rpc("/base_setup/data") : data;
                return data;
            },
        };
    },
};

registry.category("services").add("user_invite", userInviteService);
