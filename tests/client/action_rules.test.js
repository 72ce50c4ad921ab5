/** The action service as addons address it: entries S20 to S33 of what clients of the 18.0 line do. */
import { Component, xml } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { user } from "@web/core/user";
import { ViewNotFoundError } from "@web/views/view";
import { useSetupAction } from "@web/views/view_hook";
import { ActionContainer } from "@web/webclient/actions/action_container";
import { clearUncommittedChanges, makeActionManager } from "@web/webclient/actions/action_service";
import "@web/webclient/actions/client_actions";
import "@web/webclient/home/home_screen";
import { afterThis, answerRpc, makeTestEnv, mount, nextFrame } from "./mount";

/** Views that are mounted, by type. */
const shown = {};

class FakeView extends Component {
    static template = xml`<section class="fake_view"><t t-esc="props.resModel"/>,<t t-esc="props.resId"/></section>`;
    static props = ["*"];

    setup() {
        shown[this.env.config.viewType] = this;
        useSetupAction({ beforeLeave: () => this.mayLeave });
    }
}

const views = registry.category("views");
for (const [type, multiRecord] of Object.entries({ list: true, kanban: true, form: false })) {
    views.add(type, { type, multiRecord, Controller: FakeView }, { force: true });
}

const ids = (...types) => types.map((type) => [false, type]);
const things = (more = {}) => ({
    type: "ir.actions.act_window",
    name: "Things",
    res_model: "thing",
    views: ids("list", "form"),
    ...more,
});

let env;
let service;
let page;
let calls;
let answers;
let asked;

beforeEach(async () => {
    answers = { "/web/action/load": ({ action_id: id }) => things({ id }) };
    calls = answerRpc((route, params) => answers[route]?.(params));
    asked = [];
    const { history } = browser;
    browser.history = { state: null, pushState: vi.fn(), replaceState: vi.fn() };
    browser.sessionStorage.removeItem("current_action");
    router.replaceState({}, { replace: true, sync: true });
    afterThis(() => (browser.history = history));
    const loadViews = async (params) => {
        asked.push(params);
        const described = params.views.map(([, type]) => [type, { arch: `<${type}/>`, id: 1, irFilters: [] }]);
        return { fields: {}, relatedModels: { thing: { fields: {} } }, views: Object.fromEntries(described) };
    };
    const names = ["dialog", "effect", "notification", "title", "ui", "orm", "name", "field", "hotkey", "popover"];
    env = await makeTestEnv(names, { view: { loadViews }, router });
    Object.defineProperty(env, "isSmall", { value: false, configurable: true });
    service = makeActionManager(env);
    env.services.action = service;
    page = await mount(ActionContainer, { env });
});

const text = () => page.querySelector("section")?.textContent;
const trail = () => service.currentController.config.breadcrumbs.map(({ name }) => name);

describe("S20: options", () => {
    test("a new stack is what lies before the action", async () => {
        await service.doAction(things({ name: "First" }));
        const { currentController } = service;
        await service.doAction(things({ name: "Second" }), { clearBreadcrumbs: true });
        await service.doAction(things({ name: "Third" }), { newStack: [currentController] });
        expect(trail()).toEqual(["First", "Third"]);
    });
});

describe("S21: what is loaded", () => {
    test("knows the view of its search, unless it shows one form or is a part of something", async () => {
        const search = { search_view_id: [5, "x"] };
        const typesOf = async (action) => (await service.loadAction(action)).views;
        expect(await typesOf(things(search))).toEqual([...ids("list", "form"), [5, "search"]]);
        expect(await typesOf(things())).toEqual(ids("list", "form", "search"));
        expect(await typesOf(things({ ...search, target: "inline" }))).toEqual(ids("list", "form"));
        const wizard = things({ ...search, target: "new", views: ids("form") });
        expect(await typesOf(wizard)).toEqual(ids("form"));
        // what is loaded may be loaded again
        const once = await service.loadAction(things(search));
        expect((await service.loadAction(once)).views).toHaveLength(3);
    });

    test("has its context in the context around it, and its domain", async () => {
        const action = await service.loadAction(
            things({ context: "{'b': a + 1, 'me': uid}", domain: "[('n', '=', a)]" }),
            { a: 2 }
        );
        expect(action.context).toMatchObject({ a: 2, b: 3, me: user.userId });
        expect(action.domain).toEqual([["n", "=", 2]]);
    });

    test("has no help that is empty, and shows in the page by default", async () => {
        const action = await service.loadAction(things({ help: "<p> </p>" }));
        expect([action.help, action.target]).toEqual(["", "current"]);
    });

    test("is asked for again after changes of actions", async () => {
        await service.loadAction(1);
        await service.loadAction(1);
        expect(calls).toHaveLength(1);
        env.bus.trigger("CLEAR-CACHES");
        await service.loadAction(1);
        expect(calls).toHaveLength(2);
    });
});

describe("S22: kinds of actions", () => {
    test("addresses are opened here, elsewhere, or downloaded", async () => {
        const { location } = browser;
        browser.location = { assign: vi.fn(), origin: location.origin };
        afterThis(() => (browser.location = location));
        await service.doAction({ type: "ir.actions.act_url", url: "/x", target: "self" });
        await service.doAction({ type: "ir.actions.act_url", url: "y", target: "download" });
        expect(browser.location.assign.mock.calls).toEqual([["/x"], ["/y"]]);
        const open = vi.spyOn(browser, "open").mockImplementation(() => null);
        const add = vi.spyOn(env.services.notification, "add").mockImplementation(() => {});
        await service.doAction({ type: "ir.actions.act_url", url: "/z" });
        expect(open).toHaveBeenCalledWith("/z", "_blank");
        // the browser did not let it
        expect(add.mock.lastCall[1]).toMatchObject({ sticky: true, type: "warning" });
        open.mockRestore();
    });

    test("addresses may close the dialog that they are in", async () => {
        const open = vi.spyOn(browser, "open").mockImplementation(() => ({}));
        await service.doAction(things({ target: "new", views: ids("form") }));
        await service.doAction({ type: "ir.actions.act_url", url: "/z", close: true });
        await expect.poll(() => document.querySelectorAll(".o_dialog").length).toBe(0);
        open.mockRestore();
    });
});

describe("S23: leaving", () => {
    test("asks whoever listens on the bus; one no is enough", async () => {
        await service.doAction(things());
        const answersOf = [true, false];
        env.bus.addEventListener("CLEAR-UNCOMMITTED-CHANGES", ({ detail }) => {
            detail.push(async () => answersOf.shift());
        });
        expect(await clearUncommittedChanges(env)).toBe(true);
        const done = vi.fn();
        service.doAction(things({ name: "Next" })).then(done, done);
        await nextFrame();
        await nextFrame();
        expect(done).not.toHaveBeenCalled();
        expect(trail()).toEqual(["Things"]);
    });

    test("asks what is shown", async () => {
        await service.doAction(things());
        shown.list.mayLeave = false;
        expect(await clearUncommittedChanges(env)).toBe(false);
        shown.list.mayLeave = true;
        expect(await clearUncommittedChanges(env)).toBe(true);
    });

    test("by the history of the browser that is refused leaves the address as it was", async () => {
        await service.doAction(things({ id: 7 }));
        const here = router.stateToUrl(router.current);
        shown.list.mayLeave = false;
        router.replaceState({ action: 8, actionStack: [{ action: 8 }] }, { replace: true, sync: true });
        expect(await service.loadState({ isPopState: true })).toBe(true);
        expect(router.stateToUrl(router.current)).toBe(here);
        expect(trail()).toEqual(["Things"]);
    });

    test("is not needed for a dialog", async () => {
        await service.doAction(things());
        shown.list.mayLeave = false;
        await service.doAction(things({ target: "new", views: ids("form") }));
        expect(document.querySelectorAll(".o_dialog")).toHaveLength(1);
    });
});

describe("S24: views of an action", () => {
    test("a type that nobody knows, and no view at all, are refused", async () => {
        await expect(service.doAction(things({ views: ids("no_such") }))).rejects.toThrow(ViewNotFoundError);
        await expect(service.doAction(things({ views: [] }))).rejects.toThrow(ViewNotFoundError);
        await expect(service.doAction(things({ views: ids("activity") }))).rejects.toThrow(/activity.*Discuss/);
    });

    test("are told by the server", async () => {
        session.view_info = { list: { display_name: "Rows", icon: "oi oi-rows", multi_record: true } };
        afterThis(() => delete session.view_info);
        await service.doAction(things({ views: ids("list", "kanban") }));
        expect(shown.list.env.config.viewSwitcherEntries[0]).toMatchObject({ name: "Rows", icon: "oi oi-rows" });
    });

    test("get what the action says", async () => {
        await service.doAction(
            things({
                context: { group_by: ["a", "b"], search_disable_custom_filters: true, no_breadcrumbs: true },
                limit: 7,
                count_limit: 3,
                search_view_id: [5, "x"],
            })
        );
        expect(service.currentController.props).toMatchObject({
            activateFavorite: false,
            groupBy: ["a", "b"],
            limit: 7,
            loadActionMenus: true,
            loadIrFilters: true,
            noBreadcrumbs: true,
            resModel: "thing",
            searchViewId: 5,
            type: "list",
        });
        expect(asked.at(-1).views).toContainEqual([5, "search"]);
    });

    test("on a small screen are those that the action prefers there, or cards", async () => {
        Object.defineProperty(env, "isSmall", { value: true, configurable: true });
        await service.doAction(things({ views: ids("list", "kanban", "form") }));
        expect(service.currentController.view.type).toBe("kanban");
        await service.doAction(things({ views: ids("list", "kanban", "form"), mobile_view_mode: "form" }));
        expect(service.currentController.view.type).toBe("form");
    });

    test("open records without a form only when they must", async () => {
        await service.doAction(things({ views: ids("list") }));
        await shown.list.props.selectRecord(3, {});
        expect(text()).toBe("thing,");
        await shown.list.props.selectRecord(3, { force: true });
        expect(text()).toBe("thing,3");
        expect(trail()).toHaveLength(2);
    });

    test("open forms in the mode of the action", async () => {
        await service.doAction(things({ views: ids("form"), flags: { mode: "readonly" }, res_id: 4 }));
        expect(shown.form.props.mode ?? service.currentController.props.mode).toBe("readonly");
    });
});

describe("S25: dialogs", () => {
    test.each(Object.entries({ small: "sm", medium: "md", large: "lg", "extra-large": "xl" }))(
        "of the size %s",
        async (dialog_size, size) => {
            await service.doAction(things({ target: "new", views: ids("form"), context: { dialog_size } }));
            expect(document.querySelector(".o_dialog .modal-dialog").className).toContain(`modal-${size}`);
        }
    );

    test("hold one action; the body has a class of its own", async () => {
        const wizard = things({ target: "new", views: ids("form") });
        await service.doAction(wizard);
        await service.doAction({ ...wizard, name: "Second" });
        const dialogs = [...document.querySelectorAll(".o_dialog")];
        expect(dialogs.map((el) => el.querySelector(".modal-title").textContent)).toEqual(["Second"]);
        expect(dialogs[0].querySelector(".modal-body.o_act_window")).not.toBe(null);
    });
});

describe("S26: buttons", () => {
    const params = { resModel: "thing", resId: 3, resIds: [3, 4], context: {} };

    test("of methods get one record or all; what is no action closes", async () => {
        answers["/web/dataset/call_button/thing/go"] = () => 12;
        const onClose = vi.fn();
        await service.doActionButton({ ...params, type: "object", name: "go", args: "[1, 'x']", onClose });
        expect(calls.at(-1).params.args).toEqual([[3], 1, "x"]);
        expect(onClose).toHaveBeenCalledOnce();
        await service.doActionButton({ ...params, resId: false, type: "object", name: "go" });
        expect(calls.at(-1).params.args).toEqual([[3, 4]]);
    });

    test("leave behind what belongs to the view that they are in", async () => {
        const context = {
            ...{ keep: 1, default_a: 1, search_default_b: 1, show_c: 1, form_view_ref: "x", group_by: "d" },
            ...{ orderedBy: "e", active_id: 9, active_ids: [9], active_model: "other" },
        };
        answers["/web/action/load"] = () => things({ id: 7, context: { own: 2 } });
        await service.doActionButton({ ...params, context, type: "action", name: "7", buttonContext: { b: 4 } });
        const { context: found } = service.currentAction;
        expect(found).toMatchObject({ keep: 1, own: 2, b: 4, active_id: 3, active_ids: [3], active_model: "thing" });
        for (const key of ["default_a", "search_default_b", "show_c", "form_view_ref", "group_by", "orderedBy"]) {
            expect(found).not.toHaveProperty(key);
        }
    });

    test("bring their own effect rather than that of the action", async () => {
        const add = vi.spyOn(env.services.effect, "add").mockImplementation(() => {});
        answers["/web/dataset/call_button/thing/go"] = () => ({
            type: "ir.actions.act_window_close",
            effect: { message: "of the action" },
        });
        await service.doActionButton({ ...params, type: "object", name: "go", effect: "{'message': 'own'}" });
        expect(add.mock.calls).toEqual([[{ message: "own" }]]);
    });
});

describe("S27: other views", () => {
    test("cannot be switched to in a dialog", async () => {
        await service.doAction(things());
        await service.doAction(things({ target: "new", views: ids("list", "form") }));
        await expect(service.switchView("form")).rejects.toThrow(/dialog/);
    });
});

describe("S28: actions of the client", () => {
    test("messages have links and lead on", async () => {
        const next = things({ name: "Next" });
        const add = vi.spyOn(env.services.notification, "add").mockImplementation(() => {});
        await service.doAction({
            type: "ir.actions.client",
            tag: "display_notification",
            params: {
                ...{ message: "See %s & <b>", title: "T", type: "success", sticky: true, className: "c" },
                links: [{ label: "<i>", url: "/odoo/x" }],
                next,
            },
        });
        const [message, options] = add.mock.lastCall;
        expect(String(message)).toBe('See <a href="/odoo/x" target="_blank">&lt;i&gt;</a> &amp; &lt;b&gt;');
        expect(options).toEqual({ title: "T", type: "success", sticky: true, className: "c" });
        expect(trail()).toEqual(["Next"]);
    });

    test.each(["reload", "reload_context", "home", "soft_reload", "menu", "logout"])("%s is there", (tag) => {
        expect(registry.category("actions").contains(tag)).toBe(true);
    });

    test("components say where they show and what they are called", async () => {
        class Own extends Component {
            static template = xml`<section>own</section>`;
            static props = ["*"];
            static displayName = "Own name";
            static path = "own-path";
            static target = "fullscreen";
        }
        registry.category("actions").add("svc_own", Own, { force: true });
        const modes = [];
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", ({ detail }) => modes.push(detail));
        await service.doAction("svc_own");
        expect(trail()).toEqual(["Own name"]);
        expect(modes).toEqual(["fullscreen"]);
        expect(router.current.actionStack.at(-1).action).toBe("own-path");
        const { props } = service.currentController;
        expect(props).toMatchObject({ action: { tag: "svc_own" } });
        props.updateActionState({ resId: 8, tab: "second" });
        expect(router.current).toMatchObject({ resId: 8, tab: "second" });
        await service.loadState();
        expect(service.currentAction.params).toMatchObject({ tab: "second" });
    });
});

describe("S29: reports", () => {
    const report = { type: "ir.actions.report", report_type: "qweb-pdf", report_name: "some.report", context: {} };
    const handlers = registry.category("ir.actions.report handlers");

    test("are for handlers of addons first, and may close the dialog that they are asked in", async () => {
        const handler = vi.fn(async () => true);
        handlers.add("svc_handler", handler);
        afterThis(() => handlers.remove("svc_handler"));
        const onClose = vi.fn();
        await service.doAction(report, { onClose });
        expect(handler.mock.lastCall[0]).toMatchObject({ report_name: "some.report" });
        expect(handler.mock.lastCall[2]).toBe(env);
        expect(onClose).toHaveBeenCalledOnce();
        expect(calls).toHaveLength(0);
        await service.doAction(things({ target: "new", views: ids("form") }));
        await service.doAction({ ...report, close_on_report_download: true });
        await expect.poll(() => document.querySelectorAll(".o_dialog").length).toBe(0);
    });

    test("as HTML, or where no file can be made, are a page of the client", async () => {
        class Page extends Component {
            static template = xml`<section t-esc="props.action.params.report_url"/>`;
            static props = ["*"];
        }
        registry.category("actions").add("report.client_action", Page, { force: true });
        await service.doAction({ ...report, report_type: "qweb-html", context: { active_ids: [1, 2] } });
        expect(text()).toContain("/report/html/some.report/1,2");
        answers["/report/check_wkhtmltopdf"] = () => "install";
        const add = vi.spyOn(env.services.notification, "add").mockImplementation(() => {});
        await service.doAction({ ...report, name: "Printed" });
        expect(trail().at(-1)).toBe("Printed");
        expect(add.mock.lastCall[1]).toMatchObject({ sticky: true });
    });
});

describe("S32: names of places", () => {
    test("that fail are left out, with a word to developers", async () => {
        const warn = vi.spyOn(browser.console, "warn").mockImplementation(() => {});
        answers["/web/action/load_breadcrumbs"] = () => [{ error: "It is gone" }, { display_name: "Seven" }];
        const actionStack = [{ action: 6 }, { action: 7 }, { action: 8 }];
        router.replaceState({ actionStack, action: 8 }, { replace: true, sync: true });
        await service.loadState();
        expect(trail()).toEqual(["Seven", "Things"]);
        expect(warn.mock.lastCall.join(" ")).toContain("It is gone");
        warn.mockRestore();
    });

    test("the last window action is kept for when the page is loaded again", async () => {
        await service.doAction(things({ id: 9, context: { kept: 1 } }));
        expect(JSON.parse(browser.sessionStorage.getItem("current_action"))).toMatchObject({
            id: 9,
            context: { kept: 1 },
        });
    });
});

test("S33: the bus tells what is shown", async () => {
    const told = [];
    for (const name of ["ACTION_MANAGER:UPDATE", "ACTION_MANAGER:UI-UPDATED"]) {
        env.bus.addEventListener(name, ({ detail }) => told.push([name, detail.id ? "info" : detail]));
    }
    await service.doAction(things());
    await service.doAction(things({ target: "new", views: ids("form") }));
    expect(told).toEqual([
        ["ACTION_MANAGER:UPDATE", "info"],
        ["ACTION_MANAGER:UI-UPDATED", "current"],
        ["ACTION_MANAGER:UI-UPDATED", "new"],
    ]);
});
