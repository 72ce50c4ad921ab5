import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { useChart } from "@web/views/fields/chart_hook";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = {
    maxValueField: option("max_field", String),
    maxValue: option("max_value", Number),
    title: option("title", String),
};
const USUAL_MAXIMUM = 100;
const COLORS = { filled: "#2f6f9f", rest: "#d7dbe3" };

/** A value on half a circle, which stands for the most that it can be. */
export class GaugeField extends Component {
    static template = "web.GaugeField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        useChart("canvas", () => this.chartConfig);
    }

    get value() {
        return this.props.record.data[this.props.name] || 0;
    }

    get maximum() {
        const { maxValue, maxValueField, record } = this.props;
        const own = maxValueField ? record.data[maxValueField] : maxValue;
        // a needle does not go beyond its scale
        return Math.max(own || USUAL_MAXIMUM, this.value);
    }

    get formattedValue() {
        return formatFloat(this.value, { humanReadable: true, decimals: 1 });
    }

    get title() {
        const { name, record, title } = this.props;
        return title || record.fields[name].string;
    }

    get description() {
        const parts = { title: this.title, value: this.value, maximum: this.maximum };
        return _t("%(title)s: %(value)s of %(maximum)s", parts).toString();
    }

    get chartConfig() {
        const { maximum, value } = this;
        return {
            type: "doughnut",
            data: {
                datasets: [
                    { data: [value, maximum - value], backgroundColor: [COLORS.filled, COLORS.rest], borderWidth: 0 },
                ],
            },
            options: {
                circumference: 180,
                rotation: -90,
                cutout: "70%",
                maintainAspectRatio: false,
                events: [],
                plugins: { legend: { display: false }, tooltip: { enabled: false } },
            },
        };
    }
}

export const gaugeField = {
    ...archProps(ARCH_PROPS),
    component: GaugeField,
    displayName: _t("Gauge"),
    supportedTypes: ["integer", "float", "monetary"],
};

registry.category("fields").add("gauge", gaugeField);
