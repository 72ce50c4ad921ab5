import { Component, onPatched, onMounted, useRef } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import "@web/views/fields/formatters";
import { moveInTable } from "@web/views/pivot/pivot_keyboard";
import { PivotHeader } from "@web/views/pivot/pivot_header";
import { openFoundRecords } from "@web/views/report_links";
import { ReportViewMeasures } from "@web/views/view_components/report_view_measures";

const formatters = registry.category("formatters");
/** Formats of values that are counted, not shown. */
const COUNTED = { many2one: "integer", reference: "integer", boolean: "integer" };

/** A pivot table, and the buttons that change it. */
export class PivotRenderer extends Component {
    static template = "web.PivotRenderer";
    static components = { PivotHeader, ReportViewMeasures };
    static props = ["class?", "model", "buttonTemplate"];

    setup() {
        this.actionService = useService("action");
        this.notification = useService("notification");
        this.tableRef = useRef("table");
        this.table = null;
        const keepEntrance = () => this.keepEntrance();
        onMounted(keepEntrance);
        onPatched(keepEntrance);
    }

    get model() {
        return this.props.model;
    }

    get l10n() {
        return localization;
    }

    /** The table, once for each rendering. */
    makeTable() {
        this.table = this.model.getTable();
        return this.table;
    }

    get canAct() {
        const { metaData, useSampleModel } = this.model;
        return !useSampleModel && this.model.hasData() && metaData.activeMeasures.length > 0;
    }

    /** The tab key comes to one place of the table, from where arrows lead to the others. */
    keepEntrance() {
        const places = this.tableRef.el?.querySelectorAll("button");
        if (places?.length && ![...places].some((button) => button.tabIndex === 0)) {
            places[0].tabIndex = 0;
        }
    }

    /** @param {KeyboardEvent} ev */
    onKeydown(ev) {
        moveInTable(/** @type {any} */ (this.tableRef.el), ev);
    }

    // ------------------------------------------------------------------ cells

    /** @returns {string} what a cell shows */
    getFormattedValue({ measure, originIndexes, value }) {
        if (value === undefined || value === null) {
            return "";
        }
        if (originIndexes.length > 1) {
            return Number.isNaN(value) ? "-" : formatters.get("percentage")(value);
        }
        const { fields, widgets } = this.model.metaData;
        const field = fields[measure] || { type: "integer" };
        const kind = widgets[measure] || COUNTED[field.type] || field.type;
        return formatters.get(kind, String)(value, { digits: field.digits });
    }

    /** How a difference looks: more is good. */
    variationClass({ originIndexes, value }) {
        if (originIndexes.length < 2 || !value) {
            return "";
        }
        return value > 0 ? "text-success" : "text-danger";
    }

    isLinked({ value }) {
        return value !== undefined && !this.model.metaData.disableLinking;
    }

    /** Open the records of a cell. @param {{groupId: [any[], any[]], originIndexes: number[], value: any}} cell */
    onOpenView(cell) {
        if (!this.isLinked(cell)) {
            return;
        }
        const [rowValues, colValues] = cell.groupId;
        const domain = this.model.getGroupDomain({ rowValues, colValues, originIndex: cell.originIndexes[0] });
        const { context } = this.model.metaData;
        openFoundRecords(this.env, context, (views, ownContext) => this.openView(domain, views, ownContext));
    }

    /** @param {any[]} domain @param {Array} views @param {Object} context */
    openView(domain, views, context) {
        const { resModel, title } = this.model.metaData;
        this.actionService.doAction({
            type: "ir.actions.act_window",
            name: title,
            res_model: resModel,
            views,
            view_mode: "list",
            target: "current",
            context,
            domain,
        });
    }

    // ------------------------------------------------------------------ headers

    /** Open or close a group. @param {Object} cell @param {"row"|"col"} type */
    onHeaderClick({ groupId, isFolded, isLeaf }, type) {
        if (!isLeaf) {
            this.model.closeGroup(groupId, type);
        } else if (isFolded) {
            this.model.expandGroup(groupId, type);
        }
    }

    /** @param {[any[], any[]]} groupId @param {"row"|"col"} type @param {{fieldName: string, interval?: string}} choice */
    onGroupBySelected(groupId, type, choice) {
        return this.model.addGroupBy({ groupId, type, ...choice });
    }

    onAddCustomGroupBy(groupId, type, fieldName) {
        return this.model.addGroupBy({ groupId, type, fieldName, custom: true });
    }

    /** Sort by a column; one that is sorted upwards, downwards. */
    onMeasureClick({ groupId, isSortable, measure, order, originIndexes }) {
        if (isSortable) {
            this.model.sortRows({ groupId, measure, order: order === "asc" ? "desc" : "asc", originIndexes });
        }
    }

    ariaSort({ isSortable, order }) {
        return isSortable ? { asc: "ascending", desc: "descending" }[order] || "none" : undefined;
    }

    // ------------------------------------------------------------------ buttons

    /** @param {{measure: string}} selection */
    onMeasureSelected({ measure }) {
        return this.model.toggleMeasure(measure);
    }

    onFlipButtonClicked() {
        return this.model.flip();
    }

    onExpandButtonClicked() {
        return this.model.expandAll();
    }

    /** Save the table as a spreadsheet. */
    onDownloadButtonClicked() {
        let table;
        try {
            table = this.model.exportData();
        } catch (error) {
            this.notification.add(error.message, { type: "danger" });
            return undefined;
        }
        const data = new Blob([JSON.stringify(table)], { type: "application/json" });
        return download({ url: "/web/pivot/export_xlsx", data: { data } });
    }
}
