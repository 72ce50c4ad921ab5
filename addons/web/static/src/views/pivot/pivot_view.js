import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { LAZY_VIEWS_BUNDLE } from "@web/views/lazy_views";
import { PivotArchParser } from "@web/views/pivot/pivot_arch_parser";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { PivotSearchModel } from "@web/views/pivot/pivot_search_model";

/** The column of totals that the arch orders rows by. */
function sortedColumnOf(defaultOrder) {
    const [measure, direction = "asc"] = defaultOrder.trim().split(/\s+/);
    return { groupId: [[], []], measure, order: direction.toLowerCase(), originIndexes: [0] };
}

/** Settings of the model, as the arch describes them. */
function settingsOf({ defaultOrder, displayQuantity, ...described }, { fields, resModel }) {
    return {
        ...{ disableLinking: false, title: _t("Untitled").toString() },
        ...described,
        ...{ fields, resModel },
        sortedColumn: defaultOrder ? sortedColumnOf(defaultOrder) : null,
    };
}

export const pivotView = {
    type: "pivot",
    bundle: LAZY_VIEWS_BUNDLE,
    ArchParser: PivotArchParser,
    Controller: PivotController,
    Renderer: PivotRenderer,
    Model: PivotModel,
    SearchModel: PivotSearchModel,
    searchMenuTypes: ["filter", "groupBy", "comparison", "favorite"],
    buttonTemplate: "web.PivotView.Buttons",

    /** Props of the controller; who comes back finds the table that was left. */
    props(genericProps, view) {
        const { arch, state } = genericProps;
        const { Model, Renderer, buttonTemplate } = view;
        const modelParams = state
            ? { data: state.data, metaData: state.metaData }
            : { metaData: settingsOf(new view.ArchParser().parse(arch), genericProps) };
        return { ...genericProps, Model, modelParams, Renderer, buttonTemplate };
    },
};

registry.category("views").add("pivot", pivotView);
