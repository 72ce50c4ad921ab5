import { _t } from "@web/core/l10n/translation";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** Shows what paid services tell; without credits there is a way to some. */
export const iapNotificationService = {
    dependencies: ["bus_service", "notification"],
    start(_env, { bus_service: bus, notification }) {
        const showStatus = ({ message, title, type }) => notification.add(message, { title, type });
        const showNoCredit = ({ title, get_credits_url: url }) =>
            notification.add(url ? _t("There are no credits left.") : _t("No server of this service is set."), {
                title,
                type: "danger",
                sticky: true,
                buttons: url
                    ? [{ name: _t("Buy credits"), primary: true, onClick: () => browser.open(url, "_blank") }]
                    : [],
            });
        bus.subscribe("iap_notification", (told) => (told.type === "no_credit" ? showNoCredit : showStatus)(told));
        bus.start();
    },
};

registry.category("services").add("iap_notification", iapNotificationService);
