/** @odoo-module alias=@web/../tests/webclient/helpers */

/** The whole client in tests. */

import { animationFrame } from "@odoo/hoot-mock";
import { router, routerBus } from "@web/core/browser/router";
import { mountWebClient } from "../../web_test_helpers";
import { makeTestEnv } from "../helpers/mock_env";

/** The client's own services and registries are there. */
export function setupWebClientRegistries() {}

/**
 * Show the client.
 *
 * @param {{serverData?: Object, mockRPC?: Function, WebClientClass?: any, env?: Object}} [params]
 * @returns {Promise<any>} its component
 */
export async function createWebClient({ serverData, mockRPC, WebClientClass, env } = {}) {
    const own = env || (await makeTestEnv({ serverData, mockRPC }));
    return mountWebClient({ env: own, ...(WebClientClass && { WebClient: WebClientClass }) });
}

const envOf = (shown) => ("services" in shown ? shown : shown.env);

/** @param {any} shown the client or its environment @param {any} action @param {Object} [options] of `doAction` */
export async function doAction(shown, action, options) {
    await envOf(shown).services.action.doAction(action, options);
    await animationFrame();
}

/** Go to a place. @param {any} _shown the client or its environment @param {Object} state of the address */
export async function loadState(_shown, state) {
    router.pushState(state, { replace: true, sync: true });
    routerBus.trigger("ROUTE_CHANGE");
    await animationFrame();
    await animationFrame();
}
