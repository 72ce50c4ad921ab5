import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

/**
 * Go to the address of an action, in this window or in another.
 *
 * @returns {boolean} whether this page is left
 */
export function openUrl(env, action) {
    let { url } = action;
    if (url && !/^(\w+:)?\/\//.test(url) && !/^(mailto|tel|sms):/.test(url)) {
        url = url.startsWith("/") ? url : `/${url}`;
    }
    if (action.target === "download" || action.target === "self") {
        browser.location.assign(url);
        return action.target === "self";
    }
    const opened = browser.open(url, "_blank");
    if (!opened || opened.closed) {
        env.services.notification.add(_t("The browser blocked a new window. Allow pop-ups for this site to see it."), {
            sticky: true,
            type: "warning",
        });
    }
    return false;
}
