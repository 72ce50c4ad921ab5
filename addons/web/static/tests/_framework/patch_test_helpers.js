/** Changes of the client that are undone after a test. */

import { after } from "@odoo/hoot";
import { patch } from "@web/core/utils/patch";

/** Patch an object until the test is over. @returns {() => void} undoes it before */
export function patchWithCleanup(target, extension) {
    const unpatch = patch(target, extension);
    after(unpatch);
    return unpatch;
}
