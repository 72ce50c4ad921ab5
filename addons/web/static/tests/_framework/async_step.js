/** Steps that come by and by. */

import { expect } from "@odoo/hoot";

/** Note a step that is waited for. @param {any} step */
export function asyncStep(step) {
    expect.step(step);
}

/** Wait until the steps were noted. @param {any[]} steps @param {{timeout?: number}} [options] milliseconds */
export async function waitForSteps(steps, options) {
    await expect.waitForSteps(steps, options);
}
