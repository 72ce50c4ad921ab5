import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { sortBy } from "@web/core/utils/arrays";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { fuzzyLookup } from "@web/core/utils/search";

/** What keys do in the list. @type {Object<string, (popover: ModelFieldSelectorPopover) => any>} */
const KEYS = {
    ArrowDown: (popover) => popover.moveFocus(1),
    ArrowUp: (popover) => popover.moveFocus(-1),
    Enter: (popover) => popover.focused && popover.selectField(popover.focused),
};
/** What the arrow forward and the arrow back do, if the text cursor does not need them. */
const WAYS = {
    forward: (popover) =>
        popover.focused && popover.canFollow(popover.focused) && popover.followRelation(popover.focused),
    back: (popover) => popover.previous && popover.goBack(),
};

/** Pages of fields: those of a model, and one page more for each relation that is followed. */
export class ModelFieldSelectorPopover extends Component {
    static template = "web.ModelFieldSelectorPopover";
    static props = {
        close: Function,
        filter: { type: Function, optional: true },
        followRelations: { type: Boolean, optional: true },
        isDebugMode: { type: Boolean, optional: true },
        path: { optional: true },
        resModel: String,
        showDebugInput: { type: Boolean, optional: true },
        showSearchInput: { type: Boolean, optional: true },
        update: Function,
    };
    static defaultProps = {
        filter: (fieldDef) => fieldDef.searchable && fieldDef.type !== "separator",
        followRelations: true,
        isDebugMode: false,
        showDebugInput: false,
        showSearchInput: true,
    };

    setup() {
        this.fieldService = useService("field");
        this.keepLast = new KeepLast();
        this.root = useRef("root");
        this.search = useRef("search");
        this.state = useState({ pages: [], query: "", focused: "" });
        onWillStart(() => this.openPath(this.props.path));
        useEffect(
            () => {
                const input = /** @type {HTMLInputElement} */ (this.search.el);
                if (input) {
                    input.value = "";
                }
                (input || this.root.el).focus();
            },
            () => [this.state.pages.length]
        );
        useEffect(
            () => {
                const item = this.root.el.querySelector(".o_model_field_selector_popover_item.active");
                item?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.focused, this.state.pages.length]
        );
    }

    // ------------------------------------------------------------------ pages

    get page() {
        return this.state.pages.at(-1);
    }

    get previous() {
        return this.state.pages.at(-2);
    }

    get title() {
        return this.previous ? this.previous.fieldDefs[this.previous.selected].string : _t("Select a field").toString();
    }

    /** Names on the way to a field of the page. */
    pathTo(name) {
        return [...this.state.pages.slice(0, -1).map((page) => page.selected), name].join(".");
    }

    get path() {
        return this.page.selected ? this.pathTo(this.page.selected) : "";
    }

    /** Show the page that the last step of a path is chosen on. */
    async openPath(path) {
        const { resModel } = this.props;
        const steps = typeof path === "string" && path ? await this.fieldService.loadPath(resModel, path) : {};
        if (!steps.names || steps.isInvalid) {
            const fieldDefs = await this.fieldService.loadFields(resModel);
            this.state.pages = [{ resModel, fieldDefs, selected: "" }];
        } else {
            this.state.pages = steps.modelsInfo.map((info, index) => ({ ...info, selected: steps.names[index] }));
        }
        this.focusFirst();
    }

    async followRelation(field) {
        const page = this.page;
        const next = await this.keepLast.add(this.loadBehind(page.resModel, field));
        page.selected = field.name;
        this.state.pages.push({ ...next, selected: "" });
        this.state.query = "";
        this.focusFirst();
        this.note();
    }

    async loadBehind(resModel, field) {
        if (field.type === "properties") {
            return { resModel, fieldDefs: await this.fieldService.loadPropertyDefinitions(resModel, field.name) };
        }
        return { resModel: field.relation, fieldDefs: await this.fieldService.loadFields(field.relation) };
    }

    goBack() {
        this.state.pages.pop();
        this.state.query = "";
        this.state.focused = this.page.selected;
        this.note();
    }

    /** Tell the owner what is chosen so far; values of all properties together are no choice. */
    note() {
        const field = this.page.selected
            ? this.page.fieldDefs[this.page.selected]
            : this.previous?.fieldDefs[this.previous.selected];
        if (field && field.type !== "properties") {
            this.props.update(this.path || this.pathTo("").slice(0, -1));
        }
    }

    // ------------------------------------------------------------------ fields of the page

    get fields() {
        const { fieldDefs } = this.page;
        const named = Object.entries(fieldDefs).map(([name, field]) => ({ ...field, name }));
        const usable = named.filter((field) => this.props.filter(field, this.pathTo(field.name)));
        const sorted = sortBy(usable, (field) => (field.string || field.name).toLowerCase());
        const { query } = this.state;
        const texts = (field) => (this.props.isDebugMode ? [field.string, field.name] : [field.string]);
        return query ? fuzzyLookup(query, sorted, texts) : sorted;
    }

    canFollow(field) {
        return this.props.followRelations && Boolean(field.relation || field.type === "properties");
    }

    /** A property has the label that others may have: where it is from tells them apart. */
    origin(field) {
        return field.is_property ? field.record_name : "";
    }

    get focused() {
        return this.fields.find((field) => field.name === this.state.focused);
    }

    focusFirst() {
        const { fields } = this;
        const chosen = fields.find((field) => field.name === this.page.selected);
        this.state.focused = (chosen || fields[0])?.name || "";
    }

    moveFocus(step) {
        const { fields } = this;
        const index = fields.findIndex((field) => field.name === this.state.focused);
        this.state.focused = fields.at((index + step + fields.length) % fields.length)?.name || "";
    }

    selectField(field) {
        if (field.type === "properties") {
            return this.followRelation(field);
        }
        this.page.selected = field.name;
        this.props.update(this.path);
        return this.props.close();
    }

    // ------------------------------------------------------------------ events

    onSearch(ev) {
        this.state.query = ev.target.value;
        this.state.focused = this.fields[0]?.name || "";
    }

    onKeydown(ev) {
        const handler = KEYS[ev.key] || this.wayOf(ev);
        if (handler) {
            ev.preventDefault();
            ev.stopPropagation();
            handler(this);
        }
    }

    wayOf({ key, target }) {
        if (!["ArrowLeft", "ArrowRight"].includes(key) || target.value) {
            return null;
        }
        const isForward = (key === "ArrowRight") !== (document.documentElement.dir === "rtl");
        return isForward ? WAYS.forward : WAYS.back;
    }

    async onDebugInput(ev) {
        const path = ev.target.value.trim();
        await this.openPath(path);
        this.props.update(path);
    }

    onDebugKeydown(ev) {
        ev.stopPropagation();
        if (ev.key === "Enter") {
            this.props.update(ev.target.value.trim());
            this.props.close();
        }
    }
}
