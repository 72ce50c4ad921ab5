import { Component } from "@odoo/owl";
import { hexToRGBA } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr, propTypes } from "@web/views/fields/arch_props";
import { useChart } from "@web/views/fields/chart_hook";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { graphType: attr("graph_type") };
const COLORS = { line: "#2f6f9f", past: "#b9c0cd", sample: "#d7dbe3" };

/** The series that a text has, none when it is no list in JSON. */
function seriesOf(text) {
    try {
        const found = JSON.parse(text);
        return Array.isArray(found) ? found : [];
    } catch {
        return [];
    }
}

/** A small chart of one series, which the field has as JSON: `[{key, values, is_sample_data}]`. */
export class JournalDashboardGraphField extends Component {
    static template = "web.JournalDashboardGraphField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        useChart("canvas", () => this.getChartConfig());
    }

    /** The series. @returns {{key: string, values: Object[], is_sample_data?: boolean}} */
    get series() {
        const [first] = seriesOf(this.props.record.data[this.props.name]);
        return { key: "", values: [], ...first };
    }

    /** What the values are and where they stand. @returns {{labels: string[], numbers: number[]}} */
    get points() {
        const { values } = this.series;
        const [label, number] = this.props.graphType === "line" ? ["x", "y"] : ["label", "value"];
        return { labels: values.map((item) => item[label]), numbers: values.map((item) => item[number]) };
    }

    /** The chart in words. */
    get description() {
        const { key, is_sample_data: isSample } = this.series;
        const { labels, numbers } = this.points;
        const all = labels.map((label, index) => `${label} ${formatFloat(numbers[index])}`).join(", ");
        const title = isSample ? _t("%s (sample data)", key).toString() : key;
        return `${title}: ${all}`;
    }

    getChartConfig() {
        return this.props.graphType === "line" ? this.getLineChartConfig() : this.getBarChartConfig();
    }

    getLineChartConfig() {
        const { is_sample_data: isSample, key } = this.series;
        const { labels, numbers } = this.points;
        const color = isSample ? COLORS.sample : COLORS.line;
        const look = { borderColor: color, backgroundColor: hexToRGBA(color, 0.2), borderWidth: 2, pointRadius: 0 };
        const datasets = [{ ...look, label: key, data: numbers, fill: "start" }];
        return { type: "line", data: { labels, datasets }, options: this.options };
    }

    getBarChartConfig() {
        const { is_sample_data: isSample, key, values } = this.series;
        const { labels, numbers } = this.points;
        const backgroundColor = values.map(({ type }) =>
            isSample ? COLORS.sample : type === "past" ? COLORS.past : COLORS.line
        );
        const datasets = [{ label: key, data: numbers, backgroundColor, maxBarThickness: 40 }];
        return { type: "bar", data: { labels, datasets }, options: this.options };
    }

    get options() {
        const isSample = Boolean(this.series.is_sample_data);
        return {
            maintainAspectRatio: false,
            plugins: { legend: { display: false }, tooltip: { enabled: !isSample, intersect: false } },
            scales: {
                x: { display: this.props.graphType !== "line", grid: { display: false } },
                y: { display: false, beginAtZero: true },
            },
        };
    }
}

export const journalDashboardGraphField = {
    ...archProps(ARCH_PROPS),
    component: JournalDashboardGraphField,
    supportedTypes: ["text"],
};

registry.category("fields").add("dashboard_graph", journalDashboardGraphField);
