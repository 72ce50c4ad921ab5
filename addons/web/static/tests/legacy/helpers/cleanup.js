/** @odoo-module alias=@web/../tests/helpers/cleanup */

import { after } from "@odoo/hoot";

/** Do something after the running test, the last one first. @param {() => any} callback */
export function registerCleanup(callback) {
    after(callback);
}
