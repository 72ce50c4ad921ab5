/** Widgets of links to other records. */
import { describe, expect, test } from "vitest";
import { browser } from "@web/core/browser/browser";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { afterThis } from "./mount";
import { save, settle, showFields, showForm, type } from "./form_page";

const PEOPLE = ["Ann", "Bob", "Cid", "Dan", "Eve"].map((display_name, index) => ({
    id: index + 1,
    display_name,
    color: index,
}));
const link = { type: "many2one", relation: "person", string: "Person" };
const links = { type: "many2many", relation: "person", string: "People" };

/** The people that can be linked; each test has its own. */
function people() {
    return {
        person: {
            fields: { color: { type: "integer" }, name: { type: "char" } },
            rows: PEOPLE.map((row) => ({ ...row })),
        },
    };
}

async function showLink(node, values = {}, options = {}) {
    const { fields, ...others } = options;
    return showFields(
        node,
        { x: link, ...fields },
        { x: 1, ...values },
        {
            models: people(),
            ...others,
            answers: { get_formview_action: () => ({ type: "gone" }), ...others.answers },
        }
    );
}

/** Type in a link and wait for what is found. */
async function search(input, text) {
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await settle();
}

/** Commands without what is nothing to them. */
const commandsOf = (values) => values.x.map(([command, id]) => [command, id]);

const options = (page) =>
    [...page.querySelectorAll(".o-autocomplete--dropdown-item")].map((item) => item.textContent.trim());
const option = (page, text) =>
    [...page.querySelectorAll(".o-autocomplete--dropdown-item")].find((item) => item.textContent.trim() === text);
const keydown = (target, key) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

describe("F6 F39 F82: a link to one record", () => {
    test("what is offered: records, and other ways to get one", async () => {
        const { input, methods, page, saved } = await showLink(
            "<field name='x' context=\"{'k': 1}\" domain=\"[['id', '!=', 5]]\"/>"
        );
        expect(input("x").value).toBe("Ann");
        input("x").click();
        await settle();
        expect(options(page)).toEqual(["Ann", "Bob", "Cid", "Dan", "Eve", "Search More..."]);
        expect(methods("name_search")[0].kwargs).toMatchObject({
            name: "",
            args: [["id", "!=", 5]],
            operator: "ilike",
            limit: 8,
            context: { k: 1 },
        });
        await search(input("x"), "b");
        expect(options(page)).toEqual(["Bob", 'Create "b"', "Search More...", "Create and edit..."]);
        await search(input("x"), "zz");
        expect(options(page)).toEqual(['Create "zz"', "Create and edit..."]);
        await search(input("x"), "b");
        option(page, "Bob").click();
        await save(page);
        expect(saved()).toEqual({ x: 2 });
    });

    test("nothing to choose and nothing to create", async () => {
        const none = { person: { fields: {}, rows: [] } };
        const shown = async (node) => {
            const { input, page } = await showLink(node, { x: false }, { models: none });
            input("x").click();
            await settle();
            return options(page);
        };
        expect(await shown("<field name='x'/>")).toEqual(["Start typing..."]);
        expect(await shown("<field name='x' options=\"{'no_create': True}\"/>")).toEqual(["No records"]);
    });

    test("a name is kept as it is; the record makes of it a record", async () => {
        const { input, methods, page, saved } = await showLink("<field name='x'/>");
        await search(input("x"), "Zoe");
        option(page, 'Create "Zoe"').click();
        await settle();
        expect(methods("name_create")[0].args).toEqual(["Zoe"]);
        await save(page);
        expect(saved()).toEqual({ x: 105 });
    });

    test("who leaves an unknown name is asked", async () => {
        const { input, methods, page } = await showLink("<field name='x'/>");
        await search(input("x"), "Zoe");
        keydown(input("x"), "Tab");
        await settle();
        expect(page.querySelector(".modal .modal-title").textContent).toBe("New: Person");
        expect(page.querySelector(".modal-body").textContent.trim()).toBe("Create Zoe as a new Person?");
        page.querySelector(".modal-footer .btn-secondary").click();
        await settle();
        expect([input("x").value, methods("name_create")]).toEqual(["Ann", []]);
        await search(input("x"), "Zoe");
        document.body.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
        await settle();
        page.querySelector(".modal-footer .btn-primary").click();
        await settle();
        expect([input("x").value, methods("name_create").length]).toEqual(["Zoe", 1]);
    });

    test("where the name alone is refused the rest is asked for; other failures stay such", async () => {
        const fail = (exceptionName) => () => {
            throw Object.assign(new RPCError("no"), { exceptionName, data: { message: "no" } });
        };
        const answers = { name_create: fail("odoo.exceptions.ValidationError") };
        const { input, page } = await showLink("<field name='x'/>", {}, { answers });
        await search(input("x"), "Zoe");
        option(page, 'Create "Zoe"').click();
        await settle(8);
        expect(page.querySelector(".modal .o_form_view")).toBeTruthy();
    });

    test("taken back by an empty text; a new name of the same record", async () => {
        const { input, page, saved } = await showLink("<field name='x'/>");
        await type(input("x"), "");
        await save(page);
        expect(saved()).toEqual({ x: false });
    });

    test("the record is opened where there is a way; the readonly name is a link", async () => {
        const models = people();
        models.person.rows[0].display_name = "Ann\nMain street\nTown";
        models.person.rows[1].display_name = "";
        const { done, field, page } = await showLink(
            `<field name='x' decoration-danger="y"/><field name='y' readonly='1' decoration-danger="True"/>
            <field name='z' readonly='1' options="{'no_open': True}"/>
            <field name='w' options="{'no_open': True}"/>`,
            { y: 1, z: 2, w: 1 },
            { fields: { y: link, z: link, w: link }, models }
        );
        const anchor = field("y").querySelector("a");
        expect([anchor.textContent, anchor.getAttribute("href"), anchor.classList.contains("text-danger")]).toEqual([
            "Ann",
            "/odoo/m-person/1",
            true,
        ]);
        expect(field("y").textContent).toContain("Main street");
        expect([field("z").querySelector("a"), field("z").textContent]).toEqual([null, "Unnamed"]);
        expect(field("w").querySelector(".o_external_button")).toBe(null);
        anchor.click();
        await settle();
        page.querySelector(".o_external_button").click();
        await settle();
        expect(done.map(([name, action]) => [name, action])).toEqual([
            ["doAction", { type: "gone" }],
            ["doAction", { type: "gone" }],
        ]);
        await search(field("x").querySelector("input"), "B");
        expect(field("x").querySelector(".o_external_button")).toBe(null);
    });
});

describe("F40: barcodes", () => {
    function onPhoneWithCamera() {
        const { navigator } = browser;
        const { BarcodeDetector } = globalThis;
        browser.navigator = {
            userAgent: "Android",
            mediaDevices: { getUserMedia: () => new Promise(() => {}) },
            vibrate: () => {},
        };
        globalThis.BarcodeDetector = class {};
        afterThis(() => {
            browser.navigator = navigator;
            globalThis.BarcodeDetector = BarcodeDetector;
        });
    }

    test.each([
        [[[2, "Bob"]], "Bob", { x: 2 }],
        [
            [
                [2, "Bob"],
                [3, "Cid"],
            ],
            "b",
            undefined,
        ],
    ])("records %j that are found by a code", async (found, text, stored) => {
        onPhoneWithCamera();
        const { env, input, page, saved } = await showLink(
            "<field name='x' widget='many2one_barcode'/>",
            {},
            {
                answers: { name_search: () => found },
            }
        );
        const { dialog } = env.services;
        const { add } = dialog;
        dialog.add = (_Dialog, props, { onClose }) => (props.onResult("b"), onClose());
        afterThis(() => {
            dialog.add = add;
        });
        page.querySelector(".o_barcode").click();
        await settle(8);
        expect(input("x").value).toBe(text);
        if (stored) {
            await save(page);
            expect(saved()).toEqual(stored);
        }
    });

    test("without a camera, or without the option, there is no button", async () => {
        const { page } = await showLink("<field name='x' widget='many2one_barcode'/>");
        expect(page.querySelector(".o_barcode")).toBe(null);
        onPhoneWithCamera();
        const plain = await showLink("<field name='x'/>");
        expect(plain.page.querySelector(".o_barcode")).toBe(null);
        const option = await showLink("<field name='x' options=\"{'can_scan_barcode': True}\"/>");
        expect(option.page.querySelector(".o_barcode")).toBeTruthy();
    });
});

/** Cards of `thing`, each with a widget. */
function showCards(node, fields, row, extra = {}) {
    const arch = `<kanban><templates><t t-name="card"><field name="display_name"/>${node}</t></templates></kanban>`;
    return showForm(arch, {
        fields,
        values: row,
        models: people(),
        props: {
            type: "kanban",
            resId: undefined,
            resIds: undefined,
            searchViewArch: "<search/>",
            searchViewFields: fields,
            ...extra,
        },
    });
}

describe("F41 F47: pictures of people", () => {
    test("in forms a name with a picture", async () => {
        const { field } = await showLink("<field name='x' widget='many2one_avatar'/>");
        expect(field("x").querySelector("img").getAttribute("src")).toContain("/web/image/person/1/avatar_128");
    });

    test("a card assigns in a popover, makes nothing, and saves at once", async () => {
        const { page, saved, methods } = await showCards(
            "<field name='x' widget='many2one_avatar_user'/>",
            { x: link },
            { x: false }
        );
        page.querySelector(".o_kanban_record .o_quick_assign").click();
        await settle(6);
        const input = page.querySelector(".o_popover input");
        expect(document.activeElement).toBe(input);
        await search(input, "b");
        expect(options(page)).toEqual(["Bob", "Search More..."]);
        option(page, "Bob").click();
        await settle(8);
        expect(saved()).toEqual({ x: 2 });
        expect([page.querySelector(".o_popover"), methods("name_create")]).toEqual([null, []]);
        expect(page.querySelector(".o_kanban_record img").getAttribute("src")).toContain("/person/2/");
    });

    test("a card that may not be changed only shows", async () => {
        const { page } = await showCards(
            "<field name='x' widget='many2one_avatar' readonly='1'/>",
            { x: link },
            { x: 1 }
        );
        expect(page.querySelector(".o_kanban_record button.btn")).toBe(null);
        expect(page.querySelector(".o_kanban_record img")).toBeTruthy();
    });

    test("a card shows three people at most and assigns more", async () => {
        const { page, saved } = await showCards(
            "<field name='x' widget='many2many_avatar_user'/>",
            { x: links },
            { x: [1, 2, 3, 4] }
        );
        const card = page.querySelector(".o_kanban_record");
        expect(card.querySelectorAll(".o_m2m_avatar").length).toBe(2);
        expect(card.querySelector(".o_m2m_avatar_empty").textContent).toBe("+2");
        card.querySelector(".o_quick_assign").click();
        await settle(6);
        await search(page.querySelector(".o_popover input"), "e");
        option(page, "Eve").click();
        await settle(8);
        expect(commandsOf(saved())).toEqual([[4, 5]]);
        page.querySelector(".o_popover .o_tag .o_delete").click();
        await settle(8);
        expect(commandsOf(saved())).toEqual([[3, 1]]);
    });

    test("in forms a command assigns; cells show five", async () => {
        const commands = new Map();
        const add = (name, action, more) => (commands.set(name, { action, ...more }), () => commands.delete(name));
        const { page, saved } = await showFields(
            "<field name='x' widget='many2many_tags_avatar'/>",
            { x: links },
            { x: [1] },
            { models: people(), services: { command: { add } } }
        );
        const { action, hotkey } = commands.get("Assign to: People");
        expect(hotkey).toBe("alt+i");
        const [{ provide }] = action().providers;
        const found = await provide({}, { searchValue: "d" });
        expect(found.map(({ name }) => name)).toEqual(["Cid", "Dan"]);
        await found[1].action();
        await save(page);
        expect(commandsOf(saved())).toEqual([[4, 4]]);
        const { component } = registry.category("fields").get("list.many2many_tags_avatar");
        const cell = Object.create(component.prototype, { props: { value: { readonly: true } } });
        expect(cell.visibleItemsLimit).toBe(5);
    });
});

describe("F42 F43 F44: links to any model", () => {
    const reference = { type: "many2one_reference", model_field: "model", string: "Of" };

    test("the model is that of another field; without one nothing can be chosen", async () => {
        const shown = (model) =>
            showFields(
                "<field name='model'/><field name='x' widget='many2one_reference'/>",
                { model: { type: "char" }, x: reference },
                { model, x: false },
                { models: people() }
            );
        expect((await shown("person")).input("x")).toBeTruthy();
        expect((await shown(false)).input("x")).toBe(null);
    });

    test("the id as a number", async () => {
        const { input, page, saved } = await showFields(
            "<field name='model'/><field name='x' widget='many2one_reference_integer'/>",
            { model: { type: "char" }, x: reference },
            { model: "person", x: false },
            { models: people() }
        );
        await type(input("x"), "4");
        await save(page);
        expect(saved()).toEqual({ x: 4 });
    });

    test("a text with model and id shows the name; another model takes the record away", async () => {
        const { field, input, page, saved } = await showFields(
            "<field name='x' widget='reference'/>",
            {
                x: {
                    type: "char",
                    selection: [
                        ["person", "Person"],
                        ["thing", "Thing"],
                    ],
                },
            },
            { x: "person,2" },
            { models: people(), answers: { read: () => [{ id: 2, display_name: "Bob" }] } }
        );
        await settle();
        expect(field("x").querySelector(".o-autocomplete--input").value).toBe("Bob");
        input("x").value = "thing";
        input("x").dispatchEvent(new Event("change", { bubbles: true }));
        await save(page);
        expect(saved()).toEqual({ x: false });
    });

    test("a hidden model, and one that another field chooses", async () => {
        const { field, page, saved } = await showFields(
            "<field name='m' invisible='1'/><field name='x' options=\"{'model_field': 'm'}\"/>",
            {
                m: { type: "many2one", relation: "ir.model" },
                x: { type: "reference", selection: [["person", "Person"]] },
            },
            { m: 7, x: false },
            {
                models: { ...people(), "ir.model": { fields: {}, rows: [{ id: 7, display_name: "Person" }] } },
                answers: { read: (model) => (model === "ir.model" ? [{ id: 7, model: "person" }] : []) },
            }
        );
        await settle();
        expect(field("x").querySelector("select")).toBe(null);
        const input = field("x").querySelector("input");
        await search(input, "cid");
        option(page, "Cid").click();
        await save(page);
        expect(saved()).toEqual({ x: "person,3" });
    });
});

describe("F7 F45 F46: labels", () => {
    const tags = (node, values = {}, more = {}) =>
        showFields(
            node,
            { x: links, ...more.fields },
            { x: [1, 2], ...values },
            { models: people(), answers: more.answers }
        );
    const names = (field) => [...field("x").querySelectorAll(".o_tag")].map((tag) => tag.textContent.trim());

    test("labels are taken away by keys, moved between by arrows, and others are offered", async () => {
        const { field, input, methods, page, saved } = await tags(
            "<field name='x' widget='many2many_tags' placeholder='Who'/>"
        );
        expect(names(field)).toEqual(["Ann", "Bob"]);
        input("x").click();
        await settle();
        expect(methods("name_search")[0].kwargs.args).toEqual(["!", ["id", "in", [1, 2]]]);
        input("x").focus();
        keydown(input("x"), "ArrowLeft");
        expect(document.activeElement.textContent.trim()).toBe("Bob");
        keydown(document.activeElement, "ArrowLeft");
        expect(document.activeElement.textContent.trim()).toBe("Ann");
        keydown(document.activeElement, "Backspace");
        await settle();
        expect(names(field)).toEqual(["Bob"]);
        input("x").focus();
        keydown(input("x"), "Backspace");
        await settle();
        expect([names(field), input("x").placeholder]).toEqual([[], "Who"]);
        await save(page);
        expect(commandsOf(saved())).toEqual([
            [3, 1],
            [3, 2],
        ]);
    });

    test.each([
        ["[('kind', '=', 'a')]", "a", true],
        ["[('kind', '=', 'a')]", "b", false],
        ["False", "a", false],
    ])("with create %s for the kind %s something can be created: %s", async (create, kind, isOffered) => {
        const { input, page } = await tags(
            `<field name='kind'/><field name='x' widget='many2many_tags' options="{'create': ${create}}"/>`,
            { kind },
            { fields: { kind: { type: "char" } } }
        );
        await search(input("x"), "zoe");
        expect(options(page).some((text) => text.startsWith("Create"))).toBe(isOffered);
    });

    test("a click changes the colour at once, or takes it, or edits the record", async () => {
        const node = "<field name='x' widget='many2many_tags' options=\"{'color_field': 'color'}\"/>";
        const { field, page, methods } = await tags(node, {}, { answers: { write: () => true } });
        field("x").querySelectorAll(".o_tag")[1].click();
        await settle();
        page.querySelector(".o_tag_popover .o_colorlist_item_color_5").click();
        await settle();
        expect(methods("write")[0].args).toEqual([[2], { color: 5 }]);
        expect(field("x").querySelectorAll(".o_tag")[1].className).toContain("o_tag_color_5");
        for (const color of [0, 5]) {
            field("x").querySelectorAll(".o_tag")[1].click();
            await settle();
            page.querySelector(".o_tag_popover input[type=checkbox]").click();
            await settle();
            expect(methods("write").at(-1).args).toEqual([[2], { color }]);
        }
        const editable = await tags(node.replace("}", ", 'edit_tags': True}"));
        editable.field("x").querySelector(".o_tag").click();
        await settle(8);
        expect(editable.page.querySelector(".modal .modal-title").textContent).toBe("Edit: Ann");
    });

    test("cards show labels that have a colour", async () => {
        const { page } = await showCards(
            "<field name='x' widget='many2many_tags' options=\"{'color_field': 'color'}\"/>",
            { x: links },
            { x: [1, 2, 3] }
        );
        const shown = [...page.querySelectorAll(".o_kanban_record .o_tag")].map((tag) => tag.textContent.trim());
        expect(shown).toEqual(["Bob", "Cid"]);
    });
});

describe("F48 F49: boxes and files", () => {
    test("boxes are one change, half a second later or when the form is saved", async () => {
        const { field, page, saved, methods } = await showFields(
            "<field name='x' widget='many2many_checkboxes' on_change='1'/>",
            { x: links },
            { x: [1] },
            { models: people() }
        );
        const boxes = field("x").querySelectorAll("input");
        expect([...boxes].map((box) => box.checked)).toEqual([true, false, false, false, false]);
        boxes[1].click();
        boxes[2].click();
        boxes[0].click();
        await settle();
        expect(methods("onchange")).toEqual([]);
        await new Promise((resolve) => setTimeout(resolve, 600));
        await settle();
        expect(methods("onchange").length).toBe(1);
        boxes[3].click();
        await save(page);
        expect(commandsOf(saved())).toEqual([
            [4, 2],
            [4, 3],
            [3, 1],
            [4, 4],
        ]);
    });

    test("files have their names and addresses, and no more than are wanted", async () => {
        const models = {
            "ir.attachment": {
                fields: { name: { type: "char" }, mimetype: { type: "char" } },
                rows: [{ id: 3, display_name: "a", name: "a.pdf", mimetype: "application/pdf" }],
            },
        };
        const files = { type: "many2many", relation: "ir.attachment" };
        const shown = (number) =>
            showFields(
                `<field name='x' widget='many2many_binary' class='own' options="{'number_of_files': ${number}}"/>`,
                { x: files },
                { x: [3] },
                { models }
            );
        const { field } = await shown(2);
        expect(field("x").querySelector("a").getAttribute("href")).toBe("/web/content/3?download=true");
        expect([field("x").textContent.includes("a.pdf"), Boolean(field("x").querySelector(".o_attach"))]).toEqual([
            true,
            true,
        ]);
        expect((await shown(1)).field("x").querySelector(".o_attach")).toBe(null);
    });
});

describe("F50 F83: lines", () => {
    const line = () => ({
        line: {
            fields: { name: { type: "char", string: "Name" } },
            rows: [..."abcde"].map((name, index) => ({ id: index + 1, display_name: name, name })),
        },
    });
    const lines = { type: "one2many", relation: "line", string: "Lines" };
    const shown = (node, options = {}) =>
        showFields(
            node,
            { x: lines, ok: { type: "boolean" } },
            { x: [1, 2, 3, 4, 5], ok: false },
            { models: line(), ...options }
        );
    const LIST = "<list limit='2'><field name='name'/></list>";

    test("a pager where there are more than the limit; a dialog for a line", async () => {
        const { field, page } = await shown(`<field name='x'>${LIST}<form><field name='name'/></form></field>`);
        expect(field("x").querySelector(".o_pager")).toBeTruthy();
        field("x").querySelector(".o_data_row td[name='name']").click();
        await settle(8);
        const dialog = page.querySelector(".modal");
        expect(dialog.querySelector(".modal-title").textContent).toBe("Open: Lines");
        expect([...dialog.querySelectorAll(".modal-footer button")].map((button) => button.textContent.trim())).toEqual(
            expect.arrayContaining(["Save & Close", "Save & New", "Discard"])
        );
    });

    test.each([
        ["{'create': [('ok', '=', True)]}", false],
        ["{'create': [('ok', '=', False)]}", true],
        ["{'create': False}", false],
        ["{}", true],
    ])("lines can be added with %s: %s", async (given, expected) => {
        const { field } = await shown(
            `<field name='ok'/><field name='x' options="${given}"><list><field name='name'/></list></field>`
        );
        expect(Boolean(field("x").querySelector(".o_field_x2many_list_row_add"))).toBe(expected);
    });

    test("a readonly form opens lines to read; cards have a button", async () => {
        const { field, page } = await shown(
            `<field name='x' readonly='1'>${LIST}<form><field name='name'/></form></field>`
        );
        expect(field("x").querySelector(".o_field_x2many_list_row_add")).toBe(null);
        field("x").querySelector(".o_data_row td[name='name']").click();
        await settle(8);
        expect(page.querySelector(".modal .o_form_readonly")).toBeTruthy();
        const kanban = "<kanban><templates><t t-name='card'><field name='name'/></t></templates></kanban>";
        const cards = await shown(`<field name='x' mode='kanban' add-label='One more'>${kanban}</field>`);
        expect(cards.field("x").querySelector(".o-kanban-button-new").textContent.trim()).toBe("One more");
    });
});
