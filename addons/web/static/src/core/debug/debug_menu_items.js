import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";

function tool(sequence, description, callback) {
    return { type: "item", section: "tools", sequence, description, callback };
}

/** The files of pages are made anew. */
export function regenerateAssets({ env: { services } }) {
    return tool(550, _t("Regenerate Assets"), async () => {
        await services.orm.call("ir.attachment", "regenerate_assets_bundles", []);
        browser.location.reload();
    });
}

/** Go on as the superuser, whom nothing is forbidden; for administrators. */
export function becomeSuperuser() {
    const become = () => browser.location.assign("/web/become");
    return user.isAdmin ? tool(560, _t("Become Superuser"), become) : null;
}
