import { _t } from "@web/core/l10n/translation";
import { evaluateExpr } from "@web/core/py_js/py";
import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";
import { DEFAULT_INTERVAL, DEFAULT_PERIOD, getPeriodOptions } from "@web/search/utils/dates";
import { DateTime } from "luxon";
import { clamp } from "@web/core/utils/numbers";

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
        this.groupNumber = 0;
    }

    /** @returns {{labels, preSearchItems, searchPanelInfo, sections}} */
    parse() {
        visitXML(this.arch, (node, visitChildren) => {
            switch (node.tagName) {
                case "search":
                    visitChildren();
                    this.pushGroup();
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
        if (this.currentGroup.length) {
            this.preSearchItems.push(this.currentGroup);
        }
        this.currentGroup = [];
        this.currentTag = tag;
        this.groupNumber++;
    }

    push(item) {
        this.currentGroup.push(item);
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
        const isGroupBy = /['"]group_by['"]\s*:/.test(context);
        const tag = isGroupBy ? "groupBy" : "filter";
        if (this.currentTag !== tag) {
            this.pushGroup(tag);
        }
        const item = {
            type: tag,
            name,
            description: node.getAttribute("string") || node.getAttribute("help") || name || "Ω",
            invisible: node.getAttribute("invisible"),
        };
        if (isGroupBy) {
            this.groupByItem(item, context);
        } else {
            this.filterItem(item, node, context);
        }
        if (name && name in this.searchDefaults) {
            item.isDefault = true;
            const value = this.searchDefaults[name];
            if (isGroupBy) {
                item.defaultRank = typeof value === "number" ? value : 100;
            } else if (item.type === "dateFilter" && typeof value === "string") {
                item.defaultGeneratorIds = value.split(",");
            }
        }
        this.push(item);
    }

    groupByItem(item, context) {
        const value = evaluateExpr(context, { uid: 0, context: {}, active_id: false }).group_by;
        const [fieldName, interval] = (Array.isArray(value) ? value[0] : value).split(":");
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
            item.defaultGeneratorIds = (node.getAttribute("default_period") || DEFAULT_PERIOD)
                .split(",")
                .map((id) => id.replace("this_", "").replace(/^last_(month|year)$/, "$1-1"));
            item.periodOptions = getPeriodOptions(DateTime.local(), {
                startMonth: clamp(Number(node.getAttribute("start_month") ?? -2), -11, 11),
                endMonth: clamp(Number(node.getAttribute("end_month") ?? 0), -11, 11),
                startYear: Number(node.getAttribute("start_year") ?? -2),
                endYear: Number(node.getAttribute("end_year") ?? 0),
            });
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
