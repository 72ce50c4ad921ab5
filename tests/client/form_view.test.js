/** Forms: what an arch becomes, how records are saved, left and dropped, and what the page around them shows. */
import { Component, xml } from "@odoo/owl";
import { describe, expect, test, vi } from "vitest";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { FormArchParser } from "@web/views/form/form_arch_parser";
import { FormCompiler } from "@web/views/form/form_compiler";
import { FormController, loadSubViews, useFormViewInDialog } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { afterThis } from "./mount";
import { save, settle, showForm, type } from "./form_page";

const parse = (text) => new DOMParser().parseFromString(text, "text/xml").documentElement;
const FIELDS = {
    name: { type: "char", string: "Name" },
    age: { type: "integer", string: "Age" },
    ok: { type: "boolean", string: "Fine" },
    active: { type: "boolean", string: "Active" },
};
const fields = () => structuredClone(FIELDS);
const shown = (arch, options) =>
    showForm(arch, { fields: fields(), values: { name: "Bob", age: 3, active: true }, ...options });
const texts = (nodes) => [...nodes].map((node) => node.textContent.trim());
const input = (page, name) => page.querySelector(`.o_field_widget[name='${name}'] input`);

/** A form in a dialog; `listen` gets the bus before it opens. */
async function openDialog(arch, props = {}, listen = () => {}) {
    const all = fields();
    const values = { name: "Bob", age: 3 };
    const result = await showForm("<form/>", { fields: all, values });
    result.rows.models.thing.views = { form: arch };
    listen(result.env.bus);
    result.env.services.dialog.add(FormViewDialog, { resModel: "thing", resId: 1, ...props });
    await settle(8);
    const dialog = result.page.querySelector(".modal");
    const found = () =>
        [...dialog.querySelectorAll(".modal-footer button")].filter((button) => button.getClientRects().length);
    const click = async (label) => {
        found()
            .find((button) => button.textContent.trim() === label)
            .click();
        await settle(8);
    };
    return { ...result, dialog, buttons: () => texts(found()), click };
}

/** What the server says when it refuses. */
function refusal(exceptionName, message = "Not that", context = {}) {
    return Object.assign(new RPCError(message), { exceptionName, data: { message, context, name: exceptionName } });
}

describe("V120 V121: the description of a form", () => {
    test("its parts, and what its parser tells", () => {
        expect(formView).toMatchObject({ type: "form", searchMenuTypes: [], buttonTemplate: "web.FormView.Buttons" });
        expect([formView.ArchParser, formView.Compiler, formView.Controller]).toEqual([
            FormArchParser,
            FormCompiler,
            FormController,
        ]);
        expect(formView.Renderer.name + formView.Model.name).toBe("FormRendererRelationalModel");
        const models = { thing: { fields: { ...fields(), p: { type: "properties" } } } };
        const arch = parse(
            `<form create="0" duplicate="0" disable_autofocus="1"><field name="name"/><field name="name" default_focus="1"/>
            <field name="p"/><widget name="ribbon"/></form>`
        );
        const info = new FormArchParser().parse(arch, models, "thing");
        expect(info.activeActions).toMatchObject({
            create: false,
            edit: true,
            duplicate: false,
            addPropertyFieldValue: true,
        });
        expect([info.autofocusFieldId, info.disableAutofocus]).toEqual(["name_1", true]);
        expect([Object.keys(info.fieldNodes), Object.keys(info.widgetNodes)]).toEqual([
            ["name_0", "name_1", "p_0"],
            ["widget_1"],
        ]);
        expect(info.xmlDoc).toBe(arch);
    });

    test("a field may be there twice, each with its input, label and modifiers", async () => {
        const { page } = await shown(
            `<form><group><field name="name"/><field name="name" string="Again" readonly="1"/></group></form>`
        );
        const [first, second] = page.querySelectorAll("label.o_form_label");
        expect([first.htmlFor, second.htmlFor, second.textContent]).toEqual(["name_0", "name_1", "Again"]);
        expect(page.querySelector("#name_0").value).toBe("Bob");
        const [, readonly] = page.querySelectorAll(".o_field_widget[name='name']");
        expect([readonly.querySelector("input"), readonly.textContent]).toEqual([null, "Bob"]);
    });
});

describe("V122: what an arch becomes", () => {
    test("header, sheet, groups, labels, separators and notebooks", async () => {
        const { page } = await shown(
            `<form string="X"><header><button name="a" type="object" string="Go"/><field name="ok" class="btn"/><field name="age"/></header>
            <sheet><div class="oe_title"><label for="name" string=""/><h1><field name="name"/></h1></div>
            <group col="3"><group string="Left"><field name="age"/><newline/><field name="ok" nolabel="1" colspan="2"/></group>
            <group><label for="name" string="Called"/><div><field name="name"/></div><separator string="Line"/></group></group>
            <notebook><page string="One" name="one"><field name="name"/></page><page string="Gone" invisible="age == 3"/></notebook>
            </sheet></form>`
        );
        const bar = page.querySelector(".o_form_statusbar");
        expect([...bar.children].map((node) => node.getAttribute("name") || node.className.split(" ")[0])).toEqual([
            "o_statusbar_buttons",
            "age",
        ]);
        expect(bar.querySelector(".o_statusbar_buttons .btn[name='ok']")).toBeTruthy();
        expect(page.querySelector(".o_form_sheet_bg > .o_form_sheet .oe_title label").textContent.trim()).toBe("");
        expect(texts(page.querySelectorAll(".o_horizontal_separator"))).toEqual(["Left", "Line"]);
        expect(page.querySelectorAll(".o_group.o_inner_group").length).toBe(2);
        const [age, ok, called] = page.querySelectorAll(".o_inner_group .o_wrap_field");
        expect(texts(age.querySelectorAll(".o_wrap_label"))).toEqual(["Age"]);
        expect(ok.querySelector(".o_wrap_label")).toBe(null);
        expect(texts(called.querySelectorAll(".o_wrap_label"))).toEqual(["Called"]);
        expect(texts(page.querySelectorAll(".o_notebook_headers .nav-link"))).toEqual(["One"]);
        const plain = await shown(`<form><field name="name"/></form>`);
        expect(plain.page.querySelector(".o_form_renderer").classList.contains("o_form_nosheet")).toBe(true);
    });

    const BUTTONS = [..."abcdefghi"]
        .map((name) => `<button name="${name}" type="object" string="Stat ${name}"/>`)
        .join("");
    const WITH_BOX = `<form><sheet><div name="button_box" class="oe_button_box">${BUTTONS}<button name="no" type="object" string="No" invisible="1"/></div>
        <field name="name"/></sheet></form>`;

    test("stat buttons are in the control panel, those without room in a menu", async () => {
        const { page, done } = await shown(WITH_BOX);
        const box = page.querySelector(".o_control_panel .oe_button_box");
        expect(page.querySelector(".o_form_sheet .oe_button_box")).toBe(null);
        // 1440 pixels are a large screen
        expect(texts(box.querySelectorAll(":scope > .oe_stat_button"))).toEqual([
            "Stat a",
            "Stat b",
            "Stat c",
            "Stat d",
        ]);
        box.querySelector(".o_button_more").click();
        await settle();
        const more = page.querySelectorAll(".o_dropdown_more_item .oe_stat_button");
        expect(texts(more)).toEqual(["Stat e", "Stat f", "Stat g", "Stat h", "Stat i"]);
        more[0].click();
        await settle();
        expect(done[0][1]).toMatchObject({ name: "e", resId: 1 });
    });

    test("dialogs have no stat buttons; footers take the place of their buttons", async () => {
        const footer = (attrs) => `<footer ${attrs}><button special="save" string="Do it"/></footer>`;
        const own = await openDialog(WITH_BOX.replace("</form>", `${footer("")}</form>`));
        expect(own.dialog.querySelector(".oe_button_box")).toBe(null);
        expect(own.buttons()).toEqual(["Do it"]);
        const both = await openDialog(`<form><field name="name"/>${footer("replace='0'")}</form>`);
        expect(both.buttons()).toEqual(["Do it", "Save", "Discard"]);
    });

    test("a header without anything takes no room", async () => {
        const { page } = await shown(`<form><header/><field name="name"/></form>`);
        expect(page.querySelector(".o_form_statusbar").className).toBe("o_form_statusbar position-relative d-none");
    });

    test("on a phone the buttons of the header are in the menu of the form", async () => {
        const { page, done } = await shown(
            `<form><header><button name="go" type="object" string="Go"/><button name="no" type="object" string="No" invisible="1"/></header>
            <field name="name"/></form>`,
            { phone: true }
        );
        expect(page.querySelector(".o_statusbar_buttons button")).toBe(null);
        page.querySelector(".o_cp_action_menus button").click();
        await settle();
        const items = page.querySelectorAll(".o_statusbar_menu_item button");
        expect(texts(items)).toEqual(["Go"]);
        items[0].click();
        await settle();
        expect(done[0][1]).toMatchObject({ name: "go" });
    });
});

describe("V123 V125 V133: states of a form", () => {
    const classes = (page) => page.querySelector(".o_form_renderer").className;

    test("classes tell mode and changes", async () => {
        const { page } = await shown(`<form><field name="name"/></form>`);
        expect(classes(page)).toContain("o_form_saved");
        expect(classes(page)).toContain("o_form_editable");
        await type(input(page, "name"), "Ann");
        expect(classes(page)).toContain("o_form_dirty");
        const phone = await shown(`<form><field name="name"/></form>`, { phone: true });
        expect(phone.page.querySelector(".o_form_view").className).toMatch(/o_xxs_form_view.*o_field_highlight/);
    });

    test.each([
        ["", {}, true],
        ["edit='0'", {}, false],
        ["", { mode: "readonly" }, false],
        ["", { preventEdit: true }, false],
    ])("with %s and %j a record is edited: %s", async (attributes, props, isEdited) => {
        const { page } = await shown(`<form ${attributes}><field name="name"/></form>`, { props });
        expect(classes(page).includes("o_form_readonly")).toBe(!isEdited);
    });

    test("New is there unless the form creates none; the pager of a new record is not", async () => {
        const { page, methods } = await shown(`<form><field name="name"/></form>`, { props: { resIds: [1, 1, 1] } });
        await settle();
        expect(page.querySelector(".o_pager_limit").textContent).toBe("3");
        page.querySelector(".o_form_button_create").click();
        await settle(6);
        expect([page.querySelector(".o_pager"), methods("onchange").length]).toEqual([null, 1]);
        const none = await shown(`<form create="0"><field name="name"/></form>`);
        expect(none.page.querySelector(".o_form_button_create")).toBe(null);
    });

    test.each([
        [`<field name="ok"/><field name="age"/>`, "age"],
        [`<field name="age"/><field name="name" default_focus="1"/>`, "name"],
    ])("a new record begins in the first text of %s: %s", async (nodes, name) => {
        const { page } = await showForm(`<form>${nodes}</form>`, { fields: fields(), values: null });
        expect(document.activeElement).toBe(input(page, name));
        const off = await showForm(`<form disable_autofocus="1">${nodes}</form>`, { fields: fields(), values: null });
        expect(off.page.contains(document.activeElement)).toBe(false);
    });
});

describe("V124: notebooks", () => {
    const TABS = (
        second = ""
    ) => `<form><field name="age"/><notebook><page string="One"><a href="#there" class="jump">Jump</a></page>
        <page string="Two" ${second}><div id="there">There</div></page><page string="Three" invisible="age == 4"/></notebook></form>`;
    const active = (page) => page.querySelector(".o_notebook .nav-link.active").textContent;
    const tab = (page, name) =>
        [...page.querySelectorAll(".o_notebook .nav-link")].find((link) => link.textContent === name);

    test("the first page, or the one that the view says; a hidden one is left", async () => {
        const { page } = await shown(TABS());
        expect(active(page)).toBe("One");
        tab(page, "Three").click();
        await settle();
        await type(input(page, "age"), "4");
        expect(active(page)).toBe("One");
        expect(active((await showForm(TABS("autofocus='autofocus'"), { fields: fields(), values: null })).page)).toBe(
            "Two"
        );
    });

    test("a stored record comes back to its page, a new one begins with the first", async () => {
        const state = { activeNotebookPages: { 0: "page_2" } };
        const { page } = await shown(TABS(), { props: { state } });
        expect(active(page)).toBe("Two");
        page.querySelector(".o_form_button_create").click();
        await settle(6);
        expect(active(page)).toBe("One");
    });

    test("links lead to what they name", async () => {
        const { page } = await shown(TABS());
        page.querySelector(".jump").click();
        await settle();
        expect([active(page), Boolean(page.querySelector("#there"))]).toEqual(["Two", true]);
    });
});

describe("V126 V127 V128: saving, leaving, dropping", () => {
    const FORM = `<form><header><button name="go" type="object" string="Go"/><button special="cancel" string="No" class="no"/></header>
        <field name="name" required="1"/><field name="age"/><field name="active" invisible="1"/></form>`;
    const indicator = (page) => page.querySelector(".o_form_status_indicator");

    test("the indicator, and what saves", async () => {
        const { page, done, saved, methods } = await shown(FORM);
        expect(indicator(page).querySelector(".o_form_status_indicator_buttons").className).toContain("invisible");
        await type(input(page, "name"), "Ann");
        expect(indicator(page).querySelector(".o_form_status_indicator_buttons").className).not.toContain("invisible");
        page.querySelector("button[name='go']").click();
        await settle(6);
        expect([saved(), done.length]).toEqual([{ name: "Ann" }, 1]);
        await type(input(page, "name"), "Eve");
        page.querySelector(".no").click();
        await settle(6);
        expect(methods("web_save").length).toBe(1);
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "s", altKey: true, bubbles: true }));
        await settle(6);
        expect(saved()).toEqual({ name: "Eve" });
    });

    test("what is stored is not saved while it is not valid", async () => {
        const { page } = await shown(FORM);
        await type(input(page, "age"), "abc");
        expect(indicator(page).querySelector(".o_form_button_save").disabled).toBe(true);
        expect(indicator(page).textContent).toContain("Unable to save");
        const fresh = await showForm(FORM, { fields: fields(), values: null });
        expect(indicator(fresh.page).querySelector(".o_form_button_save").disabled).toBe(false);
    });

    test("a page that is hidden is saved, unless a form is in front of it", async () => {
        const { env, page, methods } = await shown(FORM);
        vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
        afterThis(() => vi.restoreAllMocks());
        env.bus.trigger("FORM-CONTROLLER:FORM-IN-DIALOG:ADD");
        await type(input(page, "name"), "Ann");
        document.dispatchEvent(new Event("visibilitychange"));
        await settle(6);
        expect(methods("web_save").length).toBe(0);
        env.bus.trigger("FORM-CONTROLLER:FORM-IN-DIALOG:REMOVE");
        document.dispatchEvent(new Event("visibilitychange"));
        await settle(6);
        expect(methods("web_save").length).toBe(1);
        expect(useFormViewInDialog).toBeTypeOf("function");
    });

    const taken = () => refusal("odoo.exceptions.UserError", "Names are taken");
    const away = () => new ConnectionLostError("/web/dataset/call_kw/thing/web_save");
    test.each([
        ["stay", "o_stay_here", "Ann", taken, "Names are taken"],
        ["leave", "o_discard_changes", "Second", taken, "Names are taken"],
        ["nobody answers", "o_stay_here", "Ann", away, "The server does not answer."],
    ])("what is refused while the pager moves: %s", async (_what, button, name, makeError, text) => {
        const answers = {
            web_save: () => {
                throw makeError();
            },
        };
        const { page, rows } = await shown(FORM, { answers, props: { resIds: [1, 2] } });
        rows.rows("thing").push({ id: 2, display_name: "Two", name: "Second" });
        await type(input(page, "name"), "Ann");
        page.querySelector(".o_pager_next").click();
        await settle(6);
        expect(page.querySelector(".o_form_error_dialog").textContent).toContain(text);
        page.querySelector(`.${button}`).click();
        await settle(6);
        expect([input(page, "name").value, page.querySelector(".modal")]).toEqual([name, null]);
    });

    test("Discard takes changes back; of a new record nothing is left", async () => {
        const { page, done, methods } = await shown(FORM);
        await type(input(page, "name"), "Ann");
        page.querySelector(".o_form_button_cancel").click();
        await settle(6);
        expect([input(page, "name").value, done, methods("web_save")]).toEqual(["Bob", [], []]);
        const fresh = await showForm(FORM, { fields: fields(), values: null });
        fresh.page.querySelector(".o_form_button_cancel").click();
        await settle(6);
        expect(fresh.done).toEqual([["historyBack"]]);
        const keys = ["create", "save", "cancel"].map(
            (key) => page.querySelector(`.o_form_button_${key}`)?.dataset.hotkey
        );
        expect(keys).toEqual(["c", "s", "j"]);
    });
});

test("V129: a record of a company that is not active makes it active", async () => {
    const setCompanies = vi.fn();
    const answers = {
        web_read: () => {
            throw refusal("odoo.exceptions.AccessError", "no", { suggested_company: { id: 7, display_name: "There" } });
        },
    };
    const company = { activeCompanyIds: [1], allowedCompanies: {}, setCompanies };
    // nothing is shown: the page loads again
    shown(`<form><field name="name"/></form>`, { answers, services: { company } });
    await vi.waitFor(() => expect(setCompanies).toHaveBeenCalled());
    expect(setCompanies).toHaveBeenCalledWith([1, 7]);
});

describe("V130: the menu of a form", () => {
    const open = async (page) => {
        page.querySelector(".o_cp_action_menus button").click();
        await settle();
        return page.querySelectorAll(".o-dropdown--menu .o_menu_item");
    };
    const menus = { info: undefined, actionMenus: { action: [], print: [] }, loadActionMenus: true };

    test("entries and their order", async () => {
        const { page } = await shown(`<form><field name="name"/><field name="active"/></form>`, { props: menus });
        expect(texts(await open(page))).toEqual(["Archive", "Duplicate", "Delete"]);
        const without = await shown(
            `<form create="0" delete="0"><field name="name"/><field name="active" readonly="1"/></form>`,
            {
                props: menus,
                fields: { ...fields(), active: { type: "boolean", readonly: true } },
            }
        );
        expect(without.page.querySelector(".o_cp_action_menus")).toBe(null);
    });

    test("texts of a copy are its own in every language", async () => {
        const answers = { copy: () => [2], web_override_translations: () => true };
        const { page, methods, rows } = await shown(`<form><field name="name"/><field name="age"/></form>`, {
            answers,
            fields: { ...fields(), name: { type: "char", translate: true } },
            props: menus,
        });
        rows.rows("thing").push({ id: 2, display_name: "Copy", name: "Bob (copy)" });
        const items = await open(page);
        [...items].find((item) => item.textContent.trim() === "Duplicate").click();
        await settle(6);
        expect(input(page, "name").value).toBe("Bob (copy)");
        await type(input(page, "name"), "Rob");
        await save(page);
        expect(methods("web_override_translations")[0].args).toEqual([[2], { name: "Rob" }]);
        await type(input(page, "name"), "Rod");
        await save(page);
        expect(methods("web_override_translations").length).toBe(1);
    });
});

test("V131: views of lines are those that the field names, not those of the form", async () => {
    const asked = [];
    const loadViews = async (params) => {
        asked.push(params);
        return { fields: {}, relatedModels: { line: { fields: {} } }, views: { list: { arch: "<list limit='3'/>" } } };
    };
    const node = { name: "lines", field: { useSubView: true }, context: "{'list_view_ref': 'a.b', 'x': 1}" };
    const always = { ...node, name: "hidden", invisible: "True" };
    const types = { lines: { type: "one2many", relation: "line" }, hidden: { type: "one2many", relation: "line" } };
    const context = { form_view_ref: "c.d", list_view_ref: "e.f", lang: "x" };
    await loadSubViews({ a: node, b: always }, types, context, "thing", { loadViews }, false);
    expect(asked).toEqual([
        { context: { lang: "x", list_view_ref: "a.b" }, resModel: "line", views: [[false, "list"]] },
    ]);
    expect([node.viewMode, node.views.list.limit]).toEqual(["list", 3]);
    const small = { ...node, viewMode: undefined, views: undefined };
    await loadSubViews(
        { a: small },
        types,
        {},
        "thing",
        {
            loadViews: async (params) => {
                asked.push(params);
                return {
                    fields: {},
                    relatedModels: { line: { fields: {} } },
                    views: { kanban: { arch: "<kanban><templates><t t-name='card'/></templates></kanban>" } },
                };
            },
        },
        true
    );
    expect([small.viewMode, small.views.kanban.limit]).toEqual(["kanban", 40]);
});

test("V132: what subclasses of the controller build on", () => {
    const methods = [
        ...["create", "save", "saveButtonClicked", "discard", "duplicateRecord", "deleteRecord", "beforeLeave"],
        ...["beforeUnload", "beforeVisibilityChange", "beforeExecuteActionButton", "afterExecuteActionButton"],
        ...["onWillLoadRoot", "onWillSaveRecord", "onRecordSaved", "onSaveError", "onPagerUpdate", "displayName"],
        ...["getStaticActionMenuItems", "shouldExecuteAction"],
    ];
    const missing = methods.filter((name) => typeof FormController.prototype[name] !== "function");
    expect(missing).toEqual([]);
    const getters = [
        "modelParams",
        "cogMenuProps",
        "actionMenuItems",
        "archiveDialogProps",
        "deleteConfirmationDialogProps",
    ];
    const isGetter = (name) => {
        let owner = FormController.prototype;
        while (owner && !Object.getOwnPropertyDescriptor(owner, name)) {
            owner = Object.getPrototypeOf(owner);
        }
        return Boolean(owner && Object.getOwnPropertyDescriptor(owner, name).get);
    };
    expect([...getters, "archiveEnabled", "className"].filter((name) => !isGetter(name))).toEqual([]);
    const props = [
        "discardRecord",
        "mode",
        "saveRecord",
        "removeRecord",
        "preventCreate",
        "preventEdit",
        "onDiscard",
        "onSave",
    ];
    expect(Object.keys(FormController.props)).toEqual(expect.arrayContaining([...props, "Compiler", "buttonTemplate"]));
});

describe("V132 V135: forms in dialogs", () => {
    const FORM = `<form><field name="name"/></form>`;

    test("Save closes and tells the parent; Discard closes", async () => {
        const onRecordSaved = vi.fn();
        const { buttons, dialog, click, methods } = await openDialog(FORM, { onRecordSaved, title: "One of them" });
        expect(dialog.querySelector(".modal-title").textContent).toBe("One of them");
        expect(buttons()).toEqual(["Save", "Discard"]);
        await type(input(dialog, "name"), "Ann");
        await click("Save");
        expect([onRecordSaved.mock.calls.length, methods("web_save").length, dialog.isConnected]).toEqual([
            1,
            1,
            false,
        ]);
        const onRecordDiscarded = vi.fn();
        const other = await openDialog(FORM, { onRecordDiscarded });
        await type(input(other.dialog, "name"), "Eve");
        await other.click("Discard");
        expect([onRecordDiscarded.mock.calls.length, other.methods("web_save"), other.dialog.isConnected]).toEqual([
            1,
            [],
            false,
        ]);
    });

    test("one after the other", async () => {
        const nextRecordsContext = { default_age: 4 };
        const { buttons, dialog, click, methods } = await openDialog(FORM, {
            isToMany: true,
            nextRecordsContext,
            resId: false,
        });
        expect(buttons()).toEqual(["Save & Close", "Save & New", "Discard"]);
        await type(input(dialog, "name"), "Ann");
        await click("Save & New");
        expect([methods("web_save").length, input(dialog, "name").value, dialog.isConnected]).toEqual([1, "", true]);
        expect(methods("onchange").at(-1).kwargs.context.default_age).toBe(4);
    });

    test("what may only be read is closed; it can be shown in the page", async () => {
        const { buttons, dialog, done } = await openDialog(FORM, { preventEdit: true });
        expect(buttons()).toEqual(["Close"]);
        dialog.querySelector(".o_expand_button").click();
        await settle(6);
        expect(done[0][1]).toMatchObject({ res_model: "thing", res_id: 1, views: [[false, "form"]] });
    });

    test("a form in a dialog tells those behind it", async () => {
        const heard = [];
        const { click, env } = await openDialog(FORM, {}, (bus) => {
            for (const what of ["ADD", "REMOVE"]) {
                bus.addEventListener(`FORM-CONTROLLER:FORM-IN-DIALOG:${what}`, () => heard.push(what));
            }
        });
        await click("Discard");
        expect([heard, Boolean(env)]).toEqual([["ADD", "REMOVE"], true]);
    });

    test("records are chosen in a dialog: several, one, or a new one", async () => {
        const onSelected = vi.fn();
        const { env, page, rows } = await shown(FORM);
        rows.models.thing.views = { list: "<list><field name='name'/></list>" };
        const open = async (props) => {
            env.services.dialog.add(SelectCreateDialog, { resModel: "thing", title: "Choose", onSelected, ...props });
            await settle(8);
            return page.querySelector(".modal");
        };
        const dialog = await open({
            dynamicFilters: [{ description: "Some", domain: [["id", ">", 0]] }],
            onUnselect: () => {},
        });
        const names = () => texts(dialog.querySelectorAll(".modal-footer button"));
        expect(names()).toEqual(["Select", "New", "Clear", "Close"]);
        expect(dialog.querySelector(".o_searchview_facet").textContent).toContain("Some");
        dialog.querySelector(".o_data_row .o_list_record_selector input").click();
        await settle(6);
        dialog.querySelector(".o_select_button").click();
        await settle(6);
        expect([onSelected.mock.calls, dialog.isConnected]).toEqual([[[[1]]], false]);
        const one = await open({ multiSelect: false, noCreate: true });
        expect(texts(one.querySelectorAll(".modal-footer button"))).toEqual(["Close"]);
        one.querySelector(".o_data_row .o_data_cell").click();
        await settle(6);
        expect(onSelected.mock.calls.length).toBe(2);
    });
});

test("V134: labels", async () => {
    const company = { activeCompanyIds: [1], allowedCompanies: { 1: {}, 2: {} } };
    const { page } = await shown(
        `<form><group><field name="name" help="What it is called"/><field name="age" readonly="1"/><field name="mine"/>
        <field name="void" readonly="1"/></group></form>`,
        {
            fields: { ...fields(), mine: { type: "char", company_dependent: true }, void: { type: "char" } },
            services: { company },
        }
    );
    const label = (name) => page.querySelector(`label[for='${name}_0']`);
    const help = (name) => JSON.parse(label(name).querySelector("sup").dataset.tooltipInfo).field.help;
    expect(help("name")).toBe("What it is called");
    expect(help("mine")).toBe("Each company has a value of its own here.");
    expect(label("age").querySelector("sup")).toBe(null);
    expect(label("age").classList.contains("o_form_label_readonly")).toBe(true);
    expect(label("void").classList.contains("o_form_label_empty")).toBe(true);
    await type(input(page, "name"), "x");
    expect(label("name").classList.contains("o_field_invalid")).toBe(false);
});

describe("parts that cannot be drawn", () => {
    class Failing extends Component {
        static template = xml`<span t-esc="shown"/>`;
        static props = ["*"];

        get shown() {
            const { age } = this.props.record.data;
            if (age === 4) {
                throw new Error("four is too much");
            }
            return `fine: ${age}`;
        }
    }

    /** What nobody caught in the running test. */
    function noteErrors() {
        const errors = [];
        const listener = (ev) => {
            ev.preventDefault();
            ev.stopImmediatePropagation();
            errors.push(ev.reason.message);
        };
        window.addEventListener("unhandledrejection", listener, { capture: true });
        afterThis(() => window.removeEventListener("unhandledrejection", listener, { capture: true }));
        return errors;
    }

    function register() {
        registry.category("fields").add("failing", { component: Failing }, { force: true });
        registry.category("view_widgets").add("failing", { component: Failing }, { force: true });
        afterThis(() => {
            registry.category("fields").remove("failing");
            registry.category("view_widgets").remove("failing");
        });
    }

    test("a widget that fails while it is drawn leaves a mark; nothing that was typed is lost", async () => {
        register();
        const errors = noteErrors();
        const { page, saved } = await shown(
            `<form><field name="name"/><field name="age"/><field name="ok" widget="failing"/><widget name="failing"/></form>`
        );
        expect(page.querySelector("[name='ok']").textContent).toBe("fine: 3");
        await type(input(page, "name"), "Ann");
        await type(input(page, "age"), "4");
        await settle(6);
        expect(errors).toEqual([
            'The field "Fine" (ok of thing) cannot be shown: four is too much',
            'The widget "failing" (of thing) cannot be shown: four is too much',
        ]);
        expect(page.querySelectorAll(".o_field_failed[role='alert']").length).toBe(2);
        expect([input(page, "name").value, input(page, "age").value]).toEqual(["Ann", "4"]);
        await save(page);
        expect(saved()).toEqual({ name: "Ann", age: 4 });
    });

    test("many rows, one message", async () => {
        register();
        const errors = noteErrors();
        const models = {
            line: {
                fields: fields(),
                rows: [1, 2, 3].map((id) => ({ id, display_name: "L", name: `Line ${id}`, age: 4 })),
            },
        };
        const { page } = await shown(
            `<form><field name="lines"><list><field name="name"/><field name="age"/><field name="ok" widget="failing"/></list></field></form>`,
            {
                fields: { ...fields(), lines: { type: "one2many", relation: "line" } },
                values: { lines: [1, 2, 3] },
                models,
            }
        );
        await settle(6);
        expect(errors).toEqual(['The field "Fine" (ok of line) cannot be shown: four is too much']);
        expect(texts(page.querySelectorAll(".o_data_row td[name='name']"))).toEqual(["Line 1", "Line 2", "Line 3"]);
        expect(page.querySelectorAll(".o_data_row .o_field_failed").length).toBe(3);
    });
});
