/** Widgets of fields with values of their own: what they show, and what they make of what is typed or clicked. */
import { DateTime } from "luxon";
import { describe, expect, test, vi } from "vitest";
import { localization } from "@web/core/l10n/localization";
import { registry } from "@web/core/registry";
import { afterThis, nextFrame } from "./mount";
import { save, settle, showFields, type } from "./form_page";

/** Commands that widgets add, by name, for the running test. */
function noteCommands() {
    const commands = new Map();
    const add = (name, action, options) => {
        commands.set(name, { action, ...options });
        return () => commands.delete(name);
    };
    return { commands, services: { command: { add } } };
}

function change(target, changes) {
    const before = Object.fromEntries(Object.keys(changes).map((key) => [key, target[key]]));
    Object.assign(target, changes);
    afterThis(() => Object.assign(target, before));
}

const char = { type: "char", string: "Name" };
const STATES = [
    ["a", "First"],
    ["b", "Second"],
    ["c", "Third"],
];

describe("F1 F2: the value of a record and the text of an input", () => {
    test("what is typed is kept when the input is left, and saved before that by the button", async () => {
        const { input, page, saved } = await showFields("<field name='x'/>", { x: char }, { x: "Bob" });
        expect(input("x").value).toBe("Bob");
        input("x").value = "Ann";
        input("x").dispatchEvent(new InputEvent("input", { bubbles: true }));
        await nextFrame();
        expect(page.querySelector(".o_form_status_indicator_buttons").classList.contains("invisible")).toBe(false);
        await save(page);
        expect(saved()).toEqual({ x: "Ann" });
    });

    test.each(["Enter", "Tab"])("%s keeps it", async (key) => {
        const { input, methods } = await showFields("<field name='x' on_change='1'/>", { x: char }, { x: "" });
        input("x").value = "Ann";
        input("x").dispatchEvent(new InputEvent("input", { bubbles: true }));
        input("x").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        await settle();
        expect(methods("onchange").length).toBe(1);
    });

    test("what is no value marks the field, and is not saved", async () => {
        const { field, input, page, saved } = await showFields(
            "<field name='x'/>",
            { x: { type: "integer" } },
            { x: 3 }
        );
        await type(input("x"), "abc");
        expect(field("x").classList.contains("o_field_invalid")).toBe(true);
        expect(input("x").value).toBe("abc");
        await save(page);
        expect(saved()).toBe(undefined);
        await type(input("x"), "=2*(3+1)");
        await save(page);
        expect(saved()).toEqual({ x: 8 });
    });
});

describe("F3: what inputs have in common", () => {
    test("the number pad writes the mark of the language; a focus selects", async () => {
        change(localization, { decimalPoint: ",", thousandsSep: "." });
        const { input, page, saved } = await showFields("<field name='x'/>", { x: { type: "float" } }, { x: 1.5 });
        input("x").focus();
        expect([input("x").selectionStart, input("x").selectionEnd]).toEqual([0, input("x").value.length]);
        input("x").value = "12";
        const pressed = new KeyboardEvent("keydown", {
            key: ".",
            code: "NumpadDecimal",
            bubbles: true,
            cancelable: true,
        });
        input("x").dispatchEvent(pressed);
        expect([pressed.defaultPrevented, input("x").value]).toEqual([true, "12,"]);
        await type(input("x"), "12,5");
        await save(page);
        expect(saved()).toEqual({ x: 12.5 });
    });

    test("B14: the dialog of translations is called as the field is, and saves first", async () => {
        change(localization, { multiLang: true });
        const answers = {
            get_installed: () => [["en_US", "English"]],
            get_field_translations: () => [
                [{ lang: "en_US", source: "Bob", value: "Bob" }],
                { translation_type: "char" },
            ],
            update_field_translations: () => true,
        };
        const field = { ...char, translate: true, string: "Title of it" };
        const { input, methods, page, saved } = await showFields(
            "<field name='x'/>",
            { x: field },
            { x: "" },
            { answers }
        );
        await type(input("x"), "Bob");
        page.querySelector(".o_field_translate").click();
        await settle();
        expect(saved()).toEqual({ x: "Bob" });
        expect(page.querySelector(".modal .modal-title").textContent).toBe("Translate: Title of it");
        await type(page.querySelector(".modal input"), "Rob");
        page.querySelector(".modal-footer .btn-primary").click();
        await settle();
        expect(methods("update_field_translations")[0].args).toEqual([[1], "x", { en_US: "Rob" }]);
    });

    test("a new record has no translations yet", async () => {
        change(localization, { multiLang: true });
        const { page } = await showFields("<field name='x'/>", { x: { ...char, translate: true } }, null);
        expect(page.querySelector(".o_field_translate")).toBe(null);
    });

    test.each([
        ["char", "Dear #", ""],
        ["text", "Dear #", "nobody"],
        ["html", "Dear #", "nobody"],
    ])("a # in %s leads to a field of the model", async (kind, typed, fallback) => {
        const answers = {
            fields_get: () => ({ name: { name: "name", type: "char", string: "Their name", searchable: true } }),
            mail_allowed_qweb_expressions: () => ["object.name"],
        };
        const options = "{'dynamic_placeholder': true, 'dynamic_placeholder_model_reference_field': 'model'}";
        const widget = kind === "html" ? "widget='text'" : "";
        const { input, page, saved } = await showFields(
            `<field name='model' invisible='1'/><field name='x' ${widget} options="${options}"/>`,
            { model: char, x: { type: kind } },
            { model: "res.partner", x: "" },
            { answers }
        );
        input("x").focus();
        input("x").value = typed;
        input("x").dispatchEvent(new InputEvent("input", { bubbles: true, data: "#" }));
        await settle();
        page.querySelector(".o_model_field_selector_popover_item_name").click();
        await settle();
        if (fallback) {
            const box = page.querySelector("#o_dynamic_placeholder_default");
            box.value = fallback;
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
        page.querySelector(".o_dynamic_placeholder_insert").click();
        await settle();
        const text = `Dear {{object.name${fallback ? ` ||| ${fallback}` : ""}}}`;
        expect(input("x").value).toBe(text);
        await save(page);
        expect(String(saved().x)).toBe(text);
    });
});

describe("F10: char", () => {
    test("size, trimming, placeholder of another field, and passwords", async () => {
        const { input, field, page, saved } = await showFields(
            `<field name='x' options="{'placeholder_field': 'hint'}" placeholder='Type' autocomplete='name'/>
            <field name='p' password='True'/><field name='q' password='True' readonly='1'/>`,
            { x: { ...char, size: 8, trim: true }, hint: char, p: { ...char, trim: true }, q: char },
            { x: "", hint: "Like this", p: "", q: "abc" }
        );
        expect(input("x").maxLength).toBe(8);
        expect([input("x").placeholder, input("x").autocomplete]).toEqual(["Like this", "name"]);
        expect([input("p").type, input("p").autocomplete]).toEqual(["password", "new-password"]);
        expect(field("q").textContent).toBe("***");
        await type(input("x"), "  Bob ");
        await type(input("p"), " x ");
        await save(page);
        expect(saved()).toEqual({ x: "Bob", p: " x " });
    });
});

describe("F11: text", () => {
    test("rows and height; without line breaks Enter and pasted lines do nothing", async () => {
        const options = `options="{'line_breaks': False}"`;
        const { input, page, saved } = await showFields(
            `<field name='x' rows='4'/><field name='y' ${options}/>`,
            { x: { type: "text" }, y: { type: "text" } },
            { x: "", y: "" }
        );
        expect([input("x").rows, parseInt(input("x").style.height, 10) >= 50]).toEqual([4, true]);
        expect([input("y").rows, parseInt(input("y").style.height, 10) < 50]).toEqual([1, true]);
        const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
        input("y").dispatchEvent(enter);
        expect(enter.defaultPrevented).toBe(true);
        input("y").value = "one\r\ntwo";
        input("y").dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
        input("y").dispatchEvent(new Event("change", { bubbles: true }));
        await save(page);
        expect(saved()).toEqual({ y: "one two" });
    });
});

describe("F14 F15 F16 F17 F18 F19 F20: numbers", () => {
    const fields = { n: { type: "integer" }, f: { type: "float", digits: [16, 3] } };

    test("whole and decimal numbers", async () => {
        const { field, input } = await showFields(
            `<field name='n' options="{'human_readable': True, 'decimals': 1}"/>
            <field name='f' digits='[16,1]'/><field name='m' options="{'enable_formatting': False}"/>
            <field name='k' options="{'type': 'number', 'step': 5}"/><field name='e' readonly='1'/>`,
            { ...fields, m: { type: "integer" }, k: { type: "integer" }, e: { type: "integer" } },
            { n: 12500, f: 1234.56, m: 98765, k: 12345, e: 0 }
        );
        expect(input("n").value).toBe("12.5k");
        input("n").focus();
        await settle();
        expect(input("n").value).toBe("12,500");
        input("n").blur();
        await settle();
        expect(input("n").value).toBe("12.5k");
        expect([input("f").value, input("m").value]).toEqual(["1,234.6", "98765"]);
        expect([input("k").type, input("k").step, input("k").value]).toEqual(["number", "5", "12345"]);
        expect([field("e").textContent, field("e").classList.contains("o_field_empty")]).toEqual(["0", false]);
    });

    test("factors, hours, percents", async () => {
        const { input, page, saved } = await showFields(
            `<field name='f' widget='float_factor' options="{'factor': 24}"/>
            <field name='t' widget='float_time'/><field name='s' widget='float_time' options="{'displaySeconds': True}"/>
            <field name='p' widget='percentage'/>`,
            { f: { type: "float", digits: [16, 2] }, t: { type: "float" }, s: { type: "float" }, p: { type: "float" } },
            { f: 0.5, t: 1.5, s: 0.51, p: 0.25 }
        );
        expect(["f", "t", "s", "p"].map((name) => input(name).value)).toEqual(["12.00", "01:30", "00:30:36", "25"]);
        await type(input("f"), "6");
        await type(input("t"), "2:15");
        await type(input("s"), "0.25");
        await type(input("p"), "12.5%");
        await save(page);
        expect(saved()).toEqual({ f: 0.25, t: 2.25, s: 0.25, p: 0.125 });
    });

    test("a number that goes round", async () => {
        const { field, page, saved } = await showFields(
            `<field name='f' widget='float_toggle' options="{'range': [0, 1, 2], 'factor': 2}"/>
            <field name='g' widget='float_toggle' readonly='1'/>
            <field name='h' widget='float_toggle' readonly='1' options="{'force_button': True}"/>`,
            { f: { type: "float" }, g: { type: "float" }, h: { type: "float" } },
            { f: 0.5, g: 1, h: 1 }
        );
        expect(field("f").textContent).toBe("1.00");
        expect([field("g").querySelector("button"), Boolean(field("h").querySelector("button"))]).toEqual([null, true]);
        field("f").querySelector("button").click();
        await settle();
        expect(field("f").textContent).toBe("2.00");
        await save(page);
        expect(saved()).toEqual({ f: 1 });
    });

    test("amounts have the currency of the option, of the definition, else currency_id", async () => {
        const { __session_info__ } = globalThis.odoo;
        const { currencies } = await import("@web/core/currency");
        change(currencies, {
            1: { symbol: "$", position: "before", digits: [69, 2] },
            2: { symbol: "¥", position: "after", digits: [69, 0] },
        });
        expect(__session_info__).toBeTruthy();
        const currency = { type: "many2one", relation: "res.currency" };
        const models = {
            "res.currency": {
                fields: {},
                rows: [
                    { id: 1, display_name: "USD" },
                    { id: 2, display_name: "JPY" },
                ],
            },
        };
        const { field, input } = await showFields(
            `<field name='currency_id' invisible='1'/><field name='other_id' invisible='1'/>
            <field name='a'/><field name='b'/><field name='c' options="{'currency_field': 'other_id'}"/>
            <field name='d' options="{'no_symbol': True}"/>
            <field name='e' widget='monetary' options="{'field_digits': True, 'currency_field': 'other_id'}" readonly='1'/>`,
            {
                currency_id: currency,
                other_id: currency,
                a: { type: "monetary" },
                b: { type: "monetary", currency_field: "other_id" },
                c: { type: "monetary" },
                d: { type: "monetary" },
                e: { type: "float", digits: [16, 3] },
            },
            { currency_id: 1, other_id: 2, a: 5, b: 6, c: 7, d: 8, e: 9 },
            { models }
        );
        const text = (name) => field(name).textContent.trim();
        expect([text("a"), input("a").value]).toEqual(["$", "5.00"]);
        expect([text("b"), input("b").value]).toEqual(["¥", "6"]);
        expect([text("c"), text("d")]).toEqual(["¥", ""]);
        expect(field("a").querySelector("span + input")).toBe(input("a"));
        expect(field("b").querySelector("input + span").textContent).toBe("¥");
        expect(text("e").replace(/\s/g, " ")).toBe("9.000 ¥");
    });
});

describe("F21 F22 F23 F24: yes or no", () => {
    test("boxes, switches, stars and icons", async () => {
        const { field, input, page, saved } = await showFields(
            `<field name='a'/><field name='b' widget='boolean_toggle'/><field name='c' widget='boolean_favorite'/>
            <field name='d' widget='boolean_icon' options="{'icon': 'fa-bell'}" string='Ring'/><field name='e' readonly='1'/>`,
            Object.fromEntries([..."abcde"].map((name) => [name, { type: "boolean" }])),
            { a: false, b: false, c: true, d: false, e: true }
        );
        expect([input("e").disabled, field("e").classList.contains("o_field_empty")]).toEqual([true, false]);
        expect(field("c").textContent).toBe("Remove from Favorites");
        const icon = field("d").querySelector("button");
        expect([icon.dataset.tooltip, icon.querySelector("i").className]).toEqual(["Ring", "fa fa-bell"]);
        input("b").click();
        await settle();
        // a switch saves at once
        expect(saved()).toEqual({ b: true });
        input("a").click();
        icon.click();
        await save(page);
        expect(saved()).toEqual({ a: true, d: true });
        field("c").querySelector("a").click();
        await settle();
        expect([saved(), field("c").textContent]).toEqual([{ c: false }, "Add to Favorites"]);
    });

    test("a switch that is not saved at once", async () => {
        const { input, methods } = await showFields(
            `<field name='b' widget='boolean_toggle' options="{'autosave': False}"/>`,
            { b: { type: "boolean" } },
            { b: false }
        );
        input("b").click();
        await settle();
        expect(methods("web_save")).toEqual([]);
    });

    test("in a list a switch waits for its line to be edited", async () => {
        const { input, page } = await showFields(
            `<field name='lines'><list editable='bottom'><field name='b' widget='boolean_toggle'/></list></field>`,
            { lines: { type: "one2many", relation: "line" } },
            { lines: [5] },
            { models: { line: { fields: { b: { type: "boolean" } }, rows: [{ id: 5, display_name: "L", b: false }] } } }
        );
        expect(input("lines").disabled).toBe(true);
        page.querySelector(".o_data_row td[name='b']").click();
        await settle();
        expect([input("lines").disabled, input("lines").checked]).toEqual([false, false]);
        input("lines").click();
        await settle();
        expect(input("lines").checked).toBe(true);
    });
});

describe("F25 F26 F27 F28 F29 F30: choices", () => {
    const selection = { type: "selection", selection: STATES };
    const models = {
        stage: {
            fields: {},
            rows: [
                { id: 1, display_name: "New" },
                { id: 2, display_name: "Won" },
            ],
        },
    };
    const link = { type: "many2one", relation: "stage" };
    const labels = (input) => [...input.options].map((option) => [option.textContent, option.style.display]);

    test("a list, of choices or of records", async () => {
        const { input, page, saved, methods } = await showFields(
            `<field name='a' placeholder='Choose'/><field name='b' required='1'/>
            <field name='c' widget='selection' domain="[('id', '>', 0)]"/>`,
            { a: { ...selection, selection: [...STATES, [false, ""], ["d", ""]] }, b: selection, c: link },
            { a: false, b: false, c: 1 },
            { models }
        );
        expect(labels(input("a")).map(([label]) => label)).toEqual(["Choose", "First", "Second", "Third"]);
        expect(labels(input("b"))[0]).toEqual(["", "display: none;".slice(9, -1)]);
        expect(methods("name_search")[0].args).toEqual(["", [["id", ">", 0]]]);
        input("a").value = JSON.stringify("b");
        input("a").dispatchEvent(new Event("change", { bubbles: true }));
        input("c").value = "2";
        input("c").dispatchEvent(new Event("change", { bubbles: true }));
        input("b").value = JSON.stringify("c");
        input("b").dispatchEvent(new Event("change", { bubbles: true }));
        await save(page);
        expect(saved()).toEqual({ a: "b", b: "c", c: 2 });
    });

    test("some of the choices", async () => {
        const shown = (options, values = {}) =>
            showFields(
                `<field name='a' widget='filterable_selection' options="${options}"/>`,
                { a: selection, only: char },
                { a: "a", only: "b,c", ...values }
            ).then(({ input }) => labels(input("a")).flatMap(([label]) => (label ? [label] : [])));
        expect(await shown("{'whitelisted_values': ['b']}")).toEqual(["First", "Second"]);
        expect(await shown("{'blacklisted_values': ['b', 'a']}")).toEqual(["First", "Third"]);
        const all = "{'whitelist_fname': 'only', 'whitelisted_values': ['a'], 'blacklisted_values': ['b', 'c']}";
        expect(await shown(all)).toEqual(["First", "Second", "Third"]);
    });

    test("round buttons and badges", async () => {
        const { field, page, saved, calls } = await showFields(
            `<field name='r' widget='radio' options="{'horizontal': true}"/><field name='s' widget='radio'/>
            <field name='b' widget='selection_badge' options="{'size': 'lg'}"/><field name='c' widget='selection_badge'/>
            <field name='g' widget='badge' decoration-success="g == 'b'" decoration-danger='True'/>
            <field name='l' widget='label_selection' options="{'classes': {'c': 'danger'}}"/>
            <field name='n' widget='label_selection'/>`,
            {
                r: selection,
                s: link,
                b: selection,
                c: { ...selection, required: true },
                g: selection,
                l: selection,
                n: selection,
            },
            { r: "a", s: 1, b: "a", c: "a", g: "b", l: "c", n: "a" },
            { models }
        );
        expect(field("r").querySelector(".o_horizontal")).toBeTruthy();
        expect([...field("s").querySelectorAll("label")].map((label) => label.textContent)).toEqual(["New", "Won"]);
        expect(calls.some(({ params }) => params.method === "web_search_read" && params.model === "stage")).toBe(true);
        const badges = (name) => [...field(name).querySelectorAll(".o_selection_badge")];
        expect([badges("b")[0].className.includes("btn-sm"), badges("c")[0].className.includes("btn-sm")]).toEqual([
            false,
            true,
        ]);
        badges("b")[0].click();
        badges("c")[0].click();
        field("s").querySelectorAll("input")[1].click();
        await save(page);
        expect(saved()).toEqual({ b: false, s: 2 });
        expect(field("g").querySelector(".badge").classList.contains("text-bg-success")).toBe(true);
        expect(field("l").querySelector(".badge").classList.contains("text-bg-danger")).toBe(true);
        expect(field("n").querySelector(".badge").classList.contains("text-bg-primary")).toBe(true);
    });
});

describe("F31 F32 F33 F80: states", () => {
    const states = {
        type: "selection",
        string: "State",
        selection: [
            ["normal", "Going"],
            ["blocked", "Stuck"],
            ["done", "Ready"],
        ],
    };

    test("a dot with the names that the record has, and keys", async () => {
        const { commands, services } = noteCommands();
        const { field, page, saved } = await showFields(
            `<field name='legend_done' invisible='1'/><field name='s' widget='state_selection'/>
            <field name='t' widget='state_selection' options="{'hide_label': False}"/>`,
            { s: states, t: states, legend_done: char },
            { s: "blocked", t: "done", legend_done: "Shipped" },
            { services }
        );
        expect(field("s").querySelector(".o_status_red")).toBeTruthy();
        expect([field("s").textContent, field("t").textContent]).toEqual(["", "Shipped"]);
        field("s").querySelector("button").click();
        await settle();
        const items = [...page.querySelectorAll(".o-dropdown--menu .o-dropdown-item")];
        expect(items.map((item) => item.textContent)).toEqual(["Going", "Stuck", "Shipped"]);
        items[2].click();
        await settle();
        expect(saved()).toEqual({ s: "done" });
        const hotkeys = [...commands.values()].map(({ category, hotkey }) => [category, hotkey]);
        expect(hotkeys.slice(0, 3)).toEqual(["d", "f", "g"].map((key) => ["smart_action", `alt+${key}`]));
        await commands.get("Set State as Going").action();
        await settle();
        expect(saved().s ?? saved().t).toBe("normal");
    });

    test("stars", async () => {
        const { commands, services } = noteCommands();
        const { field, saved } = await showFields(
            "<field name='p' widget='priority'/>",
            {
                p: {
                    type: "selection",
                    string: "Priority",
                    selection: [
                        ["0", "Low"],
                        ["1", "High"],
                        ["2", "Top"],
                    ],
                },
            },
            { p: "1" },
            { services }
        );
        const stars = () => [...field("p").querySelectorAll(".o_priority_star")];
        expect(stars().map((star) => star.classList.contains("fa-star"))).toEqual([true, false]);
        stars()[0].click();
        await settle();
        expect(saved()).toEqual({ p: "0" });
        const command = commands.get("Set Priority...");
        expect([command.hotkey, command.category, command.isAvailable()]).toEqual(["alt+r", "smart_action", true]);
        const [{ provide }] = command.action().providers;
        expect(provide().map(({ name }) => name)).toEqual(["Low", "High", "Top"]);
        await provide()[2].action();
        await settle();
        expect(saved()).toEqual({ p: "2" });
    });

    const arrows = (field) => [...field("s").querySelectorAll(".o_statusbar_status > button[role=radio]")];

    test("a status bar goes from right to left in the page, and moves by clicks and commands", async () => {
        const { commands, services } = noteCommands();
        const { field, saved } = await showFields(
            `<header><field name='s' widget='statusbar' statusbar_visible='b,c' options="{'clickable': '1'}"/></header>`,
            { s: { type: "selection", string: "Stage", selection: STATES } },
            { s: "a" },
            { services }
        );
        expect(arrows(field).map((arrow) => arrow.textContent)).toEqual(["Third", "Second", "First"]);
        expect(arrows(field).map((arrow) => arrow.classList.contains("o_arrow_button_current"))).toEqual([
            false,
            false,
            true,
        ]);
        expect([arrows(field)[0].className.includes("o_last"), arrows(field)[2].className.includes("o_first")]).toEqual(
            [true, true]
        );
        arrows(field)[1].click();
        await settle();
        expect(saved()).toEqual({ s: "b" });
        // the first one is not named by the view
        expect(arrows(field).map((arrow) => arrow.textContent)).toEqual(["Third", "Second"]);
        const next = commands.get("Move to next Stage");
        expect([next.hotkey, next.category, next.isAvailable()]).toEqual(["alt+x", "smart_action", true]);
        await next.action();
        await settle();
        expect([saved(), next.isAvailable()]).toEqual([{ s: "c" }, false]);
        const move = commands.get("Move to Stage...");
        expect(move.hotkey).toBe("alt+shift+x");
        expect(
            move
                .action()
                .providers[0].provide()
                .map(({ name }) => name)
        ).toEqual(["Second"]);
    });

    test("stages are records; those that are folded have their place in a menu", async () => {
        const models = {
            stage: {
                fields: { fold: { type: "boolean" } },
                rows: ["New", "Won", "Lost"].map((display_name, index) => ({
                    id: index + 1,
                    display_name,
                    fold: index === 2,
                })),
            },
        };
        const { field, page, saved, methods } = await showFields(
            `<header><field name='s' widget='statusbar' domain="[('id', '&lt;', 9)]"
                options="{'clickable': True, 'fold_field': 'fold'}"/></header>`,
            { s: { type: "many2one", relation: "stage" } },
            { s: 1 },
            { models }
        );
        expect(methods("search_read")[0].kwargs).toMatchObject({
            domain: ["|", ["id", "<", 9], ["id", "=", 1]],
            fields: ["display_name", "fold"],
        });
        expect(arrows(field).map((arrow) => arrow.textContent)).toEqual(["Won", "New"]);
        field("s").querySelector("button.o_last").click();
        await settle();
        page.querySelector(".o-dropdown--menu .o-dropdown-item").click();
        await settle();
        expect(saved()).toEqual({ s: 3 });
        expect(arrows(field).map((arrow) => arrow.textContent)).toEqual(["Lost", "Won", "New"]);
    });

    test("what has no room is in menus, and at last all is", async () => {
        const selection = [..."abcdefgh"].map((key) => [key, `Stage with a name ${key}`]);
        const { field, page } = await showFields(
            `<header><field name='s' widget='statusbar' options="{'clickable': '1'}"/></header>`,
            { s: { type: "selection", selection } },
            { s: "d" }
        );
        const style = document.createElement("style");
        style.textContent = `.o_statusbar_status { display: flex; flex-wrap: wrap; flex-direction: row-reverse; }
            .o_statusbar_status.d-none { display: none }
            .o_statusbar_status button { width: 150px; height: 30px; flex: none; box-sizing: border-box; padding: 0 }`;
        page.append(style);
        const fit = async (width) => {
            field("s").style.width = `${width}px`;
            window.dispatchEvent(new Event("resize"));
            await settle(25);
            return arrows(field)
                .map((arrow) => arrow.textContent.at(-1))
                .reverse()
                .join("");
        };
        expect(await fit(1300)).toBe("abcdefgh");
        expect(await fit(760)).toBe("abcd");
        expect(field("s").querySelectorAll(".o_statusbar_status button.o_last").length).toBe(1);
        expect(await fit(460)).toBe("d");
        expect(field("s").querySelectorAll("button.o_first").length).toBe(1);
        await fit(160);
        const shown = [...field("s").querySelectorAll("button")].filter((button) => button.getClientRects().length);
        expect(shown.map((button) => button.textContent.trim())).toEqual(["Stage with a name d"]);
        expect(await fit(1300)).toBe("abcdefgh");
    });

    test("without `clickable` nothing can be clicked", async () => {
        const { field } = await showFields(
            "<header><field name='s' widget='statusbar'/></header>",
            { s: { type: "selection", selection: STATES } },
            { s: "a" }
        );
        expect(arrows(field).every((arrow) => arrow.disabled)).toBe(true);
    });
});

test("F34: a zone that is not the browser's is marked", async () => {
    const { field } = await showFields(
        `<field name='tz' widget='timezone_mismatch' options="{'mismatch_title': 'Elsewhere', 'tz_offset_field': 'off'}"/>`,
        { tz: { type: "selection", selection: [["x", "X"]] }, off: char },
        { tz: "x", off: "+0013" }
    );
    expect(field("tz").querySelector(".o_tz_warning").dataset.tooltip).toBe("Elsewhere");
});

describe("F35 F36 F37 F38 F81: dates", () => {
    const date = { type: "date" };
    const datetime = { type: "datetime" };
    const iso = (value) => value.toISODate();

    test("what is shown", async () => {
        const { input, field } = await showFields(
            `<field name='d'/><field name='c' options="{'condensed': True}" readonly='1'/>
            <field name='t'/><field name='s' options="{'show_seconds': False}"/>
            <field name='n' options="{'show_time': False}"/><field name='w' options="{'warn_future': True}"/>`,
            { d: date, c: date, t: datetime, s: datetime, n: datetime, w: date },
            {
                d: "2026-03-01",
                c: "2026-03-01",
                t: "2026-03-01 10:20:30",
                s: "2026-03-01 10:20:30",
                n: "2026-03-01 10:20:30",
                w: iso(DateTime.local().plus({ days: 9 })),
            }
        );
        expect([input("d").value, field("c").textContent]).toEqual(["03/01/2026", "3/1/2026"]);
        expect(input("t").value).toMatch(/^03\/01\/2026 \d\d:20:30$/);
        expect(input("s").value).toMatch(/^03\/01\/2026 \d\d:20$/);
        expect(input("n").value).toBe("03/01/2026");
        expect(field("w").querySelector("[title='This date is in the future']")).toBeTruthy();
    });

    test("a click opens the picker; what is not required is taken away", async () => {
        const { input, page, saved } = await showFields(
            "<field name='d'/><field name='r' required='1'/>",
            { d: date, r: date },
            { d: "2026-03-01", r: "2026-03-01" }
        );
        input("d").click();
        await settle();
        const day = [...page.querySelectorAll(".o_date_item_cell")].find((cell) => cell.textContent === "15");
        day.click();
        await settle();
        expect([page.querySelector(".o_datetime_picker"), input("d").value]).toEqual([null, "03/15/2026"]);
        await type(input("r"), "");
        expect(input("r").value).toBe("03/01/2026");
        await type(input("d"), "");
        await save(page);
        expect(saved()).toEqual({ d: false });
    });

    test("precision, bounds and seconds of the picker", async () => {
        const { input, page, saved } = await showFields(
            `<field name='d' options="{'min_precision': 'months', 'max_precision': 'years', 'min_date': '2020-01-01'}"/>
            <field name='t' options="{'rounding': 0}"/>`,
            { d: date, t: datetime },
            { d: "2026-03-09", t: "2026-03-01 10:00:07" }
        );
        input("d").click();
        await settle();
        const cells = () => [...page.querySelectorAll(".o_date_item_cell")].map((cell) => cell.textContent);
        expect(cells().length).toBe(12);
        page.querySelector(".o_zoom_out").click();
        await settle();
        page.querySelector(".o_zoom_out").click();
        await settle();
        expect(cells()).toContain("2026");
        page.querySelectorAll(".o_date_item_cell")[10].click();
        await settle();
        page.querySelectorAll(".o_date_item_cell")[4].click();
        await settle();
        input("t").click();
        await settle();
        const [, , seconds] = page.querySelectorAll(".o_time_picker_select");
        expect(seconds.value).toBe("7");
        page.querySelector(".o_time_picker .btn").click();
        await save(page);
        expect(saved().d).toMatch(/^202\d-05-01$/);
    });

    const RANGE = `<field name='a' widget='daterange' options="{'end_date_field': 'b'}"/>`;

    test("a period with one end has a button for the other, an hour away", async () => {
        const { field, page, saved } = await showFields(
            RANGE,
            { a: datetime, b: datetime },
            { a: "2026-03-01 10:00:00", b: false }
        );
        expect(field("a").querySelectorAll("input").length).toBe(1);
        field("a").querySelector(".o_add_end_date").click();
        await settle();
        expect(field("a").querySelectorAll("input").length).toBe(2);
        await save(page);
        expect(saved()).toEqual({ b: "2026-03-01 11:00:00" });
    });

    test("the end alone has a button for the start", async () => {
        const { field, page, saved } = await showFields(
            `<field name='b' widget='daterange' options="{'start_date_field': 'a'}"/>`,
            { a: datetime, b: datetime },
            { a: false, b: "2026-03-01 10:00:00" }
        );
        field("b").querySelector(".o_add_start_date").click();
        await settle();
        await save(page);
        expect(saved()).toEqual({ a: "2026-03-01 09:00:00" });
    });

    test("both ends are shown when they are set, required or always wanted; both are kept", async () => {
        const shown = (node, values) =>
            showFields(node, { a: date, b: date }, { a: false, b: false, ...values }).then(
                ({ field }) => field("a").querySelectorAll("input").length
            );
        expect(await shown(RANGE)).toBe(1);
        expect(await shown(RANGE, { a: "2026-03-01", b: "2026-03-02" })).toBe(2);
        expect(await shown(RANGE.replace("/>", " required='1'/>"))).toBe(2);
        expect(await shown(RANGE.replace("}", ", 'always_range': True}"))).toBe(2);
        const { field, page, saved } = await showFields(
            RANGE,
            { a: date, b: date },
            { a: "2026-03-01", b: "2026-03-02" }
        );
        const [start, end] = field("a").querySelectorAll("input");
        await type(end, "03/08/2026");
        await type(start, "02/08/2026");
        await save(page);
        expect(saved()).toEqual({ a: "2026-02-08", b: "2026-03-08" });
    });

    test("half a period is not valid where it is required; two options for the other end are one too many", () => {
        const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
        afterThis(() => warn.mockRestore());
        const { fieldDependencies, isValid } = registry.category("fields").get("daterange");
        const options = { end_date_field: "b" };
        const record = (b) => ({ data: { a: 1, b }, isFieldInvalid: () => false, evalContextWithVirtualIds: {} });
        expect(isValid(record(false), "a", { options, required: "True" })).toBe(false);
        expect(isValid(record(2), "a", { options, required: "True" })).toBe(true);
        expect(isValid(record(false), "a", { options, required: null })).toBe(true);
        fieldDependencies({ name: "a", type: "date", options: { ...options, start_date_field: "c" } });
        expect(warn).toHaveBeenCalledOnce();
        expect(fieldDependencies({ name: "a", type: "date", options })).toEqual([
            { name: "b", type: "date", readonly: false },
        ]);
        const width = registry.category("fields").get("list.daterange").listViewWidth;
        expect([width({ type: "date" }), width({ type: "datetime" })]).toEqual([180, 294]);
    });

    test("days that remain", async () => {
        const day = (days) => iso(DateTime.local().plus({ days }));
        const names = { a: -1, b: 0, c: 1, d: -3, e: 5, f: 150 };
        const nodes = Object.keys(names).map((name) => `<field name='${name}' widget='remaining_days' readonly='1'/>`);
        const fields = Object.fromEntries(Object.keys(names).map((name) => [name, date]));
        const values = Object.fromEntries(Object.entries(names).map(([name, days]) => [name, day(days)]));
        const { field } = await showFields(nodes.join(""), fields, values);
        const texts = Object.keys(names).map((name) => field(name).textContent);
        expect(texts.slice(0, 5)).toEqual(["Yesterday", "Today", "Tomorrow", "3 days ago", "In 5 days"]);
        expect(texts[5]).toBe(DateTime.local().plus({ days: 150 }).toFormat("MM/dd/yyyy"));
        const classes = (name) => field(name).firstElementChild.className;
        expect([classes("a"), classes("b"), classes("c")]).toEqual(["fw-bold text-danger", "fw-bold text-warning", ""]);
        const archived = await showFields(
            "<field name='active' invisible='1'/><field name='a' widget='remaining_days' readonly='1'/>",
            { a: date, active: { type: "boolean" } },
            { a: day(-4), active: false }
        );
        expect(archived.field("a").firstElementChild.className).toBe("");
    });
});
