/** What others do with the records that are shown: rows are read again, forms say who is at work. */
import { EventBus } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { RPCError, rpcBus } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import "@web/views/list/list_view";
import { changedRecords, liveRecordsService } from "@bus/live/live_records_service";
import { refreshRows } from "@bus/live/live_lists";
import "@bus/live/live_record_line";
import { showForm, settle, type } from "./form_page";
import { afterThis } from "./mount";
import { count, mountView, texts, until } from "./view_harness";

const FIELDS = {
    name: { name: "name", type: "char", string: "Name" },
    stage: { name: "stage", type: "char", string: "Stage" },
};
const DANA = 7;

/** The bus of a page, as far as records need it, with what was said to it. */
function makeBus() {
    const events = new EventBus();
    const channels = new Set();
    const sent = [];
    return {
        channels,
        sent,
        addChannel: (name) => channels.add(name),
        deleteChannel: (name) => channels.delete(name),
        send: (name, data) => sent.push([name, data]),
        subscribe: (name, callback) => events.addEventListener(name, ({ detail }) => callback(detail)),
        say: (name, news) =>
            events.trigger(`bus.record/${name}`, { model: "thing", user_id: DANA, tab: "other", ...news }),
    };
}

let bus;
let live;

beforeEach(() => {
    bus = makeBus();
    const { setTimeout: original, setInterval: every } = browser;
    // nobody waits for others to be gathered
    browser.setTimeout = (callback, delay) => original.call(browser, callback, Math.min(delay, 5));
    browser.setInterval = () => 0;
    afterThis(() => Object.assign(browser, { setTimeout: original, setInterval: every }));
    live = liveRecordsService.start({}, { bus_service: bus, multi_tab: { currentTabId: "own" } });
});

describe("the service", () => {
    const watch = (ids, callbacks = {}) =>
        live.watch({ resModel: "thing", getIds: () => ids, onChanged: () => {}, ...callbacks });

    test("asks for what is shown, in channels of a length that the server takes, and ends that", async () => {
        const first = watch([3, 1, 2]);
        const second = watch([2, 4]);
        await vi.waitFor(() => expect([...bus.channels]).toEqual(["odoo-records-thing_1,2,3,4"]));
        first.stop();
        await vi.waitFor(() => expect([...bus.channels]).toEqual(["odoo-records-thing_2,4"]));
        second.stop();
        await vi.waitFor(() => expect(bus.channels.size).toBe(0));
        watch(Array.from({ length: 1000 }, (_, index) => 100_000 + index));
        await vi.waitFor(() => expect(bus.channels.size).toBeGreaterThan(1));
        expect(Math.max(...[...bus.channels].map((name) => name.length))).toBeLessThanOrEqual(450);
        const asked = [...bus.channels].flatMap((name) => name.split("_")[1].split(","));
        expect([asked.length, new Set(asked).size]).toEqual([400, 400]);
    });

    test("gathers what others changed, and leaves out what is done here", async () => {
        const heard = [];
        watch([1], { onChanged: (changed) => heard.push([...changed]) });
        bus.say("changed", { id: 1 });
        bus.say("changed", { id: 2 });
        bus.say("changed", { id: 1, tab: "own" });
        bus.say("changed", { id: 1, model: "person" });
        await vi.waitFor(() =>
            expect(heard).toEqual([
                [
                    [1, DANA],
                    [2, DANA],
                ],
            ])
        );
    });

    test("a page that nobody sees waits", async () => {
        const heard = [];
        watch([1], { onChanged: (changed) => heard.push([...changed.keys()]) });
        const hidden = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
        afterThis(() => hidden.mockRestore());
        bus.say("changed", { id: 1 });
        await settle();
        expect(heard).toEqual([]);
        hidden.mockReturnValue("visible");
        window.dispatchEvent(new Event("visibilitychange"));
        expect(heard).toEqual([[1]]);
    });

    test("tells what requests of the page have changed", async () => {
        const url = "/web/dataset/call_kw/thing/write";
        const answer = (params, detail = {}, route = url) =>
            rpcBus.trigger("RPC:RESPONSE", { data: { params }, url: route, ...detail });
        answer({ model: "thing", method: "write", args: [[1, 2], {}] }, { result: true });
        answer({ model: "thing", method: "web_read", args: [[9]] }, { result: [] });
        answer({ model: "thing", method: "write", args: [[8], {}] }, { error: new RPCError() });
        answer({ model: "thing", method: "write", args: [[3], {}] }, { result: true });
        await vi.waitFor(() =>
            expect(bus.sent).toEqual([["records_changed", { model: "thing", ids: [1, 2, 3], tab: "own" }]])
        );
    });

    test.each([
        ["call_kw/thing/web_save", { method: "web_save", args: [[], {}] }, []],
        ["call_button/thing/act", { method: "act", args: [[4]] }, [["thing", [4]]]],
        ["call_button/thing/act", { method: "act", args: [] }, []],
        [
            "call_button/thing/act",
            { method: "act", args: [[4]], kwargs: { context: { active_model: "order", active_ids: [5] } } },
            [
                ["thing", [4]],
                ["order", [5]],
            ],
        ],
        ["resequence", { ids: [2, 1] }, [["thing", [2, 1]]]],
        ["call_kw/thing/search", { method: "search", args: [[]] }, []],
    ])("%s of %j changes %j", (route, params, changed) => {
        expect(changedRecords(`/web/dataset/${route}`, { model: "thing", ...params })).toEqual(changed);
    });
});

describe("rows", () => {
    const models = () => ({
        thing: {
            fields: FIELDS,
            records: [1, 2, 3].map((id) => ({ id, name: `Thing ${id}`, stage: id < 3 ? "a" : "b" })),
        },
    });
    const arch = `<list editable="bottom"><field name="name"/></list>`;
    const show = (props = {}) =>
        mountView({ resModel: "thing", arch, ...props }, models(), { services: { live_records: live } });
    const names = (target) => texts(target, ".o_data_cell[name='name']");

    test("that others changed are read again; what is selected and edited stays", async () => {
        const { target, server, calls } = await show();
        await count(target, ".o_data_row", 3);
        await vi.waitFor(() => expect([...bus.channels]).toEqual(["odoo-records-thing_1,2,3"]));
        target.querySelector(".o_data_row .o_list_record_selector input").click();
        await count(target, ".o_data_row_selected", 1);
        const [row] = target.querySelectorAll(".o_data_row");
        const before = calls.length;
        server.models.thing.records[0].name = "Changed";
        server.models.thing.records[2].name = "Not told";
        bus.say("changed", { id: 1 });
        await until(() => names(target).includes("Changed"));
        expect(names(target)).toEqual(["Changed", "Thing 2", "Thing 3"]);
        expect(target.querySelectorAll(".o_data_row")[0]).toBe(row);
        expect(row.classList.contains("o_data_row_selected")).toBe(true);
        expect(calls.slice(before).map(({ params }) => params.kwargs.domain)).toEqual([[["id", "in", [1]]]]);
    });

    test("a list that is on its way has nothing to read again", async () => {
        await refreshRows({ root: null }, new Set([1]));
    });

    test("a line in edition is left alone", async () => {
        const { target, server, calls } = await show();
        await count(target, ".o_data_row", 3);
        target.querySelector(".o_data_row .o_data_cell").click();
        await count(target, ".o_selected_row .o_data_cell input", 1);
        server.models.thing.records.forEach((record) => (record.name = "Changed"));
        const before = calls.length;
        bus.say("changed", { id: 1 });
        bus.say("changed", { id: 2 });
        await until(() => names(target).includes("Changed"));
        expect(calls.slice(before).map(({ params }) => params.kwargs.domain)).toEqual([[["id", "in", [2]]]]);
        expect(target.querySelector(".o_selected_row .o_data_cell input").value).toBe("Thing 1");
    });

    test("a row that is gone leaves, unless the user is at work", async () => {
        const { target, server } = await show();
        await count(target, ".o_data_row", 3);
        const { records } = server.models.thing;
        server.models.thing.records = records.slice(1);
        bus.say("changed", { id: 1 });
        await count(target, ".o_data_row", 2);
        target.querySelector(".o_data_row .o_list_record_selector input").click();
        await count(target, ".o_data_row_selected", 1);
        server.models.thing.records = records.slice(2);
        server.models.thing.records[0].name = "Changed";
        bus.say("changed", { id: 2 });
        bus.say("changed", { id: 3 });
        await until(() => names(target).includes("Changed"));
        expect(names(target)).toEqual(["Thing 2", "Changed"]);
    });

    test("a card that is in another column by now goes there", async () => {
        const kanban = `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`;
        const { target, server } = await show({ type: "kanban", arch: kanban, groupBy: ["stage"] });
        await count(target, ".o_kanban_record:not(.o_kanban_ghost)", 3);
        const cards = () =>
            [...target.querySelectorAll(".o_kanban_group")].map((group) => texts(group, ".o_kanban_record"));
        expect(cards()).toEqual([["Thing 1", "Thing 2"], ["Thing 3"]]);
        server.models.thing.records[1].stage = "b";
        bus.say("changed", { id: 2 });
        await until(() => cards()[1].length === 2);
        expect(cards()).toEqual([["Thing 1"], ["Thing 2", "Thing 3"]]);
    });

    test("what cannot be read stays as it is", async () => {
        let isRefused = false;
        const { target } = await mountView({ resModel: "thing", arch }, models(), {
            services: { live_records: live },
            answer: () => {
                if (isRefused) {
                    throw new RPCError("No");
                }
            },
        });
        await count(target, ".o_data_row", 3);
        isRefused = true;
        bus.say("changed", { id: 1 });
        await settle();
        expect(names(target)).toEqual(["Thing 1", "Thing 2", "Thing 3"]);
    });
});

describe("forms", () => {
    const show = (services = {}) => {
        const name = {
            loadDisplayNames: async (_model, ids) => Object.fromEntries(ids.map((id) => [id, `User ${id}`])),
        };
        return showForm(`<form><field name="name"/></form>`, {
            fields: { name: { type: "char", string: "Name" } },
            values: { name: "Before" },
            services: { live_records: live, name, ...services },
        });
    };
    const line = (page) => page.querySelector(".o_live_record_line").textContent.trim();
    const input = (page) => page.querySelector(".o_field_widget[name='name'] input");

    test("say who else is editing the record, until that ends", async () => {
        const { page } = await show();
        await vi.waitFor(() => expect([...bus.channels]).toEqual(["odoo-records-thing_1"]));
        expect(line(page)).toBe("");
        browser.setTimeout = () => 1;
        bus.say("editing", { id: 2, is_editing: true });
        bus.say("editing", { id: 1, is_editing: true, user_id: user.userId });
        bus.say("editing", { id: 1, is_editing: true });
        await expect.poll(() => line(page)).toBe("User 7 is editing this record");
        bus.say("editing", { id: 1, is_editing: true, user_id: 8 });
        await expect.poll(() => line(page)).toBe("User 7 and User 8 are editing this record");
        bus.say("editing", { id: 1, is_editing: true, user_id: 9 });
        await expect.poll(() => line(page)).toBe("User 7 and 2 others are editing this record");
        [7, 8, 9].forEach((id) => bus.say("editing", { id: 1, is_editing: false, user_id: id }));
        await expect.poll(() => line(page)).toBe("");
    });

    test("forget who says nothing any more", async () => {
        const { page } = await show();
        const later = [];
        browser.setTimeout = (callback) => later.push(callback);
        bus.say("editing", { id: 1, is_editing: true });
        await expect.poll(() => line(page)).toBe("User 7 is editing this record");
        later.forEach((callback) => callback());
        await expect.poll(() => line(page)).toBe("");
    });

    test("tell that they are edited while something is not saved", async () => {
        const { page } = await show();
        await type(input(page), "After");
        await vi.waitFor(() =>
            expect(bus.sent).toEqual([["record_editing", { model: "thing", id: 1, is_editing: true, tab: "own" }]])
        );
        page.querySelector(".o_form_button_cancel").click();
        await vi.waitFor(() => expect(bus.sent.at(-1)[1].is_editing).toBe(false));
    });

    test("show what others stored, unless something here is not saved", async () => {
        const { page, rows } = await show();
        rows.find("thing", 1).name = "By Dana";
        bus.say("changed", { id: 1 });
        await expect.poll(() => input(page).value).toBe("By Dana");
        expect(line(page)).toBe("");
        await type(input(page), "Mine");
        rows.find("thing", 1).name = "By Dana again";
        bus.say("changed", { id: 1 });
        await expect.poll(() => line(page)).toBe("User 7 has changed this record meanwhile.");
        expect(input(page).value).toBe("Mine");
    });
});
