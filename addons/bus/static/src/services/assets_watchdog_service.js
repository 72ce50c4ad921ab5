import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { adviseReload } from "@bus/reload_notice";

/** Not all pages are loaded again at once: seconds, at least and at most. */
const PAUSE = [10, 60];

/** Tells when the server has another version than the page. */
export const assetsWatchdogService = {
    dependencies: ["bus_service", "notification"],
    start(env, { bus_service: bus, notification }) {
        let timer = null;
        let isShown = false;

        function show() {
            timer = null;
            isShown = true;
            adviseReload(notification, _t("There is a newer version of this page."), () => {
                isShown = false;
            });
        }

        bus.subscribe("bundle_changed", ({ server_version: version }) => {
            if (version === session.server_version || isShown) {
                return;
            }
            browser.clearTimeout(timer);
            const [least, most] = PAUSE;
            timer = browser.setTimeout(show, Math.floor(least + Math.random() * (most - least)) * 1000);
        });
        bus.start();
    },
};

registry.category("services").add("assetsWatchdog", assetsWatchdogService);
