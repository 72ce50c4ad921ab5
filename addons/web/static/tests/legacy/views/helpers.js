/** @odoo-module alias=@web/../tests/views/helpers */

/** Views of tests. */

import { registry } from "@web/core/registry";
import { findComponent, mountView, mountViewInDialog } from "../../web_test_helpers";
import { makeTestEnv } from "../helpers/mock_env";

/** Services and registries are those of the client, and put back after each test: nothing is to be set up. */
export function setupViewRegistries() {}

/** @param {any} shown component @param {string} type of view @returns {any} the controller in it */
function controllerOf(shown, type) {
    const { Controller } = registry.category("views").get(type === "tree" ? "list" : type);
    return findComponent(shown, (component) => component instanceof Controller) || shown;
}

async function makeWith(mountIt, { serverData, mockRPC, ...params }) {
    const env = params.env || (await makeTestEnv({ serverData, mockRPC }));
    const shown = await mountIt({ ...params, env });
    return controllerOf(shown, params.type);
}

/**
 * Show a view.
 *
 * @param {{type: string, resModel: string, serverData?: Object, mockRPC?: Function, arch?: string, config?: Object,
 *  env?: Object} & Object} params also props of the view
 * @returns {Promise<any>} its controller
 */
export const makeView = (params) => makeWith(mountView, params);

/** Show a view in a dialog. @returns {Promise<any>} its controller */
export const makeViewInDialog = (params) => makeWith(mountViewInDialog, params);
