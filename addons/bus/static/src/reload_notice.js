import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

/**
 * Advise the user to load the page again.
 *
 * @param {Object} notification service that shows it
 * @param {string} why
 * @param {() => void} [onClose] called when the user does not want to
 */
export function adviseReload(notification, why, onClose) {
    const reload = { onClick: () => browser.location.reload(), name: _t("Refresh"), primary: true };
    notification.add(why, { buttons: [reload], onClose, sticky: true, type: "warning" });
}
