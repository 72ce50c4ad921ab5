import { Component, useExternalListener, useRef, useState } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { parseDate, parseDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useBus, useService } from "@web/core/utils/hooks";
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
const FOLDABLE_TYPES = ["many2many", "many2one", "one2many"];
let nextItemId = 1;

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
        this.inputRef =
            this.props.autofocus && !hasTouch() && !this.env.config?.disableSearchBarAutofocus
                ? useAutofocus({ refName: "input" })
                : useRef("input");
        this.root = useRef("root");
        this.toggler = useState(this.props.toggler?.state || { isSmall: false });
        this.keepLast = new KeepLast();
        this.state = useState({ query: "", focusedIndex: 0, expanded: [], subItems: {}, items: [] });
        useBus(this.env.searchModel, "update", () => this.render());
        useExternalListener(window, "click", (ev) => {
            if (!this.root.el?.contains(/** @type {Node} */ (ev.target))) {
                this.reset({ focus: false });
            }
        });
    }

    get isVisible() {
        return !this.toggler.isSmall || this.toggler.showSearchBar;
    }

    get searchItemsFields() {
        return this.env.searchModel.getSearchItems(
            (item) => item.type === "field" && item.invisible !== "True" && item.invisible !== "1"
        );
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
        this.state.items = items;
        this.state.focusedIndex = 0;
    }

    itemsOf(field, text) {
        const base = { searchItemId: field.id, description: field.description, fieldType: field.fieldType };
        const make = (extra) => ({ id: nextItemId++, ...base, ...extra });
        switch (field.fieldType) {
            case "selection":
                return (field.selection || [])
                    .filter(([, label]) => fuzzyTest(text, label))
                    .map(([value, label]) => make({ label, value, operator: "=", preposition: _t("for").toString() }));
            case "boolean":
                return [
                    [true, _t("Yes").toString()],
                    [false, _t("No").toString()],
                ]
                    .filter(([, label]) => fuzzyTest(text, label))
                    .map(([value, label]) => make({ label, value, operator: "=", preposition: _t("for").toString() }));
        }
        if (CHAR_TYPES.includes(field.fieldType)) {
            const isParent = FOLDABLE_TYPES.includes(field.fieldType);
            const parent = make({
                label: text,
                value: text,
                operator: field.operator || "ilike",
                isParent,
                preposition: _t("for").toString(),
            });
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
                      label: text,
                      value: parsed,
                      operator: field.operator || "=",
                      preposition: _t("for").toString(),
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
            await this.loadSubItems(item);
            this.state.expanded = [...expanded, item.searchItemId];
        }
        await this.computeItems(this.state.query);
    }

    async loadSubItems(item) {
        const field = this.searchItemsFields.find((searchItem) => searchItem.id === item.searchItemId);
        const { relation, context } = this.env.searchModel.searchViewFields[field.fieldName];
        const domain = field.domain ? new Domain(field.domain).toList(this.env.searchModel.domainEvalContext) : [];
        const found = await this.keepLast.add(
            this.orm.call(relation, "name_search", [], {
                args: domain,
                context: { ...this.env.searchModel.context, ...context },
                limit: 8,
                name: this.state.query.trim(),
            })
        );
        const rows = found.map(([value, label]) => ({
            id: nextItemId++,
            searchItemId: field.id,
            fieldType: field.fieldType,
            label,
            value,
            operator: "=",
            isChild: true,
        }));
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

    selectItem(item) {
        if (item.unselectable) {
            return;
        }
        if (item.isFilter) {
            this.env.searchModel.toggleSearchItem(item.searchItemId);
        } else {
            this.env.searchModel.addAutoCompletionValues(item.searchItemId, {
                label: item.label,
                operator: item.operator,
                value: item.value,
            });
        }
        this.reset();
    }

    reset({ focus = true } = {}) {
        Object.assign(this.state, { query: "", items: [], expanded: [], subItems: {}, focusedIndex: 0 });
        if (this.inputRef.el) {
            /** @type {HTMLInputElement} */ (this.inputRef.el).value = "";
            if (focus) {
                this.inputRef.el.focus();
            }
        }
    }

    // ------------------------------------------------------------------ events

    removeFacet(facet) {
        this.env.searchModel.deactivateGroup(facet.groupId);
        this.inputRef.el?.focus();
    }

    onSearchInput(ev) {
        this.state.subItems = {};
        this.state.expanded = [];
        return this.computeItems(ev.target.value);
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
                if (focused?.isParent && !focused.isExpanded && ev.target.selectionStart === ev.target.value.length) {
                    this.toggleItem(focused);
                }
                break;
            case "ArrowLeft":
                if (focused?.isParent && focused.isExpanded) {
                    this.toggleItem(focused);
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
                this.reset();
                break;
        }
    }

    move(ev, step) {
        const { length } = this.state.items;
        if (length) {
            ev.preventDefault();
            this.state.focusedIndex = (this.state.focusedIndex + step + length) % length;
        }
    }
}
