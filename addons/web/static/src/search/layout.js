import { Component, useRef } from "@odoo/owl";
import { pick } from "@web/core/utils/objects";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { SearchPanel } from "@web/search/search_panel/search_panel";

/** Components that a view description replaces in the layout. */
export function extractLayoutComponents(params) {
    const replaced = ["ControlPanel", "SearchPanel", "Banner"].filter((name) => params[name]);
    return pick(params, ...replaced);
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
        this.contentRef = useRef("content");
    }

    get components() {
        return { ControlPanel, SearchPanel, ...extractLayoutComponents(this.env.config || {}) };
    }

    get controlPanelSlots() {
        const slots = { ...this.props.slots };
        slots["control-panel-bottom-content"] = slots["layout-bottom"];
        delete slots.default;
        return slots;
    }

    get ControlPanel() {
        return this.components.ControlPanel;
    }

    get SearchPanel() {
        return this.components.SearchPanel;
    }

    get showSearchPanel() {
        const { searchModel } = this.env;
        return Boolean(searchModel?.searchPanel?.isActive) && this.props.display.searchPanel !== false;
    }
}
