import { Component, reactive, useState } from "@odoo/owl";
import { useCommand } from "@web/core/commands/command_hook";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { useService } from "@web/core/utils/hooks";
import { Breadcrumbs } from "@web/search/breadcrumbs/breadcrumbs";
import { SearchBar } from "@web/search/search_bar/search_bar";

const VIEW_ICONS = {
    list: "fa-list-ul",
    kanban: "fa-th-large",
    form: "fa-address-card",
    calendar: "fa-calendar",
    graph: "fa-area-chart",
    pivot: "fa-table",
    activity: "fa-clock-o",
    hierarchy: "fa-sitemap",
};

/** Bar above a view: breadcrumb, buttons, search, pager, view switcher. */
export class ControlPanel extends Component {
    static template = "web.ControlPanel";
    static components = { Pager, SearchBar, Dropdown, DropdownItem, Breadcrumbs };
    static props = { display: { type: Object, optional: true }, slots: { type: Object, optional: true } };
    static defaultProps = { display: {} };

    setup() {
        this.actionService = useService("action");
        this.env.config.pagerState ??= reactive({ props: null });
        this.pager = useState(this.env.config.pagerState);
        this.breadcrumbs = useState(this.env.config.breadcrumbs || []);
        for (const { active, name, type } of this.viewSwitcherEntries) {
            if (!active) {
                useCommand(_t("Show %s view", name), () => this.onViewClicked(type), { category: "view_switcher" });
            }
        }
        useHotkey("alt+shift+v", () => this.showNextView(), {
            bypassEditableProtection: true,
            isAvailable: () => this.viewSwitcherEntries.length > 1,
        });
    }

    /** Show the view after this one; after the last comes the first. */
    showNextView() {
        const entries = this.viewSwitcherEntries;
        const next = entries[(entries.findIndex(({ active }) => active) + 1) % entries.length];
        this.onViewClicked(next.type);
    }

    get display() {
        return { layoutActions: true, ...this.props.display };
    }

    get viewSwitcherEntries() {
        return this.env.config.viewSwitcherEntries || [];
    }

    iconOf(view) {
        return VIEW_ICONS[view.type] || "fa-eye";
    }

    get hasSelection() {
        return this.props.display.layoutActions === false;
    }

    onViewClicked(viewType) {
        this.actionService.switchView(viewType);
    }
}
