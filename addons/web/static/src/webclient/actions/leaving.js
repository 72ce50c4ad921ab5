import { onMounted, onWillUnmount } from "@odoo/owl";

const EVENT = "CLEAR-UNCOMMITTED-CHANGES";

/**
 * Ask everything of the page that may hold changes whether it can be left.
 *
 * @param {Object} env
 * @param {Object} [options] given to those who are asked
 * @returns {Promise<boolean>} false when one of them refuses
 */
export async function clearUncommittedChanges(env, options) {
    /** @type {Function[]} */
    const asked = [];
    env.bus.trigger(EVENT, asked);
    for (const mayLeave of asked) {
        // one refusal is enough: the others are not bothered
        if ((await mayLeave(options)) === false) {
            return false;
        }
    }
    return true;
}

/** Component hook: be asked before the page is left. @param {Object} env @param {Function} callback false: stay */
export function useLeaveCallback(env, callback) {
    const onAsked = ({ detail }) => detail.push(callback);
    onMounted(() => env.bus.addEventListener(EVENT, onAsked));
    onWillUnmount(() => env.bus.removeEventListener(EVENT, onAsked));
}
