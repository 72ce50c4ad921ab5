import { Component } from "@odoo/owl";
import { AccordionItem } from "@web/core/dropdown/accordion_item";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { isShown, menuItem } from "@web/core/registered_items";
import { registry } from "@web/core/registry";
import { sortBy } from "@web/core/utils/arrays";
import { useBus, useService } from "@web/core/utils/hooks";
import { CustomGroupByItem } from "@web/search/custom_group_by_item/custom_group_by_item";
import { PropertiesGroupByItem } from "@web/search/properties_group_by_item/properties_group_by_item";
import { GROUPABLE_TYPES } from "@web/search/utils/misc";

/** Menu of filters, groups and favorites. */
export class SearchBarMenu extends Component {
    static template = "web.SearchBarMenu";
    static components = { Dropdown, DropdownItem, AccordionItem, CustomGroupByItem, PropertiesGroupByItem };
    static props = { slots: { type: Object, optional: true }, dropdownState: { optional: true } };

    setup() {
        this.dialog = useService("dialog");
        this.actionService = useService("action");
        useBus(this.env.searchModel, "update", () => this.render());
        this.favoriteMenuItems = registry.category("favoriteMenu");
    }

    get menus() {
        return this.env.searchModel.searchMenuTypes;
    }

    /** Items of some types, with a line before each group but the first. */
    itemsOf(...types) {
        const items = this.env.searchModel.getSearchItems(({ type }) => types.includes(type));
        return items.map((item, index) => ({
            ...item,
            separator: index > 0 && items[index - 1].groupNumber !== item.groupNumber,
        }));
    }

    /** Choose or take back an item, or an option of one that has options. */
    toggle({ itemId, optionId }, toggleOption) {
        const { searchModel } = this.env;
        return optionId ? searchModel[toggleOption](itemId, optionId) : searchModel.toggleSearchItem(itemId);
    }

    // ------------------------------------------------------------------ filters

    get filterItems() {
        return this.itemsOf("filter", "dateFilter");
    }

    onFilterSelected(selection) {
        this.toggle(selection, "toggleDateFilter");
    }

    onAddCustomFilterClick() {
        return this.env.searchModel.spawnCustomFilterDialog();
    }

    // ------------------------------------------------------------------ groups

    get groupByItems() {
        return this.itemsOf("groupBy", "dateGroupBy").filter(({ isProperty }) => !isProperty);
    }

    get groupableFields() {
        const fields = Object.entries(this.env.searchModel.searchViewFields)
            .filter(
                ([name, field]) =>
                    name !== "id" &&
                    (field.groupable ?? (field.sortable && field.store !== false)) &&
                    GROUPABLE_TYPES.includes(field.type)
            )
            .map(([name, field]) => ({ name, string: field.string || name }));
        return sortBy(fields, "string");
    }

    get hideCustomGroupBy() {
        return this.env.searchModel.hideCustomGroupBy || false;
    }

    onGroupBySelected(selection) {
        this.toggle(selection, "toggleDateGroupBy");
    }

    onAddCustomGroup(fieldName) {
        this.env.searchModel.createNewGroupBy(fieldName);
    }

    // ------------------------------------------------------------------ comparisons

    get comparisonItems() {
        return this.itemsOf("comparison");
    }

    onComparisonSelected(itemId) {
        this.env.searchModel.toggleSearchItem(itemId);
    }

    // ------------------------------------------------------------------ favorites

    get favorites() {
        return this.itemsOf("favorite");
    }

    get otherItems() {
        return this.favoriteMenuItems
            .getAll()
            .filter((item) => isShown(item, this.env))
            .map(menuItem);
    }

    /** Show the record of a favorite, to give it another name or to share it. */
    editFavorite(itemId) {
        const { searchModel } = this.env;
        const { description, serverSideId } = searchModel.searchItems[itemId];
        const form = { views: [[false, "form"]], res_model: "ir.filters", res_id: serverSideId };
        this.actionService.doAction(
            { type: "ir.actions.act_window", name: description, target: "new", ...form },
            { onClose: () => searchModel.reloadFavorite(itemId) }
        );
    }

    openConfirmationDialog(itemId) {
        const { searchModel } = this.env;
        const isPrivate = Boolean(searchModel.searchItems[itemId].userId);
        const question = {
            title: _t("Warning"),
            body: isPrivate
                ? _t("Do you want to remove this favorite?")
                : _t("This favorite is shared: it will be removed for everybody."),
            confirmLabel: _t("Delete Filter"),
        };
        const confirm = () => searchModel.deleteFavorite(itemId);
        this.dialog.add(ConfirmationDialog, { ...question, confirm, cancel: () => {} });
    }
}
