import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { exprToBoolean } from "@web/core/utils/booleans";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

/** Entry of the cog menu of lists: the columns that are shown of all records that the search finds, as a spreadsheet. */
export class ExportAll extends Component {
    static template = "web.ExportAll";
    static components = { DropdownItem };
    static props = {};

    onDirectExportData() {
        this.env.searchModel.trigger("direct-export-data");
    }
}

export const exportAllItem = {
    Component: ExportAll,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: async ({ config, model }) =>
        config.viewType === "list" &&
        !model.root.selection.length &&
        exprToBoolean(config.viewArch.getAttribute("export_xlsx"), true) &&
        user.hasGroup("base.group_allow_export"),
};

registry.category("cogMenu").add("export-all-menu", exportAllItem, { sequence: 10 });
