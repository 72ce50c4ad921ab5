import { Component, useRef } from "@odoo/owl";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { SearchPanel } from "@web/search/search_panel/search_panel";

/** Components that a view description replaces in the layout. */
export function extractLayoutComponents(params) {
    const layoutComponents = {};
    for (const key of ["ControlPanel", "SearchPanel", "Banner"]) {
        if (params[key]) {
            layoutComponents[key] = params[key];
        }
    }
    return layoutComponents;
}

/** Control panel, search panel and content of a view. */
export class Layout extends Component {
    static template = "web.Layout";
    static props = {
        className: { type: String, optional: true },
        display: { type: Object, optional: true },
        slots: { type: Object, optional: true },
    };
    static defaultProps = { display: {} };

    setup() {
        this.components = extractLayoutComponents(this.env.config || {});
        this.contentRef = useRef("content");
    }

    get controlPanelSlots() {
        const slots = { ...this.props.slots };
        slots["control-panel-bottom-content"] = slots["layout-bottom"];
        delete slots.default;
        return slots;
    }

    get ControlPanel() {
        return this.components.ControlPanel || ControlPanel;
    }

    get SearchPanel() {
        return this.components.SearchPanel || SearchPanel;
    }

    get showSearchPanel() {
        const { searchModel } = this.env;
        return Boolean(searchModel?.searchPanel?.isActive) && this.props.display.searchPanel !== false;
    }
}
