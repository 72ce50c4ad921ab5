/** Unsaved changes that are kept in the browser. */
import { beforeEach, expect, test, vi } from "vitest";
import { DraftStore } from "@web/core/drafts/draft_store";
import { draftService, MAX_AGE, MAX_DRAFTS, MAX_SIZE, MAX_WAIT } from "@web/core/drafts/draft_service";
import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { applyDraft, draftOf, isStored } from "@web/model/relational_model/draft_values";
import { makeActiveField } from "@web/model/relational_model/utils";
import { activeFields, FIELDS, openOrder } from "./model_server";

const store = new DraftStore();

beforeEach(async () => {
    vi.restoreAllMocks();
    vi.spyOn(user, "userId", "get").mockReturnValue(3);
    await store.remove((await store.all()).map(({ key }) => key));
});

test("drafts are kept by user and by what they are of, until they are removed or the user logs out", async () => {
    const drafts = draftService.start();
    await drafts.put(["order", 7], { values: { a: 1 } });
    await drafts.put(["order", 8], { values: { a: 2 } });
    expect((await drafts.get(["order", 7])).values).toEqual({ a: 1 });
    vi.spyOn(user, "userId", "get").mockReturnValue(4);
    const others = draftService.start();
    expect(await others.get(["order", 7])).toBe(undefined);
    await others.put(["order", 7], { values: { a: 3 } });
    await drafts.remove(["order", 7]);
    expect([await drafts.get(["order", 7]), (await drafts.get(["order", 8])).values]).toEqual([undefined, { a: 2 }]);
    await drafts.clear();
    expect((await store.all()).map(({ values }) => values)).toEqual([{ a: 3 }]);
});

test("what is old, large or too much is not kept", async () => {
    const drafts = draftService.start();
    await drafts.put(["old"], { values: {} });
    const [old] = await store.all();
    await store.put({ ...old, at: Date.now() - MAX_AGE - 1 });
    expect(await drafts.get(["old"])).toBe(undefined);
    await drafts.put(["large"], { values: {} });
    await drafts.put(["large"], { values: { text: "x".repeat(MAX_SIZE) } });
    expect([await drafts.get(["large"]), (await store.all()).length]).toEqual([undefined, 0]);
    const filler = Array.from({ length: MAX_DRAFTS }, (_item, at) => ({
        ...old,
        key: `k${at}`,
        at: Date.now() - 1000 + at,
    }));
    await Promise.all(filler.map((draft) => store.put(draft)));
    await drafts.put(["new"], { values: {} });
    const keys = (await store.all()).map(({ key }) => key);
    expect([keys.length, keys.includes("k0"), keys.includes("k1")]).toEqual([MAX_DRAFTS, false, true]);
});

test("a browser whose database does not answer is waited for no longer than a moment", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const waits = vi.spyOn(browser, "setTimeout").mockImplementation((expire) => window.setTimeout(expire));
    vi.spyOn(browser.indexedDB, "open").mockReturnValue(/** @type {any} */ ({}));
    const drafts = draftService.start();
    expect([await drafts.clear(), await drafts.get(["order", 7])]).toEqual([undefined, undefined]);
    expect(warned).toHaveBeenCalledTimes(1);
    expect(waits).toHaveBeenCalledExactlyOnceWith(expect.any(Function), MAX_WAIT);
});

test("a browser that keeps nothing is no fault", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    vi.spyOn(browser.indexedDB, "open").mockImplementation(() => {
        throw new Error("not here");
    });
    const drafts = draftService.start();
    await drafts.put(["order", 7], { values: {} });
    expect([await drafts.get(["order", 7]), warned.mock.calls.length]).toEqual([undefined, 1]);
});

function withMore() {
    const more = {
        partner_id: { name: "partner_id", type: "many2one", relation: "partner", string: "Partner" },
        file: { name: "file", type: "binary", string: "File" },
        api_key: { name: "api_key", type: "char", string: "Key" },
        pin: { name: "pin", type: "char", string: "Pin" },
    };
    const names = Object.keys(more);
    return {
        fields: { ...FIELDS, ...more },
        activeFields: { ...activeFields(), ...Object.fromEntries(names.map((name) => [name, makeActiveField()])) },
    };
}

const isHidden = (_model, name) => name === "pin";

test("a draft has what was changed, but no files and secrets, and brings it back", async () => {
    const { record } = await openOrder({ config: withMore(), answers: { onchange: { value: { product: "New" } } } });
    await record.update({ display_name: "Other", file: "AAAA", api_key: "k", pin: "1234", partner_id: [3, "Ann"] });
    const lines = record.data.line_ids;
    await lines.records[0].update({ product: "Lamp" });
    await lines.delete(lines.records[1]);
    await lines.addNewRecord({ mode: "readonly" });
    const draft = JSON.parse(JSON.stringify(draftOf(record, isHidden)));
    expect(draft).toEqual({
        values: {
            display_name: "Other",
            partner_id: { id: 3, display_name: "Ann" },
            line_ids: [
                [1, 1, { product: "Lamp" }],
                [2, 2, false],
                [0, false, { product: "New" }],
            ],
        },
        known: { display_name: "First", partner_id: false },
        lines: { line_ids: [1, 2] },
    });

    const { calls, kwargsOf, model, record: later } = await openOrder({ config: withMore() });
    expect(isStored(later, draft)).toBe(false);
    const changed = vi.fn();
    model.bus.addEventListener("RECORD:CHANGED", changed);
    await applyDraft(later, draft);
    expect([later.dirty, later.data.display_name, later.data.partner_id, changed.mock.calls.length]).toEqual([
        true,
        "Other",
        [3, "Ann"],
        1,
    ]);
    expect(later.data.line_ids.records.map(({ data }) => data.product)).toEqual(["Lamp", "New"]);
    await later.save();
    expect(calls.at(-1)[2]).toMatchObject({ display_name: "Other", partner_id: 3 });
    expect(kwargsOf.web_save.context.web_save_known.values.display_name).toBe("First");
});

test("what others stored since then meets the user when he saves", async () => {
    const { kwargsOf, record } = await openOrder();
    const draft = { values: { display_name: "Mine" }, known: { display_name: "Long ago" }, lines: {} };
    await applyDraft(record, draft);
    await record.save();
    expect(kwargsOf.web_save.context.web_save_known.values).toEqual({ display_name: "Long ago" });
    await record.update({ display_name: "Again" });
    await record.save();
    expect(kwargsOf.web_save.context.web_save_known.values).toEqual({ display_name: "Mine" });
});

test("a draft whose changes are stored is no more one, and lines that are gone are left alone", async () => {
    const { record } = await openOrder();
    const draft = (values, lines = {}) => ({ values, lines, known: {} });
    expect(isStored(record, draft({ display_name: "First", unheard: 3 }))).toBe(true);
    const ids = { line_ids: [1] };
    expect(
        isStored(
            record,
            draft(
                {
                    line_ids: [
                        [0, false, {}],
                        [1, 2, { product: "Chair" }],
                        [2, 9, false],
                    ],
                },
                ids
            )
        )
    ).toBe(true);
    expect(isStored(record, draft({ line_ids: [[0, false, {}]] }, { line_ids: [1, 2] }))).toBe(false);
    expect(isStored(record, draft({ line_ids: [[1, 2, { product: "Sofa" }]] }, ids))).toBe(false);
    await applyDraft(
        record,
        draft({
            line_ids: [
                [1, 77, { product: "Gone" }],
                [2, 78, false],
                [3, 1, false],
            ],
        })
    );
    expect(record.data.line_ids.currentIds).toEqual([2]);
});
