import { Component, useState } from "@odoo/owl";
import { AccordionItem } from "@web/core/dropdown/accordion_item";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { sortBy } from "@web/core/utils/arrays";
import { useBus, useService } from "@web/core/utils/hooks";
import { CustomFilterDialog } from "@web/search/search_bar_menu/custom_filter_dialog";
import { GROUPABLE_TYPES } from "@web/search/utils/misc";

/** Menu of filters, groups and favorites. */
export class SearchBarMenu extends Component {
    static template = "web.SearchBarMenu";
    static components = { Dropdown, DropdownItem, AccordionItem, CheckBox };
    static props = { slots: { type: Object, optional: true }, dropdownState: { optional: true } };

    setup() {
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({
            description: this.env.config?.getDisplayName?.() || "",
            isDefault: false,
            isShared: false,
        });
        useBus(this.env.searchModel, "update", () => this.render());
        this.favoriteMenuItems = registry.category("favoriteMenu");
    }

    get menus() {
        return this.env.searchModel.searchMenuTypes;
    }

    // ------------------------------------------------------------------ filters

    get filterItems() {
        return this.withSeparators(
            this.env.searchModel.getSearchItems((item) => ["filter", "dateFilter"].includes(item.type))
        );
    }

    withSeparators(items) {
        let last = null;
        return items.map((item) => {
            const separator = last !== null && last !== item.groupNumber;
            last = item.groupNumber;
            return { ...item, separator };
        });
    }

    onFilterSelected({ itemId, optionId }) {
        if (optionId) {
            this.env.searchModel.toggleDateFilter(itemId, optionId);
        } else {
            this.env.searchModel.toggleSearchItem(itemId);
        }
    }

    onAddCustomFilterClick() {
        this.dialog.add(CustomFilterDialog, {
            fields: this.env.searchModel.searchViewFields,
            onConfirm: (filters) => this.env.searchModel.createNewFilters(filters),
        });
    }

    // ------------------------------------------------------------------ groups

    get groupByItems() {
        return this.withSeparators(
            this.env.searchModel.getSearchItems((item) => ["groupBy", "dateGroupBy"].includes(item.type))
        );
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

    onGroupBySelected({ itemId, optionId }) {
        if (optionId) {
            this.env.searchModel.toggleDateGroupBy(itemId, optionId);
        } else {
            this.env.searchModel.toggleSearchItem(itemId);
        }
    }

    onAddCustomGroup(ev) {
        if (ev.target.value) {
            this.env.searchModel.createNewGroupBy(ev.target.value);
        }
    }

    // ------------------------------------------------------------------ favorites

    get favorites() {
        return this.withSeparators(this.env.searchModel.getSearchItems((item) => item.type === "favorite"));
    }

    get otherItems() {
        return this.favoriteMenuItems
            .getAll()
            .filter((item) => !item.isDisplayed || item.isDisplayed(this.env))
            .map((item) => ({ Component: item.Component, groupNumber: item.groupNumber, key: item.Component.name }));
    }

    async saveFavorite() {
        const description = this.state.description.trim();
        if (!description) {
            this.notification.add(_t("Give the favorite a name."), { type: "danger" });
            return;
        }
        if (this.favorites.some((favorite) => favorite.description === description)) {
            this.notification.add(_t("Another filter has this name: choose a different one."), { type: "danger" });
            return;
        }
        const { isDefault, isShared } = this.state;
        await this.env.searchModel.createNewFavorite({ description, isDefault, isShared });
        Object.assign(this.state, { isDefault: false, isShared: false });
    }

    openConfirmationDialog(itemId) {
        const { userId } = this.favorites.find((favorite) => favorite.id === itemId);
        this.dialog.add(ConfirmationDialog, {
            title: _t("Warning"),
            body: userId
                ? _t("Do you want to remove this favorite?")
                : _t("This favorite is shared: it will be removed for everybody."),
            confirmLabel: _t("Delete Filter"),
            confirm: () => this.env.searchModel.deleteFavorite(itemId),
            cancel: () => {},
        });
    }

    get canShare() {
        return user.isInternalUser !== false;
    }
}
