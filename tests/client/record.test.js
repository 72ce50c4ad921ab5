/** A record outside of views: read by its id, or made of values that are known. */
import { Component, xml } from "@odoo/owl";
import { describe, expect, test } from "vitest";
import { Record } from "@web/model/record";
import { answerRpc, makeTestEnv, mount } from "./mount";

const FIELDS = {
    name: { name: "name", type: "char" },
    owner_id: { name: "owner_id", type: "many2one", relation: "res.users" },
    tag_ids: { name: "tag_ids", type: "many2many", relation: "tag" },
};

function show(props) {
    class Parent extends Component {
        static components = { Record };
        static props = ["*"];
        static template = xml`
            <Record t-props="props" t-slot-scope="slot">
                <b t-esc="slot.record.data.name"/>
                <i t-esc="slot.record.data.owner_id and slot.record.data.owner_id[1]"/>
                <u t-esc="slot.record.data.tag_ids.records.map((tag) => tag.data.display_name).join()"/>
            </Record>`;
    }
    return { Parent, props: { resModel: "thing", ...props } };
}

async function mountRecord(props, answer) {
    const calls = answerRpc(answer);
    const doubles = { action: {}, company: {}, dialog: {}, notification: {} };
    const env = await makeTestEnv(["orm", "field"], doubles);
    const { Parent, props: all } = show(props);
    const place = await mount(Parent, { env, props: all });
    const text = () => ["b", "i", "u"].map((tag) => place.querySelector(tag).textContent);
    return { asked: calls.map(({ params }) => [params.model, params.method]), text };
}

const ANSWERS = {
    fields_get: FIELDS,
    web_read: [
        { id: 1, name: "Chair", owner_id: { id: 2, display_name: "Ann" }, tag_ids: [{ id: 5, display_name: "old" }] },
    ],
    read: [{ id: 2, display_name: "Ann" }],
};

describe("Record", () => {
    test("is read by its id, with the fields of the model", async () => {
        const fieldNames = Object.keys(FIELDS);
        const { asked, text } = await mountRecord({ resId: 1, fieldNames }, (_route, { method }) => ANSWERS[method]);
        expect(text()).toEqual(["Chair", "Ann", "old"]);
        expect(asked).toEqual([
            ["thing", "fields_get"],
            ["thing", "web_read"],
        ]);
    });

    test("is made of values; only names that they lack are read", async () => {
        const values = { name: "Desk", owner_id: 2, tag_ids: [5] };
        const lines = [{ id: 5, display_name: "new" }];
        const { asked, text } = await mountRecord({ fields: FIELDS, values }, (_route, { method, model }) =>
            model === "tag" ? lines : ANSWERS[method]
        );
        expect(text()).toEqual(["Desk", "Ann", "new"]);
        expect(asked.toSorted()).toEqual([
            ["res.users", "read"],
            ["tag", "web_read"],
        ]);
    });
});
