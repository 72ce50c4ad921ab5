/** Lines of a record: commands, pages, order, edition. */
import { expect, test } from "vitest";
import { makeActiveField } from "@web/model/relational_model/utils";
import { activeFields, openOrder } from "./model_server";

const LINES = [
    { id: 1, product: "Desk", sequence: 10 },
    { id: 2, product: "Chair", sequence: 20 },
    { id: 3, product: "Lamp", sequence: 30 },
];

/** An order whose lines have a handle; the first `read` of them came with it. */
async function openLines({ read = 3, limit = 40, orderBy = [{ name: "sequence", asc: true }], ...options } = {}) {
    const active = activeFields();
    const { line_ids: lines } = active;
    Object.assign(lines.related.activeFields, { sequence: makeActiveField({ isHandle: true }) });
    Object.assign(lines, { limit, defaultOrderBy: orderBy });
    const rows = LINES.map((line, index) => (index < read ? { ...line } : { id: line.id }));
    const made = await openOrder({
        config: { activeFields: active },
        answers: {
            web_read: (ids) =>
                ids[0] === 7
                    ? [{ id: 7, display_name: "First", active: true, line_ids: rows }]
                    : LINES.filter(({ id }) => ids.includes(id)),
            onchange: (_ids, _values, names) => ({ value: names.length ? {} : { product: "New", sequence: 5 } }),
            ...options.answers,
        },
    });
    return { ...made, lines: made.record.data.line_ids };
}

const sequences = (lines) => lines.currentIds.map((id) => lines._cache[id].data.sequence);

test("V173: every change of lines is a command", async () => {
    const { record, lines } = await openLines();
    const made = await lines.addNewRecord({ position: "bottom", mode: "readonly" });
    expect(made.isNew && lines.currentIds.at(-1)).toMatch(/^virtual_\d+$/);
    await lines.records[0].update({ product: "Table" });
    await lines.delete(lines.records[1]);
    await lines.unlinkFrom(3);
    await lines.linkTo(9, { product: "Old", sequence: 90 });
    const { line_ids: commands } = await record.getChanges();
    expect(commands).toEqual([
        [0, lines.currentIds[1], { product: "New", sequence: 31 }],
        [1, 1, { product: "Table" }],
        [2, 2, false],
        [3, 3, false],
        [4, 9, false],
    ]);
    expect([lines.count, lines.resIds]).toEqual([3, [1, 9]]);
    await lines.applyCommands([[5], [6, 0, [2, 3]]]);
    expect(lines.currentIds).toEqual([2, 3]);
    await lines.addAndRemove({ add: [1], remove: [3] });
    expect(lines.currentIds).toEqual([2, 1]);
});

test("V173: new lines have the next number at their end", async () => {
    const { lines } = await openLines();
    await lines.addNewRecord({ position: "bottom", mode: "readonly" });
    expect(sequences(lines)).toEqual([10, 20, 30, 31]);
    await lines.addNewRecord({ position: "top", mode: "readonly" });
    expect(sequences(lines)).toEqual([9, 10, 20, 30, 31]);
    await lines.addNewRecordAtIndex(1, { mode: "readonly" });
    expect(sequences(lines)).toEqual([9, 10, 11, 20, 30, 31]);
});

test("V173: a line below a full page is shown all the same", async () => {
    const { lines } = await openLines({ limit: 3 });
    await lines.addNewRecord({ position: "bottom" });
    expect([lines.limit, lines.records.length, lines.editedRecord.data.product]).toEqual([4, 4, "New"]);
});

test("V173: lines of other pages are read when they are gone to, and take what changed them before", async () => {
    const { lines, reads, record } = await openLines({ read: 1, limit: 1 });
    await record.update({ line_ids: [[1, 2, { product: "Stool" }]] });
    expect(await record.getChanges()).toEqual({ line_ids: [[1, 2, { product: "Stool" }]] });
    expect(reads.length).toBe(1);
    await lines.load({ offset: 1, limit: 1 });
    expect(reads.at(-1)).toEqual(["web_read", [2]]);
    expect([lines.offset, lines.records.map(({ data }) => data.product)]).toEqual([1, ["Stool"]]);
    await lines.load({ offset: 0, limit: 2 });
    expect([reads.length, lines.records.length]).toEqual([2, 2]);
});

test("V173: lines are ordered here when they are known, else by values that are asked for", async () => {
    const { kwargsOf, lines, reads } = await openLines({ read: 1, limit: 2, orderBy: [] });
    await lines.load({ limit: 2 });
    const before = reads.length;
    await lines.sortBy("product");
    expect(kwargsOf.web_read.specification).toEqual({ product: {} });
    expect(reads.slice(before)).toEqual([["web_read", [3]]]);
    expect([lines.currentIds, lines.orderBy]).toEqual([[2, 1, 3], [{ name: "product", asc: true }]]);
    await lines.sortBy("product");
    expect(lines.currentIds).toEqual([3, 1, 2]);
    expect(lines.records.map(({ data }) => data.product)).toEqual(["Lamp", "Desk"]);
    expect([lines.canResequence(), lines.handleField]).toEqual([false, "sequence"]);
});

test("V173: a line is put elsewhere", async () => {
    const { lines, record } = await openLines();
    expect(lines.canResequence()).toBe(true);
    await lines.moveRecord(lines.records[2].id, null, lines.records[0].id);
    expect([lines.currentIds, sequences(lines)]).toEqual([
        [1, 3, 2],
        [10, 11, 12],
    ]);
    expect(await record.getChanges()).toEqual({
        line_ids: [
            [1, 3, { sequence: 11 }],
            [1, 2, { sequence: 12 }],
        ],
    });
});

test("V173: one line is edited at a time; one that nobody filled goes", async () => {
    const { lines } = await openLines();
    const added = await lines.addNewRecord();
    expect([lines.editedRecord.id, added.canBeAbandoned]).toEqual([added.id, true]);
    expect(await lines.leaveEditMode({ canAbandon: false })).toBe(true);
    expect([lines.count, lines.editedRecord]).toEqual([4, undefined]);
    await lines.enterEditMode(lines.records[0]);
    await lines.records[0].update({ product: "" });
    expect(await lines.leaveEditMode()).toBe(false);
    expect(await lines.leaveEditMode({ validate: false })).toBe(true);
    const other = await openLines();
    await other.lines.addNewRecord();
    expect([await other.lines.leaveEditMode({ discard: true }), other.lines.count]).toEqual([true, 3]);
});

test("V173: a dialog's line comes when it is confirmed", async () => {
    const { lines, record } = await openLines();
    const fresh = await lines.extendRecord({ activeFields: { product: makeActiveField() } });
    await fresh.update({ product: "Sofa" });
    expect([lines.count, await record.getChanges()]).toEqual([3, {}]);
    await lines.validateExtendedRecord(fresh);
    expect([lines.count, (await record.getChanges()).line_ids[0][2].product]).toEqual([4, "Sofa"]);
});
