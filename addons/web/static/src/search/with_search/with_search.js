import { Component, onWillStart, onWillUpdateProps, toRaw, useSubEnv, xml } from "@odoo/owl";
import { useBus, useService } from "@web/core/utils/hooks";
import { CallbackRecorder, useSetupAction } from "@web/views/view_hook";
import { SearchModel } from "@web/search/search_model";

/** What the components below may contribute to the search, where nothing around gathers it. */
const RECORDERS = ["__getContext__", "__getOrderBy__"];
const SERVICES = ["orm", "view", "field", "name", "dialog"];

/** Gives its slot the domain, context and groups of a search. */
export class WithSearch extends Component {
    static template = xml`<t t-slot="default" context="searchModel.context" domain="searchModel.domain" groupBy="searchModel.groupBy" orderBy="searchModel.orderBy" comparison="searchModel.comparison" display="searchModel.display" searchModel="searchModel"/>`;
    static props = {
        resModel: String,
        slots: Object,
        SearchModel: { type: Function, optional: true },
        "*": { optional: true },
    };
    static defaultProps = {
        context: {},
        domain: [],
        groupBy: [],
        orderBy: [],
        searchMenuTypes: ["filter", "groupBy", "favorite"],
    };

    setup() {
        const missing = RECORDERS.filter((name) => !this.env[name]);
        useSubEnv(Object.fromEntries(missing.map((name) => [name, new CallbackRecorder()])));
        const services = Object.fromEntries(SERVICES.map((name) => [name, useService(name)]));
        const Model = this.props.SearchModel || SearchModel;
        this.searchModel = new Model(this.env, services, this.props.searchModelArgs);
        useSubEnv({ searchModel: this.searchModel });
        useBus(this.searchModel, "update", () => this.render());
        useSetupAction({
            getGlobalState: () => ({ searchModel: JSON.stringify(packState(this.searchModel.exportState())) }),
        });
        onWillStart(async () => {
            const config = { ...toRaw(this.props) };
            if (config.globalState?.searchModel) {
                config.state = unpackState(JSON.parse(config.globalState.searchModel));
            }
            await this.searchModel.load(config);
        });
        onWillUpdateProps(async (nextProps) => {
            const changed = ["domain", "context", "groupBy", "orderBy", "comparison"].some(
                (key) => JSON.stringify(nextProps[key]) !== JSON.stringify(this.props[key])
            );
            if (changed) {
                await this.searchModel.reload(nextProps);
            }
        });
    }
}

function packState(state) {
    return {
        ...state,
        sections: state.sections.map(([id, section]) => [id, { ...section, values: [...section.values] }]),
    };
}

function unpackState(state) {
    return {
        ...state,
        sections: (state.sections || []).map(([id, section]) => [id, { ...section, values: new Map(section.values) }]),
    };
}
