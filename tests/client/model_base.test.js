/** Models of views and the components that have one. */
import { Component, xml } from "@odoo/owl";
import { expect, test } from "vitest";
import { getSearchParams, Model, useModel, useModelWithSampleData } from "@web/model/model";
import { CallbackRecorder } from "@web/views/view_hook";
import { makeTestEnv, mount } from "./mount";

const seen = [];

class Numbers extends Model {
    static services = ["orm"];
    static hasSampleData = true;

    setup(params) {
        this.params = params;
    }

    async load(searchParams) {
        seen.push(searchParams);
        this.groups = await this.orm.readGroup("thing", [], ["amount:sum"], []);
    }

    hasData() {
        return this.groups.length > 0;
    }

    getGroups() {
        return this.groups;
    }
}

const FIELDS = { amount: { type: "float", aggregator: "sum" } };

/** A component with a model whose server knows `groups`. */
async function show(use, { groups = [], options = {}, props = {} } = {}) {
    seen.length = 0;
    const env = await makeTestEnv([], { orm: { readGroup: async () => groups } });
    const global = new CallbackRecorder();
    env.__getGlobalState__ = global;
    const made = {};
    class View extends Component {
        static template = xml`<div t-att-class="{ sample: model.useSampleModel }" t-esc="model.groups.length"/>`;
        static props = ["*"];
        setup() {
            made.model = this.model = use(Numbers, { limit: 3 }, options);
        }
    }
    const search = { domain: [], groupBy: [], orderBy: [], context: {}, comparison: null };
    const all = { resModel: "thing", fields: FIELDS, ...search, ...props };
    made.place = await mount(View, { props: all, env });
    made.globalState = () => global.callbacks.map((callback) => callback());
    return made;
}

test("V160: a model is loaded before the component is shown, and tells it when it changes", async () => {
    const calls = [];
    const note = (name) => () => calls.push(name);
    const { model, place } = await show(useModel, {
        groups: [{ amount: 3 }],
        options: {
            beforeFirstLoad: note("before"),
            onWillStart: note("start"),
            onWillStartAfterLoad: note("loaded"),
            onUpdate: note("update"),
        },
    });
    expect(calls).toEqual(["before", "start", "loaded"]);
    expect([place.textContent, model.isReady, model.params.limit]).toEqual(["1", true, 3]);
    expect(Object.keys(seen[0])).toEqual(["comparison", "context", "domain", "groupBy", "orderBy"]);
    expect(getSearchParams({ domain: [1], resModel: "thing" })).toEqual({ domain: [1] });
    model.notify();
    expect(calls.at(-1)).toBe("update");
    expect(new Model({}, {}, {}).hasData()).toBe(true);
    expect(new Model({}, {}, {}).getGroups()).toBe(null);
});

test("V160: where nothing is, a sample is shown, but not to who comes back to where something was", async () => {
    const sample = await show(useModelWithSampleData, { props: { useSampleModel: true } });
    expect([sample.model.useSampleModel, sample.model.hasData()]).toEqual([true, true]);
    expect(sample.globalState()).toEqual([{ useSampleModel: true }]);
    expect(sample.place.querySelector(".sample")).not.toBe(null);
    const real = await show(useModelWithSampleData, { groups: [{}], props: { useSampleModel: true } });
    expect(real.globalState()).toEqual([{ useSampleModel: false }]);
    const globalState = { useSampleModel: false };
    const back = await show(useModelWithSampleData, { props: { useSampleModel: true, globalState } });
    expect([back.model.useSampleModel, back.model.hasData()]).toEqual([false, false]);
});
