/** Menus of what is done with records: of the selection, of all that is found, of the record of a form. */
import { Component, xml } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { ACTIONS_GROUP_NUMBER, ActionMenus, STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { session } from "@web/session";
import { FormCogMenu } from "@web/views/form/form_cog_menu/form_cog_menu";
import { FormController } from "@web/views/form/form_controller";
import { ExportAll, exportAllItem } from "@web/views/list/export_all/export_all";
import { ListCogMenu } from "@web/views/list/list_cog_menu";
import { ListController } from "@web/views/list/list_controller";
import { afterThis, nextFrame } from "./mount";
import { count, mountView, texts, until } from "./view_harness";

const models = () => ({
    thing: {
        fields: {
            id: { name: "id", type: "integer", string: "ID" },
            name: { name: "name", type: "char", string: "Name", store: true },
            size: { name: "size", type: "integer", string: "Size", exportable: false, store: true },
            active: { name: "active", type: "boolean", string: "Active" },
        },
        records: [1, 2, 3].map((id) => ({
            id,
            name: `Thing ${id}`,
            size: id,
            active: true,
            display_name: `Thing ${id}`,
        })),
    },
});
const LIST = `<list><field name="name"/><field name="size"/><field name="id" column_invisible="1"/></list>`;
const MENUS = {
    action: [{ id: 5, name: "Of the server" }],
    print: [
        { id: 6, name: "Slip" },
        { id: 7, name: "Label", domain: "[]" },
    ],
};

let isExporter;

beforeEach(() => {
    isExporter = true;
    vi.spyOn(user, "hasGroup").mockImplementation(async (name) => name === "base.group_allow_export" && isExporter);
    afterThis(() => vi.restoreAllMocks());
});

function show(props = {}, options = {}) {
    return mountView({ resModel: "thing", arch: LIST, actionMenus: MENUS, ...props }, models(), options);
}

async function open(target, selector = ".o_cp_action_menus button") {
    target.querySelector(selector).click();
    await until(() => document.querySelector(".o-dropdown--menu, .dropdown-menu.show"));
    await nextFrame();
    return document.querySelector(".o-dropdown--menu, .dropdown-menu.show");
}

const select = async (target, places) => {
    for (const place of places) {
        target.querySelectorAll(".o_data_row .o_list_record_selector input")[place].click();
    }
    await count(target, ".o_data_row_selected", places.length);
};
const menuButton = (target, label) =>
    [...target.querySelectorAll(".o_cp_action_menus button")].find((el) => el.textContent.trim() === label);

test("the parts that extensions replace have modules of their own", () => {
    expect(ListController.components.CogMenu).toBe(ListCogMenu);
    expect(FormController.components.FormCogMenu).toBe(FormCogMenu);
    expect([ListCogMenu, FormCogMenu].every((Menu) => Menu.prototype instanceof CogMenu)).toBe(true);
    expect(registry.category("cogMenu").get("export-all-menu")).toBe(exportAllItem);
    expect(exportAllItem.Component).toBe(ExportAll);
    expect([STATIC_ACTIONS_GROUP_NUMBER, ACTIONS_GROUP_NUMBER]).toEqual([1, 100]);
});

describe("V85: actions on the selection", () => {
    test("the view's own come first, in their order, then those of the server", async () => {
        const { target } = await show();
        expect(menuButton(target, "Actions")).toBe(undefined);
        await select(target, [0, 1]);
        menuButton(target, "Actions").click();
        const items = await count(document.body, ".o-dropdown--menu .o_menu_item", 6);
        expect(items.map((el) => el.textContent.trim())).toEqual([
            "Export",
            "Archive",
            "Unarchive",
            "Duplicate",
            "Delete",
            "Of the server",
        ]);
    });

    test("only what the arch, the fields and the user's groups allow", async () => {
        isExporter = false;
        const data = models();
        data.thing.fields.active.readonly = true;
        const arch = `<list create="0" delete="0"><field name="name"/></list>`;
        const { target } = await mountView({ resModel: "thing", arch, actionMenus: {} }, data);
        await select(target, [0]);
        expect(target.querySelector(".o_selection_container .o_cp_action_menus button")).toBe(null);
    });

    test("what subclasses add has a place among them", async () => {
        class Own extends ListController {
            getStaticActionMenuItems() {
                const mark = { sequence: 25, description: "Mark", icon: "fa fa-flag", callback: () => marked() };
                return { ...super.getStaticActionMenuItems(), mark };
            }
        }
        const marked = vi.fn();
        const views = registry.category("views");
        views.add("marked_list", { ...views.get("list"), Controller: Own });
        afterThis(() => views.remove("marked_list"));
        const { target } = await show({ arch: LIST.replace("<list", `<list js_class="marked_list"`) });
        await select(target, [0]);
        menuButton(target, "Actions").click();
        await until(() => texts(document, ".o_menu_item")[2] === "Mark");
        document.querySelectorAll(".o_menu_item")[2].click();
        await until(() => marked.mock.calls.length);
    });

    test("deletion and archiving are asked about; all that is found may be more than is done", async () => {
        const limit = session.active_ids_limit;
        afterThis(() => (session.active_ids_limit = limit));
        session.active_ids_limit = 2;
        const { target, calls } = await show({ arch: LIST.replace("<list", `<list limit="2"`) });
        await select(target, [0, 1]);
        target.querySelector(".o_list_select_domain").click();
        await until(() => target.querySelector(".o_list_selection_box").textContent.includes("3"));
        menuButton(target, "Actions").click();
        await count(document.body, ".o_menu_item", 6);
        [...document.querySelectorAll(".o_menu_item")].find((el) => el.textContent.trim() === "Delete").click();
        const [button] = await count(document.body, ".modal .btn-danger", 1);
        expect(calls.some(({ params }) => params.method === "unlink")).toBe(false);
        button.click();
        await until(() => calls.some(({ params }) => params.method === "unlink"));
        const search = calls.find(({ params }) => params.method === "search").params;
        expect(search.kwargs.limit).toBe(2);
        await until(() => document.querySelector(".modal")?.textContent.includes("first 2"));
    });
});

describe("V86: export", () => {
    let sent;

    beforeEach(() => {
        sent = [];
        download._download = async ({ data, url }) => sent.push({ url, ...JSON.parse(data.data) });
    });

    test("all that is found, with the columns that are shown", async () => {
        const { target } = await show({ domain: [["size", "<", 3]], context: { tone: "x" }, groupBy: [] });
        const menu = await open(target);
        menu.querySelector(".o_export_all_menu").click();
        await until(() => sent.length);
        expect(sent).toEqual([
            {
                url: "/web/export/xlsx",
                import_compat: false,
                context: expect.objectContaining({ tone: "x" }),
                domain: [["size", "<", 3]],
                fields: [{ name: "name", label: "Name", store: true, type: "char" }],
                groupby: [],
                ids: false,
                model: "thing",
            },
        ]);
    });

    test("the entry is there for those who may, where the arch allows, and while nothing is selected", async () => {
        const { target } = await show();
        expect(target.querySelector(".o_cp_action_menus button")).not.toBe(null);
        await select(target, [0]);
        expect(target.querySelectorAll(".o_control_panel_breadcrumbs .o_cp_action_menus").length).toBe(0);
        const closed = await show({ arch: LIST.replace("<list", `<list export_xlsx="0"`) });
        expect(closed.target.querySelector(".o_cp_action_menus")).toBe(null);
        isExporter = false;
        const forbidden = await show();
        expect(forbidden.target.querySelector(".o_cp_action_menus")).toBe(null);
    });

    test("a file that is imported again begins with the external ids", async () => {
        const { target } = await show();
        await select(target, [1]);
        const controller = { downloadExport: ListController.prototype.downloadExport };
        const root = { domain: [], groupBy: [], isDomainSelected: false, resModel: "thing" };
        Object.assign(controller, { model: { root }, props: { context: {} }, selectedIds: [2] });
        await controller.downloadExport([{ id: "name", string: "Name", type: "char", store: true }], true, "csv");
        expect(sent[0]).toMatchObject({ import_compat: true, ids: [2], url: "/web/export/csv" });
        expect(sent[0].fields.map(({ name, label }) => [name, label])).toEqual([
            ["id", "External ID"],
            ["name", "Name"],
        ]);
    });
});

describe("the cog menu", () => {
    class Entry extends Component {
        static template = xml`<span class="o_own_entry o_menu_item">Own</span>`;
        static props = {};
    }

    function register(item) {
        const category = registry.category("cogMenu");
        category.add("own", { Component: Entry, groupNumber: 1, ...item }, { sequence: 1 });
        afterThis(() => category.remove("own"));
    }

    test("entries of addons decide by the view, its arch and its records whether they are shown", async () => {
        const isDisplayed = vi.fn(
            ({ config, model }) =>
                config.viewType === "kanban" && config.viewArch.hasAttribute("import") && model.root.count === 3
        );
        register({ isDisplayed });
        const arch = `<kanban import="1"><templates><t t-name="card"><field name="name"/></t></templates></kanban>`;
        const { target } = await show({ type: "kanban", arch });
        await open(target);
        await count(document.body, ".o_own_entry", 1);
        await show();
        expect(isDisplayed.mock.lastCall[0].config.viewType).toBe("list");
        expect(isDisplayed.mock.results.at(-1).value).toBe(false);
    });

    test("of a form has its actions and what is registered, by group", async () => {
        register({ groupNumber: 50 });
        const { target } = await show({
            type: "form",
            arch: `<form><field name="name"/><field name="active"/></form>`,
            resId: 1,
            actionMenus: { ...MENUS, print: MENUS.print.slice(0, 1) },
        });
        await until(() => target.querySelector(".o_cp_action_menus button"));
        await open(target);
        await count(document.body, ".o_own_entry", 1);
        const labels = texts(document, ".o-dropdown--menu .o_menu_item");
        expect(labels[0]).toBe("Slip");
        expect(labels.slice(-2)).toEqual(["Own", "Of the server"]);
        expect(labels).toContain("Duplicate");
    });

    test("V193: reports for some records only are offered for these", async () => {
        const answer = (route, { method }) => (method === "get_valid_action_reports" ? [6] : undefined);
        const { target, calls } = await show({}, { answer });
        await select(target, [0]);
        menuButton(target, "Print").click();
        await until(() => texts(document, ".o-dropdown--menu .o_menu_item").join() === "Slip");
        const question = calls.find(({ params }) => params.method === "get_valid_action_reports").params;
        expect([question.model, question.args]).toEqual(["ir.actions.report", [[7], "thing", [1]]]);
        expect(Object.keys(ActionMenus.props)).toEqual(
            expect.arrayContaining([
                "getActiveIds",
                "items",
                "loadExtraPrintItems",
                "printDropdownTitle",
                "shouldExecuteAction",
            ])
        );
    });
});
