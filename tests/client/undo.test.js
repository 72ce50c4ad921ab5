/** Taking back what was done last. */
import { Component, xml } from "@odoo/owl";
import { afterEach, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import "@web/core/undo/undo_service";
import { makeActiveField } from "@web/model/relational_model/utils";
import { FIELDS, activeFields, named, openList, openOrder } from "./model_server";
import { makeTestEnv, mount } from "./mount";

class Empty extends Component {
    static template = xml`<div/>`;
    static props = ["*"];
}

afterEach(() => vi.restoreAllMocks());

async function showPage() {
    const timers = [];
    vi.spyOn(browser, "setTimeout").mockImplementation((callback, delay) => timers.push([callback, delay]));
    const env = await makeTestEnv(["notification", "hotkey", "ui", "orm", "undo"]);
    const page = await mount(Empty, { env });
    return { env, page, timers, undo: env.services.undo };
}

const offered = (page) =>
    [...page.querySelectorAll(".o_undo_notification .o_notification_content")].map((el) => el.textContent);

test("what was done last is offered for ten seconds, and its views are told when it is taken back", async () => {
    const { env, page, timers, undo } = await showPage();
    const done = [];
    env.bus.addEventListener("RECORDS:CHANGED", ({ detail }) => done.push(detail.resModel));
    const offer = (message) =>
        undo.offer({
            message,
            resModel: "order",
            undo: async () => done.push(message),
            onGone: () => done.push(`${message} stays`),
        });
    offer("first");
    await expect.poll(() => offered(page)).toEqual(["first"]);
    expect(timers.at(-1)[1]).toBe(10000);
    offer("second");
    await expect.poll(() => offered(page)).toEqual(["second"]);
    expect(done).toEqual(["first stays"]);
    page.querySelector(".o_notification_buttons button").click();
    await expect.poll(() => done).toEqual(["first stays", "second", "order"]);
    await expect.poll(() => offered(page)).toEqual([]);
    offer("third");
    await expect.poll(() => offered(page)).toEqual(["third"]);
    timers.at(-1)[0]();
    await expect.poll(() => offered(page)).toEqual([]);
    expect(done.at(-1)).toBe("third stays");
});

test("a key takes it back as well", async () => {
    const { page, undo } = await showPage();
    const done = [];
    undo.offer({ message: "first", resModel: "order", undo: async () => done.push(1) });
    await expect.poll(() => offered(page)).toEqual(["first"]);
    const press = () =>
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "z", code: "KeyZ", altKey: true, bubbles: true }));
    press();
    await expect.poll(() => done).toEqual([1]);
    press();
    expect(done).toEqual([1]);
});

/** What a model offers to take back, and a model that offers it. */
async function openUndoable(open, options = {}) {
    const offers = [];
    const env = { services: { undo: { offer: (offer) => offers.push(offer) } } };
    return { ...(await open({ env, ...options })), offers };
}

test("records that are archived come back, but for those that were archived before", async () => {
    const { calls, model, offers, record } = await openUndoable(openOrder);
    await record.archive();
    expect([String(offers[0].message), offers[0].resModel]).toEqual(["The record was archived.", "order"]);
    await offers[0].undo(model.orm);
    expect(calls).toEqual([
        ["action_archive", [7]],
        ["action_unarchive", [7]],
    ]);
    const many = await openUndoable(openList, { answers: { search: [8] } });
    await many.list.toggleSelection();
    await many.list.archive(true);
    expect(named(many.calls, "search")).toEqual([
        [
            "search",
            [
                ["id", "in", [7, 8]],
                ["active", "=", true],
            ],
        ],
    ]);
    await many.offers[0].undo(many.model.orm);
    expect(many.calls.at(-1)).toEqual(["action_unarchive", [8]]);
    const acting = await openUndoable(openOrder, { answers: { action_archive: { type: "x" } } });
    await acting.record.archive();
    expect(acting.offers).toEqual([]);
});

test("a save is taken back by what was there before, unless somebody else was there since", async () => {
    const { calls, kwargsOf, model, record } = await openOrder();
    await record.update({ display_name: "Other" });
    await record.data.line_ids.records[0].update({ product: "Lamp" });
    await record.save({ reload: false });
    const undo = record.takeUndo();
    expect(record.takeUndo()).toBe(undefined);
    await undo(model.orm);
    expect(calls.at(-1)).toEqual(["web_save", [7], { display_name: "First", line_ids: [[1, 1, { product: "Desk" }]] }]);
    expect(kwargsOf.web_save.context.web_save_known).toEqual({
        id: 7,
        model: "order",
        values: { display_name: "Other", line_ids: { 1: { product: "Lamp" } } },
    });
    await record.save();
    expect(record.takeUndo()).toBe(undefined);
});

test("lines that came go; lines that went do not come back, so that save stays", async () => {
    const rows = { 7: { id: 7, display_name: "First", active: true, line_ids: [{ id: 1, product: "Desk" }] } };
    const open = () =>
        openOrder({
            answers: {
                onchange: { value: { product: "Lamp" } },
                web_save: () => {
                    rows[7].line_ids = [
                        { id: 1, product: "Desk" },
                        { id: 5, product: "Lamp" },
                    ];
                },
                web_read: () => [rows[7]],
            },
            saved: () => [rows[7]],
        });
    const { calls, model, record } = await open();
    await record.data.line_ids.addNewRecord({ mode: "readonly" });
    await record.save();
    await record.takeUndo()(model.orm);
    expect(calls.at(-1)).toEqual(["web_save", [7], { line_ids: [[2, 5, false]] }]);
    const other = await open();
    await other.record.data.line_ids.delete(other.record.data.line_ids.records[0]);
    await other.record.save();
    expect(other.record.takeUndo()).toBe(undefined);
});

test("values of properties are taken back; what defines them stays, as it is for other records, too", async () => {
    const origin = { name: "aa", type: "char", string: "Origin", value: "Norway" };
    const moved = { ...origin, value: "Sweden" };
    const saveAs = async (properties) => {
        const { calls, model, record } = await openOrder({
            rows: { 7: { id: 7, display_name: "First", properties: [origin], line_ids: [] } },
            config: {
                fields: { ...FIELDS, properties: { name: "properties", type: "properties", string: "Properties" } },
                activeFields: { ...activeFields(), properties: makeActiveField() },
            },
        });
        await record.update({ properties });
        await record.save();
        return { calls, model, undo: record.takeUndo() };
    };
    const { calls, model, undo } = await saveAs([moved]);
    await undo(model.orm);
    expect(calls.at(-1)).toEqual(["web_save", [7], { properties: [origin] }]);
    expect((await saveAs([{ ...moved, definition_changed: true }])).undo).toBe(undefined);
    expect((await saveAs([{ ...moved, definition_deleted: true }])).undo).toBe(undefined);
});
