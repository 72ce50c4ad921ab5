/** Environments of tests: services that work with the mock server. */

import { after } from "@odoo/hoot";
import { makeEnv, startServices } from "@web/env";
import { registry } from "@web/core/registry";
import { mockFetch } from "@odoo/hoot-mock";
import { makeMockServer } from "./mock_server/mock_server";
import { patchWithCleanup } from "./patch_test_helpers";

let currentEnv = null;

/** @returns {Object|null} the environment of the running test */
export function getMockEnv() {
    return currentEnv;
}

/** @param {string} name @returns {any} a started service */
export function getService(name) {
    return currentEnv?.services[name];
}

/**
 * Start the mock server and the services.
 *
 * @param {Object} [partialEnv] what the environment has besides
 * @param {{makeNew?: boolean}} [options] whether there may be another environment already
 * @returns {Promise<any>}
 */
export async function makeMockEnv(partialEnv, { makeNew = false } = {}) {
    if (currentEnv && !makeNew) {
        throw new Error("The environment of this test is there already: use getMockEnv(), or `makeNew`");
    }
    const server = await makeMockServer();
    mockFetch((input, init) => server.fetch(input, init));
    const env = makeEnv();
    Object.assign(env, partialEnv);
    const before = currentEnv;
    currentEnv = env;
    after(() => (currentEnv = before));
    await startServices(env);
    return env;
}

/** Environment of what is in a dialog. */
export async function makeDialogMockEnv(partialEnv, options) {
    const dialogData = { close: () => {}, isActive: true, scrollToOrigin: () => {}, dismiss: () => {} };
    return makeMockEnv({ ...partialEnv, dialogData, inDialog: true }, options);
}

/**
 * Put another service in the place of one.
 *
 * @param {string} name
 * @param {((env: Object, dependencies: Object) => any) | Object} factory the function that starts it; or methods that
 *  it has instead of its own, by name
 */
export function mockService(name, factory) {
    const services = registry.category("services");
    const original = services.get(name, null);
    if (typeof factory === "function") {
        services.add(name, { ...original, start: factory }, { force: true });
    } else if (original) {
        services.add(
            name,
            {
                ...original,
                async start(...args) {
                    const service = await original.start.apply(this, args);
                    patchWithCleanup(service, factory);
                    return service;
                },
            },
            { force: true }
        );
    } else {
        services.add(name, { start: () => factory });
    }
    const started = currentEnv?.services[name];
    if (started && typeof factory !== "function") {
        patchWithCleanup(started, factory);
    }
}
