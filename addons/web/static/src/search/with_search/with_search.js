import { Component, onWillStart, onWillUpdateProps, toRaw, useSubEnv, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { sharedLayouts, takeShared } from "@web/search/shared_search";
import { useBus, useService } from "@web/core/utils/hooks";
import { CallbackRecorder, useSetupAction } from "@web/views/view_hook";
import { SearchModel } from "@web/search/search_model";

/** What the components below may contribute to the search, where nothing around gathers it. */
const RECORDERS = ["__getContext__", "__getOrderBy__"];
/** Props that say what is searched whatever the user does. */
export const SEARCH_KEYS = ["comparison", "context", "domain", "groupBy", "orderBy"];
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
        const notification = useService("notification");
        const Model = this.props.SearchModel || SearchModel;
        this.searchModel = new Model(this.env, services, this.props.searchModelArgs);
        useSubEnv({ searchModel: this.searchModel });
        // models are no part of the props of those who show them
        useBus(this.searchModel, "update", () => this.render(true));
        useSetupAction({
            getGlobalState: () => ({ searchModel: JSON.stringify(packState(this.searchModel.exportState())) }),
        });
        onWillStart(async () => {
            const config = { ...toRaw(this.props) };
            if (config.globalState?.searchModel) {
                config.state = unpackState(JSON.parse(config.globalState.searchModel));
            } else if (this.env.config?.actionId && !this.env.inDialog) {
                const found = takeShared();
                config.shared = found?.shared;
                const { layout } = found?.shared || {};
                if (layout) {
                    sharedLayouts.set(layout[0], layout[1]);
                } else if (found && !found.shared) {
                    notification.add(_t("The link says nothing that can be searched: it may be cut off."), {
                        type: "warning",
                    });
                }
            }
            await this.searchModel.load(config);
        });
        onWillUpdateProps(async (nextProps) => {
            const changed = SEARCH_KEYS.some(
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
