import { EventBus } from "@odoo/owl";
import { DateTime } from "luxon";
import { makeContext } from "@web/core/context";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { LaterDomainSelectorDialog, loadRules, ruleTools } from "@web/core/later/rules";
import { evaluateBooleanExpr, evaluateExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";
import { groupBy as groupItemsBy } from "@web/core/utils/arrays";
import { SearchComparison } from "@web/search/comparison";
import { favoriteItem, irFilterValues, preFavoriteValues } from "@web/search/favorites";
import { facetsOf } from "@web/search/facets";
import { elementsOf, groupsOfQuery } from "@web/search/query_groups";
import { SearchArchParser } from "@web/search/search_arch_parser";
import { SearchPanelState } from "@web/search/search_panel/search_panel_state";
import {
    constructDateDomain,
    DEFAULT_INTERVAL,
    defaultYearOf,
    getIntervalOptions,
    rankInterval,
} from "@web/search/utils/dates";
import { makePropertyFields, makePropertyGroupBys } from "@web/search/property_items";

const GROUP_BYS = ["groupBy", "dateGroupBy"];
/** What follows from the query, kept until that changes. */
const FOLLOWING = ["_context", "_domain", "_groups", "_groupBy", "_comparison"];
/** Items that menus show. */
const MENU_ITEMS = ["filter", "dateFilter", ...GROUP_BYS];

/** State of the search of a view: items, which of them are active, and what follows: domain, context, groups. */
export class SearchModel extends EventBus {
    _context = null;
    _domain = null;
    _groups = null;
    _groupBy = null;
    _comparison = null;

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
        const rules = ruleTools(services);
        this.getDefaultLeafDomain = rules.getDefaultLeafDomain;
        this.getDomainTreeDescription = rules.getTreeDescription;
        this.makeGetFieldDef = rules.makeGetFieldDef;
        this.referenceMoment = DateTime.local();
        this.searchItems = {};
        this.query = [];
        this.nextId = 1;
        this.nextGroupId = 1;
        this.nextGroupNumber = 1;
        this.blockNotification = false;
        /** Groups in the order of how many records they have: "Asc", "Desc", or not. @type {string|false} */
        this.orderByCount = false;
        /** Order that came with an address. @type {{name: string, asc: boolean}[]} */
        this.sharedOrder = [];
        this.compared = new SearchComparison(this);
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
        this.canOrderByCount = config.canOrderByCount;
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
        const dateFilters = Object.values(this.searchItems).filter(({ type }) => type === "dateFilter");
        this.createGroupOfSearchItems(SearchComparison.itemsFor(dateFilters));
        this.addFavorites(irFilters);
        for (const filter of config.dynamicFilters || []) {
            this.createGroupOfSearchItems([{ ...filter, type: "filter", isDefault: true }]);
        }
        this.searchPanelInfo = searchPanelInfo;
        if (config.shared) {
            this.activateShared(config.shared);
        } else {
            this.activateDefaults(config.activateFavorite !== false);
        }
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
        for (const item of preSearchItems) {
            const id = this.nextId++;
            const groupNumber = item.groupNumber ?? this.nextGroupNumber;
            this.searchItems[id] = { ...item, id, groupId, groupNumber };
            this.nextGroupNumber = Math.max(this.nextGroupNumber, groupNumber + 1);
        }
    }

    addFavorites(irFilters) {
        for (const irFilter of irFilters) {
            const id = this.nextId++;
            this.searchItems[id] = favoriteItem(irFilter, id);
        }
    }

    /** Search what came with an address, in place of what is searched by default. */
    activateShared({ filters = [], groupBys = [], orderBy = [] }) {
        this.blockNotification = true;
        filters.forEach(([description, domain]) => this.createNewFilters([{ description, domain, invisible: "True" }]));
        for (const groupBy of groupBys) {
            const [fieldName, interval] = groupBy.split(":");
            if (fieldName in this.searchViewFields) {
                this.createNewGroupBy(fieldName, { interval, invisible: true });
            }
        }
        this.sharedOrder = orderBy.map(([name, asc]) => ({ name, asc }));
        this.blockNotification = false;
    }

    activateDefaults(activateFavorite) {
        const favorite = Object.values(this.searchItems).find((item) => item.type === "favorite" && item.isDefault);
        if (favorite && activateFavorite) {
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
        const byCount = { name: "__count", asc: this.orderByCount === "Asc" };
        return this.orderByCount && this.groupBy.length ? [byCount, ...this.searchedOrder] : this.searchedOrder;
    }

    get searchedOrder() {
        const favorites = this.activeItems.filter((item) => item.type === "favorite" && item.orderBy.length);
        const ordered = this.sharedOrder.length ? this.sharedOrder : this.globalOrderBy;
        return favorites.length ? favorites.at(-1).orderBy : ordered;
    }

    get activeItems() {
        const ids = new Set(this.query.map((element) => element.searchItemId));
        return [...ids].map((id) => this.searchItems[id]);
    }

    get facets() {
        return this.getFacets();
    }

    get isDebugMode() {
        return Boolean(this.env.debug);
    }

    /** Sections of the search panel of which one value is chosen. */
    get categories() {
        return this.getSections(({ type }) => type === "category");
    }

    /** Sections of the search panel of which several values are chosen. */
    get filters() {
        return this.getSections(({ type }) => type === "filter");
    }

    /** The periods that a view compares. @returns {{domains: Object[], fieldName: string}|null} */
    get comparison() {
        this._comparison ??= this.compared.value;
        return this._comparison;
    }

    /** What favorites keep of a comparison. @returns {Object|null} */
    getFullComparison() {
        return this.compared.full;
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
        if (item.type === "field") {
            const self = elements.map(({ autocompleteValue }) => autocompleteValue.value);
            // what is searched by default is what new records get
            const isDefault = item.isDefault && item.fieldType === "many2one";
            return {
                ...(isDefault && { [`default_${item.fieldName}`]: item.defaultAutocompleteValue.value }),
                ...(item.context && evaluateExpr(item.context, { ...user.context, self })),
            };
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
        // which period is compared with which is not up to the domain
        const { dateFilterId } = this.compared;
        return [...this.groups]
            .sort((first, second) => first.id - second.id)
            .map((group) => elementsOf(group).filter(({ searchItemId }) => searchItemId !== dateFilterId))
            .filter((elements) => elements.length)
            .map((elements) => new Domain(this.groupDomain(elements).toList(this.domainEvalContext)));
    }

    /** What is chosen, by groups: what is in one is alternative. @returns {import("@web/search/query_groups").QueryGroup[]} */
    get groups() {
        // the same until something else is chosen: who takes a group back names what a facet showed
        this._groups ??= this._getGroups();
        return this._groups;
    }

    /** See `groups`; addons group by other rules. */
    _getGroups() {
        return groupsOfQuery(this.query, this.searchItems);
    }

    /** What the chosen items of a group restrict to together; its names have no values yet. */
    groupDomain(elements) {
        const byItem = Object.entries(groupItemsBy(elements, "searchItemId"));
        const domains = byItem.map(([id, own]) => this.itemDomain(this.searchItems[id], own));
        return Domain.or(domains.filter(Boolean));
    }

    itemDomain(item, elements) {
        switch (item.type) {
            case "field":
            case "field_property":
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

    fieldDomain(item, { enforceEqual, value, operator, label }) {
        if (item.filterDomain) {
            const names = { ...this.domainEvalContext, self: label, raw_value: value };
            const parts = new Domain(item.filterDomain).toList(names);
            const exact = (part) => (Array.isArray(part) && part[1] === "ilike" ? [part[0], "=", part[2]] : part);
            return new Domain(enforceEqual ? parts.map(exact) : parts);
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
                // all of them where the first one is: coarse ones come before fine ones, whichever was chosen first
                groupBys.push(...this.intervalsOf(item).map((interval) => `${item.fieldName}:${interval}`));
            } else if (item.type === "favorite") {
                groupBys.push(...this.favoriteGroupBys(item));
            }
        }
        if (!groupBys.length) {
            const own = this.globalGroupBy.length ? this.globalGroupBy : [].concat(this.globalContext.group_by || []);
            return own.filter(Boolean);
        }
        return [...new Set(groupBys)];
    }

    /** Intervals by which a date is grouped, coarse ones first. @returns {string[]} */
    intervalsOf({ id }) {
        const own = this.query.filter(({ searchItemId }) => searchItemId === id);
        return own.map(({ intervalId }) => intervalId).sort((a, b) => rankInterval(a) - rankInterval(b));
    }

    /** @returns {string[]} what a favorite groups by */
    favoriteGroupBys(item) {
        return item.groupBys;
    }

    getFacets() {
        return facetsOf(this);
    }

    // ------------------------------------------------------------------ items

    /** Items with what menus need to show them. */
    getSearchItems(predicate) {
        const items = [];
        for (const item of Object.values(this.searchItems)) {
            if (MENU_ITEMS.includes(item.type) && this.isInvisible(item)) {
                continue;
            }
            if (item.type === "comparison" && !this.compared.isAvailable(item)) {
                continue;
            }
            const enriched = this.enrich(item);
            if (!predicate || predicate(enriched)) {
                items.push(enriched);
            }
        }
        return items;
    }

    /** Whether an item is not offered, which may depend on the context. */
    isInvisible({ invisible }) {
        return (
            Boolean(invisible) && evaluateBooleanExpr(invisible, { ...this.domainEvalContext, ...this.globalContext })
        );
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

    /** Make the items for grouping by properties. */
    fillSearchViewItemsProperty() {
        return makePropertyGroupBys(this);
    }

    /** @returns {Promise<Object[]>} items for searching in the properties of a field */
    getSearchItemsProperties(searchItem) {
        return makePropertyFields(this, searchItem);
    }

    toggleSearchItem(searchItemId) {
        const item = this.searchItems[searchItemId];
        const isActive = this.query.some((element) => element.searchItemId === searchItemId);
        if (item.type === "comparison") {
            this.compared.toggle(item);
        } else if (isActive) {
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
        const isCustom = (id) => id.startsWith("custom_");
        if (this.query.some(isThis)) {
            this.query = this.query.filter((element) => !isThis(element));
            const rest = this.query.filter((element) => element.searchItemId === item.id);
            if (!rest.some((element) => isYear(element.generatorId) || isCustom(element.generatorId))) {
                this.query = this.query.filter((element) => element.searchItemId !== item.id);
            }
            return;
        }
        // a period with a domain of its own goes with no other
        const isOther = isCustom(generatorId) ? () => true : (element) => isCustom(element.generatorId);
        this.query = this.query.filter((element) => element.searchItemId !== item.id || !isOther(element));
        this.query.push({ searchItemId: item.id, generatorId });
        if (isCustom(generatorId)) {
            return;
        }
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

    /** @param {string} fieldName @param {{interval?: string, invisible?: boolean}} [options] */
    createNewGroupBy(fieldName, { interval, invisible } = {}) {
        const field = this.searchViewFields[fieldName];
        const isDate = ["date", "datetime"].includes(field.type);
        const existing = Object.values(this.searchItems).find(({ type }) => GROUP_BYS.includes(type));
        const id = this.nextId++;
        /** @type {Object} */
        const item = {
            id,
            groupId: existing ? existing.groupId : this.nextGroupId++,
            groupNumber: this.nextGroupNumber++,
            type: isDate ? "dateGroupBy" : "groupBy",
            fieldName,
            fieldType: field.type,
            description: field.string || fieldName,
            custom: true,
            ...(invisible && { invisible: "True" }),
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
        const vals = this.getIrFilterValues({ description, isDefault, isShared });
        const serverSideId = await this.orm.call("ir.filters", "create_or_replace", [vals]);
        this.env.bus?.trigger("CLEAR-CACHES");
        const id = this.nextId++;
        this.searchItems[id] = { ...favoriteItem({ ...vals, id: serverSideId }, id), isDefault };
        this.query = [{ searchItemId: id }];
        this._notify();
        return serverSideId;
    }

    /** Read a favorite again that was edited elsewhere. */
    async reloadFavorite(favoriteId) {
        const item = this.searchItems[favoriteId];
        const names = ["name", "domain", "context", "sort", "is_default", "user_id"];
        const [record] = await this.orm.read("ir.filters", [item.serverSideId], names);
        this.env.bus?.trigger("CLEAR-CACHES");
        if (record) {
            this.searchItems[favoriteId] = favoriteItem(record, favoriteId);
        }
        this._notify();
    }

    async deleteFavorite(favoriteId) {
        const item = this.searchItems[favoriteId];
        await this.orm.unlink("ir.filters", [item.serverSideId]);
        this.env.bus?.trigger("CLEAR-CACHES");
        delete this.searchItems[favoriteId];
        this.query = this.query.filter((element) => element.searchItemId !== favoriteId);
        this._notify();
    }

    /** What a favorite would keep now. @returns {Object} */
    getPreFavoriteValues() {
        return preFavoriteValues(this);
    }

    /** Values of the record of a favorite. @param {Object} params `description`, `isDefault`, `isShared` */
    getIrFilterValues(params) {
        return irFilterValues(this, params);
    }

    /** Order groups by how many records they have, the fullest first, or the emptiest first. */
    switchGroupBySort() {
        this.orderByCount = this.orderByCount === "Desc" ? "Asc" : "Desc";
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

    // ------------------------------------------------------------------ search panel

    /** @param {(section: Object) => boolean} [predicate] @returns {Object[]} sections, with what menus need */
    getSections(predicate) {
        const sections = this.searchPanel.list.map((section) => ({ ...section, empty: !section.values.size }));
        return predicate ? sections.filter(predicate) : sections;
    }

    toggleCategoryValue(sectionId, valueId) {
        this.searchPanel.toggleCategory(sectionId, valueId);
    }

    /** @param {number} sectionId @param {number[]} valueIds @param {boolean} [forceTo] what they become */
    toggleFilterValues(sectionId, valueIds, forceTo) {
        this.searchPanel.toggleFilters(sectionId, valueIds, forceTo);
    }

    clearSections(ids) {
        this.searchPanel.clear(ids);
        this._notify();
    }

    /** Let the user make a filter from rules. */
    async spawnCustomFilterDialog() {
        this.showDomainDialog({
            title: _t("Add Custom Filter"),
            confirmButtonText: _t("Add"),
            defaultConnector: "|",
            makeDomain: () => this.getDefaultLeafDomain(this.resModel),
            onConfirm: (domain) => this.splitAndAddDomain(domain),
        });
    }

    /** Let the user change what a facet restricts to. @param {{domain: string, groupId: number}} facet */
    editFacet({ domain, groupId }) {
        this.showDomainDialog({
            title: _t("Modify Condition"),
            domain,
            onConfirm: (changed) => this.splitAndAddDomain(changed, groupId),
        });
    }

    showDomainDialog(params) {
        this.dialog.add(LaterDomainSelectorDialog, {
            context: this.domainEvalContext,
            disableConfirmButton: (domain) => domain === "[]",
            isDebugMode: Boolean(this.env.debug),
            resModel: this.resModel,
            ...params,
        });
    }

    /**
     * Add a filter for each part of a domain that has to hold, in place of a group if one is given.
     *
     * @param {string} domain
     * @param {number} [groupId]
     */
    async splitAndAddDomain(domain, groupId) {
        const { domainFromTree, treeFromDomain } = await loadRules();
        const getFieldDef = await this.makeGetFieldDef(this.resModel, treeFromDomain(domain));
        const tree = treeFromDomain(domain, { getFieldDef, distributeNot: !this.env.debug });
        const isSplit = tree.type === "connector" && tree.value === "&" && !tree.negate;
        const filters = await Promise.all(
            (isSplit ? tree.children : [tree]).map(async (part) => ({
                description: await this.getDomainTreeDescription(this.resModel, part),
                domain: domainFromTree(part),
                invisible: "True",
            }))
        );
        this.blockNotification = true;
        if (groupId) {
            this.replaceGroup(groupId);
        }
        filters.forEach((filter) => this.createNewFilters([filter]));
        this.blockNotification = false;
        this._notify();
    }

    /** Take a group back; what a favorite groups by stays. */
    replaceGroup(groupId) {
        const items = this.activeItems.filter((item) => item.groupId === groupId);
        const groupBys = items.flatMap((item) => (item.type === "favorite" ? item.groupBys : []));
        this.deactivateGroup(groupId);
        for (const groupBy of groupBys) {
            const [fieldName, interval] = groupBy.split(":");
            this.createNewGroupBy(fieldName, { interval, invisible: true });
        }
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
            orderByCount: this.orderByCount,
            query: this.query.map((element) => ({ ...element })),
            searchItems: { ...this.searchItems },
            searchPanelInfo: this.searchPanelInfo,
            sections: this.searchPanel.exportSections(),
        };
    }

    importState(state) {
        const {
            nextId,
            nextGroupId,
            nextGroupNumber,
            orderByCount = false,
            query,
            searchItems,
            searchPanelInfo,
        } = state;
        const counters = { nextId, nextGroupId, nextGroupNumber };
        Object.assign(this, counters, { orderByCount, query, searchItems, searchPanelInfo });
    }

    /** Have everything that follows from the query worked out anew when it is asked for. */
    _reset() {
        FOLLOWING.forEach((name) => {
            this[name] = null;
        });
    }

    /** Take a comparison back whose filter is no longer active. */
    _checkComparisonStatus() {
        this.compared.tidy();
    }

    _notify() {
        if (this.blockNotification) {
            return;
        }
        this._checkComparisonStatus();
        this._reset();
        this.orderByCount &&= this.groupBy.length > 0 && this.orderByCount;
        this.searchPanel?.refresh().then(() => {
            this._reset();
            this.trigger("update");
        });
    }
}
