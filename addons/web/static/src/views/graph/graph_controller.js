import { ReportController } from "@web/views/report/report_controller";

/** A graph with what surrounds it. */
export class GraphController extends ReportController {
    static template = "web.GraphView";

    /** What favorites keep of the graph. @returns {Object} */
    getContext() {
        const { cumulated, groupBy, measure, mode, order, stacked } = this.model.metaData;
        return {
            graph_measure: measure,
            graph_mode: mode,
            graph_groupbys: groupBy.map(({ spec }) => spec),
            ...(mode !== "pie" && { graph_order: order, graph_stacked: stacked }),
            ...(mode === "line" && { graph_cumulated: cumulated }),
        };
    }
}
