import { _t } from "@web/core/l10n/translation";
import { evaluateExpr } from "@web/core/py_js/py";
import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";
import { DEFAULT_INTERVAL, getPeriodOptions, toGeneratorId } from "@web/search/utils/dates";
import { DateTime } from "luxon";
import { clamp } from "@web/core/utils/numbers";

/** Order in which what is active by default is activated; groups say theirs. */
const RANKS = { field: -10, filter: -5, groupBy: 100 };
const GROUP_BYS = ["groupBy", "dateGroupBy"];
/** Texts of defaults that activate a filter without naming its periods. */
const JUST_ACTIVE = /^(true|1)$/i;

/** What a filter groups by; undefined for filters that do not. */
function groupByOf(node) {
    const context = node.getAttribute("context") || "{}";
    if (!/['"]group_by['"]\s*:/.test(context)) {
        return undefined;
    }
    return [].concat(evaluateExpr(context, { uid: 0, context: {}, active_id: false }).group_by)[0];
}

/** Periods of a date filter that have a domain of their own. @throws {Error} one of them says too little */
function customPeriods(node) {
    return [...node.children].map((child) => {
        const [name, description, domain] = ["name", "string", "domain"].map((attr) => child.getAttribute(attr));
        if (!name || !description || !domain) {
            throw new Error(
                `A filter within the date filter "${node.getAttribute("name")}" has no name, string or domain.`
            );
        }
        return { id: `custom_${name}`, description, domain, groupNumber: 3 };
    });
}

/** Reads the arch of a search view into groups of search items. */
export class SearchArchParser {
    constructor(searchViewDescription, fields, searchDefaults = {}, searchPanelDefaults = {}) {
        this.fields = fields;
        this.arch = searchViewDescription.arch || "<search/>";
        this.irFilters = searchViewDescription.irFilters || [];
        this.searchDefaults = searchDefaults;
        this.searchPanelDefaults = searchPanelDefaults;
        this.labels = [];
        this.preSearchItems = [];
        this.searchPanelInfo = { className: "", viewTypes: ["kanban", "list"], fold: false };
        this.sections = [];
        this.currentGroup = [];
        this.currentTag = null;
        this.groupNumber = 1;
        /** Everything that groups, which is one group wherever it stands in the arch. */
        this.groupBys = [];
    }

    /** @returns {{labels, preSearchItems, searchPanelInfo, sections}} */
    parse() {
        visitXML(this.arch, (node, visitChildren) => {
            switch (node.tagName) {
                case "search":
                    visitChildren();
                    this.pushGroup();
                    this.preSearchItems.push(this.groupBys);
                    return false;
                case "field":
                    this.pushGroup("field");
                    this.visitField(node);
                    return false;
                case "filter":
                    this.visitFilter(node);
                    return false;
                case "group":
                    this.pushGroup();
                    visitChildren();
                    this.pushGroup();
                    return false;
                case "separator":
                    this.pushGroup();
                    return false;
                case "searchpanel":
                    this.visitSearchPanel(node);
                    return false;
            }
            return undefined;
        });
        return {
            labels: this.labels,
            preSearchItems: this.preSearchItems,
            searchPanelInfo: this.searchPanelInfo,
            sections: this.sections,
        };
    }

    pushGroup(tag = null) {
        const finished = this.currentGroup;
        Object.assign(this, { currentGroup: [], currentTag: tag, groupNumber: this.groupNumber + 1 });
        if (finished.some(({ type }) => GROUP_BYS.includes(type))) {
            this.groupBys = [...this.groupBys, ...finished];
        } else if (finished.length) {
            this.preSearchItems.push(finished);
        }
    }

    push(item) {
        this.currentGroup.push({ ...item, groupNumber: this.groupNumber });
    }

    visitField(node) {
        const name = node.getAttribute("name");
        const field = this.fields[name];
        if (!field) {
            throw new Error(`The search view uses the field "${name}", which is unknown.`);
        }
        const item = {
            type: "field",
            fieldName: name,
            fieldType: field.type,
            description: node.getAttribute("string") || field.string,
            invisible: node.getAttribute("invisible"),
        };
        for (const attribute of ["domain", "operator", "context"]) {
            if (node.hasAttribute(attribute)) {
                item[attribute] = node.getAttribute(attribute);
            }
        }
        const filterDomain = node.getAttribute("filter_domain");
        if (filterDomain) {
            item.filterDomain = filterDomain;
        }
        if (field.type === "selection") {
            item.selection = field.selection;
        }
        if (name in this.searchDefaults) {
            item.isDefault = true;
            item.defaultRank = RANKS.field;
            const value = this.searchDefaults[name];
            item.defaultAutocompleteValue = {
                value: Array.isArray(value) ? value[0] : value,
                operator: item.operator || (["many2one", "many2many", "one2many"].includes(field.type) ? "=" : "ilike"),
                label: String(value),
            };
            if (field.type === "selection") {
                const option = field.selection.find(([key]) => key === value);
                item.defaultAutocompleteValue.label = option ? option[1] : String(value);
                item.defaultAutocompleteValue.operator = "=";
            } else if (field.type === "many2one") {
                this.labels.push((orm) =>
                    orm.call(field.relation, "read", [[].concat(value), ["display_name"]]).then((rows) => {
                        item.defaultAutocompleteValue.label = rows.map((row) => row.display_name).join(" or ");
                    })
                );
            }
        }
        this.push(item);
    }

    visitFilter(node) {
        const context = node.getAttribute("context") || "{}";
        const name = node.getAttribute("name");
        const isGroupBy = groupByOf(node)?.split(/[.:]/)[0] in this.fields;
        const tag = isGroupBy ? "groupBy" : "filter";
        if (this.currentTag !== tag) {
            this.pushGroup(tag);
        }
        const item = {
            type: tag,
            name,
            description: this.labelOf(node),
            invisible: node.getAttribute("invisible"),
        };
        if (isGroupBy) {
            this.groupByItem(item, node);
        } else {
            this.filterItem(item, node, context);
        }
        if (name && name in this.searchDefaults) {
            item.isDefault = true;
            const value = this.searchDefaults[name];
            item.defaultRank = RANKS[tag];
            if (isGroupBy && typeof value === "number") {
                item.defaultRank = value;
            } else if (item.type === "dateFilter" && typeof value === "string" && !JUST_ACTIVE.test(value)) {
                item.defaultGeneratorIds = value.split(",");
            }
        }
        this.push(item);
    }

    /** What a filter is called: as the view says, else as the field that it is about, else by its own name. */
    labelOf(node) {
        const string = node.getAttribute("string") || node.getAttribute("help");
        const field = this.fields[node.getAttribute("date") || groupByOf(node)?.split(":")[0]];
        return string || field?.string || node.getAttribute("name") || "Ω";
    }

    groupByItem(item, node) {
        const [fieldName, interval] = groupByOf(node).split(":");
        const field = this.fields[fieldName];
        item.fieldName = fieldName;
        item.fieldType = field?.type;
        if (["date", "datetime"].includes(field?.type)) {
            item.type = "dateGroupBy";
            item.defaultIntervalId = interval || DEFAULT_INTERVAL;
        }
    }

    filterItem(item, node, context) {
        if (node.hasAttribute("date")) {
            const fieldName = node.getAttribute("date");
            item.type = "dateFilter";
            item.fieldName = fieldName;
            item.fieldType = this.fields[fieldName].type;
            item.domain = node.getAttribute("domain") || "[]";
            const bound = (name, usual) => Number(node.getAttribute(name) ?? usual);
            const months = {
                startMonth: clamp(bound("start_month", -2), -11, 11),
                endMonth: clamp(bound("end_month", 0), -11, 11),
            };
            item.periodOptions = [
                ...getPeriodOptions(DateTime.local(), {
                    ...months,
                    startYear: bound("start_year", -2),
                    endYear: bound("end_year", 0),
                }),
                ...customPeriods(node),
            ];
            const nearest = clamp(0, months.startMonth, months.endMonth);
            item.defaultGeneratorIds = (node.getAttribute("default_period") || toGeneratorId("month", nearest))
                .split(",")
                .map((id) => id.replace("this_", "").replace(/^last_(month|year)$/, "$1-1"));
        } else {
            item.domain = node.getAttribute("domain") || "[]";
        }
        if (context !== "{}") {
            item.context = context;
        }
    }

    visitSearchPanel(node) {
        const { searchPanelInfo } = this;
        searchPanelInfo.className = node.getAttribute("class") || "";
        searchPanelInfo.fold = exprToBoolean(node.getAttribute("fold") || "");
        if (node.hasAttribute("view_types")) {
            searchPanelInfo.viewTypes = node.getAttribute("view_types").split(",");
        }
        let nextId = 1;
        for (const child of node.children) {
            const fieldName = child.getAttribute("name");
            const isMulti = child.getAttribute("select") === "multi";
            const field = this.fields[fieldName];
            if (child.tagName !== "field" || child.getAttribute("invisible") === "True") {
                continue;
            }
            const section = {
                id: nextId++,
                type: isMulti ? "filter" : "category",
                fieldName,
                description: child.getAttribute("string") || field.string,
                icon: child.getAttribute("icon") || (isMulti ? "fa-filter" : "fa-folder"),
                color: child.getAttribute("color"),
                enableCounters: exprToBoolean(child.getAttribute("enable_counters") || ""),
                expand: exprToBoolean(child.getAttribute("expand") || ""),
                hierarchize: exprToBoolean(child.getAttribute("hierarchize") || "", true),
                limit: Number(child.getAttribute("limit")) || 200,
                domain: child.getAttribute("domain") || "[]",
                groupBy: child.getAttribute("groupby"),
                values: new Map(),
                allLabel: _t("All").toString(),
                activeValueId: this.searchPanelDefaults[fieldName] || false,
            };
            this.sections.push([section.id, section]);
        }
    }
}
