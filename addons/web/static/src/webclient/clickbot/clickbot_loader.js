/** Starts the run through all menus; what does it is loaded for that. */
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/**
 * Click through the applications; see `clickEverywhere`.
 *
 * @param {string} [xmlId] external id of the menu of an application: that one alone
 * @param {boolean} [appsMenusOnly] leave the menus below out
 * @returns {Promise<boolean>} whether nothing broke
 */
export async function startClickEverywhere(xmlId, appsMenusOnly) {
    await loadBundle("web.assets_clickbot");
    return /** @type {any} */ (globalThis).clickEverywhere(xmlId, appsMenusOnly);
}

/** Entry of the debug menu. */
export function runClickTestItem() {
    return {
        type: "item",
        section: "testing",
        sequence: 470,
        description: _t("Run Click Everywhere"),
        callback: () => startClickEverywhere(),
    };
}

registry.category("debug").category("default").add("runClickTestItem", runClickTestItem);
