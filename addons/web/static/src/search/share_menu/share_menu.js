import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";
import { addressOf, sharedLayouts, sharedOf } from "@web/search/shared_search";

/** Entry of the cog menu that copies an address which shows others the same search and columns. */
export class ShareMenu extends Component {
    static template = "web.ShareMenu";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.notification = useService("notification");
    }

    /** The list's key and how it is laid out, where it differs from its view. @returns {[string, Object]|undefined} */
    get layout() {
        const { config, searchModel } = this.env;
        const key = [searchModel.resModel, "list", config.viewId].filter(Boolean).join();
        const layout = sharedLayouts.get(key) || user.settings?.list_layouts?.[key];
        return config.viewType === "list" && layout ? [key, layout] : undefined;
    }

    async onShare() {
        const address = addressOf(sharedOf(this.env.searchModel, this.layout));
        const { clipboard } = browser.navigator;
        if (!address || !clipboard) {
            const problem = address
                ? _t("The browser lets nothing be copied here.")
                : _t("This search is too long for an address: save it as a shared favorite.");
            this.notification.add(problem, { type: "danger" });
            return;
        }
        await clipboard.writeText(address);
        this.notification.add(_t("The link is copied. Who opens it sees what his rights let him see."), {
            type: "success",
        });
    }
}

registry.category("cogMenu").add(
    "share-menu",
    {
        Component: ShareMenu,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: ({ config, searchModel }) => Boolean(searchModel && config.actionId && config.viewType !== "form"),
    },
    { sequence: 20 }
);
