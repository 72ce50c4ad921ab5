/** Entry of the user's menu that has tours begin by themselves. */

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

/** @returns {Object} entry of the menu */
export function tourSwitchItem({ services }) {
    return {
        type: "switch",
        id: "web_tour.tour_enabled",
        description: _t("Show me around"),
        isChecked: Boolean(session.tour_enabled),
        callback: () => services["tour_service"].switchOnboarding(),
        sequence: 32,
    };
}

registry.category("user_menuitems").add("web_tour.tour_enabled", tourSwitchItem);
