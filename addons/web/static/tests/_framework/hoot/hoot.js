/** @odoo-module alias=@odoo/hoot */

/** The names that tests of addons import. */

export {
    after,
    afterEach,
    before,
    beforeEach,
    createJobScopedGetter,
    defineTags,
    describe,
    getCurrent,
    onError,
    test,
} from "./core";
export { expect } from "./expect";
export { destroy, getFixture, mountOnFixture } from "./fixture";
export { definePreset, runner, start, stop } from "./runner";
export * from "./hoot_dom";
export * from "./hoot_mock";

/** The browser's own functions, which tests do not replace. */
export const globals = {
    clearTimeout: window.clearTimeout.bind(window),
    Date: window.Date,
    fetch: window.fetch.bind(window),
    requestAnimationFrame: window.requestAnimationFrame.bind(window),
    setTimeout: window.setTimeout.bind(window),
};

/** There when tests can be defined. */
export const isHootReady = Promise.resolve();
