import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Load the page again in another debug mode. @param {""|"1"|"assets"|"assets,tests"|"0"} mode */
export function goToMode(mode) {
    const url = new URL(browser.location.href);
    url.searchParams.set("debug", mode);
    router.cancelPushes();
    browser.location.assign(url.href);
}

const MODES = [
    ["1", _t("Activate debug mode")],
    ["assets", _t("Activate debug mode (with assets)")],
    ["assets,tests", _t("Activate test mode (with assets and tests)")],
    ["0", _t("Deactivate debug mode")],
];

/** Who types "debug" in the palette changes the debug mode. */
registry.category("command_provider").add("debug", {
    provide(env, { searchValue }) {
        if (searchValue.toLowerCase() !== "debug") {
            return [];
        }
        const present = env.debug || "0";
        const others = MODES.filter(([mode]) => mode !== present);
        return others.map(([mode, name]) => ({ name, category: "debug", action: () => goToMode(mode) }));
    },
});
