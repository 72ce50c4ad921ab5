/** Graphs: what archs say, what is asked of the server, and what is drawn of the answers. */
import { describe, expect, test } from "vitest";
import { parseXML } from "@web/core/utils/xml";
import { GraphArchParser } from "@web/views/graph/graph_arch_parser";
import { GraphModel, SEP, SEQUENTIAL_TYPES } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { GraphSearchModel } from "@web/views/graph/graph_search_model";
import { graphView } from "@web/views/graph/graph_view";
import { shortLabel } from "@web/views/graph/graph_labels";
import { computeReportMeasures } from "@web/views/utils";
import { getGroupBy } from "@web/search/utils/group_by";

const FIELDS = {
    id: { type: "integer", string: "ID", store: true, aggregator: "sum" },
    amount: { type: "monetary", string: "Amount", store: true, aggregator: "sum" },
    hours: { type: "float", string: "hours", store: true, aggregator: "sum" },
    unstored: { type: "float", string: "Unstored", store: false, aggregator: "sum" },
    note: { type: "text", string: "Note", store: true },
    partner_id: { type: "many2one", string: "Partner", relation: "res.partner", store: true },
    state: {
        type: "selection",
        string: "State",
        selection: [
            ["a", "Open"],
            ["b", "Shut"],
        ],
        store: true,
    },
    active: { type: "boolean", string: "Active", store: true },
    day: { type: "date", string: "Day", store: true },
};

function parse(arch) {
    return new GraphArchParser().parse(parseXML(arch), FIELDS);
}

/** A model whose server answers with groups, one list for each question; they are kept in `asked`. */
async function makeModel(answers, settings = {}, search = {}) {
    const asked = [];
    const orm = {
        async webReadGroup(...question) {
            asked.push(question);
            return { groups: answers[asked.length - 1] };
        },
    };
    const archInfo = { fieldAttrs: {}, fields: FIELDS, groupBy: [], measure: "__count", ...settings };
    const params = { mode: "bar", order: null, stacked: true, resModel: "thing", ...archInfo };
    const model = new GraphModel({}, params, { orm });
    await model.load({ context: {}, domain: [], groupBy: [], ...search });
    return { asked, model };
}

const PARTNERS = [
    { __count: 2, amount: 10, partner_id: [1, "Ann"], state: "a", __domain: ["a1"] },
    { __count: 1, amount: 30, partner_id: [1, "Ann"], state: "b", __domain: ["b1"] },
    { __count: 4, amount: 20, partner_id: [2, "Ben"], state: "a", __domain: ["a2"] },
];

describe("V1-V4: description and arch", () => {
    test("keys of the description", () => {
        expect(graphView).toMatchObject({
            type: "graph",
            Renderer: GraphRenderer,
            Model: GraphModel,
            ArchParser: GraphArchParser,
            SearchModel: GraphSearchModel,
            searchMenuTypes: ["filter", "groupBy", "comparison", "favorite"],
            buttonTemplate: "web.GraphView.Buttons",
        });
        expect([SEP, SEQUENTIAL_TYPES]).toEqual([" / ", ["date", "datetime"]]);
    });

    test("props: what the arch leaves out has its usual value, and who comes back finds what was left", () => {
        const generic = { arch: parseXML("<graph/>"), fields: FIELDS, resModel: "thing" };
        expect(graphView.props(generic, graphView).modelParams).toMatchObject({
            disableLinking: false,
            measure: "__count",
            mode: "bar",
            order: null,
            resModel: "thing",
            stacked: true,
            cumulated: false,
            cumulatedStart: false,
            title: "Untitled",
        });
        const state = { metaData: { mode: "pie" } };
        expect(graphView.props({ ...generic, state }, graphView).modelParams).toBe(state.metaData);
    });

    test("the root", () => {
        const root = `<graph type="line" order="desc" stacked="0" cumulated="1" cumulated_start="True"
            disable_linking="1" string="Sales"/>`;
        expect(parse(root)).toEqual({
            fields: FIELDS,
            fieldAttrs: {},
            groupBy: [],
            measures: [],
            mode: "line",
            order: "DESC",
            stacked: false,
            cumulated: true,
            cumulatedStart: true,
            disableLinking: true,
            title: "Sales",
        });
        expect(parse(`<graph type="cake" order="up"/>`)).toEqual({
            fields: FIELDS,
            fieldAttrs: {},
            groupBy: [],
            measures: [],
        });
    });

    test("fields", () => {
        const info = parse(`<graph>
            <field name="id" type="measure"/>
            <field name="day" interval="week"/>
            <field name="note"/>
            <field name="state" string="Stage" invisible="1"/>
            <field name="hours" type="measure" widget="float_time"/>
            <field name="amount" type="measure" invisible="True"/>
        </graph>`);
        expect(info.groupBy).toEqual(["day:week", "state"]);
        expect(info.measures).toEqual(["hours", "amount"]);
        expect(info.measure).toBe("amount");
        expect(info.fieldAttrs).toEqual({
            state: { string: "Stage", isInvisible: true },
            hours: { widget: "float_time" },
            amount: { isInvisible: true },
        });
    });

    test("V17: what can be measured", () => {
        const measures = computeReportMeasures(FIELDS, { hours: { string: "Time" } }, ["partner_id", "__count"]);
        expect(Object.entries(measures).map(([name, { string }]) => [name, string])).toEqual([
            ["amount", "Amount"],
            ["partner_id", "Partner"],
            ["hours", "Time"],
            ["__count", "Count"],
        ]);
        expect(Object.keys(computeReportMeasures(FIELDS, { amount: { isInvisible: true } }, []))).toEqual([
            "hours",
            "__count",
        ]);
    });

    test("group-bys as objects", () => {
        expect(getGroupBy("day", FIELDS)).toMatchObject({ fieldName: "day", interval: "month", spec: "day:month" });
        expect(JSON.stringify(getGroupBy("day:year", FIELDS))).toBe('"day:year"');
        expect(getGroupBy("state", FIELDS).spec).toBe("state");
        expect(() => getGroupBy("nope", FIELDS)).toThrow("nope");
        expect(() => getGroupBy("day:hour", FIELDS)).toThrow("hour");
        expect(() => getGroupBy("state:month", FIELDS)).toThrow("state");
    });
});

describe("V5-V9: what is asked, and points", () => {
    test("V5: the context of an action or a favorite, and the name of the count of old", async () => {
        const context = {
            graph_measure: "__count__",
            graph_mode: "pie",
            graph_groupbys: ["state"],
            graph_order: "ASC",
        };
        const { model } = await makeModel([[], []], { measure: "amount" }, { context });
        expect(model.metaData).toMatchObject({ measure: "__count", mode: "pie", order: null });
        expect(model.metaData.groupBy.map(({ spec }) => spec)).toEqual(["state"]);
        await model.updateMetaData({ mode: "line" });
        await model.load({ context, domain: [["id", ">", 1]], groupBy: ["partner_id"] });
        // what was chosen since stays; the context says nothing new
        expect(model.metaData.mode).toBe("line");
        expect(model.metaData.groupBy.map(({ spec }) => spec)).toEqual(["partner_id"]);
    });

    test("V6: groups in one form, the finer interval of two", async () => {
        const groupBy = ["day:year", "id", "__count", "note", "state", "day:week", "props.x"];
        const fields = { ...FIELDS, props: { type: "properties" } };
        const { model } = await makeModel([[]], { fields }, { groupBy });
        expect(model.metaData.groupBy.map(({ spec }) => spec)).toEqual(["day:week", "state", "props.x"]);
    });

    test("V7: one question for each domain, with the measure and its aggregator", async () => {
        const domains = [
            { arrayRepr: [["day", ">", "2024"]], description: "2024" },
            { arrayRepr: [["day", ">", "2023"]], description: "2023" },
        ];
        const search = { comparison: { domains, fieldName: "day" }, context: { lang: "fr" }, groupBy: ["state"] };
        const { asked } = await makeModel([[], []], { measure: "amount" }, search);
        const options = { lazy: false, context: { fill_temporal: true, lang: "fr" } };
        expect(asked).toEqual(
            domains.map(({ arrayRepr }) => ["thing", arrayRepr, ["__count", "amount:sum"], ["state"], options])
        );
        const { asked: others, model } = await makeModel([[{ __count: 3, partner_id: [7, "x"] }]], {
            measure: "partner_id",
        });
        expect(others[0][2]).toEqual(["__count", "partner_id:count_distinct"]);
        expect(model.dataPoints[0].value).toBe(1);
        await expect(makeModel([[]], { measure: "note" })).rejects.toThrow('"note" cannot be measured');
    });

    test("V7: a point", async () => {
        const { model } = await makeModel([PARTNERS], { measure: "amount" }, { groupBy: ["partner_id", "state"] });
        expect(model.dataPoints[1]).toEqual({
            count: 1,
            domain: ["b1"],
            value: 30,
            labels: ["Ann", "Shut"],
            originIndex: 0,
            identifier: '[[1,"Ann"],"b"]',
            cumulatedStart: 0,
        });
    });

    test("V8: labels", async () => {
        const groups = [
            { __count: 1, partner_id: [1, "Ann"], active: false, day: "2024" },
            { __count: 1, partner_id: [2, "Ann"], active: true, day: false },
            { __count: 1, partner_id: false, active: true, "day:month": "May 2024" },
            { __count: 1, partner_id: [1, "Ann"], active: true, "day:month": "May 2024" },
        ];
        const { model } = await makeModel([groups], {}, { groupBy: ["partner_id", "active", "day"] });
        expect(model.dataPoints.map(({ labels }) => labels)).toEqual([
            ["Ann", "false", "None"],
            ["Ann (2)", "true", "None"],
            ["None", "true", "May 2024"],
            ["Ann", "true", "May 2024"],
        ]);
    });

    test("V9: which points are drawn, and in which order", async () => {
        const groups = [
            { __count: 2, amount: 10, partner_id: [1, "Ann"] },
            { __count: 1, amount: -5, partner_id: [2, "Ben"] },
            { __count: 0, amount: 0, partner_id: [3, "Cy"] },
            { __count: 1, amount: 30, partner_id: false },
        ];
        const { model } = await makeModel([groups], { measure: "amount" }, { groupBy: ["partner_id"] });
        expect(model.data.labels).toEqual(["Ann", "Ben", "None"]);
        await model.updateMetaData({ order: "DESC" });
        expect(model.data.labels).toEqual(["None", "Ann", "Ben"]);
        await model.updateMetaData({ order: "ASC" });
        expect(model.data.labels).toEqual(["Ben", "Ann", "None"]);
        await model.updateMetaData({ mode: "line" });
        expect(model.data.labels).toEqual(["Ben", "Cy", "Ann"]);
        await model.updateMetaData({ mode: "pie" });
        expect(model.data.labels).toEqual(["Ann", "None"]);
    });
});

describe("V10-V12: series", () => {
    test("V10: the first group on the axis, the others as series, and a line of sums over piles", async () => {
        const { model } = await makeModel([PARTNERS], { measure: "amount" }, { groupBy: ["partner_id", "state"] });
        expect(model.data.labels).toEqual(["Ann", "Ben"]);
        expect(model.data.datasets.map(({ data, domains, label }) => ({ data, domains, label }))).toEqual([
            { label: "Open", data: [10, 20], domains: [["a1"], ["a2"]] },
            { label: "Shut", data: [30, 0], domains: [["b1"], [[0, "=", 1]]] },
        ]);
        expect(model.lineOverlayDataset).toMatchObject({ label: "Sum", data: [40, 20] });
        await model.updateMetaData({ stacked: false });
        expect(model.lineOverlayDataset).toBe(null);
        await model.updateMetaData({ mode: "pie" });
        expect(model.data.labels).toEqual(["Ann / Open", "Ann / Shut", "Ben / Open"]);
        expect(model.data.datasets.map(({ label }) => label)).toEqual(["Amount"]);
    });

    test("V10: without groups", async () => {
        const { model } = await makeModel([[{ __count: 7, __domain: [] }]]);
        expect(model.data).toMatchObject({ labels: ["Total"], datasets: [{ label: "Count", data: [7] }] });
        expect(model.hasData()).toBe(true);
    });

    test("V11: the same day of two spans of time side by side", async () => {
        const domains = [
            { arrayRepr: [], description: "May" },
            { arrayRepr: [], description: "April" },
        ];
        const groups = (...days) => days.map((day, index) => ({ __count: index + 1, "day:day": day, __domain: [day] }));
        const search = { comparison: { domains, fieldName: "day" }, groupBy: ["day:day"] };
        const { model } = await makeModel([groups("1 May", "2 May"), groups("1 Apr", "2 Apr", "3 Apr")], {}, search);
        expect(model.metaData.stacked).toBe(false);
        expect(model.data.labels).toEqual(["1 May", "2 May", "3 Apr"]);
        expect(model.data.datasets.map(({ data, label, trueLabels }) => [label, data, trueLabels])).toEqual([
            ["May", [1, 2, 0], ["1 May", "2 May", "3 Apr"]],
            ["April", [1, 2, 3], ["1 Apr", "2 Apr", "3 Apr"]],
        ]);
    });

    test("V15: a pie has a ring for each span of time, also for one where nothing is", async () => {
        const domains = [
            { arrayRepr: [], description: "May" },
            { arrayRepr: [], description: "April" },
        ];
        const search = { comparison: { domains, fieldName: "day" }, groupBy: ["partner_id"] };
        const { model } = await makeModel([[{ __count: 2, partner_id: [1, "Ann"] }], []], { mode: "pie" }, search);
        expect(model.data.datasets.map(({ data, label }) => [label, data])).toEqual([
            ["May", [2]],
            ["April", [0]],
        ]);
        const renderer = Object.assign(Object.create(GraphRenderer.prototype), { props: { model } });
        const { datasets, labels } = renderer.getPieChartData();
        expect(labels).toEqual(["Ann", "No data"]);
        expect(datasets.map(({ data }) => data)).toEqual([
            [2, 0],
            [0, 1],
        ]);
    });

    test("V12: what came together before the first day", async () => {
        const domain = ["&", ["day", ">=", "2024-05-01"], ["state", "=", "a"]];
        const now = [{ __count: 1, amount: 5, "day:day": "1 May", state: "a", __domain: [] }];
        const before = [{ __count: 9, amount: 100, state: "a" }];
        const settings = { measure: "amount", mode: "line", cumulatedStart: true };
        const { asked, model } = await makeModel([now, before], settings, { domain, groupBy: ["day:day", "state"] });
        const [, asDomain, , groups] = asked[1];
        expect(JSON.stringify(asDomain)).toContain('["day","<","2024-05-01"]');
        expect(JSON.stringify(asDomain)).not.toContain(">=");
        expect(groups).toEqual(["state"]);
        expect(model.data.datasets[0].cumulatedStart).toBe(100);
    });
});

describe("V14-V16: changes and texts", () => {
    test("V14: another measure is fetched, the rest is not", async () => {
        const { asked, model } = await makeModel([PARTNERS, PARTNERS], {}, { groupBy: ["partner_id"] });
        await model.updateMetaData({ mode: "line" });
        await model.updateMetaData({ order: "ASC" });
        expect(asked.length).toBe(1);
        await model.updateMetaData({ measure: "amount" });
        expect(asked.length).toBe(2);
        expect(model.data.datasets[0].label).toBe("Amount");
        expect(Object.keys(model.metaData.measures)).toEqual(["amount", "hours", "__count"]);
    });

    test("V15: short labels", () => {
        expect(shortLabel("a / b / c / d")).toBe("a / b / c / ...");
        expect(shortLabel("x".repeat(40))).toBe(`${"x".repeat(30)}...`);
        expect(shortLabel("Ann")).toBe("Ann");
    });

    test("V15: values", () => {
        const format = (...args) => GraphRenderer.prototype.formatValue(...args);
        expect([format(999), format(1234), format(-25000), format(1.5, false)]).toEqual([
            "999",
            "1.23k",
            "-25.00k",
            "1.50",
        ]);
        expect(format(1.5, false, "float_time")).toBe("01:30");
    });

    test("V16: a subclass names what has no value, and changes settings", async () => {
        class Own extends GraphModel {
            _getDefaultFilterLabel({ fieldName }) {
                return `no ${fieldName}`;
            }
        }
        const orm = { webReadGroup: async () => ({ groups: [{ __count: 1, state: false }] }) };
        const params = { fieldAttrs: {}, fields: FIELDS, groupBy: ["state"], measure: "__count", mode: "bar" };
        const model = new Own({}, params, { orm });
        await model.load({ context: {}, domain: [], groupBy: [] });
        expect(model.data.labels).toEqual(["no state"]);
    });
});
