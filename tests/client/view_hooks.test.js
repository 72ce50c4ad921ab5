/** Buttons of views, and what views keep when they are left. */
import { beforeEach, expect, test, vi } from "vitest";
import { Component, mount, useRef, xml } from "@odoo/owl";
import { MultiRecordViewButton } from "@web/views/view_button/multi_record_view_button";
import { executeButtonCallback, useViewButtons } from "@web/views/view_button/view_button_hook";
import { CallbackRecorder, useSetupAction, scrollSymbol } from "@web/views/view_hook";

class Page extends Component {
    static props = ["*"];
    static template = xml`
        <div t-ref="root"><button name="a" class="a">a</button><button disabled="1" name="b">b</button>
            <div class="o_content" style="height: 20px; overflow: auto"><p style="height: 900px">c</p></div></div>`;

    setup() {
        this.rootRef = useRef("root");
        this.props.use?.(this);
    }
}

let calls, env, page, services;

async function open(use, props = {}) {
    document.body.replaceChildren();
    page = await mount(Page, document.body, { env, props: { use, ...props } });
    return page;
}

beforeEach(() => {
    calls = [];
    services = {
        action: { doActionButton: vi.fn(async (params) => calls.push(["do", params])) },
        dialog: { add: vi.fn() },
        notification: { add: vi.fn() },
    };
    env = { services };
});

const target = { resModel: "order", resId: 7, resIds: [7], context: { lang: "x" }, evalContext: { id: 7 } };

async function click(clickParams, options = {}, request = {}) {
    await open((component) => useViewButtons(component.rootRef, options));
    const { onClickViewButton } = page.__owl__.childEnv;
    await onClickViewButton({ clickParams, getResParams: () => target, ...request });
}

test("a button acts on its record with its context, between what comes before and after", async () => {
    const note = (name) => async () => {
        calls.push([name]);
    };
    const reload = vi.fn();
    const options = { beforeExecuteAction: note("before"), afterExecuteAction: note("after"), reload };
    await click({ name: "do", type: "object", context: "{'default_id': id}" }, options, {
        beforeExecute: note("close"),
    });
    expect(calls.map(([name]) => name)).toEqual(["close", "before", "do", "after"]);
    const params = calls[2][1];
    expect(params).toMatchObject({
        name: "do",
        resModel: "order",
        resId: 7,
        resIds: [7],
        context: { lang: "x" },
        buttonContext: { default_id: 7 },
    });
    await params.onClose();
    expect(reload).toHaveBeenCalledOnce();
    page.__owl__.destroy();
    await params.onClose();
    expect(reload).toHaveBeenCalledOnce();
});

test("a button does nothing where something before it says so, or its line is not saved", async () => {
    await click({ name: "do", type: "object" }, { beforeExecuteAction: async () => false });
    await click({ name: "do", type: "object" }, {}, { record: { resId: false, _parentRecord: {} } });
    expect(calls).toEqual([]);
    expect(services.notification.add).toHaveBeenCalledOnce();
    await click({ name: "do", type: "action" }, {}, { record: { resId: false, _parentRecord: {} } });
    expect(calls.length).toBe(1);
});

test("a button may ask first, in its own words", async () => {
    let answer;
    services.dialog.add = vi.fn((_dialog, props, { onClose }) => {
        props[answer]();
        onClose();
    });
    const ask = { name: "do", type: "object", confirm: "Sure?", "confirm-title": "Now" };
    answer = "cancel";
    await click(ask);
    expect(calls).toEqual([]);
    answer = "confirm";
    await click(ask);
    expect(calls.length).toBe(1);
    const props = services.dialog.add.mock.calls[0][1];
    expect(props).toMatchObject({ body: "Sure?", title: "Now" });
    expect("confirmLabel" in props).toBe(false);
});

test("what fails is raised after all, and buttons are blocked until then", async () => {
    const afterExecuteAction = vi.fn();
    services.action.doActionButton = async () => {
        expect(page.rootRef.el.querySelector(".a").disabled).toBe(true);
        throw new Error("no");
    };
    await expect(click({ name: "do", type: "object" }, { afterExecuteAction })).rejects.toThrow("no");
    expect(afterExecuteAction).toHaveBeenCalledOnce();
    const { el } = page.rootRef;
    expect([...el.querySelectorAll("button")].map((button) => button.disabled)).toEqual([false, true]);
    expect(await executeButtonCallback(el, async () => "done")).toBe("done");
});

test("buttons above a list act on the selection", async () => {
    const requests = [];
    env.onClickViewButton = async (request) => requests.push(request);
    const list = { getResIds: async () => [1, 2], context: { a: 1 }, evalContext: {}, resModel: "order" };
    const props = { clickParams: { name: "do", type: "object" }, list, domain: [["id", ">", 0]] };
    const button = await mount(MultiRecordViewButton, document.body, {
        env,
        props,
        templates: `<templates><t t-name="web.views.ViewButton"><b t-on-click="onClick"/></t></templates>`,
    });
    await button.onClick();
    expect(requests[0].clickParams).toEqual(props.clickParams);
    expect(requests[0].getResParams()).toEqual({
        context: { a: 1 },
        evalContext: {},
        resModel: "order",
        resIds: [1, 2],
        active_domain: [["id", ">", 0]],
    });
});

test("views take part in leaving while they are there, and scroll back to where they were", async () => {
    for (const name of ["__beforeLeave__", "__getLocalState__", "__getOrderBy__"]) {
        env[name] = new CallbackRecorder();
    }
    const beforeLeave = async () => false;
    const beforeVisibilityChange = vi.fn();
    const use = ({ rootRef }) =>
        useSetupAction({
            rootRef,
            beforeLeave,
            beforeVisibilityChange,
            getLocalState: () => ({ page: 2 }),
            getContext: () => ({}),
        });
    await open(use, { state: { [scrollSymbol]: { left: 0, top: 100 } } });
    expect(env.__beforeLeave__.callbacks).toEqual([beforeLeave]);
    expect(env.__getOrderBy__.callbacks).toEqual([]);
    expect(env.__getLocalState__.callbacks[0]()).toEqual({
        page: 2,
        [scrollSymbol]: { left: 0, top: 100 },
    });
    document.dispatchEvent(new Event("visibilitychange"));
    page.__owl__.destroy();
    document.dispatchEvent(new Event("visibilitychange"));
    expect(beforeVisibilityChange).toHaveBeenCalledOnce();
    expect(env.__beforeLeave__.callbacks).toEqual([]);
});
