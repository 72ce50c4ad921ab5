/** Formats and parsers of values, and widgets of files, addresses, numbers as pictures, and colours. */
import { describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { localization } from "@web/core/l10n/localization";
import { registry } from "@web/core/registry";
import { getGoogleSlideUrl } from "@web/views/fields/google_slide_viewer/google_slide_viewer";
import { InvalidNumberError } from "@web/views/fields/parsers";
import "@base_automation/fields/actions_one2many_field";
import "@base_automation/fields/trigger_selection_field";
import { afterThis } from "./mount";
import { save, settle, showFields, type } from "./form_page";

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const char = { type: "char", string: "Text" };
const format = (name, ...args) => registry.category("formatters").get(name)(...args);
const parse = (name, text) => registry.category("parsers").get(name)(text);

function give(input, files) {
    const transfer = new DataTransfer();
    files.forEach(([name, content, kind]) => {
        const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: kind }));
    });
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

describe("F4: formats", () => {
    test.each([
        ["binary", ["x".repeat(4000)], "3kB"],
        ["char", ["abc", { isPassword: true }], "***"],
        ["float", [1234.5, { digits: [16, 3] }], "1,234.500"],
        ["float", [1234.5, { humanReadable: true, decimals: 1 }], "1.2k"],
        ["float", [1.5, { trailingZeros: false }], "1.5"],
        ["float", [1234.5, { thousandsSep: ".", decimalPoint: "," }], "1.234,50"],
        ["float", [false], ""],
        ["float_factor", [2, { factor: 3, digits: [16, 0] }], "6"],
        ["float_time", [1.5], "01:30"],
        ["float_time", [1.5, { noLeadingZeroHour: true, displaySeconds: true }], "1:30:00"],
        ["float_time", [-0.25], "-00:15"],
        ["integer", [1234567], "1,234,567"],
        ["json", [{ a: 1 }], '{"a":1}'],
        ["many2one", [[1, "Ann\nStreet"]], "Ann"],
        ["many2one", [false], ""],
        ["many2one_reference", [{ resId: 3, displayName: "Bob" }], "Bob"],
        ["percentage", [0.125, { digits: [16, 1] }], "12.5%"],
        ["percentage", [0.5, { noSymbol: true }], "50"],
        ["reference", [{ resModel: "a", resId: 3, displayName: "Bob" }], "Bob"],
        ["selection", ["b", { selection: [["b", "Second"]] }], "Second"],
        ["text", [false], ""],
        ["one2many", [{ currentIds: [] }], "No records"],
        ["many2many", [{ currentIds: [1] }], "1 record"],
        ["many2many", [{ currentIds: [1, 2] }], "2 records"],
        ["properties", [[{ string: "One" }, { string: "Two" }]], "One, Two"],
        ["monetary", [5, { noSymbol: true, digits: [16, 2] }], "5.00"],
    ])("%s of %j is %s", (name, args, text) => {
        expect(String(format(name, ...args))).toBe(text);
    });

    test("what they read of the node", () => {
        const options = (name, attrs, given) =>
            registry.category("formatters").get(name).extractOptions({ attrs, options: given });
        expect(options("datetime", {}, { show_seconds: false, condensed: true })).toEqual({
            condensed: true,
            showSeconds: false,
            showTime: true,
        });
        expect(options("date", {}, {})).toEqual({ condensed: false });
        expect(options("float", { digits: "[5, 1]" }, { human_readable: true })).toMatchObject({
            digits: [5, 1],
            humanReadable: true,
        });
        expect(options("float_factor", {}, { factor: 2 })).toMatchObject({ factor: 2 });
        expect(options("monetary", {}, { currency_field: "c", no_symbol: "1" })).toMatchObject({
            currencyField: "c",
            noSymbol: true,
        });
    });
});

describe("F5: parsers", () => {
    test.each([
        ["float", "1,234.5", 1234.5],
        ["float", "=2*(3+1)^2", 32],
        ["float_time", "1:30", 1.5],
        ["float_time", "-0:15", -0.25],
        ["float_time", "1.25", 1.25],
        ["integer", "12", 12],
        ["many2one_reference", "7", 7],
        ["monetary", "$ 1,200.50", 1200.5],
        ["monetary", "12 €", 12],
        ["percentage", "12.5%", 0.125],
    ])("%s of %s is %d", (name, text, value) => {
        expect(parse(name, text)).toBe(value);
    });

    test.each([
        ["integer", "1.5"],
        ["integer", "3000000000"],
        ["float", "abc"],
        ["float", "=abc"],
        ["float_time", "1:2:3:4"],
    ])("%s does not take %s", (name, text) => {
        expect(() => parse(name, text)).toThrow(InvalidNumberError);
    });

    test("marks of the language come first", () => {
        const { decimalPoint, thousandsSep } = localization;
        Object.assign(localization, { decimalPoint: ",", thousandsSep: "." });
        afterThis(() => Object.assign(localization, { decimalPoint, thousandsSep }));
        expect([parse("float", "1.234,5"), parse("monetary", "1.234,50 €")]).toEqual([1234.5, 1234.5]);
    });
});

describe("F51 F52 F53 F54 F55 F56: files and pictures", () => {
    test("a file goes with its name, which is cut; it is taken away again", async () => {
        const { field, page, saved } = await showFields(
            `<field name='f' filename='n' options="{'accepted_file_extensions': '.pdf'}"/><field name='n' invisible='1'/>`,
            { f: { type: "binary" }, n: char },
            { f: false, n: false }
        );
        const chooser = field("f").querySelector("input[type=file]");
        expect(chooser.accept).toBe(".pdf");
        give(chooser, [["a.pdf", btoa("pdf"), "application/pdf"]]);
        await save(page);
        expect(saved()).toEqual({ f: btoa("pdf"), n: "a.pdf" });
        field("f").querySelector(".o_clear_file_button").click();
        await save(page);
        expect(saved()).toEqual({ f: false, n: false });
    });

    test("a picture has an address that changes with the record, a size, and a larger one on demand", async () => {
        const { field } = await showFields(
            `<field name='p' widget='image' alt='Face' options="{'size': [64, 32], 'zoom': True, 'zoom_delay': 5,
                'img_class': 'own', 'preview_image': 'small'}"/><field name='q' widget='image' readonly='1'/>`,
            {
                p: { type: "binary" },
                q: { type: "binary" },
                small: { type: "binary" },
                write_date: { type: "datetime" },
            },
            { p: "12 bytes", q: false, small: "3 bytes", write_date: "2026-03-01 10:00:00" }
        );
        const picture = field("p").querySelector("img");
        expect(picture.getAttribute("src")).toMatch(/\/web\/image.*small.*unique=\d+/);
        expect([picture.alt, picture.className, picture.style.maxWidth, picture.style.maxHeight]).toEqual([
            "Face",
            "img img-fluid own",
            "64px",
            "32px",
        ]);
        expect([picture.dataset.tooltipTemplate, picture.dataset.tooltipDelay]).toEqual(["web.ImageZoomTooltip", "5"]);
        expect(JSON.parse(picture.dataset.tooltipInfo).url).toMatch(/\/web\/image.*\/p/);
        expect(field("q").querySelector("img").getAttribute("src")).toContain("placeholder");
        expect(field("q").classList.contains("o_field_empty")).toBe(false);
    });

    test("a link to a record with a picture has to name the picture", async () => {
        const models = { person: { fields: {}, rows: [{ id: 4, display_name: "Ann" }] } };
        const shown = await showFields(
            `<field name='x' widget='image' options="{'preview_image': 'avatar_128'}"/>`,
            { x: { type: "many2one", relation: "person" } },
            { x: 4 },
            { models }
        );
        expect(shown.field("x").querySelector("img").getAttribute("src")).toContain("/web/image/person/4/avatar_128");
        const { component } = registry.category("fields").get("image");
        const record = { data: { x: [4, "Ann"] }, fields: { x: { type: "many2one", relation: "person" } } };
        const lone = Object.create(component.prototype, { props: { value: { name: "x", record } } });
        expect(() => lone.getUrl()).toThrow('"preview_image"');
    });

    test("a picture becomes WebP where the view says so, with copies in sizes and as JPEG", async () => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 200 });
        const large = canvas.toDataURL("image/png").split(",")[1];
        let last = 0;
        const { field, methods, page, saved } = await showFields(
            `<field name='p' widget='image' options="{'convert_to_webp': True}"/>`,
            { p: { type: "binary" }, write_date: { type: "datetime" } },
            { p: false },
            { answers: { create_unique: () => [++last] } }
        );
        give(field("p").querySelector("input[type=file]"), [["face.png", large, "image/png"]]);
        await vi.waitFor(() => expect(methods("create_unique").length).toBe(6));
        const made = methods("create_unique").map(({ args }) => args[0][0]);
        expect(made.map(({ name, description, res_id: of }) => [name, description, of])).toEqual([
            ["face.webp", "", undefined],
            ["face.jpg", "format: jpeg", 1],
            ["face.webp", "resize: 256", 1],
            ["face.jpg", "format: jpeg", 3],
            ["face.webp", "resize: 128", 1],
            ["face.jpg", "format: jpeg", 5],
        ]);
        await save(page);
        expect([saved().p, made[0].mimetype]).toEqual([made[0].datas, "image/webp"]);
        give(field("p").querySelector("input[type=file]"), [["a.gif", PIXEL, "image/gif"]]);
        await save(page);
        expect([saved().p, methods("create_unique").length]).toEqual([PIXEL, 6]);
    });

    test("an address that leads to no picture", async () => {
        const { field } = await showFields(
            `<field name='u' widget='image_url' width='40' height='30'/><field name='e' widget='image_url'/>`,
            { u: char, e: char },
            { u: `data:image/png;base64,${PIXEL}`, e: false }
        );
        const picture = field("u").querySelector("img");
        expect([picture.style.maxWidth, picture.style.maxHeight, field("e").querySelector("img")]).toEqual([
            "40px",
            "30px",
            null,
        ]);
        picture.dispatchEvent(new Event("error"));
        await settle();
        expect(field("u").querySelector("img").getAttribute("src")).toContain("placeholder");
    });

    test("covers, PDF files and signatures", async () => {
        const models = { "ir.attachment": { fields: {}, rows: [{ id: 9, display_name: "Sea" }] } };
        const { env, field, page, saved } = await showFields(
            `<field name='c' widget='attachment_image'/><field name='d' widget='pdf_viewer' readonly='1'/>
            <field name='d_page' invisible='1'/><field name='s' widget='signature' options="{'full_name': 'n'}"/>`,
            {
                c: { type: "many2one", relation: "ir.attachment" },
                d: { type: "binary" },
                d_page: { type: "integer" },
                s: { type: "binary" },
                n: char,
            },
            { c: 9, d: "5 kB", d_page: 3, s: false, n: "Ann" },
            { models }
        );
        expect(field("c").querySelector("img").getAttribute("src")).toBe("/web/image/9");
        expect(field("d").querySelector("iframe").getAttribute("src")).toMatch(/#page=3$/);
        const dialog = vi.spyOn(env.services.dialog, "add").mockReturnValue(() => {});
        afterThis(() => dialog.mockRestore());
        field("s").querySelector("button.o_signature").click();
        const [, { defaultName, nameAndSignatureProps, uploadSignature }] = dialog.mock.calls[0];
        expect([defaultName, nameAndSignatureProps.mode]).toEqual(["Ann", "auto"]);
        await uploadSignature({ signatureImage: `data:image/png;base64,${PIXEL}` });
        await save(page);
        expect(saved()).toEqual({ s: PIXEL });
    });
});

describe("F57 F58 F59 F60 F61 F71 F72: texts that lead somewhere", () => {
    test("addresses in forms have a button while they are edited, and are links when they are read", async () => {
        const nodes = ["email", "phone", "url"]
            .map((widget) => `<field name='${widget}' widget='${widget}' placeholder='Here'/>`)
            .join("");
        const values = { email: "a@b.c", phone: "+1 23 45", url: "example.com" };
        const types = { email: char, phone: char, url: char };
        const { field, input } = await showFields(nodes, types, values);
        const hrefs = (shown) =>
            ["email", "phone", "url"].map((name) => shown(name).querySelector("a").getAttribute("href"));
        const expected = ["mailto:a@b.c", "tel:+12345", "http://example.com"];
        expect([hrefs(field), input("email").placeholder]).toEqual([expected, "Here"]);
        const readonly = await showFields(nodes, types, values, { attributes: "edit='0'" });
        expect(hrefs(readonly.field)).toEqual(expected);
        const list = await showFields(
            `<field name='lines'><list editable='bottom'>${nodes}</list></field>`,
            { lines: { type: "one2many", relation: "line" } },
            { lines: [5] },
            { models: { line: { fields: types, rows: [{ id: 5, display_name: "L", ...values }] } } }
        );
        list.page.querySelector(".o_data_row td[name='email']").click();
        await settle(6);
        expect([
            list.page.querySelector(".o_selected_row input").value,
            list.page.querySelector(".o_selected_row a[href^='mailto']"),
        ]).toEqual(["a@b.c", null]);
    });

    test.each([
        ["/shop", {}, "/shop"],
        ["shop", { website_path: true }, "shop"],
        ["https://x.y", {}, "https://x.y"],
        ["javascript:alert(1)", {}, "http://javascript:alert(1)"],
    ])("the address %s with %j leads to %s", async (url, options, href) => {
        const { field } = await showFields(
            `<field name='u' widget='url' text='Go' readonly='1' options="${JSON.stringify(options).replaceAll('"', "'")}"/>`,
            { u: char },
            { u: url }
        );
        expect([field("u").querySelector("a").getAttribute("href"), field("u").textContent]).toEqual([href, "Go"]);
    });

    test("a page in a frame, slides, JSON", async () => {
        const { field } = await showFields(
            `<field name='p' widget='iframe_wrapper'/><field name='s' widget='embed_viewer'/><field name='n' widget='embed_viewer'/>
            <field name='s_page' invisible='1'/><field name='j' widget='jsonb'/>`,
            { p: { type: "text" }, s: char, n: char, s_page: { type: "integer" }, j: { type: "json" } },
            {
                p: "<p>Hi</p>",
                s: "https://docs.google.com/presentation/d/aB-1/edit#slide=id.p",
                n: "https://example.com",
                s_page: 2,
                j: { a: 1 },
            }
        );
        expect(field("p").querySelector("iframe").srcdoc).toBe("<p>Hi</p>");
        expect(field("s").querySelector("iframe").getAttribute("src")).toBe(
            "https://docs.google.com/presentation/d/aB-1/preview?slide=2"
        );
        expect([field("n").querySelector("iframe"), field("j").textContent]).toEqual([null, '{"a":1}']);
        expect(getGoogleSlideUrl("https://docs.google.com/presentation/d/e/2PA/pub")).toContain(
            "/d/e/2PA/embed?slide=1"
        );
        expect(getGoogleSlideUrl(false)).toBe(false);
    });

    test("an area of text stays as high as its text when its room becomes less", async () => {
        const said = "one two three four five six seven eight nine ten";
        const { input, page } = await showFields("<field name='x' widget='text'/>", { x: char }, { x: said });
        const area = input("x");
        const before = area.clientHeight;
        page.style.width = "90px";
        area.style.width = "80px";
        await vi.waitFor(() => expect(area.clientHeight).toBeGreaterThan(before));
        expect(area.clientHeight).toBeGreaterThanOrEqual(area.scrollHeight);
    });

    test("values are copied, unless an expression forbids it", async () => {
        const copied = [];
        const { navigator } = browser;
        browser.navigator = { clipboard: { writeText: async (text) => copied.push(text) }, userAgent: "" };
        afterThis(() => {
            browser.navigator = navigator;
        });
        const { field } = await showFields(
            `<field name='a' widget='CopyClipboardChar' readonly='1'/><field name='b' widget='CopyClipboardURL' readonly='1'/>
            <field name='c' widget='CopyClipboardButton' string='Take it' disabled="a == 'One'"/>`,
            { a: char, b: char, c: char },
            { a: "One", b: "x.y", c: "Three" }
        );
        const button = (name) => field(name).querySelector("button");
        expect([field("a").textContent, field("b").querySelector("a").getAttribute("href")]).toEqual([
            expect.stringContaining("One"),
            "http://x.y",
        ]);
        expect([button("a").textContent.trim(), button("c").textContent.trim(), button("c").disabled]).toEqual([
            "Copy",
            "Take it",
            true,
        ]);
        button("a").click();
        await settle();
        expect(copied).toEqual(["One"]);
    });
});

describe("F62 F64 F65 F67 F68 F69 F70: numbers as pictures, and colours", () => {
    test("bars are changed where the view says so; whole numbers stay whole", async () => {
        const { field, page, saved } = await showFields(
            `<field name='a' widget='progressbar' title='Done'/><field name='b' widget='progressbar' options="{'editable': True, 'max_value': 'm'}"/>
            <field name='c' widget='progressbar' options="{'editable': True, 'edit_max_value': True, 'max_value': 'm', 'overflow_class': 'bg-danger'}"/>
            <field name='d' widget='progressbar' options="{'max_value': 50, 'current_value': 'a'}"/><field name='m' invisible='1'/>`,
            {
                a: { type: "integer" },
                b: { type: "integer" },
                c: { type: "float" },
                d: { type: "float" },
                m: { type: "float" },
            },
            { a: 30, b: 5, c: 20, d: 1, m: 10 }
        );
        const bar = (name) => field(name).querySelector(".o_progressbar");
        expect([bar("a").textContent, bar("d").textContent]).toEqual(["Done30%", "30%"]);
        expect(bar("d").querySelector("[role=progressbar]").getAttribute("aria-valuemax")).toBe("50");
        expect(bar("c").querySelector(".o_progressbar_complete").classList.contains("bg-danger")).toBe(true);
        expect([bar("b").querySelectorAll("input").length, bar("c").querySelector("input").value]).toEqual([1, "10"]);
        await type(bar("b").querySelector("input"), "7.9");
        await save(page);
        expect(saved()).toEqual({ b: 7 });
        await type(bar("c").querySelector("input"), "40");
        await save(page);
        expect(saved()).toEqual({ m: 40 });
    });

    test("what is typed for a bar stays while other values come", async () => {
        const { field, input } = await showFields(
            `<field name='b' widget='progressbar' options="{'editable': True, 'max_value': 'm'}"/><field name='m'/>`,
            { b: { type: "integer" }, m: { type: "float" } },
            { b: 5, m: 10 }
        );
        const typed = field("b").querySelector("input");
        typed.value = "7";
        await type(input("m"), "20");
        await settle();
        expect(field("b").querySelector("[role=progressbar]").getAttribute("aria-valuemax")).toBe("20");
        expect(typed.value).toBe("7");
        await type(typed, "5.9");
        await settle();
        expect(typed.value).toBe("5");
    });

    test("a record that is only read is saved at once", async () => {
        const { field, saved } = await showFields(
            `<field name='b' widget='progressbar' options="{'editable': True}"/>`,
            { b: { type: "integer" } },
            { b: 5 },
            { attributes: "edit='0'" }
        );
        await type(field("b").querySelector("input"), "9");
        await settle();
        expect(saved()).toEqual({ b: 9 });
    });

    test("pies, numbers with labels, colours and handles", async () => {
        const { field, input, page, saved } = await showFields(
            `<field name='p' widget='percentpie' string='Share'/><field name='s' widget='statinfo' options="{'label_field': 'n'}"/>
            <field name='t' widget='statinfo' string='Sold' digits='[5,1]'/><field name='n' invisible='1'/>
            <field name='c' widget='color'/><field name='k' widget='color_picker'/><field name='h' widget='handle'/>`,
            {
                p: { type: "float" },
                s: { type: "integer" },
                t: { type: "float" },
                n: char,
                c: char,
                k: { type: "integer" },
                h: { type: "integer" },
            },
            { p: 25, s: 3, t: 2.25, n: "Bought", c: "#ff0000", k: 2, h: 1 }
        );
        expect([
            field("p").textContent.replace(/\s+/g, ""),
            field("s").textContent,
            field("t").textContent.trim(),
        ]).toEqual(["25%Share", "3Bought", "2.3Sold"]);
        expect([input("c").type, input("c").value]).toEqual(["color", "#ff0000"]);
        field("k").querySelector(".o_colorlist_toggler").click();
        await settle();
        expect(field("k").querySelectorAll("button").length).toBe(12);
        field("k").querySelector(".o_colorlist_item_color_7").click();
        await settle();
        expect(saved()).toEqual({ k: 7 });
        expect(field("h").querySelector(".o_row_handle")).toBeTruthy();
        expect(page.querySelector(".o_field_failed")).toBe(null);
        const width = (key) => registry.category("fields").get(key).listViewWidth;
        expect([width("handle"), width("boolean_favorite")({ hasLabel: false })]).toEqual([20, 20]);
        const { extractProps } = registry.category("fields").get("kanban_color_picker");
        expect(extractProps({ attrs: {}, options: {}, viewType: "kanban" }, {}).canToggle).toBe(false);
    });
});

describe("F73 F74 F84: paths and domains", () => {
    const answers = {
        fields_get: () => ({
            name: { name: "name", type: "char", string: "Called", searchable: true },
            mute: { name: "mute", type: "char", string: "Not searched", searchable: false },
        }),
        "/web/domain/validate": () => true,
        search_count: () => 3,
    };

    test("the path to a field of a model that another field names", async () => {
        const node = (options) =>
            `<field name='m'/><field name='x' widget='DynamicModelFieldSelectorChar' options="{'model': 'm'${options}}"/>`;
        const { field, page, saved } = await showFields(
            node(""),
            { m: char, x: char },
            { m: "person", x: "" },
            { answers }
        );
        await expect.poll(() => field("x").querySelector(".o_model_field_selector_value")).not.toBe(null);
        field("x").querySelector(".o_model_field_selector_value").click();
        await settle(6);
        const names = () =>
            [...page.querySelectorAll(".o_model_field_selector_popover_item_name")].map((item) =>
                item.textContent.trim()
            );
        expect(names()).toEqual(["Called", "Not searched"]);
        page.querySelector(".o_model_field_selector_popover_item_name").click();
        await save(page);
        expect(saved()).toEqual({ x: "name" });
        const none = await showFields(node(""), { m: char, x: char }, { m: false, x: "" }, { answers });
        expect(none.field("x").textContent).toContain("Choose a model first");
    });

    test("a domain has its rules and the number of its records", async () => {
        const { field, methods } = await showFields(
            `<field name='m' invisible='1'/><field name='x' widget='domain' options="{'model': 'm', 'foldable': True}" context="{'k': 1}"/>
            <field name='y' widget='domain' options="{'model': 'res.person'}" readonly='1'/><field name='z' widget='domain'/>`,
            { m: char, x: char, y: char, z: char },
            { m: "res.person", x: "[('name', '=', 'Ann')]", y: "[(", z: "[]" },
            { answers }
        );
        await settle(8);
        expect(field("x").querySelector(".o_domain_show_selection_button").textContent.trim()).toBe("3 records");
        expect(methods("search_count")[0].kwargs.context).toMatchObject({ k: 1 });
        expect(field("x").querySelectorAll(".o_domain_facets .badge").length).toBe(1);
        field("x").querySelector(".o_domain_unfold").click();
        await settle(6);
        expect(field("x").querySelector(".o_tree_editor")).toBeTruthy();
        expect(field("y").querySelector(".o_domain_invalid").textContent.trim()).toBe("Invalid domain");
        expect(field("z").textContent).toContain("Choose a model first");
    });
});

describe("B1: rules", () => {
    const labels = {
        on_create: "On creation",
        on_archive: "On archived",
        on_webhook: "On webhook",
        on_mine: "On mine",
    };
    const selection = Object.entries({
        ...labels,
        on_stage_set: "Stage",
        on_user_set: "User",
        on_message_sent: "Sent",
    });
    const fields = {
        model_id: { type: "many2one", relation: "ir.model", string: "Model" },
        model_is_mail_thread: { type: "boolean", string: "Thread" },
        trigger: { type: "selection", selection, string: "Trigger" },
    };

    test("a rule waits for what its records can do, in groups", async () => {
        const found = [
            { name: "active", ttype: "boolean", relation: false },
            { name: "user_id", ttype: "many2one", relation: "res.partner" },
        ];
        const { input, methods, page, saved } = await showFields(
            "<field name='model_id'/><field name='trigger' widget='base_automation_trigger_selection'/>",
            fields,
            { model_id: 1, model_is_mail_thread: true, trigger: "on_stage_set" },
            {
                answers: { search_read: () => found },
                models: { "ir.model": { fields: {}, rows: [{ id: 1, display_name: "Contact" }] } },
            }
        );
        await settle();
        const groups = [...input("trigger").querySelectorAll("optgroup")].map((group) => [
            group.label,
            [...group.children].map((option) => option.textContent),
        ]);
        // the stage is what was chosen before; a user is no contact
        expect(groups).toEqual([
            ["Records are saved", ["On creation", "On archived"]],
            ["A value is set", ["Stage"]],
            ["Messages", ["Sent"]],
            ["Another program calls", ["On webhook"]],
            ["Others", ["On mine"]],
        ]);
        expect(methods("search_read").length).toBe(1);
        input("trigger").value = '"on_create"';
        input("trigger").dispatchEvent(new Event("change", { bubbles: true }));
        await settle();
        await save(page);
        expect(saved()).toEqual({ trigger: "on_create" });
    });

    test("a card says what a rule does, and how much more", async () => {
        const actions = ["object_write", "code", "mail_post", "other", "sms"].map((state, index) => ({
            id: index + 1,
            display_name: state,
            name: `Do ${state}`,
            sequence: 5 - index,
            state,
        }));
        const line = {
            name: { type: "char" },
            sequence: { type: "integer" },
            state: { type: "selection", selection: [] },
        };
        const { field } = await showFields(
            "<field name='x' widget='base_automation_actions_one2many'/><field name='y' widget='base_automation_actions_one2many'/>",
            {
                x: { type: "one2many", relation: "action", string: "X" },
                y: { type: "one2many", relation: "action", string: "Y" },
            },
            { x: actions.map(({ id }) => id), y: [] },
            { models: { action: { fields: line, rows: actions } } }
        );
        await settle();
        const items = [...field("x").querySelectorAll("li")];
        expect(items.map((item) => item.textContent.trim())).toEqual(["Do sms", "Do other", "Do mail_post", "2 more"]);
        expect(items.map((item) => item.querySelector("i")?.className.match(/fa-(?!fw)[\w-]+/)[0])).toEqual([
            "fa-comment-o",
            "fa-cog",
            "fa-envelope-o",
            undefined,
        ]);
        expect(items[3].title).toBe("Do code\nDo object_write");
        expect(field("y").textContent).toBe("Nothing happens yet");
    });
});
