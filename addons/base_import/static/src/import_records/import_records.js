import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { exprToBoolean } from "@web/core/utils/booleans";
import { useService } from "@web/core/utils/hooks";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

/** The page that imports records of the kind that is searched, with the defaults that new ones have there. */
export function importPageOf(searchModel) {
    const params = { active_model: searchModel.resModel, context: searchModel.context };
    return { tag: "import", params, type: "ir.actions.client" };
}

/** Entry of the cog menu of lists and cards: opens the page that imports records of the same kind. */
export class ImportRecords extends Component {
    static template = "base_import.ImportRecords";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.actionService = useService("action");
    }

    onSelected() {
        return this.actionService.doAction(importPageOf(this.env.searchModel));
    }
}

export const importRecordsItem = {
    Component: ImportRecords,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: ({ config }) =>
        config.actionType === "ir.actions.act_window" &&
        ["kanban", "list"].includes(config.viewType) &&
        ["import", "create"].every((right) => exprToBoolean(config.viewArch.getAttribute(right), true)),
};

registry.category("cogMenu").add("import-menu", importRecordsItem, { sequence: 1 });
