/** The action service: what runs, what is shown, the way back, the address. */
import { Component, useState, xml } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { assets } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { describeViewType, explainMissing, loadViewDescriptor } from "@web/views/lazy_views";
import { ViewNotFoundError } from "@web/views/view";
import { useSetupAction } from "@web/views/view_hook";
import {
    ControllerNotFoundError,
    InvalidButtonParamsError,
    makeActionManager,
    standardActionServiceProps,
} from "@web/webclient/actions/action_service";
import { ActionContainer } from "@web/webclient/actions/action_container";
import { afterThis, answerRpc, makeTestEnv, mount, nextFrame } from "./mount";

/** Controllers that are mounted, by type of view. */
const shown = {};

class FakeView extends Component {
    static template = xml`
        <section class="fake_view">
            <t t-esc="props.resModel"/>,<t t-esc="props.resId"/>,<t t-esc="props.state and props.state.scroll"/>
            <nav t-foreach="breadcrumbs" t-as="item" t-key="item.jsId"><a t-esc="item.name"/></nav>
        </section>`;
    static props = ["*"];

    setup() {
        const { viewType: type } = this.env.config;
        shown[type] = this;
        this.mayLeave = true;
        this.breadcrumbs = useState(this.env.config.breadcrumbs);
        this.scroll = this.props.state?.scroll;
        if (FakeView.failing.has(this.props.resModel)) {
            throw new Error(`cannot show ${this.props.resModel}`);
        }
        useSetupAction({
            beforeLeave: () => this.mayLeave,
            getLocalState: () => ({ scroll: this.scroll }),
            getGlobalState: () => ({ search: "kept" }),
        });
    }
}
FakeView.failing = new Set();

class Counter extends Component {
    static template = xml`<section class="fake_client"><t t-esc="props.action.params?.n"/></section>`;
    static props = { ...standardActionServiceProps };
    static displayName = "Counter";
    static path = "counter";
}

const views = registry.category("views");
for (const [type, multiRecord] of [
    ["list", true],
    ["kanban", true],
    ["form", false],
]) {
    const description = { type, multiRecord, display_name: type, icon: `oi-${type}`, Controller: FakeView };
    views.add(type, description, { force: true });
}
registry.category("actions").add("counter", Counter);
registry.category("actions").add("home", class extends Counter {});

const list = (more = {}) => ({
    type: "ir.actions.act_window",
    name: "Things",
    res_model: "thing",
    views: [
        [false, "list"],
        [false, "kanban"],
        [false, "form"],
    ],
    ...more,
});
const loaded = {
    7: list({ id: 7 }),
    8: list({ id: 8, name: "Parts", res_model: "part", path: "parts" }),
    9: list({ id: 9, name: "One", views: [[false, "form"]], res_id: 3 }),
};
const close = { type: "ir.actions.act_window_close" };

let env;
let service;
let page;
let calls;
let answers;

beforeEach(async () => {
    answers = {
        "/web/action/load": ({ action_id: id }) => loaded[id] || Object.values(loaded).find(({ path }) => path === id),
        "/web/action/load_breadcrumbs": ({ actions }) =>
            actions.map(({ action }) => ({ display_name: `at ${action}` })),
    };
    calls = answerRpc((route, params) => answers[route]?.(params));
    const { history } = browser;
    browser.history = { state: null, pushState: vi.fn(), replaceState: vi.fn() };
    browser.sessionStorage.removeItem("current_action");
    router.replaceState({}, { replace: true, sync: true });
    afterThis(() => {
        FakeView.failing.clear();
        browser.history = history;
    });
    const loadViews = async ({ resModel, views: asked }) => ({
        fields: {},
        relatedModels: { [resModel]: { fields: {} } },
        views: Object.fromEntries(asked.map(([, type]) => [type, { arch: `<${type}/>`, id: 1, irFilters: [] }])),
    });
    const names = ["dialog", "effect", "notification", "title", "ui", "orm", "name", "field", "hotkey"];
    env = await makeTestEnv([...names, "popover"], { view: { loadViews }, router });
    Object.defineProperty(env, "isSmall", { value: false, configurable: true });
    service = makeActionManager(env);
    env.services.action = service;
    page = await mount(ActionContainer, { env });
});

const text = () => page.querySelector("section")?.textContent.replaceAll(/\s+/g, "");
const trail = () => [...page.querySelectorAll("nav a")].map((el) => el.textContent);
const stack = () => router.current.actionStack?.map(({ displayName, ...entry }) => entry);

describe("requests", () => {
    test("by id, path and external id are loaded once", async () => {
        await service.doAction(7);
        await service.doAction("parts");
        await service.doAction(7);
        const ids = calls.filter(({ route }) => route === "/web/action/load").map(({ params }) => params.action_id);
        expect(ids).toEqual([7, "parts"]);
        env.bus.trigger("CLEAR-CACHES");
        await service.doAction(7);
        expect(calls.filter(({ route }) => route === "/web/action/load")).toHaveLength(3);
    });

    test("that the server refuses are asked again", async () => {
        answers["/web/action/load"] = () => {
            throw new Error("gone");
        };
        await expect(service.doAction(7)).rejects.toThrow("gone");
        answers["/web/action/load"] = () => loaded[7];
        await service.doAction(7);
        expect(text()).toMatch("thing");
    });

    test("of an unknown action, tag or type are refused", async () => {
        await expect(service.doAction(404)).rejects.toThrow("404");
        await expect(service.doAction({ type: "ir.actions.client", tag: "nowhere" })).rejects.toThrow("nowhere");
        await expect(service.doAction({ type: "ir.actions.odd" })).rejects.toThrow("ir.actions.odd");
        await expect(service.doAction(list({ views: [[false, "gantt"]] }))).rejects.toThrow(ViewNotFoundError);
    });

    test("of types that addons add are handled by them", async () => {
        const handler = vi.fn(() => "done");
        registry.category("action_handlers").add("ir.actions.test", handler, { force: true });
        const options = { onClose() {} };
        expect(await service.doAction({ type: "ir.actions.test" }, options)).toBe("done");
        expect(handler.mock.lastCall[0]).toMatchObject({ action: { type: "ir.actions.test" }, options });
    });

    test("are evaluated with the contexts around them", async () => {
        const action = await service.loadAction(
            { ...loaded[7], context: "{'a': b + 1}", domain: "[('x', '=', a)]" },
            { b: 2 }
        );
        expect(action).toMatchObject({ context: { a: 3, b: 2 }, domain: [["x", "=", 3]], target: "current" });
    });
});

describe("window actions", () => {
    test("show their first view, or the one that is asked for", async () => {
        const ready = vi.fn();
        // the server tells the names of types of views in the user's language
        session.view_info = { list: { display_name: "Liste" } };
        await service.doAction(7, { onActionReady: ready });
        delete session.view_info;
        expect(text()).toMatch("thing");
        expect(ready.mock.lastCall[0].id).toBe(7);
        expect(shown.list.env.config).toMatchObject({ actionId: 7, actionName: "Things" });
        expect(shown.list.env.config.viewSwitcherEntries).toMatchObject([
            { type: "list", name: "Liste", active: true, icon: "oi-list" },
            { type: "kanban", name: "kanban", active: false },
        ]);
        await service.doAction(7, { viewType: "kanban" });
        expect(service.currentController.view.type).toBe("kanban");
    });

    test("on small screens prefer cards to rows", async () => {
        Object.defineProperty(env, "isSmall", { value: true, configurable: true });
        await service.doAction(7);
        expect(service.currentController.view.type).toBe("kanban");
    });

    test("open records in their form, and go back by the trail", async () => {
        await service.doAction(7);
        shown.list.scroll = 42;
        await shown.list.props.selectRecord(5, { activeIds: [4, 5] });
        expect(text()).toMatch("thing,5");
        expect(shown.form.props.resIds).toEqual([4, 5]);
        expect(trail()).toEqual(["Things", "Things"]);
        shown.form.env.config.setDisplayName("Five");
        await expect.poll(trail).toEqual(["Things", "Five"]);
        expect(shown.form.env.config.breadcrumbs.map(({ isFormView }) => isFormView)).toEqual([false, true]);
        expect(shown.form.env.config.breadcrumbs[1].url).toMatch(/action-7\/5$/);
        shown.form.env.config.breadcrumbs[0].onSelected();
        await expect.poll(text).toMatch("thing,,42");
        expect(trail()).toEqual(["Things"]);
    });

    test("switch between views that share a place", async () => {
        await service.doAction(7);
        await service.switchView("kanban");
        expect(trail()).toEqual(["Things"]);
        expect(shown.kanban.props.globalState).toMatchObject({ search: "kept" });
        await service.switchView("form", { resId: 2 });
        await service.switchView("kanban");
        expect(trail()).toEqual(["Things"]);
        await expect(service.switchView("graph")).rejects.toThrow(ViewNotFoundError);
    });

    test("stack up, unless they replace what is before them", async () => {
        await service.doAction(7);
        await service.doAction(8);
        expect(trail()).toEqual(["Things", "Parts"]);
        await service.doAction(9, { stackPosition: "replaceCurrentAction" });
        expect(trail()).toEqual(["Things", "One"]);
        await service.doAction(8, { stackPosition: "replacePreviousAction" });
        expect(trail()).toEqual(["Parts"]);
        await service.doAction(7, { clearBreadcrumbs: true });
        expect(trail()).toEqual(["Things"]);
        await service.doAction(list({ target: "main", name: "Main" }));
        expect(trail()).toEqual(["Main"]);
        await service.doAction({ type: "ir.actions.client", tag: "counter", target: "main" });
        expect(stack()).toEqual([{ action: "counter" }]);
    });

    test("fill the screen, and what is opened from there does", async () => {
        const modes = [];
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", ({ detail }) => modes.push(detail));
        await service.doAction(list({ target: "fullscreen" }));
        await service.doAction(8);
        await service.doAction(7, { clearBreadcrumbs: true });
        await service.doAction({ type: "ir.actions.client", tag: "counter", target: "fullscreen" });
        expect(modes).toEqual(["fullscreen", "fullscreen", "current", "fullscreen"]);
    });

    test("are not left when what is shown refuses", async () => {
        await service.doAction(7);
        shown.list.mayLeave = false;
        const going = vi.fn();
        service.doAction(8).then(going, going);
        await expect.poll(() => calls.at(-1).params.action_id).toBe(8);
        await nextFrame();
        expect(trail()).toEqual(["Things"]);
        // who waits for another place must not go on as if it were shown
        expect(going).not.toHaveBeenCalled();
    });

    test("that cannot be shown leave the page as it was", async () => {
        await service.doAction(7);
        FakeView.failing.add("part");
        await expect(service.doAction(8)).rejects.toThrow();
        await expect.poll(text).toMatch("thing");
        expect(service.currentAction.id).toBe(7);
    });

    test("go back one step, to where there is something", async () => {
        await service.doAction(7);
        await expect(service.restore()).rejects.toThrow(ControllerNotFoundError);
        await service.doAction(8);
        await service.restore();
        expect(trail()).toEqual(["Things"]);
        shown.list.env.config.historyBack();
        const home = vi.fn();
        env.bus.addEventListener("WEBCLIENT:LOAD_DEFAULT_APP", home);
        shown.list.env.config.historyBack();
        expect(home).toHaveBeenCalledOnce();
    });

    test("open in a window of their own when asked to", async () => {
        const open = vi.spyOn(browser, "open").mockImplementation(() => {});
        await service.doAction(7, { newWindow: true, props: { resId: 5 } });
        expect(open).toHaveBeenCalledWith("/odoo/action-7/5", "_blank");
        open.mockRestore();
    });
});

describe("dialogs", () => {
    const wizard = (more = {}) => list({ target: "new", name: "Wizard", views: [[false, "form"]], ...more });
    const title = () => page.querySelector(".modal-title")?.textContent.trim();

    test("show actions over the page and tell when they close", async () => {
        const onClose = vi.fn();
        await service.doAction(7);
        await service.doAction(wizard({ context: { dialog_size: "small" } }), { onClose });
        expect(title()).toBe("Wizard");
        expect(page.querySelector(".modal-dialog").classList).toContain("modal-sm");
        expect(service.currentAction.id).toBe(7);
        await service.doAction({ ...close, infos: { saved: 1 } });
        await expect.poll(title).toBe(undefined);
        expect(onClose).toHaveBeenCalledExactlyOnceWith({ saved: 1 });
    });

    test("are closed by the action false", async () => {
        const onClose = vi.fn();
        await service.doAction(7);
        await service.doAction(wizard(), { onClose });
        await service.doAction(false);
        await expect.poll(title).toBe(undefined);
        expect(onClose).toHaveBeenCalledOnce();
        await service.doAction(false);
        expect(trail()).toEqual(["Things"]);
    });

    test("replace each other; the last one answers for the first", async () => {
        const [first, second] = [vi.fn(), vi.fn()];
        await service.doAction(wizard({ name: "First" }), { onClose: first });
        await service.doAction(wizard({ name: "Second" }), { onClose: second });
        await expect.poll(title).toBe("Second");
        expect(first).not.toHaveBeenCalled();
        shown.form.env.config.historyBack();
        await expect.poll(title).toBe(undefined);
        expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
    });

    test("close when a form in them is saved or dropped", async () => {
        const onClose = vi.fn();
        await service.doAction(wizard(), { onClose });
        shown.form.props.onSave({ resId: 4 }, { closable: true });
        await expect.poll(title).toBe(undefined);
        expect(onClose).toHaveBeenLastCalledWith({ resId: 4 });
        await service.doAction(wizard(), { onClose });
        shown.form.props.onDiscard();
        await expect.poll(title).toBe(undefined);
        expect(onClose).toHaveBeenLastCalledWith({ dismiss: true });
    });

    test("are forgotten when another place is shown", async () => {
        const onClose = vi.fn();
        await service.doAction(wizard(), { onClose });
        await service.doAction(7);
        await expect.poll(title).toBe(undefined);
        expect(onClose).not.toHaveBeenCalled();
        await service.doAction(close, { onClose });
        expect(onClose).toHaveBeenCalledOnce();
    });
});

describe("other actions", () => {
    test("of the client are functions or components", async () => {
        const run = vi.fn(async () => close);
        registry.category("actions").add("run", run, { force: true });
        const onClose = vi.fn();
        await service.doAction({ type: "ir.actions.client", tag: "run", params: { x: 1 } }, { onClose });
        expect(run.mock.lastCall[1].params).toEqual({ x: 1 });
        expect(onClose).toHaveBeenCalledOnce();
        await service.doAction({ type: "ir.actions.client", tag: "counter", params: { n: 3 } });
        expect(page.querySelector(".fake_client").textContent).toBe("3");
        expect(service.currentController.displayName).toBe("Counter");
        expect(stack()).toEqual([{ action: "counter" }]);
    });

    test("of the server run there, then the one that they answer", async () => {
        answers["/web/action/run"] = ({ action_id: id }) => (id === 30 ? loaded[7] : false);
        await service.doAction({ type: "ir.actions.server", id: 30, context: { a: 1 } });
        expect(calls.find(({ route }) => route === "/web/action/run").params.context).toMatchObject({ a: 1 });
        expect(trail()).toEqual(["Things"]);
        const onClose = vi.fn();
        await service.doAction({ type: "ir.actions.server", id: 31 }, { onClose });
        expect(onClose).toHaveBeenCalledOnce();
    });

    test("of addresses open them", async () => {
        const open = vi.spyOn(browser, "open").mockImplementation(() => ({ closed: false }));
        const onClose = vi.fn();
        await service.doAction({ type: "ir.actions.act_url", url: "https://example.test" }, { onClose });
        expect(open).toHaveBeenCalledWith("https://example.test", "_blank");
        expect(onClose).toHaveBeenCalledOnce();
        open.mockRestore();
    });

    test("that close may bring an effect", async () => {
        const add = vi.spyOn(env.services.effect, "add").mockImplementation(() => {});
        await service.doAction({ ...close, effect: { message: "Good" } });
        expect(add).toHaveBeenCalledWith({ message: "Good" });
    });
});

describe("buttons", () => {
    const params = { resModel: "thing", resId: 3, resIds: [3], context: { lang: "en_US", default_a: 1 } };

    test("call their method with the record, then do what it answers", async () => {
        answers["/web/dataset/call_button/thing/go"] = () => loaded[8];
        await service.doActionButton({ ...params, type: "object", name: "go", args: "['x']", buttonContext: { b: 2 } });
        const { params: sent } = calls.find(({ route }) => route.startsWith("/web/dataset/call_button"));
        expect(sent.args).toEqual([[3], "x"]);
        expect(sent.kwargs.context).toMatchObject({ lang: "en_US", default_a: 1, b: 2 });
        expect(service.currentAction.context).toMatchObject({
            active_id: 3,
            active_ids: [3],
            active_model: "thing",
            b: 2,
        });
        expect(service.currentAction.context).not.toHaveProperty("default_a");
    });

    test("load their action for several records", async () => {
        await service.doActionButton({ ...params, resId: undefined, resIds: [4, 5], type: "action", name: "7" });
        const { context } = calls.find(({ route }) => route === "/web/action/load").params;
        expect(context).toMatchObject({ active_ids: [4, 5], active_model: "thing" });
        expect(service.currentAction.context).toMatchObject({ active_id: 4, active_ids: [4, 5] });
    });

    test("close what they are in, with their effect", async () => {
        const add = vi.spyOn(env.services.effect, "add").mockImplementation(() => {});
        const onClose = vi.fn();
        await service.doActionButton({ ...params, special: "cancel", effect: "{'type': 'rainbow_man'}", onClose });
        expect(onClose).toHaveBeenCalledWith({ special: true, dismiss: true });
        expect(add).toHaveBeenCalledWith({ type: "rainbow_man" });
    });

    test("block the page while they are asked to", async () => {
        const { ui } = env.services;
        const seen = [];
        answers["/web/dataset/call_button/thing/go"] = () => seen.push(ui.isBlocked) && false;
        await service.doActionButton({ ...params, type: "object", name: "go", "block-ui": "1" });
        expect([...seen, ui.isBlocked]).toEqual([true, false]);
    });

    test("without a type are refused", async () => {
        await expect(service.doActionButton({ ...params, name: "go" })).rejects.toThrow(InvalidButtonParamsError);
        expect(env.services.ui.isBlocked).toBe(false);
    });
});

describe("the address", () => {
    test("follows what is shown", async () => {
        await service.doAction(7);
        expect(stack()).toEqual([{ action: 7 }]);
        await service.switchView("form", { resId: 5 });
        expect(stack()).toEqual([{ action: 7 }, { action: 7, resId: 5 }]);
        shown.form.props.updateActionState({ resId: 6 });
        expect(stack().at(-1)).toEqual({ action: 7, resId: 6 });
        expect(router.stateToUrl(router.current)).toBe("/odoo/action-7/6");
        await service.doAction("home", { clearBreadcrumbs: true });
        expect(router.stateToUrl(router.current)).toBe("/odoo");
    });

    test("brings back what it names, and the places before it", async () => {
        const actionStack = [{ action: 7 }, { action: "parts", resId: 4 }];
        router.replaceState({ actionStack, ...actionStack[1] }, { replace: true, sync: true });
        expect(await service.loadState()).toBe(true);
        expect(text()).toMatch("part,4");
        expect(trail()).toEqual(["at 7", "Parts"]);
        shown.form.env.config.breadcrumbs[0].onSelected();
        await expect.poll(trail).toEqual(["Things"]);
        expect(service.currentController.view.type).toBe("list");
    });

    test("that names nothing loads nothing", async () => {
        expect(await service.loadState()).toBe(false);
    });

    test("may name a model only", async () => {
        router.replaceState({ model: "thing", resId: 2 }, { replace: true, sync: true });
        await service.loadState();
        expect(text()).toMatch("thing,2");
    });

    test("that cannot be shown leads to the nearest place before it", async () => {
        const actionStack = [{ action: 7 }, { action: 404 }, { action: "parts" }];
        router.replaceState({ actionStack, ...actionStack[2] }, { replace: true, sync: true });
        FakeView.failing.add("part");
        await expect(service.loadState()).rejects.toThrow();
        await expect.poll(text).toMatch("thing");
        expect(trail()).toEqual(["Things"]);
    });

    test("that leads nowhere leads home", async () => {
        router.replaceState({ action: 404 }, { replace: true, sync: true });
        await expect(service.loadState()).rejects.toThrow("404");
        expect(service.currentAction.tag).toBe("home");
    });
});

describe("views whose code comes later", () => {
    /** Answer for the bundle of lazy views: it registers some types. */
    function answerBundle(...types) {
        const asked = vi.spyOn(assets, "loadBundle").mockImplementation(async () => {
            for (const type of types.filter((name) => !views.contains(name))) {
                views.add(type, { type, Component: FakeView, Controller: FakeView, multiRecord: true });
            }
        });
        session.view_info = { later: { display_name: "Later", icon: "fa fa-x", multi_record: true } };
        afterThis(() => {
            asked.mockRestore();
            delete session.view_info;
            types.forEach((type) => views.remove(type));
        });
        return asked;
    }

    test("the switcher knows them before", async () => {
        const asked = answerBundle("later");
        expect(describeViewType("later")).toEqual({
            display_name: "Later",
            icon: "fa fa-x",
            multiRecord: true,
            type: "later",
        });
        expect(describeViewType("unheard")).toBe(null);
        expect(asked).not.toHaveBeenCalled();
    });

    test("a class that is not registered is loaded, and its type stands for one that does not exist", async () => {
        const asked = answerBundle("later");
        expect(await loadViewDescriptor("no_such_class", "list")).toBe(views.get("list"));
        expect((await loadViewDescriptor(null, "later")).type).toBe("later");
        expect(asked).toHaveBeenCalledTimes(1);
        expect(asked).toHaveBeenCalledWith("web.assets_backend_lazy");
        expect(await loadViewDescriptor(null, "unheard")).toBe(null);
    });

    test("V65: what is missing to show activities is said", () => {
        expect(explainMissing(["list", "activity"])).toContain("the application Discuss (mail)");
        expect(explainMissing(["list", "kanban"])).toBe("");
    });
});
