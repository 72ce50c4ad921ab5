/** Made up answers for views that have nothing to show yet. */
import { expect, test } from "vitest";
import { buildSampleORM, SampleServer } from "@web/model/sample_server";
import { registry } from "@web/core/registry";
import { afterThis } from "./mount";

const FIELDS = {
    amount: { type: "float", aggregator: "sum" },
    day: { type: "date" },
    partner_id: { type: "many2one" },
    state: {
        type: "selection",
        selection: [
            ["a", "A"],
            ["b", "B"],
        ],
    },
};

test("V160: groups of sixteen records, the same each time", async () => {
    const orm = buildSampleORM("thing", FIELDS);
    expect(orm.isSample).toBe(true);
    const ask = () =>
        orm.webReadGroup("thing", [], ["__count", "amount:sum"], ["partner_id", "state"], { lazy: false });
    const { groups } = await ask();
    expect(await ask()).toEqual({ groups, length: groups.length });
    expect(groups.reduce((sum, { __count }) => sum + __count, 0)).toBe(SampleServer.MAIN_RECORDSET_SIZE);
    expect(new Set(groups.map((group) => group.partner_id[0])).size).toBe(SampleServer.SUB_RECORDSET_SIZE);
    const [total] = await orm.readGroup("thing", [], ["partner_id:count_distinct", "amount:sum"], []);
    expect(total).toMatchObject({ __count: 16, partner_id: 5 });
    expect(total.amount).toBe(groups.reduce((sum, { amount }) => sum + amount, 0));
    const days = await orm.readGroup("thing", [], [], ["day:month"]);
    expect(days[0]["day:month"]).toMatch(/^[A-Z][a-z]+ \d{4}$/);
});

test("V160: ten records are read, and addons answer for methods of their own", async () => {
    const orm = buildSampleORM("thing", FIELDS);
    const { length, records } = await orm.webSearchRead("thing", []);
    expect([length, records.length, await orm.searchCount("thing", [])]).toEqual([10, 10, 16]);
    const samples = registry.category("sample_server");
    samples.add("thing/get_total", () => 42);
    afterThis(() => samples.remove("thing/get_total"));
    expect(await orm.call("thing", "get_total")).toBe(42);
    expect(await orm.call("thing", "unheard_of")).toBe(undefined);
});
