import { Domain } from "@web/core/domain";
import { groupBy } from "@web/core/utils/arrays";

/** Whether the values of a section depend on the chosen categories. */
function isLimited({ domain }) {
    return domain !== "[]";
}

/** Sections of the panel beside a view: their values and which are chosen. */
export class SearchPanelState {
    constructor(model, sections, info) {
        this.model = model;
        this.info = info || { viewTypes: [] };
        this.sections = new Map(sections);
        this.key = null;
    }

    get isActive() {
        const { config } = this.model.env;
        const types = this.info.viewTypes || [];
        return this.sections.size > 0 && this.model.display.searchPanel !== false && types.includes(config?.viewType);
    }

    get list() {
        return [...this.sections.values()];
    }

    async load() {
        this.model._reset();
        if (this.isActive) {
            await this.refresh(true);
        }
    }

    /** Fetch the values again when the search changed. */
    async refresh(force = false) {
        if (!this.isActive) {
            return;
        }
        const domain = this.searchDomain();
        const key = JSON.stringify([
            JSON.stringify(domain),
            this.list.map((section) => [section.activeValueId, this.checked(section)]),
        ]);
        if (!force && key === this.key) {
            return;
        }
        const isOtherSearch = this.key === null || JSON.parse(this.key)[0] !== JSON.stringify(domain);
        this.key = key;
        const isOld = (section) =>
            section.enableCounters ||
            (isOtherSearch && !section.expand) ||
            (section.type === "filter" && isLimited(section));
        await Promise.all(
            this.list.filter((section) => force || isOld(section)).map((section) => this.fetch(section, domain))
        );
    }

    searchDomain() {
        const { model } = this;
        return Domain.and([model.globalDomain, ...model.queryDomains()]).toList(model.domainEvalContext);
    }

    checked(section) {
        return [...section.values.values()].filter((value) => value.checked).map((value) => value.id);
    }

    async fetch(section, searchDomain) {
        const { orm, resModel, context } = this.model;
        const kwargs = {
            category_domain: this.domainOf(this.list.filter((item) => item.type === "category" && item !== section)),
            context,
            enable_counters: this.countsOf(section),
            expand: section.expand,
            filter_domain: this.domainOf(this.list.filter((item) => item.type === "filter" && item !== section)),
            limit: section.limit,
            search_domain: searchDomain,
        };
        if (section.type === "category") {
            kwargs.hierarchize = section.hierarchize;
        } else {
            kwargs.comodel_domain = new Domain(section.domain).toList({
                ...this.categoryValues(),
                ...this.model.domainEvalContext,
            });
            if (section.groupBy) {
                kwargs.group_by = section.groupBy;
            }
        }
        const method = section.type === "category" ? "search_panel_select_range" : "search_panel_select_multi_range";
        const result = await orm.call(resModel, method, [section.fieldName], kwargs);
        section.errorMsg = result.error_msg;
        const checked = new Set(this.checked(section));
        section.parentField = result.parent_field;
        section.values = new Map(
            (result.values || []).map((value) => [value.id, { ...value, checked: checked.has(value.id) }])
        );
        if (section.type === "category" && section.activeValueId && !section.values.has(section.activeValueId)) {
            section.activeValueId = false;
        }
    }

    /** Whether values of a section have a count: not those of categories where filters depend on the category. */
    countsOf({ enableCounters, type }) {
        const hasLimited = this.list.some((section) => section.type === "filter" && isLimited(section));
        return enableCounters && !(type === "category" && hasLimited);
    }

    categoryValues() {
        return Object.fromEntries(
            this.list
                .filter((section) => section.type === "category")
                .map((section) => [section.fieldName, section.activeValueId])
        );
    }

    domainOf(sections) {
        const parts = [];
        for (const section of sections) {
            if (section.type === "category" && section.activeValueId) {
                const field = this.model.searchViewFields[section.fieldName];
                const operator = field.type === "many2one" && section.parentField ? "child_of" : "=";
                parts.push([[section.fieldName, operator, section.activeValueId]]);
            } else if (section.type === "filter") {
                const checked = [...section.values.values()].filter((value) => value.checked);
                // values of a group are alternatives, groups are not
                const groups = Object.values(groupBy(checked, ({ group_id: id }) => String(id ?? "")));
                parts.push(...groups.map((values) => [[section.fieldName, "in", values.map(({ id }) => id)]]));
            }
        }
        return Domain.and(parts).toList({});
    }

    /** Part of the search that the panel adds. */
    domain() {
        return this.isActive ? this.domainOf(this.list) : [];
    }

    toggleCategory(sectionId, valueId) {
        this.sections.get(sectionId).activeValueId = valueId;
        this.model._notify();
    }

    toggleFilter(sectionId, valueId) {
        const value = this.sections.get(sectionId).values.get(valueId);
        value.checked = !value.checked;
        this.model._notify();
    }

    /** @param {number} sectionId @param {any[]} valueIds @param {boolean} [forceTo] what they become; else the opposite */
    toggleFilters(sectionId, valueIds, forceTo) {
        const { values } = this.sections.get(sectionId);
        for (const id of valueIds) {
            const value = values.get(id);
            value.checked = forceTo ?? !value.checked;
        }
        this.model._notify();
    }

    clear(ids) {
        for (const id of ids) {
            const section = this.sections.get(id);
            section.activeValueId = false;
            section.values.forEach((value) => {
                value.checked = false;
            });
        }
    }

    exportSections() {
        return [...this.sections.entries()];
    }
}
