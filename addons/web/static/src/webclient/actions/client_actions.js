import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { htmlSprintf } from "@web/core/utils/html";
import { escape } from "@web/core/utils/strings";
import { closeSession } from "@web/webclient/log_out";
import { markup } from "@odoo/owl";

const actions = registry.category("actions");

/** Tell the user something, then maybe go on with another action. */
export function displayNotificationAction(env, action) {
    const { params = {} } = action;
    const { className, sticky, title, type } = params;
    const links = (params.links || []).map((link) =>
        markup(`<a href="${escape(link.url)}" target="_blank">${escape(link.label)}</a>`)
    );
    const message = links.length ? htmlSprintf(params.message || "", ...links) : params.message;
    env.services.notification.add(message, { className, sticky: sticky || false, title, type: type || "info" });
    return params.next;
}
actions.add("display_notification", displayNotificationAction);

/** Load the page again, maybe elsewhere. */
export function reload(env, action) {
    const { menu_id: menuId, action_id: actionId } = action.params || {};
    if (menuId || actionId) {
        const target = actionId || env.services.menu?.getMenu(menuId)?.actionID;
        if (target) {
            router.pushState({ actionStack: [{ action: target }] }, { replace: true, sync: true });
        }
    }
    env.bus.trigger("CLEAR-CACHES");
    browser.location.reload();
    return new Promise(() => {});
}
actions.add("reload", reload);

/** Load the page again at its start. */
export function home() {
    browser.location.assign("/odoo");
    return new Promise(() => {});
}

/** Load the context of the user again: language, companies. */
export function reloadContext(env, action) {
    return reload(env, action);
}
actions.add("reload_context", reloadContext);

/** Load what is shown again, without losing the place. */
export async function softReload({ services: { action: actionService } }, _action, { onClose }) {
    const shown = actionService.currentController;
    if (!shown) {
        return;
    }
    onClose?.();
    await actionService.restore(shown.jsId);
}
actions.add("soft_reload", softReload);

/** Close the session. */
export async function logout(env) {
    await closeSession(env);
    return new Promise(() => {});
}
actions.add("logout", logout);

/** Show all applications. */
export function menu() {
    return "home";
}
actions.add("menu", menu);

actions.add("invalid_action", async (env, action) => {
    env.services.notification.add(_t('The client action "%s" is unknown', action.tag), { type: "danger" });
});
