import { EventBus } from "@odoo/owl";
import { DateTime } from "luxon";
import { makeContext } from "@web/core/context";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { evaluateExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";
import { groupBy as groupItemsBy } from "@web/core/utils/arrays";
import { SearchArchParser } from "@web/search/search_arch_parser";
import { SearchPanelState } from "@web/search/search_panel/search_panel_state";
import {
    constructDateDomain,
    DEFAULT_INTERVAL,
    defaultYearOf,
    getIntervalOptions,
    INTERVAL_OPTIONS,
} from "@web/search/utils/dates";
import { FACET_ICONS, FACET_TITLES } from "@web/search/utils/misc";
import { stringToOrderBy } from "@web/search/utils/order_by";

const FAVORITE_PRIVATE_GROUP = 1;
const FAVORITE_SHARED_GROUP = 2;

/** State of the search of a view: items, which of them are active, and what follows: domain, context, groups. */
export class SearchModel extends EventBus {
    constructor(env, services, args) {
        super();
        this.env = env;
        this.setup(services, args);
    }

    /** @type {(services: Object, args?: Object) => void} args: of whoever makes the model, for subclasses */
    setup(services) {
        this.orm = services.orm;
        this.fieldService = services.field;
        this.nameService = services.name;
        this.viewService = services.view;
        this.dialog = services.dialog;
        this.referenceMoment = DateTime.local();
        this.searchItems = {};
        this.query = [];
        this.nextId = 1;
        this.nextGroupId = 1;
        this.nextGroupNumber = 1;
        this.blockNotification = false;
    }

    // ------------------------------------------------------------------ loading

    /** Prepare from the description of a search view and the context's defaults, or from an exported state. */
    async load(config) {
        if (!config.resModel) {
            throw new Error('The search model needs a "resModel" key');
        }
        this.resModel = config.resModel;
        this.display = config.display || {};
        this.hideCustomGroupBy = config.hideCustomGroupBy;
        this.searchMenuTypes = new Set(config.searchMenuTypes || ["filter", "groupBy", "favorite"]);
        this.setGlobals(config);
        const irFilters = await this.loadView(config);
        const defaults = this.extractDefaults();
        let { sections = [] } = config.state || {};
        if (config.state) {
            this.importState(config.state);
        } else {
            sections = await this.createSearchItems(config, defaults, irFilters);
        }
        this.searchPanel = new SearchPanelState(this, sections, this.searchPanelInfo);
        await this.searchPanel.load();
    }

    /** @param {{context?: Object, domain?: any[], groupBy?: string[], orderBy?: Object[]}} [config] */
    async reload(config = {}) {
        this.setGlobals(config);
        this.extractDefaults();
        await this.searchPanel.load();
    }

    /**
     * What limits, groups and orders records whatever the user searches.
     *
     * @param {{context?: Object, domain?: any[], groupBy?: string[], orderBy?: Object[]}} config
     */
    setGlobals({ context, domain, groupBy, orderBy }) {
        this.globalContext = { ...context };
        this.globalDomain = domain || [];
        this.globalGroupBy = groupBy || [];
        this.globalOrderBy = orderBy || [];
    }

    /** Take the search view that is given, or ask for it. @returns {Promise<Object[]>} its favorites */
    async loadView({ irFilters, loadIrFilters, searchViewArch, searchViewFields, searchViewId }) {
        let loaded = { arch: searchViewArch, fields: searchViewFields, irFilters };
        if (!searchViewArch && searchViewId !== undefined) {
            const { fields, views } = await this.viewService.loadViews(
                { resModel: this.resModel, views: [[searchViewId, "search"]], context: this.globalContext },
                { loadIrFilters, actionId: this.env.config?.actionId }
            );
            loaded = { fields, arch: views.search.arch, irFilters: irFilters || views.search.irFilters };
        }
        this.searchViewArch = loaded.arch || "<search/>";
        this.searchViewFields = loaded.fields || {};
        return loaded.irFilters || [];
    }

    /** Make the items that the view, favorites and callers describe. @returns {Promise<Array>} sections of the panel */
    async createSearchItems(config, { searchDefaults, searchPanelDefaults }, irFilters) {
        const view = { arch: this.searchViewArch, irFilters };
        const parser = new SearchArchParser(view, this.searchViewFields, searchDefaults, searchPanelDefaults);
        const { labels, preSearchItems, searchPanelInfo, sections } = parser.parse();
        await Promise.all(labels.map((label) => label(this.orm)));
        preSearchItems.forEach((group) => this.createGroupOfSearchItems(group));
        this.addFavorites(irFilters);
        for (const filter of config.dynamicFilters || []) {
            this.createGroupOfSearchItems([{ ...filter, type: "filter", isDefault: true }]);
        }
        this.searchPanelInfo = searchPanelInfo;
        this.activateDefaults(config.activateFavorite !== false);
        return sections;
    }

    extractDefaults() {
        const searchDefaults = {};
        const searchPanelDefaults = {};
        for (const key of Object.keys(this.globalContext)) {
            const value = this.globalContext[key];
            const simple = /^search_default_(.*)$/.exec(key);
            const panel = /^searchpanel_default_(.*)$/.exec(key);
            if (simple || panel) {
                delete this.globalContext[key];
                if (panel) {
                    searchPanelDefaults[panel[1]] = value;
                } else if (value) {
                    searchDefaults[simple[1]] = value;
                }
            }
        }
        return { searchDefaults, searchPanelDefaults };
    }

    createGroupOfSearchItems(preSearchItems) {
        const groupId = this.nextGroupId++;
        const groupNumber = this.nextGroupNumber++;
        for (const item of preSearchItems) {
            const id = this.nextId++;
            this.searchItems[id] = { ...item, id, groupId, groupNumber };
        }
    }

    addFavorites(irFilters) {
        for (const irFilter of irFilters) {
            const id = this.nextId++;
            this.searchItems[id] = this.favoriteItem(irFilter, id);
        }
    }

    favoriteItem(irFilter, id) {
        const isShared = !irFilter.user_id;
        const context = evaluateExpr(irFilter.context || "{}", user.context);
        const groupBys = context.group_by ? [].concat(context.group_by) : [];
        delete context.group_by;
        let sort;
        try {
            sort = JSON.parse(irFilter.sort || "[]");
        } catch (error) {
            throw new Error(`The sort of the favorite "${irFilter.name}" is not valid JSON`, { cause: error });
        }
        return {
            id,
            type: "favorite",
            groupId: -1,
            groupNumber: isShared ? FAVORITE_SHARED_GROUP : FAVORITE_PRIVATE_GROUP,
            description: irFilter.name,
            domain: irFilter.domain,
            context,
            groupBys,
            orderBy: sort.flatMap((item) => stringToOrderBy(item)),
            userId: irFilter.user_id ? [].concat(irFilter.user_id)[0] : false,
            isDefault: irFilter.is_default,
            removable: true,
            editable: true,
            serverSideId: irFilter.id,
        };
    }

    activateDefaults(activateFavorite) {
        const favorite = Object.values(this.searchItems).find((item) => item.type === "favorite" && item.isDefault);
        const hasDefaults = Object.values(this.searchItems).some((item) => item.type !== "favorite" && item.isDefault);
        if (favorite && activateFavorite && !hasDefaults) {
            this.query.push({ searchItemId: favorite.id });
            return;
        }
        const defaults = Object.values(this.searchItems).filter((item) => item.isDefault && item.type !== "favorite");
        defaults.sort((a, b) => (a.defaultRank || 0) - (b.defaultRank || 0));
        for (const item of defaults) {
            this.activate(item);
        }
    }

    activate(item) {
        if (item.type === "dateFilter") {
            for (const generatorId of item.defaultGeneratorIds) {
                this.switchPeriod(item, generatorId);
            }
        } else if (item.type === "dateGroupBy") {
            this.query.push({ searchItemId: item.id, intervalId: item.defaultIntervalId });
        } else if (item.type === "field") {
            this.query.push({ searchItemId: item.id, autocompleteValue: item.defaultAutocompleteValue });
        } else {
            this.query.push({ searchItemId: item.id });
        }
    }

    // ------------------------------------------------------------------ what follows from the query

    get context() {
        this._context ??= this.computeContext();
        return { ...this._context };
    }

    get domain() {
        this._domain ??= this.computeDomain();
        return this._domain;
    }

    get domainString() {
        return new Domain(this.domain).toString();
    }

    get groupBy() {
        this._groupBy ??= this.computeGroupBy();
        return [...this._groupBy];
    }

    get orderBy() {
        const favorites = this.activeItems.filter((item) => item.type === "favorite" && item.orderBy.length);
        return favorites.length ? favorites.at(-1).orderBy : this.globalOrderBy;
    }

    get activeItems() {
        const ids = new Set(this.query.map((element) => element.searchItemId));
        return [...ids].map((id) => this.searchItems[id]);
    }

    get facets() {
        return this.getFacets();
    }

    get comparison() {
        return null;
    }

    get fullComparison() {
        return null;
    }

    get domainEvalContext() {
        return { ...user.context, ...this.globalContext, context: this.globalContext, uid: user.userId };
    }

    computeContext() {
        const contexts = [user.context, this.globalContext];
        for (const item of this.activeItems) {
            const values = this.query.filter((element) => element.searchItemId === item.id);
            contexts.push(this.itemContext(item, values));
        }
        return makeContext(contexts);
    }

    itemContext(item, elements) {
        if (item.type === "favorite") {
            return item.context;
        }
        if (item.type === "field" && item.context) {
            return evaluateExpr(item.context, {
                ...user.context,
                self: elements.map((element) => element.autocompleteValue.value),
            });
        }
        if (item.type === "filter" && item.context) {
            return makeContext([item.context], this.domainEvalContext);
        }
        return null;
    }

    computeDomain() {
        const domains = [this.globalDomain, ...this.queryDomains(), this.searchPanel ? this.searchPanel.domain() : []];
        return Domain.and(domains).toList(this.domainEvalContext);
    }

    queryDomains() {
        const groups = groupItemsBy(this.query, (element) => this.searchItems[element.searchItemId].groupId);
        return Object.values(groups).map((elements) => {
            const byItem = groupItemsBy(elements, "searchItemId");
            const parts = Object.entries(byItem)
                .map(([id, own]) => this.itemDomain(this.searchItems[id], own))
                .filter(Boolean);
            return Domain.or(parts.map((domain) => new Domain(new Domain(domain).toList(this.domainEvalContext))));
        });
    }

    itemDomain(item, elements) {
        switch (item.type) {
            case "field":
                return Domain.or(elements.map((element) => this.fieldDomain(item, element.autocompleteValue)));
            case "filter":
                return item.domain || [];
            case "dateFilter":
                return constructDateDomain(
                    this.referenceMoment,
                    item,
                    elements.map((element) => element.generatorId)
                ).domain;
            case "favorite":
                return item.domain;
        }
        return null;
    }

    fieldDomain(item, { value, operator, label }) {
        if (item.filterDomain) {
            return new Domain(
                new Domain(item.filterDomain).toList({ ...this.domainEvalContext, self: label, raw_value: value })
            );
        }
        return new Domain([[item.fieldName, operator || item.operator || "ilike", value]]);
    }

    computeGroupBy() {
        const groupBys = [];
        for (const element of this.query) {
            const item = this.searchItems[element.searchItemId];
            if (item.type === "groupBy") {
                groupBys.push(item.fieldName);
            } else if (item.type === "dateGroupBy") {
                groupBys.push(`${item.fieldName}:${element.intervalId}`);
            } else if (item.type === "favorite") {
                groupBys.push(...item.groupBys);
            }
        }
        if (!groupBys.length) {
            const own = this.globalGroupBy.length ? this.globalGroupBy : [].concat(this.globalContext.group_by || []);
            return own.filter(Boolean);
        }
        return [...new Set(groupBys)];
    }

    getFacets() {
        const facets = [];
        const groups = new Map();
        for (const element of this.query) {
            const { groupId } = this.searchItems[element.searchItemId];
            groups.set(groupId, [...(groups.get(groupId) || []), element]);
        }
        for (const [groupId, elements] of groups) {
            facets.push(this.facetOf(groupId, elements));
        }
        return facets;
    }

    facetOf(groupId, elements) {
        const first = this.searchItems[elements[0].searchItemId];
        const kind = first.type.toLowerCase().includes("groupby")
            ? "groupBy"
            : first.type === "dateFilter"
              ? "filter"
              : first.type;
        const facet = { groupId, type: kind, values: [], separator: kind === "groupBy" ? ">" : _t("or").toString() };
        const ids = [...new Set(elements.map((element) => element.searchItemId))];
        for (const id of ids) {
            const item = this.searchItems[id];
            const own = elements.filter((element) => element.searchItemId === id);
            if (item.type === "field") {
                facet.title = item.description;
                facet.values.push(...own.map((element) => element.autocompleteValue.label));
            } else if (item.type === "dateGroupBy") {
                facet.values.push(
                    ...own.map((element) => `${item.description}: ${INTERVAL_OPTIONS[element.intervalId].description}`)
                );
            } else if (item.type === "dateFilter") {
                const { description } = constructDateDomain(
                    this.referenceMoment,
                    item,
                    own.map((element) => element.generatorId)
                );
                facet.values.push(`${item.description}: ${description}`);
            } else {
                facet.values.push(item.description);
            }
        }
        if (kind !== "field") {
            facet.icon = FACET_ICONS[kind];
            facet.title = FACET_TITLES[kind]?.toString();
        }
        return facet;
    }

    // ------------------------------------------------------------------ items

    /** Items with what menus need to show them. */
    getSearchItems(predicate) {
        const items = [];
        for (const item of Object.values(this.searchItems)) {
            if (
                ["filter", "dateFilter", "groupBy", "dateGroupBy"].includes(item.type) &&
                (item.invisible === "True" || item.invisible === "1")
            ) {
                continue;
            }
            const enriched = this.enrich(item);
            if (!predicate || predicate(enriched)) {
                items.push(enriched);
            }
        }
        return items;
    }

    enrich(item) {
        const elements = this.query.filter((element) => element.searchItemId === item.id);
        const result = { ...item, isActive: elements.length > 0 };
        if (item.type === "dateFilter") {
            const active = elements.map((element) => element.generatorId);
            result.options = item.periodOptions.map((option) => ({ ...option, isActive: active.includes(option.id) }));
        } else if (item.type === "dateGroupBy") {
            const active = elements.map((element) => element.intervalId);
            result.options = getIntervalOptions().map((option) => ({
                ...option,
                isActive: active.includes(option.id),
            }));
        } else if (item.type === "field") {
            result.autocompleteValues = elements.map((element) => element.autocompleteValue);
        }
        return result;
    }

    toggleSearchItem(searchItemId) {
        const item = this.searchItems[searchItemId];
        const isActive = this.query.some((element) => element.searchItemId === searchItemId);
        if (isActive) {
            this.query = this.query.filter((element) => element.searchItemId !== searchItemId);
        } else {
            if (item.type === "favorite") {
                this.query = [];
            }
            this.activate(item);
        }
        this._notify();
    }

    toggleDateFilter(searchItemId, generatorId) {
        const item = this.searchItems[searchItemId];
        this.switchPeriod(item, generatorId || item.defaultGeneratorIds[0]);
        this._notify();
    }

    switchPeriod(item, generatorId) {
        const isThis = (element) => element.searchItemId === item.id && element.generatorId === generatorId;
        const isYear = (id) => id.startsWith("year");
        if (this.query.some(isThis)) {
            this.query = this.query.filter((element) => !isThis(element));
            const rest = this.query.filter((element) => element.searchItemId === item.id);
            if (!rest.some((element) => isYear(element.generatorId))) {
                this.query = this.query.filter((element) => element.searchItemId !== item.id);
            }
            return;
        }
        this.query.push({ searchItemId: item.id, generatorId });
        const hasYear = this.query.some((element) => element.searchItemId === item.id && isYear(element.generatorId));
        if (!hasYear) {
            this.query.push({ searchItemId: item.id, generatorId: defaultYearOf(item.periodOptions, generatorId) });
        }
    }

    toggleDateGroupBy(searchItemId, intervalId) {
        const item = this.searchItems[searchItemId];
        const wanted = intervalId || item.defaultIntervalId || DEFAULT_INTERVAL;
        const isThis = (element) => element.searchItemId === searchItemId && element.intervalId === wanted;
        if (this.query.some(isThis)) {
            this.query = this.query.filter((element) => !isThis(element));
        } else {
            this.query.push({ searchItemId, intervalId: wanted });
        }
        this._notify();
    }

    addAutoCompletionValues(searchItemId, autocompleteValue) {
        const known = this.query.some(
            (element) =>
                element.searchItemId === searchItemId &&
                element.autocompleteValue?.value === autocompleteValue.value &&
                element.autocompleteValue.operator === autocompleteValue.operator
        );
        if (!known) {
            this.query.push({ searchItemId, autocompleteValue });
        }
        this._notify();
    }

    createNewFilters(prefilters) {
        const ids = [];
        const groupId = this.nextGroupId++;
        const groupNumber = this.nextGroupNumber++;
        for (const prefilter of prefilters) {
            const id = this.nextId++;
            this.searchItems[id] = { ...prefilter, id, groupId, groupNumber, type: "filter" };
            this.query.push({ searchItemId: id });
            ids.push(id);
        }
        this._notify();
        return ids;
    }

    /** @param {string} fieldName @param {{interval?: string}} [options] */
    createNewGroupBy(fieldName, { interval } = {}) {
        const field = this.searchViewFields[fieldName];
        const isDate = ["date", "datetime"].includes(field.type);
        const existing = Object.values(this.searchItems).find((item) => ["groupBy", "dateGroupBy"].includes(item.type));
        const id = this.nextId++;
        const item = {
            id,
            groupId: existing ? existing.groupId : this.nextGroupId++,
            groupNumber: this.nextGroupNumber++,
            type: isDate ? "dateGroupBy" : "groupBy",
            fieldName,
            fieldType: field.type,
            description: field.string || fieldName,
            custom: true,
        };
        if (isDate) {
            item.defaultIntervalId = interval || DEFAULT_INTERVAL;
        }
        this.searchItems[id] = item;
        this.activate(item);
        this._notify();
    }

    /** Keep the search as a favorite. @returns {Promise<number>} id of the filter on the server */
    async createNewFavorite({ description, isDefault, isShared }) {
        const userId = isShared ? false : user.userId;
        const context = { ...this.context };
        for (const key of Object.keys(user.context)) {
            delete context[key];
        }
        const { groupBy, orderBy } = this;
        const sort = (this.env.__getOrderBy__?.callbacks || []).flatMap((callback) => callback() || []);
        const vals = {
            name: description,
            action_id: this.env.config?.actionId || false,
            model_id: this.resModel,
            domain: new Domain(
                Domain.and([...this.queryDomains(), this.searchPanel.domain()]).toList(this.domainEvalContext)
            ).toString(),
            is_default: isDefault,
            sort: JSON.stringify(
                (sort.length ? sort : orderBy).map(({ name, asc }) => `${name}${asc === false ? " desc" : ""}`)
            ),
            user_id: userId,
            context: JSON.stringify({ ...context, group_by: groupBy })
                .replaceAll("true", "True")
                .replaceAll("false", "False")
                .replaceAll("null", "None"),
        };
        const serverSideId = await this.orm.call("ir.filters", "create_or_replace", [vals]);
        this.env.bus?.trigger("CLEAR-CACHES");
        const id = this.nextId++;
        this.searchItems[id] = { ...this.favoriteItem({ ...vals, id: serverSideId }, id), isDefault };
        this.query = [{ searchItemId: id }];
        this._notify();
        return serverSideId;
    }

    async deleteFavorite(favoriteId) {
        const item = this.searchItems[favoriteId];
        await this.orm.unlink("ir.filters", [item.serverSideId]);
        this.env.bus?.trigger("CLEAR-CACHES");
        delete this.searchItems[favoriteId];
        this.query = this.query.filter((element) => element.searchItemId !== favoriteId);
        this._notify();
    }

    deactivateGroup(groupId) {
        this.query = this.query.filter((element) => this.searchItems[element.searchItemId].groupId !== groupId);
        this._notify();
    }

    clearQuery() {
        this.query = [];
        this._notify();
    }

    clearSections(ids) {
        this.searchPanel.clear(ids);
        this._notify();
    }

    /** Replace the domain of the search by one that was typed. */
    splitAndAddDomain(domain, groupId) {
        if (groupId) {
            this.query = this.query.filter((element) => this.searchItems[element.searchItemId].groupId !== groupId);
        }
        this.createNewFilters([{ description: new Domain(domain).toString(), domain }]);
    }

    async search() {
        this._notify();
    }

    // ------------------------------------------------------------------ state

    exportState() {
        return {
            nextId: this.nextId,
            nextGroupId: this.nextGroupId,
            nextGroupNumber: this.nextGroupNumber,
            query: this.query.map((element) => ({ ...element })),
            searchItems: { ...this.searchItems },
            searchPanelInfo: this.searchPanelInfo,
            sections: this.searchPanel.exportSections(),
        };
    }

    importState(state) {
        for (const key of ["nextId", "nextGroupId", "nextGroupNumber", "query", "searchItems", "searchPanelInfo"]) {
            this[key] = state[key];
        }
    }

    _reset() {
        this._context = null;
        this._domain = null;
        this._groupBy = null;
    }

    _notify() {
        if (this.blockNotification) {
            return;
        }
        this._reset();
        this.searchPanel?.refresh().then(() => {
            this._reset();
            this.trigger("update");
        });
    }
}
