import { ReportController } from "@web/views/report/report_controller";

/** A pivot table with what surrounds it. */
export class PivotController extends ReportController {
    static template = "web.PivotView";

    getLocalState() {
        return { ...super.getLocalState(), data: this.model.data };
    }

    /** What favorites keep of the table. @returns {Object} */
    getContext() {
        const { fullColGroupBys, fullRowGroupBys, metaData } = this.model;
        return {
            pivot_measures: metaData.activeMeasures,
            pivot_column_groupby: fullColGroupBys,
            pivot_row_groupby: fullRowGroupBys,
        };
    }
}
