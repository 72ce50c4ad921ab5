/** Signals of workflows as buttons, which the addon with workflows has. */
import { Component, useState, xml } from "@odoo/owl";
import { expect, test, vi } from "vitest";
import { WorkflowSignals } from "../../addons/workflow/static/src/workflow_signals";
import { answerRpc, makeTestEnv, mount } from "./mount";

class Form extends Component {
    static template = xml`<WorkflowSignals record="state.record"/>`;
    static components = { WorkflowSignals };
    static props = ["*"];

    setup() {
        this.state = useState({
            record: { resId: false, resModel: "thing", resIds: [], context: {}, evalContext: {} },
        });
        Form.current = this;
    }
}

test("signals of a document are its buttons, and follow what moves it", async () => {
    let signals = [{ name: "go_on", string: "Go on" }];
    const calls = answerRpc((route) => (route.endsWith("get_workflow_signals") ? signals : undefined));
    const env = await makeTestEnv(["orm"]);
    env.onClickViewButton = vi.fn();
    const page = await mount(Form, { env });
    const names = () => [...page.querySelectorAll("button")].map((el) => el.textContent.trim() || el.title);
    expect(names()).toEqual([]);
    expect(calls).toHaveLength(0);
    const { state } = Form.current;
    const record = { ...state.record, resId: 3, resIds: [3] };
    state.record = record;
    await expect.poll(names).toEqual(["Go on", "Workflow"]);
    expect(calls.at(-1).params.args).toEqual([[3]]);
    page.querySelector(".o_workflow_signal").click();
    const [{ clickParams, getResParams }] = env.onClickViewButton.mock.lastCall;
    expect(clickParams).toEqual({ type: "object", name: "action_signal_workflow", args: '["go_on"]' });
    expect(getResParams()).toMatchObject({ resId: 3, resIds: [3], resModel: "thing" });
    page.querySelector(".o_workflow_state").click();
    expect(env.onClickViewButton.mock.lastCall[0].clickParams.name).toBe("action_show_workflow");
    signals = [];
    state.record = { ...record };
    await expect.poll(names).toEqual(["Workflow"]);
});
