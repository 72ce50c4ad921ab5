/** Saves that meet what somebody else stored meanwhile. */
import { Component, xml } from "@odoo/owl";
import { expect, test } from "vitest";
import { RPCError } from "@web/core/network/rpc";
import { SaveConflictDialog } from "@web/model/relational_model/save_conflict_dialog";
import { named, openList, openOrder } from "./model_server";
import { makeTestEnv, mount, nextFrame } from "./mount";

class Empty extends Component {
    static template = xml`<div/>`;
    static props = ["*"];
}

function conflict({ values = {}, lines = {} }) {
    const context = { values, lines, write_uid: { id: 2, display_name: "Dana" }, write_date: "2026-05-01 10:00:00" };
    const exceptionName = "odoo.addons.web.exceptions.SaveConflict";
    return Object.assign(new RPCError("conflict"), { exceptionName, data: { context } });
}

/** An order whose saves are refused once for each of `refusals`. */
async function openContested(refusals) {
    const made = await openOrder({
        answers: {
            web_save: () => {
                if (refusals.length) {
                    throw conflict(refusals.shift());
                }
            },
        },
    });
    const answer = async (isMine) => {
        const { options, props } = made.dialogs.at(-1);
        if (isMine) {
            props.resolve(Object.fromEntries(props.entries.map(({ key }) => [key, isMine(key)])));
        }
        options.onClose();
    };
    return { ...made, answer };
}

const known = ({ kwargsOf }) => kwargsOf.web_save.context.web_save_known;

test("a save tells what it had read of what it changes, and what it read before it is saved", async () => {
    const made = await openContested([]);
    const { record } = made;
    await record.update({ display_name: "Other" });
    const [line] = record.data.line_ids.records;
    await line.update({ product: "Lamp" });
    await record.data.line_ids.delete(record.data.line_ids.records[1]);
    await record.save({ reload: false });
    expect(known(made)).toEqual({
        id: 7,
        model: "order",
        values: { display_name: "First", line_ids: { 1: { product: "Desk" } } },
    });
    await record.update({ display_name: "Third" });
    await record.save();
    expect(known(made)).toBe(undefined);
    await record.update({ display_name: "Fourth" });
    await record.save();
    expect(known(made).values).toEqual({ display_name: "Third" });
});

test("the user goes on editing, and nothing has changed", async () => {
    const { answer, dialogs, record } = await openContested([{ values: { display_name: "Theirs" } }]);
    await record.update({ display_name: "Mine" });
    const saving = record.save();
    await expect.poll(() => dialogs.length).toBe(1);
    const { props } = dialogs[0];
    expect(props.entries[0]).toMatchObject({ label: "Name", mine: "Mine", theirs: "Theirs", isLost: false });
    expect([props.who, props.when.length > 8]).toEqual(["Dana", true]);
    await answer(null);
    expect([await saving, record.data.display_name, record.dirty]).toEqual([false, "Mine", true]);
});

test("the user's value is written over what is stored by now, once that is known", async () => {
    const made = await openContested([{ values: { display_name: "A" } }, { values: { display_name: "B" } }]);
    const { answer, calls, dialogs, record } = made;
    await record.update({ display_name: "Mine" });
    const saving = record.save();
    await expect.poll(() => dialogs.length).toBe(1);
    await answer(() => true);
    await expect.poll(() => dialogs.length).toBe(2);
    expect(known(made).values).toEqual({ display_name: "A" });
    await answer(() => true);
    expect(await saving).toBe(true);
    expect(known(made).values).toEqual({ display_name: "B" });
    expect(named(calls, "web_save").map(([, , changes]) => changes.display_name)).toEqual(["Mine", "Mine", "Mine"]);
});

test("what is stored is kept, field by field", async () => {
    const refusals = [{ values: { display_name: "Theirs", active: true } }];
    const { answer, calls, dialogs, record } = await openContested(refusals);
    await record.update({ display_name: "Mine", active: false });
    let saving = record.save();
    await expect.poll(() => dialogs.length).toBe(1);
    expect(dialogs[0].props.entries[1]).toMatchObject({ mine: "No", theirs: "Yes" });
    await answer((key) => key === "active");
    expect([await saving, calls.at(-1)]).toEqual([true, ["web_save", [7], { active: false }]]);
    refusals.push({ values: { display_name: "Theirs" } });
    await record.update({ display_name: "Mine" });
    saving = record.save();
    await expect.poll(() => dialogs.length).toBe(2);
    await answer(() => false);
    // nothing is left to write
    expect([await saving, record.dirty, named(calls, "web_save").length]).toEqual([true, false, 3]);
});

test("lines that others changed or deleted", async () => {
    const lines = { line_ids: { 1: { values: { product: "Theirs" }, name: "Desk" }, 2: false } };
    const open = async () => {
        const made = await openContested([{ lines }]);
        const { data } = made.record;
        await data.line_ids.records[0].update({ product: "Lamp" });
        await data.line_ids.records[1].update({ product: "Sofa" });
        const saving = made.record.save();
        await expect.poll(() => made.dialogs.length).toBe(1);
        return { ...made, saving };
    };
    const { answer, calls, dialogs, saving } = await open();
    expect(dialogs[0].props.entries.map(({ key, label, mine, theirs }) => [key, label, mine, theirs])).toEqual([
        ["line_ids.1.product", "Lines: Desk – Product", "Lamp", "Theirs"],
        ["line_ids.2", "Lines: a line", "Product: Sofa", "Deleted"],
    ]);
    await answer(() => true);
    expect(await saving).toBe(true);
    expect(calls.at(-1)[2]).toEqual({
        line_ids: [
            [1, 1, { product: "Lamp" }],
            [0, expect.stringMatching(/^virtual_/), { product: "Sofa" }],
        ],
    });
    const other = await open();
    await other.answer(() => false);
    expect([await other.saving, named(other.calls, "web_save").length]).toEqual([true, 1]);
});

test("rows of lists are compared as well, and go back when the user does not decide", async () => {
    const { dialogs, kwargsOf, list } = await openList({
        answers: {
            web_save: () => {
                throw conflict({ values: { display_name: "Theirs" } });
            },
        },
    });
    const [first] = list.records;
    await list.enterEditMode(first);
    await first.update({ display_name: "Mine" });
    const leaving = list.leaveEditMode();
    await expect.poll(() => dialogs.length).toBe(1);
    expect(kwargsOf.web_save.context.web_save_known.values).toEqual({ display_name: "First" });
    dialogs[0].options.onClose();
    expect([await leaving, list.editedRecord === first]).toEqual([false, true]);
});

test("the dialog wants a choice for each field", async () => {
    const chosen = [];
    const entry = (key, isLost) => ({ key, label: key.toUpperCase(), mine: "m", theirs: "t", isLost });
    const closed = [];
    const env = await makeTestEnv(["dialog", "hotkey", "ui"]);
    await mount(Empty, { env });
    env.services.dialog.add(
        SaveConflictDialog,
        { entries: [entry("a", false), entry("b", true)], resolve: (isMine) => chosen.push(isMine), who: "Dana" },
        { onClose: () => closed.push(1) }
    );
    await nextFrame();
    const dialog = document.querySelector(".o_save_conflict");
    const save = () => dialog.querySelector(".o_save_conflict_save");
    expect([save().disabled, dialog.querySelectorAll("input:disabled").length]).toEqual([true, 1]);
    expect(dialog.textContent).toContain("Stored by Dana");
    dialog.querySelector("[data-key=a] input[value=mine]").click();
    await nextFrame();
    expect(save().disabled).toBe(false);
    dialog.querySelector(".o_keep_theirs").click();
    dialog.querySelector(".o_keep_mine").click();
    await nextFrame();
    save().click();
    await nextFrame();
    expect([chosen, closed.length]).toEqual([[{ a: true, b: false }], 1]);
});
