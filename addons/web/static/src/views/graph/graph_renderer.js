import { Component, onWillStart, onWillUnmount, reactive, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { DEFAULT_BG, getBorderWhite, getColor, getCustomColor, hexToRGBA } from "@web/core/colors/colors";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { humanNumber } from "@web/core/utils/numbers";
import { formatFloat } from "@web/views/fields/formatters";
import { ChartVoice, GraphTooltip } from "@web/views/graph/graph_tooltip";
import { ChartKeyboard } from "@web/views/graph/chart_keyboard";
import { shortLabel } from "@web/views/graph/graph_labels";
import { ReportViewMeasures } from "@web/views/view_components/report_view_measures";
import { openFoundRecords } from "@web/views/report_links";

const formatters = registry.category("formatters");
/** Rows of the table that tells what a chart shows; whoever wants more has the pivot table. */
const TABLE_ROWS = 100;

/** A chart, and the buttons that change it. */
export class GraphRenderer extends Component {
    static template = "web.GraphRenderer";
    static components = { ChartVoice, Dropdown, DropdownItem, GraphTooltip, ReportViewMeasures };
    static props = ["class?", "model", "buttonTemplate"];

    setup() {
        this.actionService = useService("action");
        this.ui = useService("ui");
        this.canvasRef = useRef("canvas");
        this.containerRef = useRef("container");
        this.colorScheme = cookie.get("color_scheme") || "bright";
        this.tooltip = reactive({ isShown: false, items: [], title: "", style: "" });
        /** @type {any} */
        this.chart = null;
        this.keyboard = new ChartKeyboard(this);
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.renderChart(),
            () => [this.model.data, this.ui.isSmall]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    get model() {
        return this.props.model;
    }

    // ------------------------------------------------------------------ buttons

    get modes() {
        return [
            { name: "bar", label: _t("Bar Chart").toString(), icon: "fa-bar-chart" },
            { name: "line", label: _t("Line Chart").toString(), icon: "fa-line-chart" },
            { name: "pie", label: _t("Pie Chart").toString(), icon: "fa-pie-chart" },
        ];
    }

    get orders() {
        return [
            { name: "DESC", label: _t("Descending").toString(), icon: "fa-sort-amount-desc" },
            { name: "ASC", label: _t("Ascending").toString(), icon: "fa-sort-amount-asc" },
        ];
    }

    get canOrder() {
        const { domains, mode } = this.model.metaData;
        return mode !== "pie" && domains.length === 1;
    }

    get canStack() {
        return this.canOrder;
    }

    /** @param {{measure: string}} selection */
    onMeasureSelected({ measure }) {
        return this.model.updateMetaData({ measure });
    }

    onModeSelected(mode) {
        return this.model.metaData.mode === mode ? undefined : this.model.updateMetaData({ mode });
    }

    /** @param {"ASC"|"DESC"} order the one that is in force is taken back */
    toggleOrder(order) {
        return this.model.updateMetaData({ order: this.model.metaData.order === order ? null : order });
    }

    toggleStacked() {
        return this.model.updateMetaData({ stacked: !this.model.metaData.stacked });
    }

    toggleCumulated() {
        return this.model.updateMetaData({ cumulated: !this.model.metaData.cumulated });
    }

    // ------------------------------------------------------------------ text

    /**
     * @param {number} value
     * @param {boolean} [allIntegers] whether all values are whole numbers
     * @param {string} [formatType] name of a format
     * @returns {string}
     */
    formatValue(value, allIntegers = true, formatType = "") {
        const formatter = formatters.get(formatType, null);
        if (formatter) {
            return String(formatter(value));
        }
        if (Math.abs(value) >= 1000) {
            return humanNumber(value, { decimals: 2, minDigits: 1 });
        }
        return allIntegers ? String(value) : formatFloat(value);
    }

    /** @returns {string} a value of what is measured */
    formatMeasure(value) {
        const { fieldAttrs, measure, measures } = this.model.metaData;
        return this.formatValue(value, measures[measure].type === "integer", fieldAttrs[measure]?.widget);
    }

    /** What the chart is about, for whoever does not see it. */
    get description() {
        const { groupBy, fields, fieldAttrs, measure, measures, mode } = this.model.metaData;
        const { label: kind } = this.modes.find(({ name }) => name === mode);
        const by = groupBy.map(({ fieldName }) => fieldAttrs[fieldName]?.string || fields[fieldName]?.string);
        const about = { kind, measure: measures[measure].string, groups: by.join(", ") };
        return by.length
            ? _t("%(kind)s: %(measure)s by %(groups)s", about).toString()
            : _t("%(kind)s: %(measure)s", about).toString();
    }

    /** The chart as a table: names of the series, and their values at each label. */
    get table() {
        const { datasets, labels } = this.model.data;
        return {
            columns: datasets.map(({ label }) => label),
            rows: labels.slice(0, TABLE_ROWS).map((label, index) => ({
                label,
                values: datasets.map(({ data }) => this.formatMeasure(data[index])),
            })),
            isCut: labels.length > TABLE_ROWS,
        };
    }

    // ------------------------------------------------------------------ chart

    /** Draw what the model has. */
    renderChart() {
        this.chart?.destroy();
        this.chart = null;
        this.tooltip.isShown = false;
        if (this.canvasRef.el && this.model.hasData()) {
            this.chart = new globalThis.Chart(this.canvasRef.el, this.getChartConfig());
        }
    }

    /** @returns {Object} what the chart library is told */
    getChartConfig() {
        const { mode } = this.model.metaData;
        const makers = { bar: "getBarChartData", line: "getLineChartData", pie: "getPieChartData" };
        return { type: mode, data: this[makers[mode]](), options: this.prepareOptions() };
    }

    color(index, count) {
        return getColor(index, this.colorScheme, count);
    }

    getBarChartData() {
        const { domains, stacked } = this.model.metaData;
        const { datasets, labels } = this.model.data;
        const drawn = datasets.map((dataset, index) => ({
            ...dataset,
            backgroundColor: this.color(index, datasets.length),
            maxBarThickness: 120,
            stack: stacked ? String(domains[dataset.originIndex]?.description) : undefined,
        }));
        const overlay = this.model.lineOverlayDataset;
        if (overlay) {
            const color = getCustomColor(this.colorScheme, "#343d52", "#d7dbe3");
            const look = { type: "line", order: -1, borderColor: color, backgroundColor: color, borderWidth: 2 };
            drawn.push({ ...overlay, ...look, fill: false, tension: 0, pointRadius: 3, isOverlay: true });
        }
        return { datasets: drawn, labels };
    }

    getLineChartData() {
        const { cumulated, stacked } = this.model.metaData;
        const { datasets, labels } = this.model.data;
        const drawn = datasets.map((dataset, index) => {
            const color = this.color(index, datasets.length);
            return {
                ...dataset,
                data: cumulated ? runningSums(dataset) : [...dataset.data],
                borderColor: color,
                borderWidth: 2,
                // areas that are piled up hide each other where they are opaque
                backgroundColor: stacked ? hexToRGBA(color, 0.35) : color,
                fill: stacked ? (index ? "-1" : "origin") : false,
                pointRadius: labels.length > 60 ? 0 : 3,
                pointHoverRadius: 5,
                tension: 0,
            };
        });
        return { datasets: drawn, labels };
    }

    getPieChartData() {
        const { datasets, labels } = this.model.data;
        const colors = labels.map((_label, index) => this.color(index, labels.length));
        const isEmpty = ({ data }) => !data.some(Boolean);
        const drawn = datasets.map((dataset) => ({
            ...dataset,
            data: [...dataset.data],
            backgroundColor: colors,
            borderColor: getBorderWhite(this.colorScheme),
            hoverOffset: 8,
        }));
        if (!drawn.some(isEmpty)) {
            return { datasets: drawn, labels };
        }
        const withSlice = drawn.map((dataset) => ({
            ...dataset,
            data: [...dataset.data, isEmpty(dataset) ? 1 : 0],
            backgroundColor: [...colors, DEFAULT_BG],
            isEmpty: isEmpty(dataset),
        }));
        return { datasets: withSlice, labels: [...labels, _t("No data").toString()] };
    }

    /** @returns {Object} all options of the chart */
    prepareOptions() {
        const { disableLinking, mode } = this.model.metaData;
        const isClickable = !disableLinking && mode !== "line";
        return {
            maintainAspectRatio: false,
            animation: this.getAnimationOptions(),
            layout: { padding: this.getPadding() },
            elements: this.getElementOptions(),
            interaction: mode === "line" ? { mode: "index", intersect: false } : { mode: "nearest", intersect: true },
            onClick: isClickable ? (ev) => this.onGraphClicked(ev) : null,
            onHover: (ev, found) => {
                ev.native.target.style.cursor = isClickable && found.length ? "pointer" : "";
            },
            plugins: { legend: this.getLegendOptions(), tooltip: this.getTooltipOptions() },
            scales: this.getScaleOptions(),
        };
    }

    getAnimationOptions() {
        const isCalm = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
        return isCalm ? false : { duration: 300 };
    }

    /** Room for the slanting label of the last place of a narrow axis that runs from right to left. */
    getPadding() {
        const isTight = localization.direction === "rtl" && this.ui.isSmall && this.model.metaData.mode !== "pie";
        return isTight ? { left: 32 } : 0;
    }

    getElementOptions() {
        const { mode, stacked } = this.model.metaData;
        return mode === "bar"
            ? { bar: { borderWidth: stacked ? 1 : 0, borderColor: getBorderWhite(this.colorScheme) } }
            : {};
    }

    get textColor() {
        return getCustomColor(this.colorScheme, "#343d52", "#d7dbe3");
    }

    getLegendOptions() {
        const { mode } = this.model.metaData;
        const isAside = mode === "pie" && !this.ui.isSmall;
        const isRtl = localization.direction === "rtl";
        const aside = isRtl ? "left" : "right";
        return {
            position: isAside ? aside : "top",
            align: isAside ? "center" : "start",
            rtl: isRtl,
            textDirection: localization.direction,
            maxHeight: this.ui.isSmall ? 90 : 140,
            labels: {
                boxWidth: 14,
                color: this.textColor,
                generateLabels: (chart) => this.legendLabels(chart),
            },
            onHover: (ev, { fullText, text }) => {
                ev.native.target.title = fullText === text ? "" : fullText;
            },
            onLeave: (ev) => {
                ev.native.target.title = "";
            },
        };
    }

    /** Entries of the legend as the library makes them, with texts that fit. */
    legendLabels(chart) {
        const { defaults, overrides } = globalThis.Chart;
        const { mode } = this.model.metaData;
        const { generateLabels } = (mode === "pie" ? overrides.pie.plugins : defaults.plugins).legend.labels;
        return generateLabels(chart).map((entry) => ({
            ...entry,
            fullText: entry.text,
            text: shortLabel(entry.text),
            ...(mode === "line" && { fillStyle: entry.strokeStyle }),
        }));
    }

    getScaleOptions() {
        const { fieldAttrs, fields, groupBy, measure, measures, mode, stacked } = this.model.metaData;
        if (mode === "pie") {
            return {};
        }
        const isRtl = localization.direction === "rtl";
        const [first] = groupBy;
        const title = first && (fieldAttrs[first.fieldName]?.string || fields[first.fieldName]?.string);
        const grid = { color: getCustomColor(this.colorScheme, "#eaecf0", "#343d52") };
        const color = this.textColor;
        const { labels } = this.model.data;
        return {
            x: {
                reverse: isRtl,
                stacked: mode === "bar" && stacked,
                grid: { display: false },
                title: { display: Boolean(title), text: title || "", color },
                ticks: { color, callback: (_value, index) => shortLabel(labels[index] ?? "") },
            },
            y: {
                position: isRtl ? "right" : "left",
                stacked,
                suggestedMin: 0,
                suggestedMax: 0,
                grid,
                title: { display: true, text: measures[measure].string, color },
                ticks: { color, callback: (value) => this.formatMeasure(value) },
            },
        };
    }

    // ------------------------------------------------------------------ tooltip

    getTooltipOptions() {
        return { enabled: false, external: (context) => this.customTooltip(context) };
    }

    /** Show, in a box of our own, what the chart's tooltip stands for. */
    customTooltip({ chart, tooltip }) {
        if (!tooltip.opacity || !tooltip.dataPoints?.length) {
            this.tooltip.isShown = false;
            return;
        }
        const { measure, measures } = this.model.metaData;
        const isAfter = tooltip.caretX > chart.width / 2;
        const x = isAfter ? `right: ${chart.width - tooltip.caretX + 8}px` : `left: ${tooltip.caretX + 8}px`;
        Object.assign(this.tooltip, {
            isShown: true,
            title: measures[measure].string,
            items: this.getTooltipItems(tooltip.dataPoints),
            style: `${x}; top: ${Math.max(0, Math.min(tooltip.caretY, chart.height - 60))}px`,
        });
    }

    /**
     * Lines of the tooltip.
     *
     * @param {Object[]} dataPoints as the library has them
     * @returns {{id: string, label: string, value: string, boxColor: string, percentage?: string}[]}
     */
    getTooltipItems(dataPoints) {
        const { domains, mode } = this.model.metaData;
        const sorted = mode === "line" ? [...dataPoints].sort((a, b) => b.raw - a.raw) : dataPoints;
        const shown = sorted.slice(0, 15).map((point) => this.tooltipItem(point));
        return mode === "pie" || domains.length > 1 ? shown : shown.filter(({ isEmpty }) => !isEmpty);
    }

    tooltipItem({ dataset, dataIndex, datasetIndex, raw }) {
        const { domains, groupBy, mode } = this.model.metaData;
        const place = dataset.trueLabels[dataIndex];
        const hasSeries = mode === "pie" ? domains.length > 1 : groupBy.length > 1 || domains.length > 1;
        const item = {
            id: `${datasetIndex}_${dataIndex}`,
            label: hasSeries || dataset.isOverlay ? `${place ?? ""} / ${dataset.label}` : place,
            value: this.formatMeasure(raw),
            boxColor: this.boxColor(dataset, dataIndex),
        };
        if (mode !== "pie") {
            return item;
        }
        if (dataset.isEmpty) {
            return { ...item, label: `${dataset.label}: ${_t("No data")}`, value: this.formatMeasure(0) };
        }
        const total = dataset.data.reduce((sum, value) => sum + value, 0);
        return { ...item, percentage: total ? `${((raw / total) * 100).toFixed(2)}%` : "" };
    }

    boxColor({ backgroundColor, borderColor }, index) {
        if (Array.isArray(backgroundColor)) {
            return backgroundColor[index];
        }
        return this.model.metaData.mode === "line" ? borderColor : backgroundColor;
    }

    // ------------------------------------------------------------------ links

    /** Open the records behind what is clicked. */
    onGraphClicked(ev) {
        const [found] = this.chart.getElementsAtEventForMode(ev, "nearest", { intersect: true }, false);
        if (found) {
            this.openElement(found);
        }
    }

    /** @param {{datasetIndex: number, index: number}} element of the chart */
    openElement({ datasetIndex, index }) {
        const domain = this.model.data.datasets[datasetIndex]?.domains[index];
        if (domain && !this.model.metaData.disableLinking && this.model.metaData.mode !== "line") {
            this.onGraphClickedFinal(domain);
        }
    }

    /** @param {any[]} domain of the records that are to be shown */
    onGraphClickedFinal(domain) {
        const { context } = this.model.metaData;
        openFoundRecords(this.env, context, (views, ownContext) => this.openView(domain, views, ownContext));
    }

    /** @param {any[]} domain @param {Array} views @param {Object} context */
    openView(domain, views, context) {
        const { resModel, title } = this.model.metaData;
        const action = {
            type: "ir.actions.act_window",
            name: title,
            res_model: resModel,
            views,
            target: "current",
            domain,
            context,
        };
        this.actionService.doAction(action, { viewType: "list" });
    }
}

/** What came together until each point. */
function runningSums({ cumulatedStart, data }) {
    let sum = cumulatedStart || 0;
    return data.map((value) => (sum += value));
}
