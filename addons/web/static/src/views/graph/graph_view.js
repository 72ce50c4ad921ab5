import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { LAZY_VIEWS_BUNDLE } from "@web/views/lazy_views";
import { GraphArchParser } from "@web/views/graph/graph_arch_parser";
import { GraphController } from "@web/views/graph/graph_controller";
import { GraphModel } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { GraphSearchModel } from "@web/views/graph/graph_search_model";

/** Settings that an arch need not mention. */
const USUAL = {
    measure: "__count",
    mode: "bar",
    order: null,
    ...{ cumulated: false, cumulatedStart: false, disableLinking: false, stacked: true },
};

/** Settings of the model, as the arch describes them. */
function settingsOf({ measures, ...described }, { fields, resModel }) {
    const title = _t("Untitled").toString();
    return { ...USUAL, title, ...described, fields, resModel, viewMeasures: measures };
}

export const graphView = {
    type: "graph",
    bundle: LAZY_VIEWS_BUNDLE,
    ArchParser: GraphArchParser,
    Controller: GraphController,
    Renderer: GraphRenderer,
    Model: GraphModel,
    SearchModel: GraphSearchModel,
    searchMenuTypes: ["filter", "groupBy", "comparison", "favorite"],
    buttonTemplate: "web.GraphView.Buttons",

    /** Props of the controller; who comes back finds the settings that were left. */
    props(genericProps, view) {
        const { arch, fields, state } = genericProps;
        const modelParams = state
            ? state.metaData
            : settingsOf(new view.ArchParser().parse(arch, fields), genericProps);
        const { Model, Renderer, buttonTemplate } = view;
        return { ...genericProps, modelParams, Model, Renderer, buttonTemplate };
    },
};

registry.category("views").add("graph", graphView);
