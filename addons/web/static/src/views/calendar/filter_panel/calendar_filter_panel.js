import { Component, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { imageUrl } from "@web/core/utils/urls";
import { getColor } from "@web/views/calendar/colors";

/** Proposals when somebody or something is added. */
const LIMIT = 8;

/** Sections of filters beside a calendar. */
export class CalendarFilterPanel extends Component {
    static template = "web.CalendarFilterPanel";
    static subTemplates = { filter: "web.CalendarFilterPanel.filter" };
    static components = { AutoComplete };
    static props = { model: Object };

    setup() {
        this.orm = useService("orm");
        this.addDialog = useOwnedDialogs();
        /** Whether sections are folded, by field. */
        this.folded = useState({});
    }

    get sections() {
        return this.props.model.filterSections;
    }

    // ------------------------------------------------------------------ looks

    getFilterColor({ colorIndex }) {
        const color = getColor(colorIndex);
        return typeof color === "number" ? `o_cw_filter_color_${color}` : "";
    }

    getFilterStyle({ active, colorIndex }) {
        const color = getColor(colorIndex);
        return typeof color === "string"
            ? `border-color: ${color};${active ? ` background-color: ${color};` : ""}`
            : "";
    }

    getAvatarUrl({ avatar }, { value }) {
        return imageUrl(avatar.model, value, avatar.field);
    }

    removeLabel({ label }) {
        return _t("Remove %s", label).toString();
    }

    /** Filters of a section without the one that shows everything. */
    getSortedFilters({ filters }) {
        return filters.filter(({ type }) => type !== "all");
    }

    isAllActive(section) {
        return this.getSortedFilters(section).every(({ active }) => active);
    }

    isSectionCollapsed({ canCollapse, fieldName }) {
        return Boolean(canCollapse && this.folded[fieldName]);
    }

    // ------------------------------------------------------------------ adding

    getAutoCompleteProps(section) {
        return {
            autoSelect: true,
            resetOnSelect: true,
            placeholder: _t("+ Add %s", section.label).toString(),
            sources: [{ options: (text) => this.loadOptions(section, text), placeholder: _t("Loading...").toString() }],
            onSelect: (option) => this.onOptionSelected(section, option),
            value: "",
        };
    }

    /** Ids that the section has. */
    idsOf({ filters }) {
        return filters.map(({ value }) => value).filter(Number.isInteger);
    }

    /** @returns {Promise<Object[]>} what is proposed for a text */
    async loadOptions(section, text) {
        const { context, fields } = this.props.model.meta;
        const { relation } = fields[section.fieldName];
        const found = await this.orm.call(relation, "name_search", [], {
            name: text,
            operator: "ilike",
            args: [["id", "not in", this.idsOf(section)]],
            limit: LIMIT,
            context,
        });
        /** @type {Object[]} */
        const options = found.map(([value, label]) => ({ value, label }));
        if (found.length >= LIMIT) {
            options.push({
                label: _t("Search More...").toString(),
                classList: "o_calendar_dropdown_option",
                action: () => this.searchMore(section, text),
            });
        } else if (!found.length) {
            options.push({
                label: _t("No records").toString(),
                classList: "o_m2o_no_result",
                unselectable: true,
            });
        }
        return options;
    }

    searchMore(section, text) {
        const { context, fields } = this.props.model.meta;
        const { fieldName, label } = section;
        const { relation } = fields[fieldName];
        const quick = { description: _t("Quick search: %s", text), domain: [["display_name", "ilike", text]] };
        this.addDialog(registry.category("dialogs").get("select_create"), {
            title: _t("Search: %s", label).toString(),
            context,
            domain: [["id", "not in", this.idsOf(section)]],
            dynamicFilters: text ? [quick] : [],
            multiSelect: true,
            noCreate: true,
            onSelected: (resIds) => this.props.model.createFilter(fieldName, resIds),
            resModel: relation,
        });
    }

    onOptionSelected({ fieldName }, option) {
        return option.action ? option.action() : this.props.model.createFilter(fieldName, option.value);
    }

    // ------------------------------------------------------------------ switching

    onFilterInputChange({ fieldName }, filter, ev) {
        return this.props.model.updateFilters(fieldName, [filter], ev.target.checked);
    }

    onAllFilterInputChange(section, ev) {
        return this.props.model.updateFilters(section.fieldName, this.getSortedFilters(section), ev.target.checked);
    }

    onFilterRemoveBtnClick({ fieldName }, filter) {
        return this.props.model.unlinkFilter(fieldName, filter.recordId);
    }

    toggleSection({ canCollapse, fieldName }) {
        if (canCollapse) {
            this.folded[fieldName] = !this.folded[fieldName];
        }
    }
}
