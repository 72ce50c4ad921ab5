import { Component, reactive, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
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
