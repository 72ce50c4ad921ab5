/** Parts of the action service, each by itself. */
import { Component } from "@odoo/owl";
import { describe, expect, test, vi } from "vitest";
import { registry } from "@web/core/registry";
import { ActionDialogs } from "@web/webclient/actions/action_dialogs";
import { ActionLoader, InvalidActionError } from "@web/webclient/actions/action_requests";
import { breadcrumbsOf, makeConfig } from "@web/webclient/actions/controller_config";
import { ControllerStack } from "@web/webclient/actions/controller_stack";
import { ClientController, Controller, VirtualController } from "@web/webclient/actions/controllers";
import { getReportUrl } from "@web/webclient/actions/report_action";
import { ViewController } from "@web/webclient/actions/view_controller";
import { answerRpc } from "./mount";

const views = registry.category("views");
views.add("list", { type: "list", multiRecord: true, display_name: "List", icon: "oi-list" }, { force: true });
views.add("form", { type: "form", display_name: "Form" }, { force: true });

let number = 0;
const action = (more = {}) => ({
    jsId: `action_test_${number++}`,
    type: "ir.actions.act_window",
    name: "Things",
    res_model: "thing",
    context: {},
    target: "current",
    views: [
        [false, "list"],
        [false, "form"],
    ],
    ...more,
});

describe("a stack of controllers", () => {
    const [first, second] = [action(), action()];
    const home = new Controller({ jsId: "home", tag: "home" });
    const [list, form, other] = [new Controller(first), new Controller(first), new Controller(second)];

    function stackOf(...controllers) {
        const stack = new ControllerStack();
        stack.controllers = controllers;
        return stack;
    }

    test.each([
        ["after what is shown", [list, other], {}, 2],
        ["without the home screen", [home], {}, 0],
        ["where it is said", [list, other], { index: 1 }, 1],
        ["alone", [list, other], { clearBreadcrumbs: true }, 0],
        ["instead of all of the current action", [other, list, form], { stackPosition: "replaceCurrentAction" }, 1],
        ["instead of the action before", [list, form, other], { stackPosition: "replacePreviousAction" }, 0],
    ])("takes a controller %s", (_where, controllers, options, place) => {
        const stack = stackOf(...controllers);
        const added = new Controller(action());
        expect(stack.trailTo(added, options)).toEqual([...controllers.slice(0, place), added]);
        expect(stack.controllers).toEqual(controllers);
    });

    test("is empty at first, and takes anything then", () => {
        const stack = new ControllerStack();
        expect([stack.isEmpty, stack.current, stack.previous]).toEqual([true, null, undefined]);
        expect(stack.trailTo(list, { stackPosition: "replaceCurrentAction" })).toEqual([list]);
    });

    test("finds controllers by name, action and view", () => {
        form.view = { type: "form" };
        const stack = stackOf(other, list, form);
        expect(stack.indexOf(list.jsId)).toBe(1);
        expect(stack.indexOf("nothing")).toBe(-1);
        expect([stack.indexOfAction(first), stack.indexOfAction(first, "form")]).toEqual([1, 2]);
    });
});

describe("a controller", () => {
    test("asks its component before it is left, and for what it should keep", async () => {
        const controller = new Controller(action());
        expect(await controller.mayLeave({})).toBe(true);
        controller.prepare({ name: "config" });
        const beforeLeave = vi.fn(async () => false);
        controller.recorders.__beforeLeave__.add("a", beforeLeave);
        controller.recorders.__beforeLeave__.add("b", () => undefined);
        controller.recorders.__getLocalState__.add("a", () => ({ scroll: 1 }));
        controller.recorders.__getLocalState__.add("b", () => ({ page: 2 }));
        expect(await controller.mayLeave({ forceLeave: true })).toBe(false);
        expect(beforeLeave).toHaveBeenCalledWith({ forceLeave: true });
        controller.collectState();
        expect(controller.exportedState).toBe(undefined);
        controller.isMounted = true;
        controller.collectState();
        expect(controller.exportedState).toEqual({ scroll: 1, page: 2 });
        expect(controller.subEnv).toMatchObject({ config: { name: "config" } });
    });

    test("is titled by what it shows, then by its action", () => {
        const controller = new Controller(action({ display_name: "All things" }));
        expect(controller.title).toBe("All things");
        controller.displayName = "One";
        expect(controller.title).toBe("One");
        expect(new Controller({}).title).toBe(null);
    });

    test("of a client action tells it about itself", () => {
        class Tool extends Component {
            static displayName = "Tool";
        }
        const controller = new ClientController({ id: 3, tag: "tool" }, Tool, { more: 1 });
        expect(controller.props).toMatchObject({ action: { id: 3 }, actionId: 3, more: 1 });
        controller.props.updateActionState({ page: 2 });
        expect(controller.currentState).toEqual({ page: 2 });
        const again = controller.again().resume(controller);
        expect(again).toMatchObject({ displayName: "Tool", currentState: { page: 2 } });
        expect(again.jsId).not.toBe(controller.jsId);
    });

    test("of an address has only a name", () => {
        const entry = { action: 4, resId: 2 };
        const controller = new VirtualController(entry, "Four");
        expect(controller).toMatchObject({
            displayName: "Four",
            urlEntry: entry,
            virtualEntry: entry,
            action: { id: 4 },
        });
    });
});

describe("a view of a window action", () => {
    const host = () => ({ switchView: vi.fn(), closeDialog: vi.fn(), onStateChange: vi.fn() });

    test("of several records is searched and grouped as the action says", () => {
        const { props } = new ViewController(
            action({ context: { group_by: "state" }, search_view_id: [5, "s"], limit: 20, help: "Add one" }),
            "list",
            {},
            host()
        );
        expect(props).toMatchObject({
            resModel: "thing",
            type: "list",
            groupBy: ["state"],
            searchViewId: 5,
            limit: 20,
            noContentHelp: "Add one",
            loadActionMenus: true,
            loadIrFilters: true,
            display: { mode: "current" },
        });
    });

    test("of one record shows the one that is asked for, or that of the action", () => {
        const propsOf = (given) => new ViewController(action({ res_id: 3 }), "form", given, host()).props;
        expect(propsOf({})).toMatchObject({ resId: 3, resIds: [3] });
        expect(propsOf({ resId: 4, resIds: [4, 5], mode: "readonly" })).toMatchObject({
            resId: 4,
            resIds: [4, 5],
            mode: "readonly",
        });
        expect(propsOf({ resId: "new" })).toMatchObject({ resId: false, resIds: [] });
        expect(propsOf({})).not.toHaveProperty("groupBy");
    });

    test("in a dialog has no panels, and closes it", () => {
        const own = host();
        const { props } = new ViewController(action({ target: "new" }), "form", {}, own);
        expect(props.display).toEqual({ mode: "inDialog", controlPanel: false, searchPanel: false });
        expect(props.loadActionMenus).toBe(false);
        props.onSave({ resId: 8 }, {});
        expect(own.closeDialog).not.toHaveBeenCalled();
        props.onSave({ resId: 8 }, { closable: true });
        props.onDiscard();
        expect(own.closeDialog.mock.calls).toEqual([[{ resId: 8 }], [{ dismiss: true }]]);
    });

    test("opens records only where there is a form", async () => {
        const own = host();
        const { props } = new ViewController(action(), "list", {}, own);
        await props.selectRecord(4, { activeIds: [4, 5] });
        await props.createRecord();
        expect(own.switchView.mock.calls).toEqual([
            ["form", { resId: 4, resIds: [4, 5], mode: undefined }],
            ["form", { resId: false }],
        ]);
        const { props: alone } = new ViewController(action({ views: [[false, "list"]] }), "list", {}, own);
        await alone.selectRecord(4);
        expect(own.switchView).toHaveBeenCalledTimes(2);
    });

    test("that is shown again goes on with the record it came to, and tells of its own state", () => {
        const own = host();
        const controller = new ViewController(action(), "form", { resId: 4, resIds: [4, 5] }, own);
        controller.props.updateActionState({ resId: 5 });
        const again = controller.again();
        expect(again.props).toMatchObject({ resId: 5, resIds: [4, 5] });
        again.props.updateActionState({ resId: 4 });
        expect(own.onStateChange).toHaveBeenLastCalledWith(again);
    });
});

describe("the configuration of a controller", () => {
    test("names the way to it and the views beside it", () => {
        const restore = vi.fn();
        const [home, list] = [new Controller({ tag: "home" }), new Controller(action(), { displayName: "Things" })];
        const form = new Controller(list.action, { displayName: "One", view: { type: "form" } });
        list.urlEntry = { action: 7 };
        form.urlEntry = { action: 7, resId: 1 };
        const crumbs = breadcrumbsOf([home, list, form], restore);
        expect(crumbs).toMatchObject([
            { name: "Things", isFormView: false, url: "/odoo/action-7" },
            { name: "One", isFormView: true, url: "/odoo/action-7/1" },
        ]);
        crumbs[0].onSelected();
        expect(restore).toHaveBeenCalledWith(list.jsId);
    });

    test("renames the last step and, of what is shown, the title", () => {
        const setParts = vi.fn();
        const controller = new Controller(action(), { displayName: "New" });
        const manager = { env: { services: { title: { setParts } } }, isCurrent: () => true, restore() {} };
        const config = makeConfig(controller, [controller], manager);
        config.setDisplayName("Saved");
        expect([config.getDisplayName(), config.breadcrumbs[0].name]).toEqual(["Saved", "Saved"]);
        expect(setParts).toHaveBeenCalledWith({ action: "Saved" });
    });
});

test("a dialog that replaces another answers to whom that one answered", () => {
    const opened = [];
    const add = (_Dialog, props, { onClose }) => {
        opened.push(props);
        return (params) => onClose(params);
    };
    const dialogs = new ActionDialogs({ services: { dialog: { add, closeAll() {} } } });
    const controller = new Controller(action({ context: { dialog_size: "medium" } }));
    const [first, second] = [vi.fn(), vi.fn()];
    expect(dialogs.close()).toBe(false);
    dialogs.open(controller, { onClose: first });
    dialogs.open(controller, { onClose: second });
    expect(opened[1]).toMatchObject({ size: "md", title: "Things" });
    expect(dialogs.close({ done: true })).toBe(true);
    expect([first.mock.calls, second.mock.calls]).toEqual([[[{ done: true }]], []]);
    expect(dialogs.close()).toBe(false);
});

describe("actions that are loaded", () => {
    test("are asked for once by id and context; parameters of addresses make no difference", async () => {
        const calls = answerRpc((_route, { action_id: id }) => ({ id }));
        const loader = new ActionLoader();
        await loader.load(4, { a: 1, params: { x: 1 } });
        await loader.load(4, { a: 1 });
        expect(await loader.load(4, { a: 2 })).toEqual({ id: 4 });
        expect(calls.map(({ params }) => params.context.a)).toEqual([1, 2]);
        loader.clear();
        await loader.load(4, { a: 2 });
        expect(calls).toHaveLength(3);
    });

    test("must exist; descriptions need no server", async () => {
        answerRpc(() => false);
        await expect(new ActionLoader().load(4)).rejects.toThrow(InvalidActionError);
        const description = { type: "ir.actions.act_url" };
        expect(await new ActionLoader().load(description)).toBe(description);
    });
});

describe("addresses of reports", () => {
    test.each([
        [{ context: { active_ids: [1, 2] } }, "pdf", "/report/pdf/thing.label/1,2"],
        [{ context: { active_id: 3 } }, "text", "/report/text/thing.label/3"],
        [{ context: {} }, "pdf", "/report/pdf/thing.label"],
        [{ context: { active_ids: [1] } }, "html", "/report/html/thing.label/1?context=%7B%22lang%22%3A%22en_US%22%7D"],
        [
            { data: { a: 1 }, context: { b: 2 } },
            "pdf",
            "/report/pdf/thing.label?options=%7B%22a%22%3A1%7D&context=%7B%22b%22%3A2%7D",
        ],
    ])("%j as %s", (description, type, url) => {
        expect(getReportUrl({ report_name: "thing.label", ...description }, type, { lang: "en_US" })).toBe(url);
    });
});
