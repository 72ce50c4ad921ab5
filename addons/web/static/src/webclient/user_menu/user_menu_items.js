import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

async function openPreferences({ action, orm }) {
    const preferences = await orm.call("res.users", "action_get");
    await action.doAction({ ...preferences, res_id: user.userId });
}

/** Preferences of the user. */
export function preferencesItem({ services }) {
    const callback = () => openPreferences(services);
    return { type: "item", id: "settings", sequence: 50, description: _t("Preferences"), callback };
}

/** Sentence about the keyboard. */
export function shortCutsItem(env) {
    return {
        type: "item",
        id: "shortcuts",
        hide: env.isSmall,
        show: () => !env.isSmall,
        description: _t("Find menus and commands (Ctrl+K)"),
        callback: () => env.services.command.openMainPalette(),
        sequence: 30,
    };
}

/** Line between entries. */
function separator() {
    return { type: "separator", sequence: 40 };
}

/** Leave. */
export function logOutItem() {
    const route = "/web/session/logout";
    return {
        type: "item",
        id: "logout",
        description: _t("Log out"),
        href: `${browser.location.origin}${route}`,
        callback: () => browser.location.assign(route),
        sequence: 70,
    };
}

registry
    .category("user_menuitems")
    .add("shortcuts", shortCutsItem)
    .add("separator", separator)
    .add("preferences", preferencesItem)
    .add("log_out", logOutItem);
