import { Component, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Domain } from "@web/core/domain";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    parseDate,
    parseDateTime,
    serializeDate,
    serializeDateTime,
} from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { useBus, useService } from "@web/core/utils/hooks";
import { hasTouch } from "@web/core/browser/feature_detection";
import { fuzzyTest } from "@web/core/utils/search";
import { parseFloat, parseInteger } from "@web/views/fields/parsers";
import { SearchBarMenu } from "@web/search/search_bar_menu/search_bar_menu";

const CHAR_TYPES = [
    "char",
    "html",
    "many2many",
    "many2one",
    "one2many",
    "text",
    "properties",
    "many2one_reference",
    "reference",
];
const FOLDABLE_TYPES = ["many2many", "many2one", "one2many", "properties"];
/** How properties are searched, where it is not by their type; names of records are compared as text. */
const PROPERTY_TYPES = { tags: "selection", many2one: "char", many2many: "char" };
/** How many records of a field are proposed at first, and how many more each time. */
const RECORDS_PROPOSED = 8;
const MOMENTS = ["date", "datetime"];
/** What is between double quotes is to be found as it is. */
const QUOTED = /^"(.+)"$/;
let nextItemId = 1;

/** How a day or moment that was typed is understood. */
function shownMoment(type, value) {
    return type === "date" ? formatDate(deserializeDate(value)) : formatDateTime(deserializeDateTime(value));
}

/** Facets of the active search, and an input that proposes more. */
export class SearchBar extends Component {
    static template = "web.SearchBar";
    static components = { SearchBarMenu };
    static props = {
        autofocus: { type: Boolean, optional: true },
        slots: { type: Object, optional: true },
        toggler: { type: Object, optional: true },
    };
    static defaultProps = { autofocus: true };

    setup() {
        this.orm = useService("orm");
        this.inputRef = useRef("input");
        if (this.props.autofocus && !hasTouch() && !this.env.config?.disableSearchBarAutofocus) {
            useEffect(
                (input) => {
                    // what else is on the page is laid out first, once
                    Promise.resolve().then(() => input?.isConnected && input.focus());
                },
                () => [this.inputRef.el]
            );
        }
        this.root = useRef("root");
        this.menuState = useDropdownState();
        this.toggler = useState(this.props.toggler?.state || { isSmall: false });
        this.keepLast = new KeepLast();
        this.state = useState({ query: "", focusedIndex: 0, expanded: [], subItems: {}, items: [] });
        useBus(this.env.searchModel, "update", () => this.render());
        useBus(this.env.searchModel, "focus-search", () => this.inputRef.el?.focus());
        // before anything that is clicked keeps the event to itself
        useExternalListener(window, "click", this.onGlobalClick.bind(this), { capture: true });
    }

    get isVisible() {
        return !this.toggler.isSmall || this.toggler.showSearchBar;
    }

    get searchItemsFields() {
        const { searchModel } = this.env;
        return searchModel.getSearchItems((item) => item.type === "field" && !searchModel.isInvisible(item));
    }

    get facets() {
        return this.env.searchModel.facets;
    }

    // ------------------------------------------------------------------ suggestions

    async computeItems(query) {
        this.state.query = query;
        const text = query.trim();
        if (!text) {
            this.state.items = [];
            return;
        }
        const items = [];
        for (const field of this.searchItemsFields) {
            items.push(...this.itemsOf(field, text));
        }
        for (const filter of this.env.searchModel.getSearchItems(
            (item) => ["filter", "favorite"].includes(item.type) && fuzzyTest(text, item.description)
        )) {
            items.push({ id: nextItemId++, searchItemId: filter.id, title: filter.description, isFilter: true });
        }
        if (this.env.searchModel.searchMenuTypes.has("filter")) {
            const title = _t("Add a custom filter").toString();
            items.push({ id: nextItemId++, title, isAddCustomFilterButton: true });
        }
        this.state.items = items;
        this.state.focusedIndex = 0;
    }

    itemsOf(field, text) {
        const base = { searchItemId: field.id, description: field.description, fieldType: field.fieldType };
        const preposition = (MOMENTS.includes(field.fieldType) ? _t("at") : _t("for")).toString();
        const make = (extra) => ({ id: nextItemId++, ...base, preposition, ...extra });
        switch (field.fieldType) {
            case "selection":
                return (field.selection || [])
                    .filter(([, label]) => fuzzyTest(text, label))
                    .map(([value, label]) => make({ label, value, operator: field.operator || "=" }));
            case "boolean":
                return [
                    [true, _t("Yes").toString()],
                    [false, _t("No").toString()],
                ]
                    .filter(([, label]) => fuzzyTest(text, label))
                    .map(([value, label]) => make({ label, value, operator: "=" }));
        }
        if (CHAR_TYPES.includes(field.fieldType)) {
            const isParent = FOLDABLE_TYPES.includes(field.fieldType);
            const exact = QUOTED.exec(text)?.[1];
            const searched = exact ?? text;
            const operator = exact ? "=" : field.operator || "ilike";
            const parent = make({ label: searched, value: searched, operator, enforceEqual: Boolean(exact), isParent });
            const isExpanded = this.state.expanded.includes(field.id);
            parent.isExpanded = isExpanded;
            const children = isExpanded ? this.state.subItems[field.id] || [] : [];
            return [parent, ...children];
        }
        const parsed = this.parse(field, text);
        return parsed === undefined
            ? []
            : [
                  make({
                      label: MOMENTS.includes(field.fieldType) ? shownMoment(field.fieldType, parsed) : text,
                      value: parsed,
                      operator: field.operator || "=",
                  }),
              ];
    }

    parse(field, text) {
        const parsers = {
            integer: parseInteger,
            float: parseFloat,
            monetary: parseFloat,
            date: (value) => serializeDate(parseDate(value)),
            datetime: (value) => serializeDateTime(parseDateTime(value)),
        };
        try {
            return parsers[field.fieldType]?.(text);
        } catch {
            return undefined;
        }
    }

    async toggleItem(item) {
        const { expanded } = this.state;
        if (expanded.includes(item.searchItemId)) {
            this.state.expanded = expanded.filter((id) => id !== item.searchItemId);
        } else {
            await this.loadSubItems(item, RECORDS_PROPOSED);
            this.state.expanded = [...expanded, item.searchItemId];
        }
        await this.computeItems(this.state.query);
        const place = this.state.items.findIndex(
            ({ isParent, searchItemId }) => isParent && searchItemId === item.searchItemId
        );
        this.state.focusedIndex = Math.max(0, place);
    }

    /** Fold the field that a suggestion is, or is below. */
    async foldAround(item) {
        const around = this.state.items.find(
            (one) => one.isParent && one.isExpanded && one.searchItemId === item?.searchItemId
        );
        if (around) {
            await this.toggleItem(around);
        }
    }

    /** Fetch the records that are proposed below a field; the last entry fetches more, where there are. */
    async loadSubItems(item, limit) {
        const field = this.searchItemsFields.find((searchItem) => searchItem.id === item.searchItemId);
        if (field.fieldType === "properties") {
            this.state.subItems[field.id] = await this.loadPropertyItems(field);
            return;
        }
        const { relation, context } = this.env.searchModel.searchViewFields[field.fieldName];
        const domain = field.domain ? new Domain(field.domain).toList(this.env.searchModel.domainEvalContext) : [];
        const found = await this.keepLast.add(
            this.orm.call(relation, "name_search", [], {
                args: domain,
                context: { ...this.env.searchModel.context, ...context },
                limit: limit + 1,
                name: this.state.query.trim(),
            })
        );
        const rows = found.slice(0, limit).map(([value, label]) => ({
            id: nextItemId++,
            searchItemId: field.id,
            fieldType: field.fieldType,
            label,
            value,
            operator: "=",
            isChild: true,
        }));
        if (found.length > limit) {
            const more = {
                label: _t("Load more").toString(),
                loadMore: () => this.loadSubItems(item, limit + RECORDS_PROPOSED),
            };
            rows.push({ id: nextItemId++, searchItemId: field.id, isChild: true, ...more });
        }
        this.state.subItems[field.id] = rows.length
            ? rows
            : [
                  {
                      id: nextItemId++,
                      searchItemId: field.id,
                      label: _t("(no result)").toString(),
                      isChild: true,
                      unselectable: true,
                  },
              ];
    }

    /** What can be searched in each property of a field. */
    async loadPropertyItems(field) {
        const text = this.state.query.trim();
        const items = await this.env.searchModel.getSearchItemsProperties(field);
        return items
            .flatMap(({ propertyFieldDefinition: { selection, tags }, ...item }) =>
                this.itemsOf(
                    {
                        ...item,
                        fieldType: PROPERTY_TYPES[item.fieldType] ?? item.fieldType,
                        selection: selection || tags,
                    },
                    text
                )
            )
            .map((item) => ({
                ...item,
                label: `${item.description}: ${item.label}`,
                text: item.label,
                isChild: true,
                isParent: false,
            }));
    }

    async selectItem(item) {
        if (item.fieldType === "properties") {
            return this.toggleItem(item);
        }
        if (item.unselectable) {
            return;
        }
        if (item.loadMore) {
            const { focusedIndex } = this.state;
            await item.loadMore();
            await this.computeItems(this.state.query);
            this.state.focusedIndex = focusedIndex;
            return;
        }
        if (item.isAddCustomFilterButton) {
            this.resetState({ focus: false });
            return this.env.searchModel.spawnCustomFilterDialog();
        }
        if (item.isFilter) {
            this.env.searchModel.toggleSearchItem(item.searchItemId);
        } else {
            this.env.searchModel.addAutoCompletionValues(item.searchItemId, {
                label: item.text ?? item.label,
                ...(item.enforceEqual && { enforceEqual: true }),
                operator: item.operator,
                value: item.value,
            });
        }
        this.resetState();
    }

    /** @param {number} searchItemId @returns {Object} the item of the search that a suggestion is of */
    getSearchItem(searchItemId) {
        return this.env.searchModel.searchItems[searchItemId];
    }

    /** Forget what was typed. @param {{focus?: boolean}} [options] */
    resetState({ focus = true } = {}) {
        Object.assign(this.state, { query: "", items: [], expanded: [], subItems: {}, focusedIndex: 0 });
        if (this.inputRef.el) {
            /** @type {HTMLInputElement} */ (this.inputRef.el).value = "";
            if (focus) {
                this.inputRef.el.focus();
            }
        }
    }

    // ------------------------------------------------------------------ events

    /** What is proposed goes when the user turns to something else; the menu beside the input is something else. */
    onGlobalClick({ target }) {
        if (this.state.query && !this.inputRef.el?.parentElement.contains(/** @type {Node} */ (target))) {
            this.resetState({ focus: false });
        }
    }

    removeFacet(facet) {
        this.env.searchModel.deactivateGroup(facet.groupId);
        this.inputRef.el?.focus();
    }

    /** Whether a click on the label of a facet does something: its condition is changed, or the order of its groups. */
    isFacetActive({ domain, type }) {
        return Boolean(domain || (type === "groupBy" && this.env.searchModel.canOrderByCount));
    }

    facetHint({ domain, title }) {
        return domain ? _t("Modify: %s", title).toString() : _t("Order groups by their number of records").toString();
    }

    onFacetLabelClick(facet) {
        if (facet.domain) {
            this.env.searchModel.editFacet(facet);
        } else {
            this.env.searchModel.switchGroupBySort();
        }
    }

    /** The facets are walked with the arrows, and removed; the input is behind the last one. */
    onFacetKeydown(ev, facet) {
        const keys = {
            ArrowLeft: () => this.focusBeside(ev.currentTarget, "left"),
            ArrowRight: () => this.focusBeside(ev.currentTarget, "right"),
            Backspace: () => this.removeFacet(facet),
            Delete: () => this.removeFacet(facet),
            Enter: () => ev.target === ev.currentTarget && this.isFacetActive(facet) && this.onFacetLabelClick(facet),
        };
        // buttons within a facet keep their own keys
        if (keys[ev.key] && (ev.key !== "Enter" || ev.target === ev.currentTarget)) {
            ev.preventDefault();
            ev.stopPropagation();
            keys[ev.key]();
        }
    }

    /** Focus the facet, or the input, on a side of another one. @returns {boolean} whether there is one */
    focusBeside(el, side) {
        const stops = [...this.root.el.querySelectorAll(".o_searchview_facet, .o_searchview_input")];
        const isForward = (side === "right") === (getComputedStyle(el).direction !== "rtl");
        const target = stops[stops.indexOf(el) + (isForward ? 1 : -1)];
        target?.focus();
        return Boolean(target);
    }

    /** Who has nothing typed yet may look for what there is to choose; the input keeps the focus. */
    async onSearchClick() {
        if (!this.state.query && !this.menuState.isOpen) {
            this.menuState.open();
            await new Promise((resolve) => browser.requestAnimationFrame(() => browser.setTimeout(resolve)));
            this.inputRef.el?.focus();
        }
    }

    onSearchInput(ev) {
        this.menuState.close();
        this.state.subItems = {};
        this.state.expanded = [];
        return this.computeItems(ev.target.value);
    }

    /** The page still has suggestions of before while records come for one of them. */
    onSuggestionClick(item) {
        return this.state.items.some(({ id }) => id === item.id) && this.selectItem(item);
    }

    onSearchKeydown(ev) {
        const { items, focusedIndex } = this.state;
        const focused = items[focusedIndex];
        switch (ev.key) {
            case "ArrowDown":
                this.move(ev, 1);
                break;
            case "ArrowUp":
                this.move(ev, -1);
                break;
            case "ArrowRight":
                if (!this.state.query && this.focusBeside(ev.target, "right")) {
                    ev.preventDefault();
                } else if (
                    focused?.isParent &&
                    !focused.isExpanded &&
                    ev.target.selectionStart === ev.target.value.length
                ) {
                    this.toggleItem(focused);
                }
                break;
            case "ArrowLeft":
                if (!this.state.query && this.focusBeside(ev.target, "left")) {
                    ev.preventDefault();
                } else {
                    this.foldAround(focused);
                }
                break;
            case "Backspace":
                if (!this.state.query.length && this.facets.length) {
                    this.removeFacet(this.facets.at(-1));
                }
                break;
            case "Enter":
                if (this.state.query.trim() && focused) {
                    ev.preventDefault();
                    this.selectItem(focused);
                } else if (!this.state.query.trim()) {
                    this.env.searchModel.search();
                }
                break;
            case "Tab":
                if (this.state.query.trim() && focused) {
                    ev.preventDefault();
                    this.selectItem(focused);
                }
                break;
            case "Escape":
                this.menuState.close();
                this.resetState();
                break;
        }
    }

    move(ev, step) {
        const { length } = this.state.items;
        if (length) {
            ev.preventDefault();
            this.state.focusedIndex = (this.state.focusedIndex + step + length) % length;
        } else if (step > 0 && this.menuState.isOpen) {
            ev.preventDefault();
            /** @type {HTMLElement} */ (document.querySelector(".o_search_bar_menu .o-navigable"))?.focus();
        } else if (step > 0 && !this.state.query) {
            ev.preventDefault();
            this.env.searchModel.trigger("focus-view");
        }
    }
}
