/** One record of the model of views: what the server is asked, what changes, how it is saved. */
import { expect, test } from "vitest";
import { ConnectionLostError } from "@web/core/network/rpc";
import { browser } from "@web/core/browser/browser";
import { fetchRecordErrorHandler } from "@web/model/relational_model/errors";
import { FetchRecordError, makeActiveField } from "@web/model/relational_model/utils";
import { activeFields, FIELDS, makeModel, named, openOrder } from "./model_server";
import { afterThis } from "./mount";

function refuse() {
    throw new Error("no");
}

test("V164: one record is read, a new one gets its defaults, and one that is not there is said", async () => {
    const { kwargsOf, model, reads } = await openOrder();
    expect(reads).toEqual([["web_read", [7]]]);
    expect(kwargsOf.web_read.context.bin_size).toBe(true);
    const fresh = makeModel(
        { isMonoRecord: true, resId: false },
        { answers: { onchange: { value: { active: true } } } }
    );
    await fresh.model.load();
    expect(fresh.calls[0].slice(0, 4)).toEqual(["onchange", [], {}, []]);
    expect(Object.keys(fresh.calls[0][4])).toEqual(["display_name", "active", "line_ids"]);

    const error = await model.load({ resId: 5 }).catch((reason) => reason);
    expect([error instanceof FetchRecordError, error.resIds]).toEqual([true, [5]]);
    const said = [];
    const env = { services: { notification: { add: (text) => said.push(text) } } };
    expect(fetchRecordErrorHandler(env, error, error)).toBe(true);
    expect(fetchRecordErrorHandler(env, null, new Error("other"))).toBe(false);
    expect(said).toEqual([error.message]);
    expect(model.root.resId).toBe(7);
});

test("V169: what a record tells about itself", async () => {
    const { model, record } = await openOrder();
    expect([record.resId, record.resIds, record.isNew, record.isInEdition]).toEqual([7, [7, 8], false, true]);
    expect([record.isValid, record.dirty, record.hasData, record.isActive]).toEqual([true, false, true, true]);
    expect([record.canBeAbandoned, record.selected]).toEqual([false, false]);
    expect(record.evalContext).toMatchObject({ id: 7, display_name: "First", active: true, line_ids: [1, 2] });
    const line = await record.data.line_ids.addNewRecord();
    expect([line.isNew, line.canBeAbandoned, line.canSaveOnUpdate]).toEqual([true, true, false]);
    expect(record.evalContext.line_ids).toEqual([1, 2]);
    expect(record.evalContextWithVirtualIds.line_ids.length).toBe(3);
    model.hooks.onWillSetInvalidField = () => false;
    await record.setInvalidField("active");
    expect(record.isFieldInvalid("active")).toBe(false);
});

test("V170: the onchange gets all that is changed, and what it answers is shown", async () => {
    const onchange = (_ids, _values, names) => ({
        value: names[0] === "display_name" ? { active: false, line_ids: [[0, "virtual_9", { product: "Lamp" }]] } : {},
        warning: { title: "Careful", message: "Dark", type: "notification", className: "o_dark", sticky: true },
    });
    const { calls, dialogs, notifications, record } = await openOrder({ answers: { onchange } });
    await record.update({ active: true });
    expect(named(calls, "onchange")).toEqual([]);
    record.activeFields.display_name.onChange = true;
    record.activeFields.active.readonly = "True";
    await record.update({ display_name: "Other" });
    const [, ids, values, names, spec] = calls[0];
    expect([ids, values, names]).toEqual([[7], { active: true, display_name: "Other" }, ["display_name"]]);
    expect(Object.keys(spec)).toEqual(["display_name", "active", "line_ids"]);
    expect([record.data.active, record.data.line_ids.records.at(-1).data.product]).toEqual([false, "Lamp"]);
    expect(notifications).toEqual([["Dark", { className: "o_dark", sticky: true, title: "Careful", type: "warning" }]]);
    expect(dialogs).toEqual([]);
});

test("V170: warnings are dialogs", async () => {
    const warning = { title: "Careful", message: "Dark", type: "dialog" };
    const { dialogs, record } = await openOrder({ answers: { onchange: { warning } } });
    record.activeFields.display_name.onChange = true;
    await record.update({ display_name: "Other" });
    expect(dialogs[0].props).toMatchObject({ title: "Careful", body: "Dark" });
});

test("V170: what is refused is as it was, on the record and on its lines", async () => {
    const { record } = await openOrder({ answers: { onchange: refuse } });
    record.activeFields.display_name.onChange = true;
    record.activeFields.line_ids.onChange = true;
    await expect(record.update({ display_name: "Other" })).rejects.toThrow("no");
    expect([record.data.display_name, record.dirty, await record.getChanges()]).toEqual(["First", false, {}]);
    const lines = record.data.line_ids;
    await expect(lines.records[0].update({ product: "Lamp" })).rejects.toThrow("no");
    expect(lines.records[0].data.product).toBe("Desk");
    await expect(lines.delete(lines.records[0])).rejects.toThrow("no");
    expect([lines.resIds, lines.records.length, record.dirty, await record.getChanges()]).toEqual([
        [1, 2],
        2,
        false,
        {},
    ]);
});

test("V170: a line tells its record, unless it is not valid yet", async () => {
    const { calls, record } = await openOrder({ answers: { onchange: { value: {} } } });
    record.activeFields.line_ids.onChange = true;
    const lines = record.data.line_ids;
    lines.activeFields.product.onChange = true;
    await lines.records[0].update({ product: "" });
    const [[, ids, values]] = named(calls, "onchange");
    expect([named(calls, "onchange").length, ids, values.order_id]).toEqual([1, [1], { id: 7 }]);
    expect(lines.records[0].isValid).toBe(true);
    await lines.records[0].update({ product: "Lamp" });
    expect(named(calls, "onchange").map(([, ids]) => ids)).toEqual([[1], [1], [7]]);
    expect(calls.at(-1)[2]).toEqual({ line_ids: [[1, 1, { product: "Lamp" }]] });
});

test("V171: one request writes and reads, maybe the next record", async () => {
    const { calls, kwargsOf, record } = await openOrder();
    record.activeFields.active.readonly = "True";
    await record.update({ active: false, display_name: "Other" });
    await record.save({ nextId: 8 });
    expect(named(calls, "web_save")).toEqual([["web_save", [7], { display_name: "Other" }]]);
    expect([kwargsOf.web_save.next_id, Object.keys(kwargsOf.web_save.specification).length]).toEqual([8, 3]);
    expect([record.resId, record.data.display_name]).toEqual([8, "Second"]);
    record.activeFields.active.forceSave = true;
    await record.update({ active: false });
    expect(await record.save({ reload: false })).toBe(true);
    expect(calls.at(-1)).toEqual(["web_save", [8], { active: false }]);
    expect(kwargsOf.web_save.specification).toEqual({});
});

test("V171: what counts as missing", async () => {
    const { record } = await openOrder();
    record.activeFields.line_ids.required = "True";
    await record.data.line_ids.replaceWith([]);
    expect([await record.checkValidity(), record.isFieldInvalid("line_ids")]).toEqual([false, true]);
    record.activeFields.line_ids.invisible = "True";
    expect(await record.checkValidity()).toBe(true);
    record.activeFields.active.required = "True";
    await record.update({ active: false });
    expect(await record.checkValidity()).toBe(true);
    await record.update({ display_name: " " });
    expect(await record.checkValidity()).toBe(false);
    record.activeFields.display_name.invisible = "True";
    expect(await record.checkValidity()).toBe(true);
    record.fields.notes = { name: "notes", type: "properties", string: "Notes" };
    record.activeFields.notes = makeActiveField();
    await record.update({ notes: [{ name: "a", type: "char", string: "A" }] });
    expect(await record.checkValidity()).toBe(true);
    await record.update({ notes: [{ name: "a", type: "char", string: "" }] });
    expect([await record.checkValidity(), record.isFieldInvalid("notes")]).toEqual([false, true]);
});

test("V171: a line without what it needs stops the save, but one that nobody filled goes", async () => {
    const { calls, record } = await openOrder();
    const lines = record.data.line_ids;
    await lines.records[0].update({ product: "" });
    expect([await record.save(), lines.records[0].isValid, record.isFieldInvalid("line_ids")]).toEqual([
        false,
        false,
        true,
    ]);
    await lines.records[0].update({ product: "Lamp" });
    await lines.addNewRecord({ mode: "readonly" });
    expect(lines.count).toBe(3);
    expect([await record.save(), named(calls, "web_save")[0][2]]).toEqual([
        true,
        { line_ids: [[1, 1, { product: "Lamp" }]] },
    ]);
});

test("V171: a record that nobody edits shows what is stored when it could not be saved", async () => {
    const { reads, record } = await openOrder({ config: { mode: "readonly" }, answers: { web_save: refuse } });
    record.activeFields.active.onChange = true;
    await expect(record.update({ active: false }, { save: true })).rejects.toThrow("no");
    expect([record.data.active, record.dirty, reads.length]).toEqual([true, false, 2]);
    const away = () => {
        throw new ConnectionLostError("/web_save");
    };
    const lost = await openOrder({ config: { mode: "readonly" }, answers: { web_save: away } });
    await expect(lost.record.update({ active: false }, { save: true })).rejects.toThrow(ConnectionLostError);
    expect([lost.record.data.active, lost.record.dirty]).toEqual([false, true]);
});

test("V171: a change that is saved at once needs no onchange; lines wait for their record", async () => {
    const { calls, record } = await openOrder({ answers: { onchange: { value: {} } } });
    record.activeFields.active.onChange = true;
    expect(await record.update({ active: false }, { save: true })).toBe(true);
    expect(calls.map(([method]) => method)).toEqual(["web_save"]);
    const line = record.data.line_ids.records[0];
    expect(line).toBe(undefined);
    const other = await openOrder({ answers: { onchange: { value: {} } } });
    const [desk] = other.record.data.line_ids.records;
    desk.activeFields.product.onChange = true;
    expect(await desk.update({ product: "Lamp" }, { save: true })).toBe(undefined);
    expect(other.calls.map(([method]) => method)).toEqual(["onchange"]);
});

test("V172: the browser takes the changes along when the page closes, if it is allowed to and they are few", async () => {
    const sent = [];
    const original = browser.navigator.sendBeacon;
    afterThis(() => Object.defineProperty(browser.navigator, "sendBeacon", { configurable: true, value: original }));
    let takes = true;
    Object.defineProperty(browser.navigator, "sendBeacon", {
        configurable: true,
        value: (url, body) => (sent.push([url, body]), takes),
    });
    const { calls, model, notifications, record } = await openOrder();
    model.bus.addEventListener("WILL_SAVE_URGENTLY", () => record.update({ display_name: "Typed" }));
    expect(await record.urgentSave()).toBe(true);
    expect([calls, sent[0][0], record.dirty]).toEqual([[], "/web/dataset/call_kw/order/web_save", false]);
    const { params } = JSON.parse(await sent[0][1].text());
    expect([params.method, params.args]).toEqual(["web_save", [[7], { display_name: "Typed" }]]);
    takes = false;
    expect(await record.urgentSave()).toBe(false);
    expect([calls, notifications.length, record.dirty]).toEqual([[], 1, true]);

    const plain = await openOrder({ params: { useSendBeaconToSaveUrgently: false } });
    await plain.record.update({ display_name: "Other" });
    expect([await plain.record.urgentSave(), named(plain.calls, "web_save").length, sent.length]).toEqual([true, 1, 2]);
});

test("V175: deletion, copies and archiving are calls of the server", async () => {
    const { calls, model, record } = await openOrder({ answers: { copy: [8], action_archive: false } });
    await record.archive();
    await record.unarchive();
    await record.duplicate();
    await model.root.delete();
    expect(calls).toEqual([
        ["action_archive", [7]],
        ["action_unarchive", [7]],
        ["copy", [7]],
        ["unlink", [8]],
    ]);
    expect(FIELDS.active.type).toBe("boolean");
    expect(Object.keys(activeFields())).toEqual(["display_name", "active", "line_ids"]);
});
