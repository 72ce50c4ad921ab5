import { Component, useState, xml } from "@odoo/owl";
import { useService, useBus } from "@web/core/utils/hooks";

/** Button that shows the search bar on small screens. */
export class SearchBarToggler extends Component {
    static template = xml`<button t-if="props.isSmall" type="button" class="btn btn-secondary" t-att-class="{ active: props.showSearchBar }" title="Search" t-on-click="props.toggleSearchBar"><i class="fa fa-search"/></button>`;
    static props = ["isSmall", "showSearchBar", "toggleSearchBar"];
}

/** State of the search bar on small screens. */
export function useSearchBarToggler() {
    const ui = useService("ui");
    const isSmall = () => ui.size <= 2;
    const state = useState({ isSmall: isSmall(), showSearchBar: false });
    useBus(ui.bus, "resize", () => {
        state.isSmall = isSmall();
    });
    const toggleSearchBar = () => {
        state.showSearchBar = !state.showSearchBar;
    };
    return {
        state,
        component: SearchBarToggler,
        get props() {
            return { isSmall: state.isSmall, showSearchBar: state.showSearchBar, toggleSearchBar };
        },
    };
}
