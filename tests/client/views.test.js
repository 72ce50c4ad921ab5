/** What views make of their archs, and what they ask the server for. */
import { expect, test, vi } from "vitest";
import { EventBus } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { loadSubViews } from "@web/views/form/sub_views";
import { recordsView } from "@web/views/records_view";
import { getOpenAction, iconFromString, openActionParams, processButton } from "@web/views/utils";
import { viewService } from "@web/views/view_service";

const parse = (text) => new DOMParser().parseFromString(text, "text/xml").documentElement;

test("buttons are what they do, how they look, when they show, and the rest", () => {
    const button = processButton(
        parse(`<button name="do" type="object" close="1" context="" string="Do" icon="fa-check" invisible="not id"
            class="oe_highlight" options='{"a": 1}' data-x="y"/>`)
    );
    expect(button).toMatchObject({
        tag: "button",
        className: "oe_highlight",
        string: "Do",
        icon: "fa-check",
        display: "selection",
        disabled: false,
        options: { a: 1 },
        invisible: "not id",
        column_invisible: null,
        readonly: null,
    });
    expect(button.clickParams).toEqual({ name: "do", type: "object", close: true, context: "{}" });
    expect(button.attrs).toMatchObject({ "data-x": "y", string: "Do" });
    expect("name" in button.attrs).toBe(false);
    expect(processButton(parse("<a type='action' name='x' display='always'/>"))).toMatchObject({
        tag: "a",
        display: "always",
        icon: false,
        title: undefined,
    });
});

test("icons are of a font or a picture", () => {
    expect(iconFromString("fa-check")).toEqual({ tag: "i", class: "o_button_icon fa fa-fw fa-check" });
    expect(iconFromString("oi-plus").class).toBe("o_button_icon oi oi-fw oi-plus");
    expect(iconFromString("/web/icon.png")).toMatchObject({ tag: "img", src: "/web/icon.png" });
});

test("a view may open its records by an action", () => {
    expect(getOpenAction(parse("<list/>"))).toBe(null);
    const openAction = getOpenAction(parse('<list action="open" type="object"/>'));
    expect(openAction).toEqual({ action: "open", type: "object" });
    const load = vi.fn();
    const record = { resModel: "order", resId: 7, resIds: [7], context: { a: 1 }, model: { root: { load } } };
    const { onClose, ...params } = openActionParams(openAction, record);
    expect(params).toEqual({
        name: "open",
        type: "object",
        resModel: "order",
        resId: 7,
        resIds: [7],
        context: { a: 1 },
    });
    onClose();
    expect(load).toHaveBeenCalledOnce();
});

test("what a view describes goes to its controller unless the props say otherwise", () => {
    class ArchParser {
        parse(...args) {
            return { args };
        }
    }
    const view = { ...recordsView, ArchParser, Renderer: "R", buttonTemplate: "own" };
    const generic = { arch: "a", relatedModels: "r", resModel: "order", limit: 3 };
    expect(view.props(generic, view)).toMatchObject({
        archInfo: { args: ["a", "r", "order"] },
        buttonTemplate: "own",
        Renderer: "R",
        Model: recordsView.Model,
        limit: 3,
    });
    expect("Compiler" in view.props(generic, view)).toBe(false);
    expect(view.props({ ...generic, buttonTemplate: "given" }, view).buttonTemplate).toBe("given");
});

test("descriptions of views are asked once, and again after a failure or when views change", async () => {
    const asked = [];
    let fails = false;
    const orm = {
        async call(model, method, args, kwargs) {
            asked.push([model, method, kwargs]);
            if (fails) {
                throw new Error("no");
            }
            const list = { arch: "<list/>", id: 3, toolbar: { print: [] }, filters: [{ id: 1 }] };
            return { models: { order: { fields: { name: { type: "char" } } } }, views: { list } };
        },
    };
    const env = { bus: new EventBus() };
    const { loadViews } = viewService.start(env, { orm });
    const params = { resModel: "order", views: [[false, "list"]], context: { active_id: 3, list_view_ref: "x.y" } };
    const options = { actionId: 5, loadActionMenus: true, ours: "kept" };
    const found = await loadViews(params, options);
    expect(found.fields.name).toEqual({ type: "char", name: "name" });
    expect(found.views.list).toMatchObject({
        arch: "<list/>",
        id: 3,
        actionMenus: { print: [] },
        irFilters: [{ id: 1 }],
    });
    const [model, method, kwargs] = asked[0];
    expect([model, method, kwargs.views]).toEqual(["order", "get_views", [[false, "list"]]]);
    expect(kwargs.context).toMatchObject({ list_view_ref: "x.y" });
    expect("active_id" in kwargs.context).toBe(false);
    expect(kwargs.options).toEqual({
        action_id: 5,
        embedded_action_id: false,
        embedded_parent_res_id: false,
        load_filters: false,
        ours: "kept",
        toolbar: true,
    });
    found.views.list.irFilters.pop();
    expect((await loadViews(params, options)).views.list.irFilters).toEqual([{ id: 1 }]);
    expect(asked.length).toBe(1);
    env.bus.trigger("CLEAR-CACHES");
    fails = true;
    await expect(loadViews(params, options)).rejects.toThrow("no");
    fails = false;
    await loadViews(params, options);
    expect(asked.length).toBe(3);
});

test("the lists of lines are fetched where the form has none of its own", async () => {
    class ArchParser {
        parse(arch, _models, resModel) {
            return { tag: arch.tagName, resModel };
        }
    }
    registry.category("views").add("list", { ArchParser }, { force: true });
    registry.category("views").add("kanban", { ArchParser }, { force: true });
    const asked = [];
    const service = {
        async loadViews({ context, resModel, views: [[, type]] }) {
            asked.push([resModel, type, context]);
            return { fields: "f", relatedModels: {}, views: { [type]: { arch: `<${type}/>` } } };
        },
    };
    const lines = { type: "one2many", relation: "line" };
    const fields = { a: lines, b: lines, c: lines, d: lines, name: { type: "char" } };
    const shown = { useSubView: true };
    const own = { list: { own: true } };
    const nodes = {
        a_0: { name: "a", field: shown, context: "{'list_view_ref': 'x.y', 'default_a': id}" },
        b_0: { name: "b", field: shown, views: own, viewMode: "list", relatedFields: "kept" },
        c_0: { name: "c", field: shown, invisible: "1" },
        d_0: { name: "d", field: {} },
        name_0: { name: "name", field: {} },
    };
    await loadSubViews(nodes, fields, { lang: "x" }, "order", service, false);
    expect(asked).toEqual([["line", "list", { lang: "x", list_view_ref: "x.y" }]]);
    expect(nodes.a_0.views.list).toEqual({ tag: "list", resModel: "line", limit: 40, fields: "f" });
    expect([nodes.b_0.views, nodes.b_0.relatedFields]).toEqual([own, "kept"]);
    expect([nodes.c_0.views, nodes.d_0.views]).toEqual([undefined, undefined]);

    const onPhone = { a_0: { name: "a", field: shown } };
    await loadSubViews(onPhone, fields, {}, "order", service, true);
    expect([onPhone.a_0.viewMode, asked.at(-1)[1]]).toEqual(["kanban", "kanban"]);
});
