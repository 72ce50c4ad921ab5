/** Pivot tables: what archs say, what is asked of the server, and the table that comes of the answers. */
import { describe, expect, test } from "vitest";
import { groupBy as groupItems } from "@web/core/utils/arrays";
import { parseXML } from "@web/core/utils/xml";
import { PivotArchParser } from "@web/views/pivot/pivot_arch_parser";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { PivotSearchModel } from "@web/views/pivot/pivot_search_model";
import { pivotView } from "@web/views/pivot/pivot_view";

const FIELDS = {
    amount: { type: "monetary", string: "Amount", store: true, aggregator: "sum" },
    hours: { type: "float", string: "Hours", store: true, aggregator: "sum" },
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
const ANN = [1, "Ann"];
const BEN = [2, "Ben"];
const RECORDS = [
    { partner_id: ANN, state: "a", "day:month": "May 2024", amount: 10 },
    { partner_id: ANN, state: "b", "day:month": "May 2024", amount: 30 },
    { partner_id: BEN, state: "a", "day:month": "June 2024", amount: 5 },
    { partner_id: false, state: "a", "day:month": "June 2024", amount: 1 },
];

/** Groups of records, as a server answers; `asked` keeps what was asked. */
function makeServer(records, asked) {
    return async (model, domain, measures, groupBys) => {
        asked.push({ domain, measures, groupBys });
        const found = typeof records === "function" ? records(domain) : records;
        const keyOf = (record) => JSON.stringify(groupBys.map((name) => record[name]));
        const groups = Object.entries(groupItems(found, keyOf)).map(([key, some]) => ({
            ...Object.fromEntries(groupBys.map((name) => [name, some[0][name]])),
            __count: some.length,
            __domain: [...domain, ...(groupBys.length ? [["key", "=", key]] : [])],
            amount: some.reduce((sum, { amount }) => sum + amount, 0),
        }));
        return groups.length || groupBys.length ? groups : [{ __count: 0, amount: false, __domain: domain }];
    };
}

async function makeModel(settings = {}, search = {}, records = RECORDS) {
    const asked = [];
    const described = { activeMeasures: ["amount"], rowGroupBys: [], colGroupBys: [], fieldAttrs: {}, widgets: {} };
    const metaData = { fields: FIELDS, resModel: "thing", title: "Things", ...described, ...settings };
    const model = new PivotModel({}, { metaData }, { orm: { readGroup: makeServer(records, asked) } });
    const loading = { context: {}, domain: [], groupBy: [], ...search };
    await model.load(loading);
    return { asked, model, loading };
}

/** The table as text: titles of headers, and rows with their indentation. */
function lines(model) {
    const { headers, rows } = model.getTable();
    return [
        ...headers.map((cells) => cells.map(({ title, width }) => (width > 1 ? `${title}*${width}` : title)).join("|")),
        ...rows.map(
            ({ indent, subGroupMeasurements, title }) =>
                `${">".repeat(indent)}${title}: ${subGroupMeasurements.map(({ value }) => value ?? "").join("|")}`
        ),
    ];
}

describe("V20-V22: description and arch", () => {
    test("keys of the description", () => {
        expect(pivotView).toMatchObject({
            type: "pivot",
            ArchParser: PivotArchParser,
            Controller: PivotController,
            Model: PivotModel,
            Renderer: PivotRenderer,
            SearchModel: PivotSearchModel,
            searchMenuTypes: ["filter", "groupBy", "comparison", "favorite"],
            buttonTemplate: "web.PivotView.Buttons",
        });
    });

    test("the arch", () => {
        const arch = `<pivot disable_linking="1" default_order="amount desc" string="Sales" display_quantity="1">
            <field name="partner_id" type="row"/>
            <field name="day" interval="year" type="col"/>
            <field name="amount" type="measure" string="Money" widget="monetary"/>
            <field name="hours" operator="avg"/>
            <field name="note" type="row" invisible="1"/>
        </pivot>`;
        expect(new PivotArchParser().parse(parseXML(arch))).toEqual({
            activeMeasures: ["__count", "amount", "hours"],
            colGroupBys: ["day:year"],
            rowGroupBys: ["partner_id"],
            defaultOrder: "amount desc",
            fieldAttrs: { amount: { string: "Money" }, note: { isInvisible: true } },
            widgets: { amount: "monetary" },
            disableLinking: true,
            displayQuantity: true,
            title: "Sales",
        });
        expect(new PivotArchParser().parse(parseXML("<pivot/>")).activeMeasures).toEqual(["__count"]);
    });

    test("props: who comes back finds what was left", () => {
        const generic = { arch: parseXML(`<pivot default_order="amount"/>`), fields: FIELDS, resModel: "thing" };
        expect(pivotView.props(generic, pivotView).modelParams.metaData).toMatchObject({
            activeMeasures: ["__count"],
            disableLinking: false,
            title: "Untitled",
            sortedColumn: { groupId: [[], []], measure: "amount", order: "asc", originIndexes: [0] },
        });
        const state = { data: {}, metaData: {} };
        expect(pivotView.props({ ...generic, state }, pivotView).modelParams).toEqual(state);
    });
});

describe("V23-V26: reading", () => {
    test("V23: who says how rows and columns are grouped", async () => {
        const context = { pivot_measures: ["__count__"], pivot_column_groupby: ["state"], pivot_row_groupby: ["day"] };
        const { loading, model } = await makeModel({ rowGroupBys: ["active"] }, { context, groupBy: ["partner_id"] });
        expect(model.metaData).toMatchObject({
            activeMeasures: ["__count"],
            colGroupBys: ["state"],
            rowGroupBys: ["day:month"],
        });
        await model.load(loading);
        expect(model.metaData.rowGroupBys).toEqual(["partner_id"]);
        await model.load({ ...loading, groupBy: [] });
        expect(model.metaData.rowGroupBys).toEqual(["day:month"]);
        const { model: other } = await makeModel({ rowGroupBys: ["state"] }, { groupBy: ["partner_id"] });
        expect(other.metaData.rowGroupBys).toEqual(["partner_id"]);
        expect((await makeModel({ rowGroupBys: ["state"] })).model.metaData.rowGroupBys).toEqual(["state"]);
    });

    test("V24: one question for each pair of prefixes, none beyond the total where nothing is", async () => {
        const settings = { rowGroupBys: ["partner_id", "state"], colGroupBys: ["day"] };
        const { asked } = await makeModel(settings);
        expect(asked.map(({ groupBys }) => groupBys.join())).toEqual([
            ...["", "day:month", "partner_id", "partner_id,day:month"],
            ...["partner_id,state", "partner_id,state,day:month"],
        ]);
        expect(asked[0].measures).toEqual(["amount:sum"]);
        expect((await makeModel(settings, {}, [])).asked.length).toBe(1);
        // the same set of groups is asked for once
        const twice = await makeModel({ rowGroupBys: ["state"], colGroupBys: ["state"] });
        expect(twice.asked.map(({ groupBys }) => groupBys.join())).toEqual(["", "state"]);
        await expect(makeModel({ activeMeasures: ["note"] })).rejects.toThrow('"note" cannot be measured');
    });

    test("V24: counted relations", async () => {
        const { asked } = await makeModel({ activeMeasures: ["partner_id", "__count"] });
        expect(asked[0].measures).toEqual(["partner_id:count_distinct", "__count"]);
    });

    test("V25: the data, and cells where nothing is", async () => {
        const { model } = await makeModel({ rowGroupBys: ["partner_id"], colGroupBys: ["state"] });
        expect(model.data.measurements['[[1],["b"]]']).toEqual([{ amount: 30 }]);
        expect(model.data.counts["[[],[]]"]).toEqual([4]);
        expect(model.data.rowGroupTree.directSubTrees.get(2).root).toEqual({ labels: ["Ben"], values: [2] });
        expect(model.hasData()).toBe(true);
        expect(lines(model)).toEqual([
            "|Total*2|",
            "Open|Shut",
            "Amount|Amount|Amount",
            "Total: 16|30|46",
            ">Ann: 10|30|40",
            ">Ben: 5||5",
            ">None: 1||1",
        ]);
        expect(model.getTableWidth()).toBe(3);
    });

    test("V26: labels", async () => {
        const { model } = await makeModel();
        const label = (...args) => model._sanitizeLabel(...args);
        expect([label(undefined, "active"), label(true, "active"), label(false, "active")]).toEqual([
            "None",
            "Yes",
            "No",
        ]);
        expect([
            label([1, "Ann"], "partner_id"),
            label([9, "Ann"], "partner_id"),
            label([1, "Ann"], "partner_id"),
        ]).toEqual(["Ann", "Ann  (2)", "Ann"]);
        expect([label(false, "note"), label("b", "state"), label("May", "day:month")]).toEqual(["None", "Shut", "May"]);
    });
});

describe("V27-V30: what the user does", () => {
    test("V27: a group more, below one group", async () => {
        const within = ([leaf]) => RECORDS.filter((record) => !leaf || JSON.stringify([record.partner_id]) === leaf[2]);
        const { asked, model } = await makeModel({ rowGroupBys: ["partner_id"] }, {}, within);
        asked.length = 0;
        await model.addGroupBy({ groupId: [[1], []], fieldName: "state", type: "row" });
        expect(asked.map(({ domain, groupBys }) => [domain[0][2], groupBys.join()])).toEqual([
            ['[[1,"Ann"]]', "state"],
        ]);
        expect(model.metaData.expandedRowGroupBys).toEqual(["state"]);
        const names = () =>
            model.getTable().rows.map(({ indent, isFolded, title }) => `${indent}${title}${isFolded ? "+" : ""}`);
        expect(names()).toEqual(["0Total", "1Ann", "2Open", "2Shut", "1Ben+", "1None+"]);
        await model.expandGroup([[2], []], "row");
        expect(names()).toEqual(["0Total", "1Ann", "2Open", "2Shut", "1Ben", "2Open", "1None+"]);
    });

    test("V27: dates are grouped by month unless somebody says otherwise, and own fields are remembered", async () => {
        const { model } = await makeModel({ rowGroupBys: ["partner_id"] });
        await model.addGroupBy({ groupId: [[], []], fieldName: "day", type: "col", custom: true });
        expect(model.metaData.expandedColGroupBys).toEqual(["day:month"]);
        expect([...model.metaData.customGroupBys.keys()]).toEqual(["day"]);
        await model.addGroupBy({ groupId: [[], []], fieldName: "day", type: "col", interval: "month" });
        expect(model.metaData.expandedColGroupBys).toEqual(["day:month"]);
    });

    test("V27: a group that is closed takes its data and the levels that are left empty", async () => {
        const { model } = await makeModel({ rowGroupBys: ["partner_id", "state"] });
        model.closeGroup([[1], []], "row");
        expect(model.metaData.rowGroupBys).toEqual(["partner_id", "state"]);
        expect('[[1,"a"],[]]' in model.data.counts).toBe(false);
        expect('[[2,"a"],[]]' in model.data.counts).toBe(true);
        model.closeGroup([[], []], "row");
        expect(model.metaData.rowGroupBys).toEqual([]);
        expect(lines(model).slice(2)).toEqual(["Total: 46"]);
    });

    test("V27: what was closed stays closed when the search changes, and opens with all", async () => {
        const { loading, model } = await makeModel({ rowGroupBys: ["partner_id", "state"] });
        model.closeGroup([[1], []], "row");
        await model.load({ ...loading, domain: [["x", "=", 1]] });
        const titles = () => model.getTable().rows.map(({ title }) => title);
        expect(titles()).toEqual(["Total", "Ann", "Ben", "Open", "None", "Open"]);
        await model.expandAll();
        expect(titles()).toEqual(["Total", "Ann", "Open", "Shut", "Ben", "Open", "None", "Open"]);
    });

    test("V27: groups open again after a search that found nothing", async () => {
        let found = RECORDS;
        const { loading, model } = await makeModel({ rowGroupBys: ["partner_id"] }, {}, () => found);
        found = [];
        await model.load(loading);
        expect(model.hasData()).toBe(false);
        found = RECORDS;
        await model.load(loading);
        expect(model.getTable().rows.length).toBe(4);
    });

    test("V28: rows and columns change places, without a question", async () => {
        const { asked, model } = await makeModel({ rowGroupBys: ["partner_id"], colGroupBys: ["state"] });
        const before = asked.length;
        await model.flip();
        expect(asked.length).toBe(before);
        expect(model.metaData).toMatchObject({ rowGroupBys: ["state"], colGroupBys: ["partner_id"] });
        expect(lines(model)).toEqual([
            "|Total*3|",
            "Ann|Ben|None",
            "Amount|Amount|Amount|Amount",
            "Total: 40|5|1|46",
            ">Open: 10|5|1|16",
            ">Shut: 30|||30",
        ]);
    });

    test("V29: rows in the order of a column, also after another search", async () => {
        const { loading, model } = await makeModel({ rowGroupBys: ["partner_id"], colGroupBys: ["state"] });
        const sorted = { groupId: [[], ["a"]], measure: "amount", order: "asc", originIndexes: [0] };
        model.sortRows(sorted);
        const titles = () => model.getTable().rows.map(({ title }) => title);
        expect(titles()).toEqual(["Total", "None", "Ben", "Ann"]);
        const [, , measures] = model.getTable().headers;
        expect(measures.map(({ order }) => order)).toEqual(["asc", undefined, undefined]);
        model.sortRows({ ...sorted, groupId: [[], ["b"]], order: "desc" });
        expect(titles()[1]).toBe("Ann");
        await model.load({ ...loading, domain: [["x", "=", 1]] });
        expect(titles()[1]).toBe("Ann");
    });

    test("V30: two spans of time, the older one first, and how they differ", async () => {
        const domains = [
            { arrayRepr: [["year", "=", 2024]], description: "2024" },
            { arrayRepr: [["year", "=", 2023]], description: "2023" },
        ];
        const older = [
            { partner_id: ANN, amount: 20 },
            { partner_id: BEN, amount: -10 },
        ];
        const answer = (domain) => (domain[0][2] === 2024 ? RECORDS : older);
        const search = { comparison: { domains, fieldName: "day" } };
        const { model } = await makeModel({ rowGroupBys: ["partner_id"] }, search, answer);
        expect(lines(model)).toEqual([
            "|Total*3",
            "Amount*3",
            "2023|2024|Variation",
            "Total: 10|46|3.6",
            ">Ann: 20|40|1",
            ">Ben: -10|5|1.5",
            ">None: |1|1",
        ]);
        expect(model.getTable().rows[0].subGroupMeasurements.map(({ originIndexes }) => originIndexes)).toEqual([
            [0],
            [1],
            [0, 1],
        ]);
        expect(model.getTableWidth()).toBe(3);
        expect(model.getGroupDomain({ rowValues: [1], colValues: [], originIndex: 0 })[0]).toEqual(["year", "=", 2023]);
        model.sortRows({ groupId: [[], []], measure: "amount", order: "desc", originIndexes: [0, 1] });
        expect(model.getTable().rows.map(({ title }) => title)).toEqual(["Total", "Ben", "Ann", "None"]);
    });
});

describe("V31-V35: values, measures, export", () => {
    const renderer = (settings) =>
        Object.assign(Object.create(PivotRenderer.prototype), {
            props: { model: { metaData: { fields: FIELDS, widgets: {}, ...settings } } },
        });

    test("V31: formats", () => {
        const format = (measure, value, origins = [0]) =>
            renderer({ widgets: { hours: "float_time" } }).getFormattedValue({
                measure,
                value,
                originIndexes: origins,
            });
        expect(format("amount", 1234.5)).toBe("1,234.50");
        expect(format("hours", 1.5)).toBe("01:30");
        expect(format("partner_id", 3)).toBe("3");
        expect(format("__count", 1200)).toBe("1,200");
        expect(format("amount", undefined)).toBe("");
        expect(format("amount", 0.5, [0, 1])).toBe("50%");
        expect(format("amount", Number.NaN, [0, 1])).toBe("-");
    });

    test("V31: the total row and the total column are bold", async () => {
        const { model } = await makeModel({ rowGroupBys: ["partner_id"], colGroupBys: ["state"] });
        const bold = ({ subGroupMeasurements }) => subGroupMeasurements.map(({ isBold }) => isBold);
        const [total, ann] = model.getTable().rows;
        expect([bold(total), bold(ann)]).toEqual([
            [true, true, true],
            [false, false, true],
        ]);
    });

    test("V32: a cell with a value is linked unless the arch says otherwise", () => {
        expect(renderer({}).isLinked({ value: 0 })).toBe(true);
        expect(renderer({}).isLinked({ value: undefined })).toBe(false);
        expect(renderer({ disableLinking: true }).isLinked({ value: 1 })).toBe(false);
    });

    test("V33: a measure that goes is forgotten, one that comes is asked for, several wait for each other", async () => {
        const { asked, model } = await makeModel({ activeMeasures: ["amount", "__count"] });
        await model.toggleMeasure("amount");
        expect(asked.length).toBe(1);
        expect(model.metaData.activeMeasures).toEqual(["__count"]);
        const first = model.toggleMeasure("amount");
        model.toggleMeasure("hours");
        await first;
        expect(model.metaData.activeMeasures).toEqual(["__count", "amount", "hours"]);
        expect(asked.at(-1).measures).toEqual(["__count", "amount:sum", "hours:sum"]);
    });

    test("V34: what the spreadsheet is made of", async () => {
        const { model } = await makeModel({ rowGroupBys: ["partner_id"], colGroupBys: ["state"] });
        model.sortRows({ groupId: [[], []], measure: "amount", order: "desc", originIndexes: [0] });
        const cell = (title, width, height, is_bold = false) => ({ title, width, height, is_bold });
        const data = model.exportData();
        expect(data).toMatchObject({
            model: "thing",
            title: "Things",
            measure_count: 1,
            origin_count: 1,
            origin_headers: [],
        });
        expect(data.col_group_headers).toEqual([
            [cell("Total", 2, 1), cell("", 1, 2)],
            [cell("Open", 1, 1), cell("Shut", 1, 1)],
        ]);
        expect(data.measure_headers).toEqual([cell("Amount", 1, 1), cell("Amount", 1, 1), cell("Amount", 1, 1, true)]);
        expect(data.rows[2]).toEqual({
            title: "Ben",
            indent: 1,
            values: [
                { is_bold: false, value: 5 },
                { is_bold: false, value: "" },
                { is_bold: true, value: 5 },
            ],
        });
    });

    test("V34: a sheet has its limits", async () => {
        const { model } = await makeModel();
        model.getTable = () => ({ headers: [], rows: [{ subGroupMeasurements: { length: 16384 } }] });
        expect(() => model.exportData()).toThrow("at most 16384 columns");
    });

    test("V35: what is left is found again", async () => {
        const { loading, model } = await makeModel({ rowGroupBys: ["partner_id", "state"] });
        model.closeGroup([[1], []], "row");
        const { data, metaData, orm } = model;
        const again = new PivotModel({}, { data, metaData }, { orm });
        await again.load(loading);
        expect(again.getTable().rows.map(({ title }) => title)).toEqual([
            "Total",
            "Ann",
            "Ben",
            "Open",
            "None",
            "Open",
        ]);
    });
});
