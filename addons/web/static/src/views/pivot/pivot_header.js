import { Component } from "@odoo/owl";
import { AccordionItem } from "@web/core/dropdown/accordion_item";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { sortBy } from "@web/core/utils/arrays";
import { getIntervalOptions } from "@web/search/utils/dates";
import { GROUPABLE_TYPES } from "@web/search/utils/misc";

const DATES = ["date", "datetime"];

/** Header of a group: it opens and closes the group, or asks what is to be grouped by. */
export class PivotHeader extends Component {
    static template = "web.PivotHeader";
    static components = { AccordionItem, Dropdown, DropdownItem };
    /** @type {Object} */
    static props = {
        cell: Object,
        isInHead: { type: Boolean, optional: true },
        isXAxis: { type: Boolean, optional: true },
        customGroupBys: Object,
        model: Object,
        onItemSelected: Function,
        onAddCustomGroupBy: Function,
        onClick: Function,
    };

    /** Whether there is nothing below the group unless the user says what. */
    get hasMenu() {
        const { isFolded, isLeaf } = this.props.cell;
        return isLeaf && !isFolded;
    }

    get icon() {
        const { isLeaf } = this.props.cell;
        return isLeaf ? "fa-plus-square-o" : "fa-minus-square-o";
    }

    get isExpanded() {
        return this.props.cell.isLeaf ? "false" : "true";
    }

    /** What may be grouped by: as the search has it, else all fields that can be. */
    get items() {
        const { searchModel } = this.env;
        const known = searchModel?.getSearchItems(({ type }) => ["groupBy", "dateGroupBy"].includes(type)) || [];
        const items = known.filter(({ custom }) => !custom);
        const own = items.length ? items : this.fieldItems;
        return [...own, ...this.props.customGroupBys.values()].map((item) => ({
            ...item,
            options: DATES.includes(item.fieldType) ? getIntervalOptions() : null,
        }));
    }

    get groupableFields() {
        const { fields } = this.props.model.metaData;
        const isGroupable = ([name, { groupable, sortable, store, type }]) =>
            name !== "id" && (groupable ?? (sortable && store !== false)) && GROUPABLE_TYPES.includes(type);
        const found = Object.entries(fields).filter(isGroupable);
        return sortBy(
            found.map(([name, { string, type }]) => ({ name, string: string || name, type })),
            "string"
        );
    }

    get fieldItems() {
        return this.groupableFields.map(({ name, string, type }) => ({
            id: name,
            description: string,
            fieldName: name,
            fieldType: type,
        }));
    }

    get hideCustomGroupBy() {
        return this.env.searchModel?.hideCustomGroupBy || false;
    }

    onItemSelected({ fieldName }, interval) {
        this.props.onItemSelected({ fieldName, interval });
    }

    onAddCustomGroup(ev) {
        if (ev.target.value) {
            this.props.onAddCustomGroupBy(ev.target.value);
        }
    }
}
