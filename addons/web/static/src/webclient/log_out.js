import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** What is done before a session ends: functions of the environment. */
const tasks = registry.category("before_log_out");
/** Milliseconds that nobody waits longer for it. */
const PATIENCE = 2000;

/**
 * Close the session. What was not saved is nobody else's business then, and modules end what is the user's alone.
 *
 * @param {Object} env
 */
export async function closeSession(env) {
    await env.services.drafts?.clear();
    const done = Promise.allSettled(tasks.getAll().map(async (task) => task(env)));
    await Promise.race([done, new Promise((resolve) => browser.setTimeout(resolve, PATIENCE))]);
    browser.location.assign("/web/session/logout");
}
