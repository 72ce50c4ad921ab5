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
    test("by default are used unless the context asks for something else", async () => {
        const model = await makeModel({ irFilters: [favorite] });
        expect(model.groupBy).toEqual(["state"]);
        expect(model.orderBy).toEqual([{ name: "name", asc: false }]);
        expect(model.context.tone).toBe("soft");
        const other = await makeModel({ irFilters: [favorite], context: { search_default_mine: 1 } });
        expect(other.groupBy).toEqual([]);
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
