import { browser } from "@web/core/browser/browser";
import { colorScheme } from "@web/core/color_scheme";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { PRODUCT_NAME } from "@web/core/title_service";
import { user } from "@web/core/user";
import { session } from "@web/session";
import { closeSession } from "@web/webclient/log_out";

async function openPreferences({ action, orm }) {
    const preferences = await orm.call("res.users", "action_get");
    await action.doAction({ ...preferences, res_id: user.userId });
}

/** Preferences of the user. */
export function preferencesItem({ services }) {
    const callback = () => openPreferences(services);
    return { type: "item", id: "settings", sequence: 50, description: _t("Preferences"), callback };
}

/** Entry that opens an address of the operator in another window, hidden where there is none. */
function linkItem(id, sequence, description, href) {
    return { type: "item", id, sequence, description, href, hide: !href, callback: () => browser.open(href, "_blank") };
}

/** Where whoever runs the server explains how to use it. */
export function documentationItem() {
    return linkItem("documentation", 10, _t("Documentation"), session.documentation_url);
}

/** Where whoever runs the server helps. */
export function supportItem() {
    return linkItem("support", 20, _t("Support"), session.support_url);
}

/** Where users look after their account with the operator. */
export function odooAccountItem() {
    return linkItem("account", 60, _t("My account"), session.account_url);
}

/** What is running here. */
export function aboutItem({ services }) {
    const parts = [
        _t("%(product)s, version %(version)s", { product: PRODUCT_NAME, version: session.server_version || "?" }),
        _t("Database: %s", session.db),
    ];
    const show = () => {
        services.dialog.add(AlertDialog, {
            title: _t("About"),
            body: parts.map(String).join("\n"),
            confirmLabel: _t("Close"),
        });
    };
    return { type: "item", id: "about", sequence: 35, description: _t("About"), callback: show };
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

/** Turn the colours of the page around. */
export function colorSchemeItem() {
    const isDark = colorScheme() === "dark";
    return {
        type: "item",
        id: "color_scheme",
        description: isDark ? _t("Light colors") : _t("Dark colors"),
        callback: async () => {
            await user.setUserSettings("color_scheme", isDark ? "light" : "dark");
            browser.location.reload();
        },
        sequence: 45,
    };
}

/** Have it on the device like other applications, where the browser can. */
export function installPWAItem({ services: { pwa } }) {
    return {
        type: "item",
        id: "install_pwa",
        description: pwa?.isScopedApp ? _t("Install app") : _t("Install on this device"),
        callback: () => pwa.show(),
        show: () => Boolean(pwa?.isAvailable),
        sequence: 65,
    };
}

/** Leave. */
export function logOutItem(env) {
    return {
        type: "item",
        id: "logout",
        description: _t("Log out"),
        href: `${browser.location.origin}/web/session/logout`,
        callback: () => closeSession(env),
        sequence: 70,
    };
}

registry
    .category("user_menuitems")
    .add("documentation", documentationItem)
    .add("support", supportItem)
    .add("about", aboutItem)
    .add("shortcuts", shortCutsItem)
    .add("separator", separator)
    .add("color_scheme", colorSchemeItem)
    .add("profile", preferencesItem)
    .add("odoo_account", odooAccountItem)
    .add("install_pwa", installPWAItem)
    .add("log_out", logOutItem);
