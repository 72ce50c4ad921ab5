/** The part of the page that belongs to a test. */

import { App } from "@odoo/owl";
import { after, isInTest } from "./core";
import { setDefaultRoot } from "./dom_query";

let fixture = null;

/** @returns {HTMLElement} element in which the running test shows things; gone after it */
export function getFixture() {
    if (!isInTest()) {
        throw new Error("The place of a test is there while the test runs");
    }
    if (!fixture) {
        fixture = document.createElement("div");
        fixture.className = "o_hoot_fixture";
        document.body.append(fixture);
    }
    return fixture;
}

/** Take the place of the test away. */
export function removeFixture() {
    fixture?.remove();
    fixture = null;
    setDefaultRoot(null);
}

/**
 * Show a component in the place of the test.
 *
 * @param {any} component
 * @param {Object} [config] of the Owl application
 * @param {HTMLElement} [target]
 * @returns {Promise<any>} the component
 */
export async function mountOnFixture(component, config = {}, target = getFixture()) {
    const app = new App(component, { test: true, warnIfNoStaticProps: false, ...config });
    after(() => destroy(app));
    return app.mount(target);
}

/** End a component or application. */
export function destroy(target) {
    const app = target instanceof App ? target : target.__owl__.app;
    if (!app.destroyed) {
        app.destroyed = true;
        app.destroy();
    }
}
