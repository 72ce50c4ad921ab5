import { reactive } from "@odoo/owl";

/** Ways through a chart by keys: along the axis, and from series to series. */
export class ChartKeyboard {
    /** @param {any} renderer has a `chart`, and opens elements of it */
    constructor(renderer) {
        this.renderer = renderer;
        /** Said to whoever does not see the chart. */
        this.said = reactive({ text: "" });
    }

    /** @param {KeyboardEvent} ev */
    onKeydown(ev) {
        const { chart } = this.renderer;
        const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
        if (!chart) {
            return;
        }
        if (steps[ev.key]) {
            ev.preventDefault();
            this.move(chart, steps[ev.key]);
        } else if (ev.key === "Enter" && chart.getActiveElements().length) {
            ev.preventDefault();
            this.renderer.openElement(chart.getActiveElements()[0]);
        } else if (ev.key === "Escape") {
            this.activate(chart, []);
        }
    }

    move(chart, [along, across]) {
        const [current] = chart.getActiveElements();
        const turned = document.documentElement.dir === "rtl" ? -along : along;
        const next = current
            ? {
                  index: within(current.index + turned, chart.data.labels.length),
                  datasetIndex: within(current.datasetIndex + across, chart.data.datasets.length),
              }
            : { index: 0, datasetIndex: 0 };
        this.activate(chart, [next]);
    }

    activate(chart, elements) {
        chart.setActiveElements(elements);
        const { x, y } = elements.length ? chart.getActiveElements()[0].element.getCenterPoint() : { x: 0, y: 0 };
        chart.tooltip.setActiveElements(elements, { x, y });
        chart.update();
        const points = elements.map(({ datasetIndex, index }) => ({
            dataset: chart.data.datasets[datasetIndex],
            datasetIndex,
            dataIndex: index,
            raw: chart.data.datasets[datasetIndex].data[index],
        }));
        const items = points.length ? this.renderer.getTooltipItems(points) : [];
        this.said.text = items.map(({ label, value }) => `${label}: ${value}`).join(", ");
    }
}

function within(place, count) {
    return (place + count) % count;
}
