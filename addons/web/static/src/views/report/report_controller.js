import { Component, useRef } from "@odoo/owl";
import { useModelWithSampleData } from "@web/model/model";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { ActionHelper } from "@web/views/action_helper";
import { standardViewProps } from "@web/views/standard_view_props";
import { useSetupAction } from "@web/views/view_hook";

/** What surrounds a view that adds records up; subclasses have a template and say what is kept of them. */
export class ReportController extends Component {
    static components = { ActionHelper, CogMenu, Layout, SearchBar };
    static props = {
        ...standardViewProps,
        Model: Function,
        modelParams: Object,
        Renderer: Function,
        buttonTemplate: String,
    };

    setup() {
        this.rootRef = useRef("root");
        /** @type {any} */
        this.model = useModelWithSampleData(this.props.Model, this.props.modelParams);
        this.searchBarToggler = useSearchBarToggler();
        useSetupAction({
            rootRef: this.rootRef,
            getLocalState: () => this.getLocalState(),
            getContext: () => this.getContext(),
        });
    }

    /** What is there again when somebody comes back to the view. @returns {Object} */
    getLocalState() {
        return { metaData: this.model.metaData };
    }

    /** What favorites keep of the view. @returns {Object} */
    getContext() {
        return {};
    }
}
