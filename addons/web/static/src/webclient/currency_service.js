import { currencies } from "@web/core/currency";
import { rpc, rpcBus } from "@web/core/network/rpc";
import { UPDATE_METHODS } from "@web/core/orm_methods";
import { registry } from "@web/core/registry";

/** What the page knows of currencies follows what is changed about them. */
export const currencyService = {
    start() {
        const readAgain = async () => {
            const { currencies: changed } = await rpc("/web/session/get_session_info");
            Object.keys(currencies).forEach((id) => delete currencies[id]);
            Object.assign(currencies, changed);
        };
        rpcBus.addEventListener("RPC:RESPONSE", (/** @type {any} */ { detail }) => {
            const { model, method } = detail.data.params;
            if (model === "res.currency" && UPDATE_METHODS.includes(method) && !detail.error) {
                readAgain();
            }
        });
    },
};

registry.category("services").add("currency", currencyService);
