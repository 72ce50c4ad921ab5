/** Searches of views: what is active, and what follows from it. */
import { describe, expect, test, vi } from "vitest";
import { EventBus } from "@odoo/owl";
import { SearchModel } from "@web/search/search_model";

const fields = {
    name: { name: "name", type: "char", string: "Name" },
    day: { name: "day", type: "date", string: "Day", sortable: true },
    state: { name: "state", type: "selection", string: "State", selection: [["a", "A"]] },
};
const arch = `
    <search>
        <field name="name" operator="="/>
        <filter name="late" string="Late" domain="[('day', '&lt;', '2024-01-01')]" context="{'show_late': 1}"/>
        <filter name="big" string="Big" domain="[('size', '&gt;', minimum)]"/>
        <separator/>
        <filter name="mine" string="Mine" domain="[('user_id', '=', uid)]"/>
        <filter name="by_state" string="State" context="{'group_by': 'state'}"/>
        <filter name="by_day" string="Day" context="{'group_by': 'day:month'}"/>
    </search>`;
const favorite = {
    id: 9,
    name: "Best",
    domain: "[('state', '=', 'a')]",
    context: "{'group_by': ['state'], 'tone': 'soft'}",
    sort: '["name desc"]',
    is_default: true,
    user_id: [7, "Me"],
};

async function makeModel(config = {}, { orm = {}, view = {}, env = {} } = {}) {
    const model = new SearchModel({ bus: new EventBus(), ...env }, { orm, view, field: {}, name: {}, dialog: {} });
    await model.load({ resModel: "thing", searchViewArch: arch, searchViewFields: fields, ...config });
    return model;
}

const item = (model, name) => Object.values(model.searchItems).find((candidate) => candidate.name === name);

describe("a search", () => {
    test("needs a model", async () => {
        await expect(makeModel({ resModel: undefined })).rejects.toThrow("resModel");
    });

    test("has what its caller gives and nothing else at first", async () => {
        const model = await makeModel({ domain: [["a", "=", 1]], groupBy: ["state"], context: { tone: "loud" } });
        expect(model.domain).toEqual([["a", "=", 1]]);
        expect(model.groupBy).toEqual(["state"]);
        expect(model.context).toMatchObject({ tone: "loud" });
        expect(model.facets).toEqual([]);
    });

    test("starts with the defaults of the context, which go no further", async () => {
        const model = await makeModel({ context: { search_default_late: 1, search_default_name: "Bo", other: 2 } });
        expect(model.domain).toEqual(["&", ["name", "=", "Bo"], ["day", "<", "2024-01-01"]]);
        expect(model.context).toMatchObject({ other: 2, show_late: 1 });
        expect(Object.keys(model.context)).not.toContain("search_default_late");
    });

    test("asks for its view when it has only an id", async () => {
        const loadViews = vi.fn(async () => ({ fields, views: { search: { arch, irFilters: [favorite] } } }));
        const model = await makeModel(
            { searchViewArch: undefined, searchViewFields: undefined, searchViewId: 4, loadIrFilters: true },
            { view: { loadViews }, env: { config: { actionId: 3 } } }
        );
        expect(loadViews.mock.lastCall).toEqual([
            { resModel: "thing", views: [[4, "search"]], context: {} },
            { actionId: 3, loadIrFilters: true },
        ]);
        expect(model.domain).toEqual([["state", "=", "a"]]);
    });

    test("joins filters of a group by or, groups by and", async () => {
        const model = await makeModel({ context: { minimum: 5 } });
        model.toggleSearchItem(item(model, "late").id);
        model.toggleSearchItem(item(model, "big").id);
        model.toggleSearchItem(item(model, "mine").id);
        expect(model.domain.slice(0, 4)).toEqual(["&", "|", ["day", "<", "2024-01-01"], ["size", ">", 5]]);
        expect(model.facets.map(({ values }) => values)).toEqual([["Late", "Big"], ["Mine"]]);
        model.deactivateGroup(item(model, "late").groupId);
        expect(model.facets.map(({ values }) => values)).toEqual([["Mine"]]);
    });

    test("groups in the order of the choices", async () => {
        const model = await makeModel();
        model.toggleDateGroupBy(item(model, "by_day").id, "year");
        model.toggleSearchItem(item(model, "by_state").id);
        expect(model.groupBy).toEqual(["day:year", "state"]);
        expect(model.facets[0]).toMatchObject({ type: "groupBy", title: "Group By", separator: ">" });
    });
});

describe("favorites", () => {
    test("V184: one by default is used in place of all other defaults", async () => {
        const model = await makeModel({ irFilters: [favorite] });
        expect(model.groupBy).toEqual(["state"]);
        expect(model.orderBy).toEqual([{ name: "name", asc: false }]);
        expect(model.context.tone).toBe("soft");
        const other = await makeModel({ irFilters: [favorite], context: { search_default_mine: 1 } });
        expect(other.groupBy).toEqual(["state"]);
        expect(other.facets.length).toBe(1);
        const none = await makeModel({ irFilters: [favorite], activateFavorite: false });
        expect(none.groupBy).toEqual([]);
    });

    test("are saved with the domain of the search, and removed", async () => {
        const orm = { call: vi.fn(async () => 12), unlink: vi.fn(async () => true) };
        const model = await makeModel({ domain: [["global", "=", 1]] }, { orm });
        model.toggleSearchItem(item(model, "late").id);
        await model.createNewFavorite({ description: "Old", isDefault: false, isShared: true });
        const [, method, [values]] = orm.call.mock.lastCall;
        expect(method).toBe("create_or_replace");
        expect(values).toMatchObject({ name: "Old", model_id: "thing", user_id: false, is_default: false });
        expect(values.domain).toBe('[["day", "<", "2024-01-01"]]');
        const created = Object.values(model.searchItems).find(({ serverSideId }) => serverSideId === 12);
        expect(model.activeItems).toEqual([created]);
        await model.deleteFavorite(created.id);
        expect(orm.unlink).toHaveBeenCalledWith("ir.filters", [12]);
        expect(model.activeItems).toEqual([]);
    });
});

test("a search goes on from its exported state", async () => {
    const first = await makeModel({ irFilters: [favorite], context: { search_default_mine: 1 } });
    const state = first.exportState();
    const second = await makeModel({ state, context: { search_default_late: 1 } });
    expect(second.domain).toEqual(first.domain);
    expect(second.context).not.toHaveProperty("search_default_late");
});

test("what limits it may change without the search", async () => {
    const model = await makeModel({ context: { search_default_late: 1 } });
    await model.reload({ domain: [["a", "=", 2]], context: { b: 1 } });
    expect(model.domain).toEqual(["&", ["a", "=", 2], ["day", "<", "2024-01-01"]]);
    expect(model.context).toMatchObject({ b: 1, show_late: 1 });
});

test("callers may add filters that are active", async () => {
    const model = await makeModel({ dynamicFilters: [{ description: "Picked", domain: [["id", "in", [1]]] }] });
    expect(model.facets.map(({ values }) => values)).toEqual([["Picked"]]);
});

describe("V186: comparisons", () => {
    const dated = `<search>
        <filter name="late" string="Late" domain="[('name', '=', 'x')]"/>
        <separator/>
        <filter name="when" string="When" date="day"/>
    </search>`;

    /** A search of a view that compares; the day is the 10th of May 2024. */
    async function makeDated(config = {}) {
        vi.useFakeTimers({ now: new Date("2024-05-10T12:00:00"), toFake: ["Date"] });
        const searchMenuTypes = ["filter", "comparison"];
        const model = await makeModel({ searchViewArch: dated, searchMenuTypes, ...config });
        vi.useRealTimers();
        const when = item(model, "when").id;
        const comparisons = () => model.getSearchItems(({ type }) => type === "comparison");
        return { comparisons, model, when };
    }

    const within = (from, to) => ["&", ["day", ">=", from], ["day", "<=", to]];

    test("there is one for each date filter that is active", async () => {
        const { comparisons, model, when } = await makeDated();
        expect(comparisons()).toEqual([]);
        model.toggleDateFilter(when, "month");
        expect(comparisons().map(({ description }) => description)).toEqual([
            "When: Previous Period",
            "When: Previous Year",
        ]);
    });

    test("both periods are within the rest of the domain, and the filter is no part of it", async () => {
        const { comparisons, model, when } = await makeDated({ domain: [["a", "=", 1]] });
        model.toggleDateFilter(when, "month");
        expect(model.comparison).toBe(null);
        model.toggleSearchItem(comparisons()[0].id);
        expect(model.domain).toEqual([["a", "=", 1]]);
        expect(model.comparison).toEqual({
            fieldName: "day",
            domains: [
                {
                    arrayRepr: ["&", ["a", "=", 1], ...within("2024-05-01", "2024-05-31")],
                    description: "May 2024",
                },
                {
                    arrayRepr: ["&", ["a", "=", 1], ...within("2024-04-01", "2024-04-30")],
                    description: "April 2024",
                },
            ],
        });
        expect(model.facets.map(({ type, values }) => [type, ...values])).toEqual([
            ["filter", "When: May 2024"],
            ["comparison", "When: Previous Period"],
        ]);
        model.toggleSearchItem(comparisons()[1].id);
        expect(model.comparison.domains[1].description).toBe("May 2023");
        model.toggleSearchItem(comparisons()[1].id);
        expect(model.comparison).toBe(null);
    });

    test.each([
        [["month", "month-1"], "March 2024/February 2024", "2024-02-01", "2024-03-31"],
        [["second_quarter"], "Q1 2024", "2024-01-01", "2024-03-31"],
        [["year"], "2023", "2023-01-01", "2023-12-31"],
        [["year", "year-1"], "2022/2021", "2021-01-01", "2022-12-31"],
    ])("the period before %s", async (periods, description, first, last) => {
        const { comparisons, model, when } = await makeDated();
        periods.forEach((period) => model.toggleDateFilter(when, period));
        model.toggleSearchItem(comparisons()[0].id);
        const [, before] = model.comparison.domains;
        expect(before.description).toBe(description);
        const days = before.arrayRepr.filter(Array.isArray).map(([, , day]) => day);
        expect([days.sort()[0], days.sort().at(-1)]).toEqual([first, last]);
    });

    test("it goes with its filter, and is nothing to views that show one period", async () => {
        const { comparisons, model, when } = await makeDated();
        model.toggleDateFilter(when, "year");
        model.toggleSearchItem(comparisons()[0].id);
        const { model: list } = await makeDated({ searchMenuTypes: ["filter"], state: model.exportState() });
        expect(list.comparison).toBe(null);
        expect(list.domain).toEqual(within("2024-01-01", "2024-12-31"));
        expect(list.facets.length).toBe(1);
        model.toggleDateFilter(when, "year");
        expect(model.comparison).toBe(null);
        expect(model.query).toEqual([]);
    });

    test("V189: a favorite keeps it, with what the view has in its context", async () => {
        const orm = { call: vi.fn(async () => 3) };
        const env = { __getContext__: { callbacks: [() => ({ graph_mode: "pie", graph_stacked: true, x: null })] } };
        const model = await makeModel({ searchViewArch: dated, searchMenuTypes: ["comparison"] }, { orm, env });
        model.referenceMoment = model.referenceMoment.set({ year: 2024, month: 5, day: 10 });
        model.toggleDateFilter(item(model, "when").id, "year");
        model.toggleSearchItem(model.getSearchItems(({ type }) => type === "comparison")[1].id);
        const { comparison } = model;
        await model.createNewFavorite({ description: "Both", isDefault: false, isShared: false });
        const [[, , [values]]] = orm.call.mock.calls;
        expect(values.domain).toBe("[]");
        expect(values.context).toContain(`"graph_stacked": True`);
        expect(values.context).toContain(`"comparisonId": "previous_year"`);
        expect(model.context).toMatchObject({ graph_mode: "pie", graph_stacked: true, x: null });
        expect("comparison" in model.context).toBe(false);
        expect(model.comparison).toEqual(comparison);
    });
});

describe("V180-V182: what a search consists of", () => {
    test("its kinds of items, and a query of them", async () => {
        const model = await makeModel({ irFilters: [{ ...favorite, is_default: false }] });
        const kinds = model.getSearchItems().map(({ type }) => type);
        expect(kinds).toEqual(["field", "filter", "filter", "filter", "groupBy", "dateGroupBy", "favorite"]);
        expect(item(model, "late")).toMatchObject({ description: "Late", id: expect.any(Number) });
        model.addAutoCompletionValues(item(model, "late").id - 1, { label: "Bo", value: "Bo", operator: "=" });
        model.toggleDateGroupBy(item(model, "by_day").id);
        expect(model.query).toEqual([
            { searchItemId: 1, autocompleteValue: { label: "Bo", value: "Bo", operator: "=" } },
            { searchItemId: item(model, "by_day").id, intervalId: "month" },
        ]);
        expect(model.isDebugMode).toBe(false);
        expect(model.domainString).toBe('[["name", "=", "Bo"]]');
    });

    test("contexts are merged in the order of the query; all that groups is one group", async () => {
        const loud = arch
            .replace("{'show_late': 1}", "{'tone': 'late', 'a': 1}")
            .replace('uid)]"/>', "uid)]\" context=\"{'tone': 'mine'}\"/>")
            .replace("</search>", "<separator/><filter name='by_name' context=\"{'group_by': 'name'}\"/></search>");
        const model = await makeModel({ searchViewArch: loud, context: { tone: "global" } });
        expect(item(model, "by_name").groupId).toBe(item(model, "by_state").groupId);
        expect(item(model, "by_name").groupNumber).not.toBe(item(model, "by_state").groupNumber);
        model.toggleSearchItem(item(model, "mine").id);
        model.toggleSearchItem(item(model, "late").id);
        expect(model.context).toMatchObject({ tone: "late", a: 1 });
    });
});

describe("groups of what is chosen", () => {
    async function searched() {
        const model = await makeModel();
        const [{ id }] = model.getSearchItems(({ type }) => type === "field");
        for (const value of ["a", "b"]) {
            model.addAutoCompletionValues(id, { value, label: value, operator: "ilike" });
        }
        return { id, model };
    }

    test("hold the values of items", async () => {
        const { id, model } = await searched();
        const values = ["a", "b"].map((value) => ({ value, label: value, operator: "ilike" }));
        const { groupId } = model.searchItems[id];
        expect(model._getGroups()).toEqual([
            { id: groupId, activeItems: [{ searchItemId: id, autocompletValues: values }] },
        ]);
    });

    test("may follow rules of addons: what has a group of its own restricts besides the others", async () => {
        const { id, model } = await searched();
        model._getGroups = () =>
            model.query.map((element, index) => ({
                id: index + 0.5,
                activeItems: [{ searchItemId: element.searchItemId, autocompletValues: [element.autocompleteValue] }],
            }));
        model._notify();
        expect(model.facets.map(({ groupId, values }) => [groupId, values])).toEqual([
            [0.5, ["a"]],
            [1.5, ["b"]],
        ]);
        const { fieldName } = model.searchItems[id];
        expect(model.domain.slice(-3)).toEqual(["&", [fieldName, "ilike", "a"], [fieldName, "ilike", "b"]]);
    });
});

describe("V183: the arch", () => {
    const load = (inner, config) => makeModel({ searchViewArch: `<search>${inner}</search>`, ...config });

    test("a field has operator, domain and context of its own", async () => {
        const model = await load(
            `<field name="name" string="All" filter_domain="['|', ('name', 'ilike', self), ('code', 'ilike', raw_value)]"/>
             <field name="state" context="{'states': self}" operator="!="/>`
        );
        model.addAutoCompletionValues(1, { label: "x", value: "y", operator: "ilike" });
        model.addAutoCompletionValues(2, { label: "A", value: "a", operator: "!=" });
        expect(model.domain).toEqual(["&", "|", ["name", "ilike", "x"], ["code", "ilike", "y"], ["state", "!=", "a"]]);
        expect(model.context.states).toEqual(["a"]);
        const exact = await load(`<field name="name" filter_domain="[('name', 'ilike', self)]"/>`);
        exact.addAutoCompletionValues(1, { label: "x", value: "x", operator: "=", enforceEqual: true });
        expect(exact.domain).toEqual([["name", "=", "x"]]);
        await expect(load(`<field name="nothing"/>`)).rejects.toThrow('"nothing"');
    });

    test("what is invisible depends on the context of the action", async () => {
        const inner = `<filter name="a" domain="[]" invisible="context.get('short')"/><filter name="b" domain="[]" invisible="1"/>`;
        const names = (model) => model.getSearchItems(({ type }) => type === "filter").map(({ name }) => name);
        expect(names(await load(inner))).toEqual(["a"]);
        expect(names(await load(inner, { context: { short: true } }))).toEqual([]);
    });

    test("a context groups by a field that there is; another one is only a context", async () => {
        const model = await load(
            `<filter name="a" context="{'group_by': 'state'}"/><filter name="b" context="{'group_by': 'no'}"/>`
        );
        expect([item(model, "a").type, item(model, "b").type]).toEqual(["groupBy", "filter"]);
    });

    test("periods within a date filter say all three: name, label and domain", async () => {
        const inner = `<filter name="when" date="day"><filter name="old" string="Old" domain="[('day', '&lt;', '2000-01-01')]"/></filter>`;
        const model = await load(inner);
        expect(item(model, "when").periodOptions.at(-1)).toMatchObject({ id: "custom_old", description: "Old" });
        await expect(load(`<filter name="when" date="day"><filter name="old" domain="[]"/></filter>`)).rejects.toThrow(
            "when"
        );
    });
});

describe("V184: defaults", () => {
    test("are activated fields first, then filters, then groups by their number", async () => {
        const context = {
            search_default_by_day: 2,
            search_default_by_state: 1,
            search_default_mine: true,
            search_default_name: "Bo",
        };
        const model = await makeModel({ context });
        expect(model.activeItems.map(({ name, fieldName }) => name || fieldName)).toEqual([
            "name",
            "mine",
            "by_state",
            "by_day",
        ]);
    });

    test("of a many2one go to new records", async () => {
        const owned = { ...fields, owner: { name: "owner", type: "many2one", relation: "person", string: "Owner" } };
        const orm = { call: vi.fn(async () => [{ id: 7, display_name: "Ann" }]) };
        const config = { searchViewArch: `<search><field name="owner"/></search>`, searchViewFields: owned };
        const model = await makeModel({ ...config, context: { search_default_owner: 7 } }, { orm });
        expect(model.context.default_owner).toBe(7);
        expect(model.facets[0].values).toEqual(["Ann"]);
        expect(model.domain).toEqual([["owner", "=", 7]]);
    });
});

describe("V185: date filters", () => {
    const dated = (inner = "", attributes = "") =>
        `<search><filter name="when" string="When" date="day" ${attributes}>${inner}</filter></search>`;

    async function makeDated(...args) {
        vi.useFakeTimers({ now: new Date("2024-07-10T12:00:00"), toFake: ["Date"] });
        try {
            return await makeModel({ searchViewArch: dated(...args) });
        } finally {
            vi.useRealTimers();
        }
    }
    const toggle = (model, ...ids) => ids.forEach((id) => model.toggleDateFilter(item(model, "when").id, id));

    test("months, quarters and years around today", async () => {
        const model = await makeDated();
        const ids = item(model, "when").periodOptions.map(({ id }) => id);
        expect(ids).toEqual([
            ...["month", "month-1", "month-2"],
            ...["first_quarter", "second_quarter", "third_quarter", "fourth_quarter"],
            ...["year", "year-1", "year-2"],
        ]);
        const later = await makeDated("", `start_month="1" end_month="3" start_year="-1" end_year="1"`);
        const options = item(later, "when");
        expect(options.periodOptions.map(({ id }) => id).filter((id) => !id.includes("quarter"))).toEqual([
            ...["month+3", "month+2", "month+1", "year+1", "year", "year-1"],
        ]);
        expect(options.defaultGeneratorIds).toEqual(["month+1"]);
    });

    test("a period brings its year; without a year there is no filter; years and periods are multiplied", async () => {
        const model = await makeDated();
        toggle(model, "month");
        expect(model.domain).toEqual(["&", ["day", ">=", "2024-07-01"], ["day", "<=", "2024-07-31"]]);
        toggle(model, "first_quarter", "year-1");
        expect(model.facets[0].values).toEqual(["When: July 2024/Q1 2024/July 2023/Q1 2023"]);
        toggle(model, "year", "year-1");
        expect(model.domain).toEqual([]);
    });

    test("a period with a domain goes alone; the filter's own domain always holds", async () => {
        const model = await makeDated(
            `<filter name="old" string="Old" domain="[('day', '&lt;', '2000-01-01')]"/>`,
            `domain="[('state', '=', 'a')]"`
        );
        toggle(model, "month");
        expect(model.domain).toEqual([
            "&",
            "&",
            ["day", ">=", "2024-07-01"],
            ["day", "<=", "2024-07-31"],
            ["state", "=", "a"],
        ]);
        toggle(model, "custom_old");
        expect(model.domain).toEqual(["&", ["day", "<", "2000-01-01"], ["state", "=", "a"]]);
        expect(model.facets[0].values).toEqual(["When: Old"]);
        toggle(model, "year");
        expect(model.query.map(({ generatorId }) => generatorId)).toEqual(["year"]);
    });
});

describe("V187: groups", () => {
    test("intervals of a date come coarse first, whatever was chosen first", async () => {
        const model = await makeModel();
        model.toggleDateGroupBy(item(model, "by_day").id, "day");
        model.toggleSearchItem(item(model, "by_state").id);
        model.toggleDateGroupBy(item(model, "by_day").id, "year");
        expect(model.groupBy).toEqual(["day:year", "day:day", "state"]);
        expect(model.facets[0].values).toEqual(["Day: Year", "Day: Day", "State"]);
    });

    test("are put in the order of how much is in them, until nothing groups", async () => {
        const model = await makeModel({ canOrderByCount: true, orderBy: [{ name: "name", asc: true }] });
        model.toggleSearchItem(item(model, "by_state").id);
        expect(model.facets[0].icon).toContain("oi-group");
        model.switchGroupBySort();
        expect(model.orderBy).toEqual([
            { name: "__count", asc: false },
            { name: "name", asc: true },
        ]);
        expect(model.facets[0].icon).toContain("desc");
        model.switchGroupBySort();
        expect(model.orderBy[0].asc).toBe(true);
        model.deactivateGroup(item(model, "by_state").groupId);
        expect([model.orderBy, model.orderByCount]).toEqual([[{ name: "name", asc: true }], false]);
    });
});

test("V188: facets say what they are, how they look and what they restrict to", async () => {
    const model = await makeModel({ context: { minimum: 3 } });
    model.toggleSearchItem(item(model, "late").id);
    model.toggleSearchItem(item(model, "big").id);
    model.toggleSearchItem(item(model, "by_state").id);
    const [filters, groups] = model.facets;
    expect(filters).toMatchObject({ type: "filter", icon: "fa fa-filter", color: "primary", separator: "or" });
    expect(filters.domain).toBe('["|", ("day", "<", "2024-01-01"), ("size", ">", minimum)]');
    expect(groups).toMatchObject({ type: "groupBy", separator: ">", title: "Group By", color: "action" });
    expect(groups.domain).toBe(undefined);
});

test("V189: what a favorite keeps, and how it is read", async () => {
    const orm = { call: vi.fn(async () => 3), read: vi.fn() };
    const env = { config: { actionId: 8, currentEmbeddedActionId: 5 } };
    const context = { active_id: 4, search_default_late: 1, tone: "x" };
    const model = await makeModel({ context, domain: [["global", "=", 1]] }, { env, orm });
    expect(model.getIrFilterValues({ description: "Mine", isDefault: true, isShared: false })).toEqual({
        name: "Mine",
        action_id: 8,
        model_id: "thing",
        domain: '[["day", "<", "2024-01-01"]]',
        embedded_action_id: 5,
        embedded_parent_res_id: 4,
        is_default: true,
        sort: "[]",
        user_id: expect.anything(),
        context: expect.stringContaining('"tone": "x"'),
    });
    expect(model.getPreFavoriteValues()).toMatchObject({ groupBys: [], comparison: null });
    const read = await makeModel({ irFilters: [{ ...favorite, sort: '["-name", "day desc", "id"]' }] }, { orm });
    expect(read.orderBy).toEqual([
        { name: "name", asc: false },
        { name: "day", asc: false },
        { name: "id", asc: true },
    ]);
    orm.read.mockResolvedValue([{ ...favorite, name: "Better" }]);
    await read.reloadFavorite(read.activeItems[0].id);
    expect(read.facets[0].values).toEqual(["Better"]);
});
