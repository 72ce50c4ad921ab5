import { Component, status, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { useCommand } from "@web/core/commands/command_hook";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { throttleForAnimation } from "@web/core/utils/timing";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { archProps, domain, option, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getLabel, getValue, setValue } from "@web/views/fields/field_value";
import { useSpecialData } from "@web/views/fields/special_data";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Whether an arch lets the user click; the option may be an expression. */
function isClickable({ options: { clickable } }) {
    return typeof clickable === "string" ? evaluateBooleanExpr(clickable) : Boolean(clickable);
}

const ARCH_PROPS = {
    domain,
    foldField: option("fold_field", String),
    isDisabled: prop(Boolean, (info, { readonly }) => readonly || !isClickable(info), "clickable"),
    visibleSelection: prop(Array, ({ attrs }) => attrs.statusbar_visible?.trim().split(/\s*,\s*/) || []),
    withCommand: prop(Boolean, ({ viewType }) => viewType === "form"),
};

/** How many stages have no room beside the current one, and whether nothing but a menu has. */
const ALL_FIT = { after: 0, before: 0, isMenu: false };

/** Whether what stands in the element takes more than one line. */
function isWrapped(el) {
    const shown = [...el.children].filter((child) => child.getClientRects().length);
    return new Set(shown.map((child) => child.offsetTop)).size > 1;
}

/** Stages of a document as a row of arrows. */
export class StatusBarField extends Component {
    static template = "web.StatusBarField";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { visibleSelection: [] };

    setup() {
        /** @type {{el: HTMLElement|null}} */
        this.root = useRef("root");
        this.room = useState({ ...ALL_FIT });
        /** How often room was looked for: only the last time counts. */
        this.turn = 0;
        if (this.isLink) {
            this.specialData = useSpecialData((orm, props) => this.loadStages(orm, props));
        }
        if (this.props.withCommand) {
            this.useCommands();
        }
        useEffect(
            () => {
                this.fit();
            },
            () => [JSON.stringify(this.getAllItems())]
        );
        useExternalListener(
            window,
            "resize",
            throttleForAnimation(() => this.fit())
        );
    }

    useCommands() {
        const options = { category: "smart_action", isAvailable: () => !this.props.isDisabled };
        const label = getLabel(this.props);
        useCommand(_t("Move to %s...", label).toString(), () => this.choice, { ...options, hotkey: "alt+shift+x" });
        useCommand(_t("Move to next %s", label).toString(), () => this.selectItem(this.nextItem), {
            ...options,
            isAvailable: () => options.isAvailable() && Boolean(this.nextItem),
            hotkey: "alt+x",
        });
    }

    /** What the palette offers: all other stages. */
    get choice() {
        const others = this.getAllItems().filter((item) => !item.isSelected);
        const commands = others.map((item) => ({ name: item.label, action: () => this.selectItem(item) }));
        return {
            placeholder: _t("Move to %s...", getLabel(this.props)).toString(),
            providers: [{ provide: () => commands }],
        };
    }

    get field() {
        return getField(this.props);
    }

    /** Whether the stages are records, not choices of the field. */
    get isLink() {
        return this.field.type === "many2one";
    }

    get labelText() {
        return getLabel(this.props);
    }

    get moreLabel() {
        return _t("More stages").toString();
    }

    get currentName() {
        return this.getAllItems().find((item) => item.isSelected)?.label || "";
    }

    /** Stages of the domain; the record's own is always among them. */
    loadStages(orm, props) {
        const current = getValue(props);
        const stages = getFieldDomain(props.record, props.name, props.domain);
        const isLimited = stages.length && current;
        return orm.searchRead(
            getField(props).relation,
            isLimited ? Domain.or([stages, [["id", "=", current[0]]]]).toList({}) : stages,
            ["display_name", props.foldField].filter(Boolean)
        );
    }

    /** @returns {[any, string, boolean][]} key, label, and whether it has a place in the menu only */
    get stages() {
        const { foldField, visibleSelection } = this.props;
        if (this.isLink) {
            return this.specialData.data.map((stage) => [stage.id, stage.display_name, Boolean(stage[foldField])]);
        }
        const shown = visibleSelection.length ? [getValue(this.props), ...visibleSelection] : null;
        return this.field.selection.filter(([key]) => !shown || shown.includes(key)).map((stage) => [...stage, false]);
    }

    /** @returns {{value, label, isFolded, isSelected}[]} */
    getAllItems() {
        const value = getValue(this.props);
        const current = this.isLink ? value && value[0] : value;
        return this.stages.map(([key, label, isFolded]) => ({
            value: key,
            label,
            isFolded,
            isSelected: key === current,
        }));
    }

    /** Stages with an arrow, if there is room. */
    get visibleItems() {
        return this.getAllItems().filter((item) => !item.isFolded || item.isSelected);
    }

    get foldedItems() {
        return this.getAllItems().filter((item) => item.isFolded && !item.isSelected);
    }

    /** The stage after the current one; the first where there is none. */
    get nextItem() {
        const items = this.visibleItems;
        return items[items.findIndex((item) => item.isSelected) + 1];
    }

    /** The stages by their places: in the menu before the arrows, as arrows, in the menu after them. */
    get items() {
        const { after, before } = this.room;
        const arrows = this.visibleItems;
        const end = arrows.length - after;
        return {
            before: arrows.slice(0, before),
            inline: arrows.slice(before, end),
            after: [...arrows.slice(end), ...this.foldedItems],
        };
    }

    /** Move what is far from the current stage to the menus, until the rest stands in one line. */
    async fit() {
        const turn = ++this.turn;
        const isLast = () => turn === this.turn && status(this) === "mounted";
        const arrows = this.visibleItems;
        const current = Math.max(
            arrows.findIndex((item) => item.isSelected),
            0
        );
        const room = { ...ALL_FIT };
        await this.show(room);
        while (!room.isMenu && isLast() && this.root.el && isWrapped(this.root.el)) {
            if (arrows.length - room.after - 1 > current) {
                room.after++;
            } else if (room.before < current) {
                room.before++;
            } else {
                room.isMenu = true;
            }
            await this.show(room);
        }
    }

    /** @returns {Promise<void>} resolved when it is on the page */
    show(room) {
        if (Object.entries(room).every(([key, value]) => this.room[key] === value)) {
            return Promise.resolve();
        }
        Object.assign(this.room, room);
        return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }

    async selectItem({ value, label }) {
        await setValue(this.props, this.isLink ? [value, label] : value, { save: true });
    }
}

export const statusBarField = {
    component: StatusBarField,
    displayName: _t("Status"),
    supportedTypes: ["many2one", "selection"],
    isEmpty: (record, fieldName) => record.model.env.isSmall && !record.data[fieldName],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("statusbar", statusBarField);
