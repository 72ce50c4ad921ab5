/** Records, lists and lines of the model of views, against a server that is a list of answers. */
import { expect, test } from "vitest";
import { ConnectionLostError } from "@web/core/network/rpc";
import { makeModel, named, openList, openOrder } from "./model_server";

test("a record is saved with what was changed, and not at all when nothing was", async () => {
    const { calls, record } = await openOrder();
    expect(await record.save()).toBe(true);
    expect(named(calls, "web_save")).toEqual([]);
    await record.update({ display_name: "Other" });
    expect([record.dirty, await record.isDirty()]).toEqual([true, true]);
    expect(await record.save()).toBe(true);
    expect(named(calls, "web_save")).toEqual([["web_save", [7], { display_name: "Other" }]]);
    expect([record.dirty, record.data.display_name]).toEqual([false, "Other"]);
});

test("a record without a required value is not saved, and the user is told the field", async () => {
    const asked = [];
    const { calls, notifications, record } = await openOrder({ hooks: { onDisplaySaveError: () => asked.push(1) } });
    await record.update({ display_name: "" });
    expect(await record.checkValidity()).toBe(false);
    expect(notifications).toEqual([]);
    expect(await record.save()).toBe(false);
    expect(named(calls, "web_save")).toEqual([]);
    expect(notifications[0][0]).toContain("<li>Name</li>");
    expect(notifications[0][1].type).toBe("danger");
    expect([asked.length, record.isFieldInvalid("display_name")]).toEqual([1, true]);
    await record.discard();
    expect([record.data.display_name, record.isValid, record.dirty]).toEqual(["First", true, false]);
    expect(named(calls, "closed").length).toBe(1);
});

test("a hook may stop a save, and what the server refuses may be discarded or raised", async () => {
    const stopped = await openOrder({ hooks: { onWillSaveRecord: () => false } });
    await stopped.record.update({ display_name: "Other" });
    expect([await stopped.record.save(), named(stopped.calls, "web_save")]).toEqual([false, []]);

    const refuse = () => {
        throw new Error("no");
    };
    const { record } = await openOrder({ answers: { web_save: refuse } });
    await record.update({ display_name: "Other" });
    await expect(record.save()).rejects.toThrow("no");
    expect(record.dirty).toBe(true);
    const answer = await record.save({ onError: async (error, { discard }) => (await discard(), error.message) });
    expect([answer, record.dirty, record.data.display_name]).toEqual(["no", false, "First"]);
});

test("what was changed while the server was away stays, and what follows from it is asked for before it is saved", async () => {
    let isAway = true;
    const onchange = () => {
        if (isAway) {
            throw new ConnectionLostError("/onchange");
        }
        return { value: { active: false } };
    };
    const { calls, record } = await openOrder({ answers: { onchange } });
    record.activeFields.display_name.onChange = true;
    await record.update({ display_name: "Typed" });
    expect([record.data.display_name, record.data.active, record.dirty]).toEqual(["Typed", true, true]);
    await expect(record.save()).rejects.toThrow(ConnectionLostError);
    expect([record.data.display_name, record.dirty]).toEqual(["Typed", true]);
    isAway = false;
    expect(await record.save()).toBe(true);
    expect(named(calls, "onchange").at(-1)[3]).toEqual(["display_name"]);
    expect(named(calls, "web_save")[0][2]).toMatchObject({ display_name: "Typed", active: false });
    await record.update({ display_name: "Next" });
    expect(named(calls, "onchange").at(-1)[3]).toEqual(["display_name"]);
});

test("a new record is created and known by its id, but not together with another one", async () => {
    const { calls, model } = makeModel(
        { isMonoRecord: true, resId: false, resIds: [], mode: "edit" },
        { answers: { onchange: { value: { display_name: "", active: true, line_ids: [] } } } }
    );
    await model.load();
    const record = model.root;
    await record.update({ display_name: "Made" });
    await expect(record.save({ nextId: 8 })).rejects.toThrow();
    expect(await record.save()).toBe(true);
    expect(named(calls, "web_save")[0][2]).toMatchObject({ display_name: "Made", active: true });
    expect([record.isNew, record.resId, record.resIds]).toEqual([false, 99, [99]]);
});

test("archiving runs the action that the server gives, then reads again", async () => {
    const { calls, record } = await openOrder({ answers: { action_archive: { type: "x" }, action_unarchive: {} } });
    await record.archive();
    expect(calls).toEqual([
        ["action_archive", [7]],
        ["doAction", { type: "x" }],
    ]);
    await record.unarchive();
    expect(calls.at(-1)).toEqual(["action_unarchive", [7]]);
});

test("a copy is shown after its origin; after a deletion the next record is, or none", async () => {
    const { calls, model, record } = await openOrder({ answers: { copy: [8] } });
    await record.duplicate();
    expect(calls).toEqual([["copy", [7]]]);
    expect([model.root.resId, model.root.resIds, model.root.isInEdition]).toEqual([8, [7, 8, 8], true]);

    const other = await openOrder();
    expect(await other.record.delete()).toBe(true);
    expect([other.model.root.resId, other.model.root.resIds]).toEqual([8, [8]]);
    await other.model.root.delete();
    expect(other.model.root.isNew).toBe(true);
});

test("values that leave edition are not judged", async () => {
    const { record } = await openOrder();
    await record.setInvalidField("display_name");
    expect([record.isValid, record.dirty]).toEqual([false, true]);
    await record.switchMode("readonly");
    expect([record.isValid, record.isInEdition]).toEqual([true, false]);
    expect(record.fieldNames).toEqual(["display_name", "active", "line_ids"]);
});

test("lines are removed, forgotten and replaced by commands", async () => {
    const { calls, record } = await openOrder();
    const lines = record.data.line_ids;
    expect([lines.currentIds, lines.count]).toEqual([[1, 2], 2]);
    await lines.delete(lines.records[0]);
    await lines.forget(lines.records[0]);
    expect([lines.currentIds, record.dirty]).toEqual([[], true]);
    await record.save();
    expect(named(calls, "web_save")[0][2]).toEqual({
        line_ids: [
            [2, 1, false],
            [3, 2, false],
        ],
    });
});

test("a changed line is an update, which a discarded form forgets", async () => {
    const { record } = await openOrder();
    const lines = record.data.line_ids;
    await lines.enterEditMode(lines.records[0]);
    await lines.records[0].update({ product: "Table" });
    expect(await record.getChanges()).toEqual({ line_ids: [[1, 1, { product: "Table" }]] });
    expect(await lines.enterEditMode(lines.records[1])).toBe(true);
    expect(lines.editedRecord.resId).toBe(2);
    await lines.records[1].update({ product: "" });
    expect(await lines.enterEditMode(lines.records[0])).toBe(false);
    expect(lines.editedRecord.resId).toBe(2);
    await record.discard();
    expect(record.data.line_ids.records.map((line) => line.data.product)).toEqual(["Desk", "Chair"]);
    expect([record.dirty, await record.getChanges()]).toEqual([false, {}]);
});

test("a line that is extended can be discarded up to that point", async () => {
    const { record } = await openOrder();
    const lines = record.data.line_ids;
    await lines.records[0].update({ product: "Table" });
    const line = await lines.extendRecord({}, lines.records[0]);
    await line.update({ product: "Lamp" });
    await line.discard();
    expect([line.data.product, line.dirty]).toEqual(["Table", true]);
});

test("the ids of a list are those of its page, of the selection, or of all that the search finds", async () => {
    const { calls, list } = await openList({ answers: { search: [7, 8, 9] } });
    expect(await list.getResIds()).toEqual([7, 8]);
    await list.records[1].toggleSelection();
    expect([await list.getResIds(true), list.selection.length]).toEqual([[8], 1]);
    await list.toggleSelection();
    list.selectDomain(true);
    expect(await list.getResIds(true)).toEqual([7, 8, 9]);
    expect(calls).toEqual([["search", [["active", "=", true]]]]);
    await list.archive(true);
    expect(calls.at(-1)).toEqual(["action_archive", [7, 8, 9]]);
});

test("one line of a list is edited at a time, and left only when it is stored", async () => {
    const { calls, list } = await openList();
    const [first, second] = list.records;
    expect(await list.enterEditMode(first)).toBe(true);
    await first.update({ display_name: "" });
    expect(await list.enterEditMode(second)).toBe(false);
    expect(list.editedRecord.resId).toBe(7);
    await first.update({ display_name: "Third" });
    expect(await list.enterEditMode(second)).toBe(true);
    expect([list.editedRecord.resId, named(calls, "web_save").length]).toEqual([8, 1]);
    expect(await list.leaveEditMode({ discard: true })).toBe(true);
    expect(list.editedRecord).toBe(undefined);
});
