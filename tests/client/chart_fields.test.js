/** Fields that are shown as a chart. */
import { expect, test, vi } from "vitest";
import { assets } from "@web/core/assets";
import { gaugeField } from "@web/views/fields/gauge/gauge_field";
import { journalDashboardGraphField } from "@web/views/fields/journal_dashboard_graph/journal_dashboard_graph_field";
import { afterThis, mount } from "./mount";

/** Show a field; returns its element, and what the chart library was told. */
async function show({ component }, data, props) {
    const drawn = [];
    const loaded = vi.spyOn(assets, "loadBundle").mockResolvedValue(undefined);
    globalThis.Chart = class {
        constructor(canvas, config) {
            drawn.push(config);
        }
        destroy() {}
    };
    afterThis(() => {
        delete globalThis.Chart;
        loaded.mockRestore();
    });
    const record = { data, fields: { x: { string: "Done" } } };
    const target = await mount(component, { props: { name: "x", record, ...props } });
    expect(loaded).toHaveBeenCalledWith("web.chartjs_lib");
    return { drawn, canvas: target.querySelector("canvas"), target };
}

const read = (field, node) => field.extractProps({ attrs: {}, options: {}, ...node }, {});

test("F63: a gauge and its maximum", async () => {
    expect(read(gaugeField, { options: { max_field: "most", title: "Orders", max_value: 9 } })).toEqual({
        maxValueField: "most",
        maxValue: 9,
        title: "Orders",
    });
    const { canvas, drawn, target } = await show(gaugeField, { x: 30, most: 40 }, { maxValueField: "most" });
    expect(drawn[0]).toMatchObject({ type: "doughnut", options: { circumference: 180, rotation: -90 } });
    expect(drawn[0].data.datasets[0].data).toEqual([30, 10]);
    expect(canvas.getAttribute("aria-label")).toBe("Done: 30 of 40");
    expect(target.querySelector(".o_gauge_value").textContent).toBe("30.0");
});

test("F63: 100 is the usual maximum, and nothing is beyond it", async () => {
    expect((await show(gaugeField, { x: 30 }, {})).drawn[0].data.datasets[0].data).toEqual([30, 70]);
    expect((await show(gaugeField, { x: 300 }, { maxValue: 50 })).drawn[0].data.datasets[0].data).toEqual([300, 0]);
});

test("F66: the series of a dashboard as bars or a line", async () => {
    expect(read(journalDashboardGraphField, { attrs: { graph_type: "line" } })).toEqual({ graphType: "line" });
    const bars = [
        {
            key: "Due",
            values: [
                { label: "May", value: 2, type: "past" },
                { label: "Now", value: 3 },
            ],
        },
    ];
    const shown = await show(journalDashboardGraphField, { x: JSON.stringify(bars) }, { graphType: "bar" });
    expect(shown.drawn[0]).toMatchObject({ type: "bar", data: { labels: ["May", "Now"] } });
    expect(shown.drawn[0].data.datasets[0]).toMatchObject({ label: "Due", data: [2, 3] });
    expect(shown.canvas.getAttribute("aria-label")).toBe("Due: May 2.00, Now 3.00");
    const line = [{ key: "Cash", is_sample_data: true, values: [{ x: "1 May", y: 5 }] }];
    const other = await show(journalDashboardGraphField, { x: JSON.stringify(line) }, { graphType: "line" });
    expect(other.drawn[0]).toMatchObject({ type: "line", data: { labels: ["1 May"], datasets: [{ data: [5] }] } });
    expect(other.canvas.getAttribute("aria-label")).toBe("Cash (sample data): 1 May 5.00");
});

test.each([false, "two lines", "3", "[]", "null"])("F66: no series in %j", async (text) => {
    const { drawn } = await show(journalDashboardGraphField, { x: text }, { graphType: "bar" });
    expect(drawn[0].data.labels).toEqual([]);
});
