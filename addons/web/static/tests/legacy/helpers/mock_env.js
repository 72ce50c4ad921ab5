/** @odoo-module alias=@web/../tests/helpers/mock_env */

/** Environments of tests. */

import { after } from "@odoo/hoot";
import { SERVICES_METADATA } from "@web/core/utils/hooks";
import { clearRegistry, makeMockEnv } from "../../web_test_helpers";
import { makeMockServer } from "./mock_server";

/** Empty a registry until the test is over. */
export function clearRegistryWithCleanup(own) {
    clearRegistry(own);
}

/** Registries are put back after each test by themselves, so nothing is to be prepared. */
export function prepareRegistriesWithCleanup() {}

/** Forget what is known of the methods of services, until the test is over. */
export function clearServicesMetadataWithCleanup() {
    const known = { ...SERVICES_METADATA };
    Object.keys(SERVICES_METADATA).forEach((name) => delete SERVICES_METADATA[name]);
    after(() => Object.assign(SERVICES_METADATA, known));
}

/**
 * Start a mock server and the services.
 *
 * @param {{serverData?: Object, mockRPC?: Function, config?: Object, debug?: string}} [config] of `makeMockServer`, and
 *  what the environment has besides
 * @returns {Promise<any>} environment
 */
export async function makeTestEnv({ serverData, mockRPC, ...partialEnv } = {}) {
    await makeMockServer(serverData, mockRPC);
    return makeMockEnv(partialEnv, { makeNew: true });
}

export const utils = { prepareRegistriesWithCleanup };
