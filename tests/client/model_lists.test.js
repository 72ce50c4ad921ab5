/** Lists and groups of the model of views. */
import { expect, test } from "vitest";
import { makeActiveField, resequence } from "@web/model/relational_model/utils";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { makeModel, named, openList } from "./model_server";

const FIELDS = {
    display_name: { name: "display_name", type: "char", string: "Name" },
    amount: { name: "amount", type: "float", string: "Amount", aggregator: "sum" },
    sequence: { name: "sequence", type: "integer", string: "Sequence" },
    stage_id: { name: "stage_id", type: "many2one", relation: "stage", string: "Stage" },
};
const STAGES = [
    { stage_id: [1, "New"], stage_id_count: 2, amount: 5, __domain: [["stage_id", "=", 1]] },
    { stage_id: [2, "Done"], stage_id_count: 1, amount: 7, __domain: [["stage_id", "=", 2]], __fold: true },
    { stage_id: false, stage_id_count: 1, amount: 9, __domain: [["stage_id", "=", false]] },
];
const RECORDS = {
    1: [
        { id: 11, display_name: "A", sequence: 1 },
        { id: 12, display_name: "B", sequence: 2 },
    ],
    2: [{ id: 21, display_name: "C", sequence: 5 }],
};

function answersOf(groups) {
    return {
        web_read_group: () => ({ groups: groups.slice(), length: groups.length }),
        web_search_read: ([[, , stage]]) => ({ records: RECORDS[stage] || [], length: (RECORDS[stage] || []).length }),
    };
}

async function openGroups(groups = STAGES, options = {}) {
    const active = { display_name: makeActiveField(), amount: makeActiveField(), stage_id: makeActiveField() };
    active.sequence = makeActiveField({ isHandle: true });
    const config = { fields: FIELDS, activeFields: active, openGroupsByDefault: true };
    const made = makeModel(config, { ...options, answers: { ...answersOf(groups), ...options.answers } });
    await made.model.load({ domain: [], groupBy: ["stage_id"], orderBy: [], ...options.search });
    return { ...made, list: made.model.root };
}

test("V161: limits belong to the class, parts of the model too", async () => {
    expect([
        RelationalModel.DEFAULT_LIMIT,
        RelationalModel.DEFAULT_COUNT_LIMIT,
        RelationalModel.DEFAULT_GROUP_LIMIT,
        RelationalModel.DEFAULT_OPEN_GROUP_LIMIT,
        RelationalModel.MAX_NUMBER_OPENED_GROUPS,
    ]).toEqual([80, 10000, 80, 10, 10]);
    expect(RelationalModel.services).toEqual(["action", "company", "dialog", "notification", "orm"]);
    class Own extends RelationalModel {
        static DEFAULT_LIMIT = 3;
        static Record = class extends RelationalModel.Record {
            get isOwn() {
                return true;
            }
        };
    }
    const loaded = [];
    const hooks = { onWillLoadRoot: () => loaded.push("will"), onRootLoaded: () => loaded.push("done") };
    const { kwargsOf, list } = await openList({ Model: Own, hooks });
    expect([kwargsOf.web_search_read.limit, list.records[0].isOwn, loaded]).toEqual([3, true, ["will", "done"]]);
});

test("V162: the root is what is searched, and who changes it says so", async () => {
    const { list, model } = await openList();
    let updates = 0;
    model.bus.addEventListener("update", () => updates++);
    expect(list.constructor.type).toBe("DynamicRecordList");
    const asked = [];
    model.bus.addEventListener("NEED_LOCAL_CHANGES", ({ detail }) => detail.proms.push(asked.push(1)));
    await list.records[0].isDirty();
    expect(asked).toEqual([1]);
    await model.load();
    expect(updates).toBe(1);
    const { list: groups, model: grouped } = await openGroups();
    expect([groups.constructor.type, groups.groups[0].constructor.type]).toEqual(["DynamicGroupList", "Group"]);
    const changed = [];
    grouped.bus.addEventListener("group-updated", ({ detail }) => changed.push(detail.group));
    groups.groups[0].removeRecord(groups.groups[0].records[0]);
    expect([changed, groups.groups[0].count]).toEqual([[groups.groups[0]], 1]);
});

test("V163: a page, its order, and how far is counted", async () => {
    const { kwargsOf, model } = await openList();
    await model.root.sortBy("display_name");
    expect(kwargsOf.web_search_read).toMatchObject({
        limit: 80,
        offset: 0,
        order: "display_name ASC",
        count_limit: 10001,
    });
    expect(kwargsOf.web_search_read.context).toMatchObject({ bin_size: true });
    await model.load({ offset: 80 });
    expect(kwargsOf.web_search_read.offset).toBe(80);
    await model.load({ domain: [] });
    expect(kwargsOf.web_search_read.offset).toBe(0);
});

test("V163: who is on a page that is empty by now sees the first one", async () => {
    const pages = [];
    const row = { id: 1, display_name: "A" };
    const { kwargsOf, model } = await openList({
        answers: { web_search_read: () => pages.shift() || { records: [row], length: 1 } },
    });
    pages.push({ records: [], length: 0 });
    await model.load({ offset: 80 });
    expect([kwargsOf.web_search_read.offset, model.root.offset, model.root.records.length]).toEqual([0, 0, 1]);
});

test("V163: what is asked of groups, and which are open", async () => {
    const { kwargsOf, list, reads } = await openGroups(STAGES, { search: { orderBy: [{ name: "display_name" }] } });
    expect(reads[0]).toEqual(["web_read_group", [], ["amount:sum"], ["stage_id"]]);
    expect(kwargsOf.web_read_group).toMatchObject({ lazy: true, limit: 80, offset: 0, orderby: "" });
    expect(list.groups.map(({ isFolded }) => isFolded)).toEqual([false, true, true]);
    expect(reads.slice(1)).toEqual([["web_search_read", [["stage_id", "=", 1]]]]);
    expect(list.groups[0].list.context.default_stage_id).toBe(1);
    const many = Array.from({ length: 12 }, (_item, index) => ({
        stage_id: [index + 1, "S"],
        stage_id_count: 1,
        __domain: [["stage_id", "=", index + 1]],
    }));
    const { list: others } = await openGroups(many);
    expect(others.groups.filter(({ isFolded }) => !isFolded).length).toBe(10);
});

test("V163: groups that the user opened are open when he comes back, and those that are empty now stay", async () => {
    const groups = [...STAGES];
    const { list, model } = await openGroups(groups);
    await list.groups[2].toggle();
    groups.splice(0, 1);
    await model.load();
    expect(model.root.groups.map(({ count, displayName }) => [String(displayName), count])).toEqual([
        ["New", 0],
        ["Done", 1],
        ["None", 1],
    ]);
    expect([model.root.groups[0].aggregates.amount, model.root.groups[2].isFolded]).toEqual([0, false]);
    const later = await openGroups(STAGES, { params: { state: model.exportState() } });
    expect(later.list.groups.map(({ isFolded }) => isFolded)).toEqual([false, true, false]);
    await model.load({ domain: [["id", ">", 0]] });
    expect(model.root.groups.length).toBe(2);
});

test("V163: groups that are deleted are gone", async () => {
    const groups = [...STAGES];
    const { calls, list, model } = await openGroups(groups);
    groups.splice(0, 1);
    await list.deleteGroups([list.groups[0]]);
    expect([calls[0], model.root.groups.length]).toEqual([["unlink", [1]], 2]);
});

const ROWS = [10, 11, 12, 13].map((sequence, index) => ({ id: `d${index}`, resId: index + 1, sequence }));

function orderedBy(movedId, targetId, { rows = ROWS, ...options } = {}) {
    const calls = [];
    const orm = {
        webResequence: async (model, ids, params) => (calls.push([ids, params.offset]), true),
        read: async (_model, ids) => ids.map((id) => ({ id })),
    };
    const getSequence = ({ sequence }) => sequence;
    const { records } = resequence({ records: rows, resModel: "x", orm, movedId, targetId, getSequence, ...options });
    return { calls, ids: records.map(({ resId }) => resId) };
}

test("V174: only what lies between is numbered, where the numbers tell the order", () => {
    expect(orderedBy("d0", "d2")).toEqual({ calls: [[[2, 3, 1], 10]], ids: [2, 3, 1, 4] });
    expect(orderedBy("d3", "d1")).toEqual({ calls: [[[4, 3], 12]], ids: [1, 2, 4, 3] });
    expect(orderedBy("d2", null)).toEqual({ calls: [[[3, 1, 2], 10]], ids: [3, 1, 2, 4] });
    expect(orderedBy("d1", "d0")).toEqual({ calls: [], ids: [1, 2, 3, 4] });
    const falling = ROWS.map((row, index) => ({ ...row, sequence: 13 - index }));
    expect(orderedBy("d0", "d1", { rows: falling, asc: false })).toEqual({ calls: [[[1, 2], 12]], ids: [2, 1, 3, 4] });
    const equal = ROWS.map((row) => ({ ...row, sequence: 5 }));
    expect(orderedBy("d0", "d1", { rows: equal })).toEqual({ calls: [[[2, 1, 3, 4], 5]], ids: [2, 1, 3, 4] });
});

test("V174: the list shows what the server has then, or its old order", async () => {
    const { calls, list } = await openGroups(STAGES, {
        answers: {
            resequence: true,
            read: [
                { id: 11, sequence: 8 },
                { id: 12, sequence: 7 },
            ],
        },
    });
    const { list: inner, records } = list.groups[0];
    await inner.resequence(records[0].id, records[1].id);
    expect(calls).toEqual([
        ["resequence", [12, 11], { context: inner.context, field_name: "sequence", offset: 1 }],
        ["read", [12, 11], ["sequence"]],
    ]);
    expect(inner.records.map(({ data, dirty, resId }) => [resId, data.sequence, dirty])).toEqual([
        [12, 7, false],
        [11, 8, false],
    ]);
    const refusing = await openGroups(STAGES, { answers: { resequence: () => Promise.reject(new Error("no")) } });
    const other = refusing.list.groups[0].list;
    await expect(other.resequence(other.records[0].id, other.records[1].id)).rejects.toThrow("no");
    expect(other.records.map(({ resId }) => resId)).toEqual([11, 12]);
});

test("V175: one value for several lines", async () => {
    const said = [];
    const hooks = {
        onWillSaveMulti: (_record, changes, lines) => said.push([changes, lines.length]),
        onSavedMulti: (lines) => said.push(lines.length),
    };
    const { calls, list, reads } = await openList({ hooks, params: { multiEdit: true } });
    await list.toggleSelection();
    const [first, second] = list.records;
    await list.enterEditMode(first);
    await first.update({ display_name: "Same" }, { save: true });
    expect(named(calls, "write")).toEqual([["write", [7, 8], { display_name: "Same" }]]);
    expect(reads.at(-1)).toEqual(["web_read", [7, 8]]);
    expect(said).toEqual([[{ display_name: "Same" }, 2], 2]);
    second.activeFields.display_name.readonly = "id == 8";
    await first.update({ display_name: "Other" }, { save: true });
    expect(calls.at(-1)).toEqual(["write", [7], { display_name: "Other" }]);
    list.model.hooks.onWillSaveMulti = () => false;
    await first.update({ display_name: "Third" }, { save: true });
    expect(named(calls, "write").length).toBe(2);
});

test("V175: when not all that is found is concerned, that is said", async () => {
    const { calls, dialogs, list } = await openList({
        answers: { search: [7], action_archive: false, copy: [9] },
        params: { activeIdsLimit: 1 },
    });
    for (const act of [() => list.archive(true), () => list.deleteRecords(), () => list.duplicateRecords()]) {
        await list.toggleSelection();
        list.selectDomain(true);
        await act();
        await list.toggleSelection();
    }
    expect(calls.filter(([method]) => method !== "search")).toEqual([
        ["action_archive", [7]],
        ["unlink", [7]],
        ["copy", [7]],
    ]);
    expect(dialogs.length).toBe(3);
});

test("V176: a card goes to another column at once, and back when the server refuses", async () => {
    const groups = [STAGES[0], { ...STAGES[1], __fold: false }];
    const saved = [];
    const { calls, list } = await openGroups(groups, {
        answers: { web_save: (ids, changes) => saved.push([ids, changes]), resequence: true, read: [] },
    });
    const [source, target] = list.groups;
    const [card] = source.records;
    const moving = list.moveRecord(card.id, source.id, target.records[0].id, target.id);
    expect([source.count, target.count, target.records.map(({ resId }) => resId)]).toEqual([1, 2, [21, 11]]);
    await moving;
    expect(saved).toEqual([[[11], { stage_id: 2 }]]);
    expect(named(calls, "resequence")[0][1]).toEqual([21, 11]);

    const refusing = await openGroups(groups, { answers: { web_save: () => Promise.reject(new Error("no")) } });
    const [from, to] = refusing.list.groups;
    await expect(refusing.list.moveRecord(from.records[1].id, from.id, null, to.id)).rejects.toThrow("no");
    expect([from.records.map(({ resId }) => resId), from.count, to.count]).toEqual([[11, 12], 2, 1]);
});

test("V176: a column with more cards than it shows gets the next one", async () => {
    const groups = [
        { ...STAGES[0], stage_id_count: 5 },
        { ...STAGES[1], __fold: false },
    ];
    const { list, reads } = await openGroups(groups);
    const [source, target] = list.groups;
    await list.moveRecord(source.records[0].id, source.id, null, target.id);
    expect(reads.at(-1)).toEqual(["web_search_read", [["stage_id", "=", 1]]]);
    expect(source.records.length).toBe(2);
});

test("V147: a new column is there before anything is in it", async () => {
    const { list, model } = await openGroups(STAGES, { answers: { name_create: () => [3, "Won"] } });
    await list.createGroup("Won");
    const { displayName, value, count, aggregates, groupDomain, isFolded } = model.root.groups.at(-1);
    expect([displayName, value, count, aggregates.amount, isFolded]).toEqual(["Won", 3, 0, 0, false]);
    expect(groupDomain).toEqual([["stage_id", "=", 3]]);
    await model.load();
    expect(model.root.groups.map((group) => String(group.displayName))).toEqual(["New", "Done", "None", "Won"]);
});
