/** What every view has around it: how it is described, loaded, named, and what its arch may say. */
import { Component, xml } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { registry } from "@web/core/registry";
import { parseXML } from "@web/core/utils/xml";
import { Field, getFieldFromRegistry } from "@web/views/fields/field";
import { standardViewProps } from "@web/views/standard_view_props";
import { getDecoration, processButton } from "@web/views/utils";
import { getDefaultConfig, View, ViewNotFoundError } from "@web/views/view";
import {
    appendAttr,
    applyInvisible,
    assignOwlDirectives,
    decodeObjectForTemplate,
    encodeObjectForTemplate,
    isTextNode,
    makeSeparator,
    resetViewCompilerCache,
    toInterpolatedStringExpression,
    useViewCompiler,
    ViewCompiler,
} from "@web/views/view_compiler";
import { useBounceButton, useViewArch } from "@web/views/view_hook";
import { viewService } from "@web/views/view_service";
import { Widget } from "@web/views/widgets/widget";
import { afterThis, mount } from "./mount";
import { count, mountView, texts, until } from "./view_harness";

const fields = {
    id: { name: "id", type: "integer", string: "ID" },
    name: { name: "name", type: "char", string: "Name", required: true },
    size: { name: "size", type: "integer", string: "Size", readonly: true },
};
const models = () => ({ thing: { fields, records: [{ id: 1, name: "One", size: 3 }] } });
let seen;

/** A view of the test's own. */
class Probe extends Component {
    static template = xml`<div class="o_probe" t-att-class="props.className"><t t-out="body"/></div>`;
    static props = ["*"];
    setup() {
        seen = { env: this.env, props: this.props };
    }
    get body() {
        return this.props.text || "";
    }
}

beforeEach(() => {
    const views = registry.category("views");
    views.add("probe", {
        type: "probe",
        Controller: Probe,
        searchMenuTypes: ["filter"],
        display: { controlPanel: {} },
    });
    views.add("loud_probe", { type: "probe", Controller: Probe });
    afterThis(() => ["probe", "loud_probe"].forEach((name) => views.remove(name)));
});

const show = (props = {}, options) =>
    mountView({ resModel: "thing", type: "probe", arch: "<probe/>", ...props }, models(), options);

describe("V100-V105: views", () => {
    test("V100: say their model and type; arch and fields come together; other props go to the controller", async () => {
        await show({ ours: 3, selectRecord: () => {} });
        expect(seen.props.ours).toBe(3);
        expect(seen.props.selectRecord).toBeInstanceOf(Function);
        expect("searchViewId" in seen.props).toBe(false);
        const build = (props) => () => View.prototype.setup.call({ props });
        expect(build({ type: "list" })).toThrow('"resModel"');
        expect(build({ resModel: "thing" })).toThrow('"type"');
        expect(build({ resModel: "thing", type: "list", arch: "<list/>" })).toThrow('"arch" and "fields"');
    });

    test("V101: the context forbids what it has a false value for; spaces that stay are understood", async () => {
        await show({ context: { create: 0, edit: false, delete: 1 }, arch: `<probe string="a&nbsp;b" sample="1"/>` });
        const { arch, useSampleModel } = seen.props;
        expect(["create", "edit", "delete"].map((name) => arch.getAttribute(name))).toEqual(["0", "0", null]);
        expect(arch.getAttribute("string")).toBe("a\u00a0b");
        expect(useSampleModel).toBe(true);
        await show({ arch: `<probe sample="0"/>` });
        expect(seen.props.useSampleModel).toBe(false);
    });

    test("V101, V104: the class of an arch is a view of its own, with its name in the page", async () => {
        const { target } = await show({ arch: `<probe js_class="loud_probe" class="mine"/>`, className: "given" });
        const [root] = await count(target, ".o_probe", 1);
        expect([...root.classList]).toEqual(
            expect.arrayContaining(["o_view_controller", "o_probe_view", "o_loud_probe_view", "mine", "given"])
        );
        expect(seen.env.config.viewSubType).toBe("loud_probe");
        expect(new ViewNotFoundError("x")).toBeInstanceOf(Error);
    });

    test("V102: what the controller gets, what the description makes of it, and what is searched", async () => {
        const views = registry.category("views");
        const own = vi.fn((props) => ({ ...props, made: true }));
        views.add("probe", { ...views.get("probe"), props: own }, { force: true });
        await show({
            domain: [["size", ">", 1]],
            context: { a: 1 },
            noContentHelp: "Help",
            actionMenus: { print: [] },
        });
        const { arch, domain, groupBy, info, made, relatedModels, searchMenuTypes } = seen.props;
        expect(made).toBe(true);
        expect(arch.tagName).toBe("probe");
        expect([domain, groupBy, searchMenuTypes]).toEqual([[["size", ">", 1]], [], ["filter"]]);
        expect(info).toMatchObject({ actionMenus: { print: [] }, noContentHelp: "Help", searchViewFields: fields });
        expect(relatedModels.thing.fields).toBe(fields);
        const [generic, descriptor, config] = own.mock.lastCall;
        expect("domain" in generic).toBe(false);
        expect([descriptor.type, config.viewType]).toEqual(["probe", "probe"]);
    });

    test("V103: the configuration says where the view is", async () => {
        await show({ arch: `<probe string="x"/>` });
        const { config } = seen.env;
        expect(config.rawArch).toBe(`<probe string="x"/>`);
        expect(config.viewArch.getAttribute("string")).toBe("x");
        const names = `actionId actionType breadcrumbs disableSearchBarAutofocus getDisplayName setDisplayName historyBack
            pagerProps viewSwitcherEntries rawArch viewArch viewId viewType viewSubType noBreadcrumbs embeddedActions
            currentEmbeddedActionId parentActionId`;
        const inert = getDefaultConfig();
        expect(names.split(/\s+/).filter((name) => !(name in inert))).toEqual([]);
        inert.setDisplayName("Mine");
        expect([inert.getDisplayName(), inert.historyBack()]).toEqual(["Mine", undefined]);
    });

    test("V105: props of all controllers", () => {
        const required = Object.keys(standardViewProps).filter((name) => !standardViewProps[name].optional);
        expect(required.sort()).toEqual(
            [
                "arch",
                "context",
                "domain",
                "fields",
                "groupBy",
                "info",
                "orderBy",
                "relatedModels",
                "resModel",
                "searchMenuTypes",
            ].sort()
        );
        expect(Object.keys(standardViewProps)).toEqual(
            expect.arrayContaining([
                "createRecord",
                "display",
                "globalState",
                "limit",
                "selectRecord",
                "state",
                "updateActionState",
            ])
        );
    });
});

test("V106: a context may do without menus, and keeps the rest of the options", async () => {
    const asked = [];
    const orm = {
        call: async (...args) => {
            asked.push(args[3]);
            return { models: { thing: { fields: {} } }, views: {} };
        },
    };
    const { loadViews } = viewService.start({ bus: new EventTarget() }, { orm });
    const options = { actionId: 4, loadActionMenus: true, loadIrFilters: true };
    await loadViews({ resModel: "thing", views: [[false, "list"]], context: { disable_toolbar: true } }, options);
    expect(asked[0].options).toMatchObject({ action_id: 4, load_filters: true, toolbar: false });
});

test("V107: a button of a hidden column is hidden", () => {
    const invisible = (attributes) => processButton(parseXML(`<button ${attributes}/>`)).invisible;
    expect(invisible(`column_invisible="a" invisible="b"`)).toBe("(a) or (b)");
    expect(invisible(`column_invisible="1" invisible="b"`)).toBe("1");
    expect(invisible(`column_invisible="False" invisible="b"`)).toBe("b");
    expect([invisible(`column_invisible="a"`), invisible("")]).toEqual(["a", null]);
});

describe("V110: links in texts", () => {
    const link = (attributes) => `<p><a type="action" ${attributes}>Go</a></p>`;
    async function follow(attributes, answer) {
        const actions = { doAction: vi.fn() };
        const { markup } = await import("@odoo/owl");
        const { target, calls } = await show({ text: markup(link(attributes)) }, { actions, answer });
        const [el] = await count(target, "a[type='action']", 1);
        el.click();
        await until(() => actions.doAction.mock.calls.length);
        return { args: actions.doAction.mock.lastCall, calls };
    }

    test("run the action that they name, or that their method gives", async () => {
        expect((await follow(`name="base.action"`)).args[0]).toBe("base.action");
        const answer = (_route, { method }) =>
            method === "get_it" ? { type: "ir.actions.act_window_close" } : undefined;
        const { args, calls } = await follow(
            `data-method="get_it" data-model="other" data-reload-on-close="1"`,
            answer
        );
        expect(args[0]).toEqual({ type: "ir.actions.act_window_close" });
        expect(args[1].onClose).toBeInstanceOf(Function);
        expect(calls.some(({ params }) => params.model === "other" && params.method === "get_it")).toBe(true);
    });

    test("describe a window action of their own", async () => {
        const { args } = await follow(
            `data-model="other" data-resid="7" data-views="[[3, 'form']]" data-context="{'a': 1}" title="Open it"`
        );
        expect(args[0]).toEqual({
            type: "ir.actions.act_window",
            name: "Open it",
            res_model: "other",
            res_id: 7,
            context: { a: 1 },
            domain: [],
            views: [[3, "form"]],
        });
        expect((await follow(`data-domain="[('size', '>', 2)]"`)).args[0]).toMatchObject({
            res_model: "thing",
            domain: [["size", ">", 2]],
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    });
});

test("V111: a click where nothing happens shows the button that does something", async () => {
    class Area extends Component {
        static template = xml`<div t-ref="root"><p class="inert">Text</p><input/><button data-bounce-button="">New</button></div>`;
        static props = [];
        setup() {
            this.root = {
                get el() {
                    return document.querySelector(".inert")?.parentElement;
                },
            };
            useBounceButton(this.root, (target) => !target.matches(".never"));
        }
    }
    const target = await mount(Area);
    const button = target.querySelector("button");
    target.querySelector("input").click();
    expect(button.classList).not.toContain("o_catch_attention");
    target.querySelector(".inert").click();
    expect(button.classList).toContain("o_catch_attention");
    await until(() => !button.classList.contains("o_catch_attention"));
});

test("V112: decorations are classes of the text", () => {
    const names = ["bf", "it", "danger", "warning", "success", "info", "muted", "primary"];
    const arch = parseXML(`<list ${names.map((name) => `decoration-${name}="a"`).join(" ")} string="x"/>`);
    expect(getDecoration(arch).map((decoration) => decoration.class)).toEqual([
        ...[
            "fw-bold",
            "fst-italic",
            "text-danger",
            "text-warning",
            "text-success",
            "text-info",
            "text-muted",
            "text-primary",
        ],
    ]);
});

describe("V113: archs become templates", () => {
    test("extensions add compilers for nodes", () => {
        class Own extends ViewCompiler {
            setup() {
                this.compilers.push({ selector: "hello", fn: this.compileHello });
            }
            compileHello(el) {
                const compiled = el.ownerDocument.createElement("b");
                compiled.setAttribute("t-esc", `__comp__.props.record.data.${el.getAttribute("of")}`);
                return compiled;
            }
        }
        const arch = parseXML(`<form><hello of="name"/><p invisible="1">never</p><i invisible="size > 1">x</i></form>`);
        const compiled = new Own({ Main: arch }).compile("Main").outerHTML;
        expect(compiled).toContain(`t-esc="__comp__.props.record.data.name"`);
        expect(compiled).not.toContain("never");
        expect(compiled).toContain("evalContextWithVirtualIds");
    });

    test("an arch is compiled once", async () => {
        const compiled = vi.fn();
        class Counted extends ViewCompiler {
            compile(...args) {
                compiled();
                return super.compile(...args);
            }
        }
        class User extends Component {
            static template = xml`<t t-call="{{ templates.Main }}"/>`;
            static props = [];
            setup() {
                this.templates = useViewCompiler(Counted, { Main: parseXML(`<p class="made">Text</p>`) });
            }
        }
        const [first, second] = [await mount(User), await mount(User)];
        expect([first, second].flatMap((target) => texts(target, ".made"))).toEqual(["Text", "Text"]);
        expect(compiled).toHaveBeenCalledOnce();
        resetViewCompilerCache();
        await mount(User);
        expect(compiled).toHaveBeenCalledTimes(2);
        class Reader extends Component {
            static template = xml`<p class="read" t-esc="info.tag + info.template"/>`;
            static props = [];
            setup() {
                this.info = useViewArch("<a/>", Reader.how);
            }
            static how = { compile: vi.fn(() => "T"), extract: vi.fn(() => ({ tag: "a" })) };
        }
        await mount(Reader);
        expect(texts(await mount(Reader), ".read")).toEqual(["aT"]);
        expect([Reader.how.compile, Reader.how.extract].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    });

    test("helpers", () => {
        const node = parseXML(`<a class="b" t-if="c" t-name="d">text</a>`);
        appendAttr(node, "class", "e");
        expect(node.getAttribute("class")).toBe("b e");
        const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
        const compiled = parseXML("<z/>");
        assignOwlDirectives(node, compiled);
        expect(compiled.getAttribute("t-if")).toBe("c");
        expect(warned).toHaveBeenCalledOnce();
        warned.mockRestore();
        const value = { a: ["é", '"x"', 1] };
        expect(decodeObjectForTemplate(encodeObjectForTemplate(value))).toEqual(value);
        expect([isTextNode(node.firstChild), isTextNode(node)]).toEqual([true, false]);
        expect(makeSeparator("Title")).toMatchObject({ textContent: "Title" });
        expect(toInterpolatedStringExpression("a {{ b }} `c`")).toBe("`a ${ b } \\`c\\``");
        expect(applyInvisible("1", parseXML("<p/>"))).toBe(undefined);
    });
});

describe("fields and widgets of archs", () => {
    const parse = (xmlText, ...rest) =>
        Field.parseFieldNode(parseXML(xmlText), { thing: { fields } }, "thing", ...rest);

    test("V114: a node says what its definition does not", () => {
        const info = parse(
            `<field name="name" string="Title" options="{'a': 1}" decoration-danger="size" on_change="1" width="3"/>`,
            "list"
        );
        expect(info).toMatchObject({
            name: "name",
            type: "char",
            viewType: "list",
            context: "{}",
            string: "Title",
            options: { a: 1 },
            decorations: { danger: "size" },
            attrs: { width: "3" },
        });
        expect([
            parse(`<field name="name"/>`, "form").required,
            parse(`<field name="size"/>`, "form").readonly,
        ]).toEqual(["True", "True"]);
        expect(parse(`<field name="id" readonly="0"/>`, "form").readonly).toBe("True");
        expect(() => parse(`<field name="nothing"/>`, "form")).toThrow('"nothing"');
    });

    test("V114: the class of the view, its type, then any view say which component; unknown ones are told", () => {
        const category = registry.category("fields");
        const of = (name) => ({ component: Probe, displayName: name });
        const names = ["own_class.sign", "list.sign", "sign", "list.char_like"];
        names.forEach((name) => category.add(name, of(name)));
        afterThis(() => names.forEach((name) => category.remove(name)));
        const find = (...args) => getFieldFromRegistry(...args).displayName;
        expect(find("char", "sign", "list", "own_class")).toBe("own_class.sign");
        expect(find("char", "sign", "list")).toBe("list.sign");
        expect(find("char", "sign", "form")).toBe("sign");
        expect(find("char_like", undefined, "list")).toBe("list.char_like");
        const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
        expect(getFieldFromRegistry("char", "nobody_has_it", "list")).toBe(category.get("char"));
        expect(warned.mock.lastCall[0]).toContain("nobody_has_it");
        expect(getFieldFromRegistry("unheard_of", undefined, "list").component.prototype).toBeInstanceOf(Component);
        warned.mockRestore();
    });

    test("V115, V116: what a widget gets, and the classes around it", async () => {
        class Sign extends Component {
            static template = xml`<span class="o_sign" t-esc="[props.readonly, props.name, props.extra].join()"/>`;
            static props = ["*"];
        }
        const extractProps = vi.fn(({ options }, { context, required }) => ({
            extra: options.extra,
            context,
            required,
        }));
        const category = registry.category("fields");
        category.add("sign", { component: Sign, extractProps, additionalClasses: ["o_extra"], isEmpty: () => true });
        afterThis(() => category.remove("sign"));
        const arch = `<form edit="0"><field name="name" widget="sign" options="{'extra': 'x'}" context="{'a': size}" class="own"/><field name="size"/></form>`;
        const { target } = await show({ type: "form", arch, resId: 1 });
        expect(texts(target, ".o_sign")).toEqual(["true,name,x"]);
        expect(extractProps.mock.results[0].value).toMatchObject({ context: { a: 3 }, required: true });
        expect([...target.querySelector("[name='name']").classList]).toEqual(
            expect.arrayContaining([
                "o_field_widget",
                "o_field_sign",
                "o_required_modifier",
                "o_field_empty",
                "o_extra",
                "own",
            ])
        );
        expect(() => category.add("bad", { component: "no" })).toThrow("bad");
    });

    test("V117: widgets without a field", async () => {
        const category = registry.category("view_widgets");
        const names = [
            "attach_document",
            "documentation_link",
            "notification_alert",
            "web_ribbon",
            "signature",
            "week_days",
        ];
        expect(names.filter((name) => !category.contains(name))).toEqual([]);
        const info = Widget.parseWidgetNode(
            parseXML(`<widget name="web_ribbon" title="x" invisible="size" options="{'a': 1}"/>`)
        );
        expect(info).toMatchObject({ name: "web_ribbon", attrs: { title: "x" }, invisible: "size", options: { a: 1 } });
        const ribbons = ["Paid", "Partly paid", "Paid and refunded"];
        const arch = `<form>${ribbons.map((title) => `<widget name="web_ribbon" title="${title}" bg_color="bg-danger"/>`).join("")}<field name="name"/></form>`;
        const { target } = await show({ type: "form", arch, resId: 1 });
        const spans = await count(target, ".o_widget.o_widget_web_ribbon .ribbon span", 3);
        expect(spans.map(({ className }) => className)).toEqual([
            "text-bg-danger",
            "text-bg-danger o_medium",
            "text-bg-danger o_small",
        ]);
    });
});
