/** Cells of lists that are selected, copied to spreadsheets, pasted from there and filled down. */
import { describe, expect, test } from "vitest";
import { fromTsv, toTsv } from "@web/views/list/cell_text";
import { nextFrame } from "./mount";
import { count, mountView, texts, until } from "./view_harness";

const models = () => ({
    thing: {
        fields: {
            id: { name: "id", type: "integer", string: "ID" },
            name: { name: "name", type: "char", string: "Name", sortable: true },
            size: { name: "size", type: "integer", string: "Size" },
            day: { name: "day", type: "date", string: "Day" },
            done: { name: "done", type: "boolean", string: "Done" },
            state: {
                name: "state",
                type: "selection",
                string: "State",
                selection: [
                    ["a", "Alpha"],
                    ["b", "Beta"],
                ],
            },
            owner: { name: "owner", type: "many2one", relation: "person", string: "Owner" },
        },
        records: [1, 2, 3].map((id) => ({
            id,
            name: `Thing ${id}`,
            size: id * 1000,
            day: `2024-05-0${id}`,
            done: id === 1,
            state: "a",
            owner: false,
        })),
    },
    person: {
        fields: { display_name: { name: "display_name", type: "char", string: "Name" } },
        records: ["Ann", "Bob", "Bob"].map((name, index) => ({ id: index + 1, display_name: name })),
    },
});
const ARCH = `<list editable="bottom"><field name="name" required="1"/><field name="size"/><field name="day"/>
    <field name="done"/><field name="state"/><field name="owner"/></list>`;

const show = (arch = ARCH, props = {}) => mountView({ resModel: "thing", arch, ...props }, models());
const cell = (target, row, name) => target.querySelectorAll(".o_data_row")[row].querySelector(`td[name='${name}']`);
const clickShift = (el) =>
    el.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: true }));
const press = (el, key, options) =>
    el.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }));
const sent = (calls) =>
    calls.filter(({ params }) => params.method === "web_save_lines").map(({ params }) => params.args[0]);
const inRange = (target) => target.querySelectorAll(".o_cell_in_range").length;

function clipboard(kind, el, text) {
    const clipboardData = new DataTransfer();
    if (text !== undefined) {
        clipboardData.setData("text/plain", text);
    }
    el.dispatchEvent(new ClipboardEvent(kind, { bubbles: true, cancelable: true, clipboardData }));
    return clipboardData.getData("text/plain");
}

async function select(target, [row, name], [toRow, toName]) {
    cell(target, row, name).focus();
    clickShift(cell(target, toRow, toName));
    await until(() => inRange(target));
}

describe("text of spreadsheets", () => {
    test("is cut at tabs and line breaks that are not in quotes", () => {
        expect(fromTsv("a\tb\nc\td\n")).toEqual([
            ["a", "b"],
            ["c", "d"],
        ]);
        expect(fromTsv('"a\tb"\t"x ""y"" z"\r\n\tlast')).toEqual([
            ["a\tb", 'x "y" z'],
            ["", "last"],
        ]);
        expect(fromTsv("one")).toEqual([["one"]]);
        expect(fromTsv("a\t")).toEqual([["a", ""]]);
        expect(fromTsv("a\n\nb")).toEqual([["a"], [""], ["b"]]);
    });

    test("comes back as it was", () => {
        const rows = [
            ["a\tb", 'say "x"', "two\nlines"],
            ["", "plain", "ü"],
        ];
        expect(fromTsv(toTsv(rows))).toEqual(rows);
    });
});

describe("cells are selected", () => {
    test("with Shift and a click, from the cell with the focus", async () => {
        const { target } = await show();
        await count(target, ".o_data_row", 3);
        await select(target, [0, "size"], [1, "day"]);
        expect(inRange(target)).toBe(4);
        clickShift(cell(target, 2, "name"));
        await until(() => inRange(target) === 6);
        expect(document.activeElement).toBe(cell(target, 2, "name"));
        expect(target.querySelector(".o_selected_row")).toBe(null);
    });

    test("with Shift and arrows; Escape ends it", async () => {
        const { target } = await show();
        await count(target, ".o_data_row", 3);
        cell(target, 0, "name").focus();
        press(document.activeElement, "ArrowRight", { shiftKey: true });
        await until(() => inRange(target) === 2);
        press(document.activeElement, "ArrowDown", { shiftKey: true });
        await until(() => inRange(target) === 4);
        expect(target.querySelector(".o_data_row_selected")).toBe(null);
        press(document.activeElement, "Escape");
        await until(() => inRange(target) === 0);
    });
});

describe("copying", () => {
    test("gives what is selected as the user reads it", async () => {
        const { target } = await show();
        await count(target, ".o_data_row", 3);
        await select(target, [0, "name"], [1, "state"]);
        expect(clipboard("copy", document.activeElement)).toBe(
            "Thing 1\t1,000\t05/01/2024\tYes\tAlpha\nThing 2\t2,000\t05/02/2024\tNo\tAlpha"
        );
    });

    test("gives selected lines with the names of the columns, in lists that nobody edits, too", async () => {
        const { target } = await show(`<list><field name="name"/><field name="size"/></list>`);
        await count(target, ".o_data_row", 3);
        target.querySelectorAll(".o_data_row .o_list_record_selector input")[1].click();
        await count(target, ".o_data_row_selected", 1);
        cell(target, 1, "name").focus();
        expect(clipboard("copy", document.activeElement)).toBe("Name\tSize\nThing 2\t2,000");
    });
});

describe("pasting", () => {
    test("a block changes lines and adds others, in one save", async () => {
        const { target, calls } = await show();
        await count(target, ".o_data_row", 3);
        cell(target, 2, "name").focus();
        clipboard(
            "paste",
            document.activeElement,
            "New name\t1,234\t06/07/2024\tyes\tbeta\tann\nAnother\t=2*3\t\tno\t\t\n"
        );
        await until(() => sent(calls).length);
        expect(sent(calls)).toEqual([
            [
                {
                    id: 3,
                    values: { name: "New name", size: 1234, day: "2024-06-07", done: true, state: "b", owner: 1 },
                },
                {
                    id: false,
                    values: { name: "Another", size: 6, day: false, done: false, state: false, owner: false },
                },
            ],
        ]);
    });

    test("nothing is changed where a cell cannot be taken; one message names all of them", async () => {
        const { target, calls } = await show();
        await count(target, ".o_data_row", 3);
        cell(target, 0, "name").focus();
        clipboard("paste", document.activeElement, "\tabc\tnever\tmaybe\tGamma\tBob\nFine\t1\t\t\t\tNobody\ttoo much");
        const [dialog] = await count(document.body, ".modal", 1);
        const text = dialog.textContent;
        for (const part of [
            "Line 1, Name: a value is needed",
            'Line 1, Size: "abc" is not',
            "Line 1, Day",
            "Line 1, Done: “maybe” is neither yes nor no",
            "Line 1, State: “Gamma” is none of the choices",
            "Line 1, Owner: “Bob” fits several records",
            "Line 2, Owner: “Nobody” is not found",
            "there is no column for “too much”",
        ]) {
            expect(text).toContain(part);
        }
        expect(sent(calls)).toEqual([]);
        expect(target.querySelectorAll(".o_invalid_cell").length).toBe(7);
        expect(calls.filter(({ params }) => params.method === "name_search").length).toBe(2);
    });

    test("cells that cannot be changed are left alone, lines are not added where they may not be", async () => {
        const arch = `<list editable="bottom" create="0"><field name="name"/><field name="size" readonly="done"/></list>`;
        const { target, calls } = await show(
            arch.replace('<field name="size"', '<field name="done" column_invisible="1"/><field name="size"')
        );
        await count(target, ".o_data_row", 3);
        cell(target, 0, "size").focus();
        clipboard("paste", document.activeElement, "1\n2\n3\n4");
        const [dialog] = await count(document.body, ".modal", 1);
        expect(dialog.textContent).toContain("Line 1, Size: this cell cannot be changed");
        expect(dialog.textContent).toContain("Line 4, Size: there is no line for “4”");
        expect(sent(calls)).toEqual([]);
    });

    test("one cell fills what is selected; a word that is typed in is a word", async () => {
        const { target, calls } = await show();
        await count(target, ".o_data_row", 3);
        await select(target, [0, "size"], [2, "size"]);
        clipboard("paste", document.activeElement, "7");
        await until(() => sent(calls).length);
        expect(sent(calls)[0].map(({ id, values }) => [id, values])).toEqual([1, 2, 3].map((id) => [id, { size: 7 }]));
        cell(target, 0, "name").dispatchEvent(new MouseEvent("click", { bubbles: true }));
        const [input] = await count(target, ".o_selected_row td[name='name'] input", 1);
        clipboard("paste", input, "word");
        await nextFrame();
        expect(sent(calls).length).toBe(1);
        clipboard("paste", input, "a\t1\nb\t2");
        await until(() => sent(calls).length === 2);
        expect(sent(calls)[1]).toMatchObject([
            { id: 1, values: { name: "a", size: 1 } },
            { id: 2, values: { name: "b", size: 2 } },
        ]);
    });

    test("too much at once is refused, and lists that are not edited take nothing", async () => {
        const { target, calls } = await show();
        await count(target, ".o_data_row", 3);
        cell(target, 0, "name").focus();
        clipboard("paste", document.activeElement, Array(1002).fill("x").join("\n"));
        const [dialog] = await count(document.body, ".modal", 1);
        expect(dialog.textContent).toContain("1000 lines");
        expect(sent(calls)).toEqual([]);
        const other = await show(`<list><field name="name"/></list>`);
        await count(other.target, ".o_data_row", 3);
        cell(other.target, 0, "name").focus();
        clipboard("paste", document.activeElement, "a\nb");
        await nextFrame();
        expect(sent(other.calls)).toEqual([]);
    });
});

test("the first selected line fills those below it", async () => {
    const { target, calls } = await show();
    await count(target, ".o_data_row", 3);
    await select(target, [0, "size"], [2, "done"]);
    press(document.activeElement, "d", { ctrlKey: true });
    await until(() => sent(calls).length);
    const values = { size: 1000, day: "2024-05-01", done: true };
    expect(sent(calls)[0]).toEqual([
        { id: 2, values },
        { id: 3, values },
    ]);
    expect(texts(target, ".o_cell_in_range")).toEqual([]);
});

test("lines of a form are changed and added there, and stored with it", async () => {
    const data = models();
    data.thing.fields.up = { name: "up", type: "many2one", relation: "box", string: "Box" };
    data.box = {
        fields: {
            id: { name: "id", type: "integer", string: "ID" },
            lines: { name: "lines", type: "one2many", relation: "thing", relation_field: "up", string: "Lines" },
        },
        records: [{ id: 1, lines: data.thing.records.slice(0, 2) }],
    };
    const arch = `<form><field name="lines"><list editable="bottom"><field name="name"/><field name="size"/></list></field></form>`;
    const { target, calls } = await mountView({ resModel: "box", type: "form", arch, resId: 1 }, data);
    await count(target, ".o_data_row", 2);
    cell(target, 1, "name").focus();
    clipboard("paste", document.activeElement, "Second\t5\nThird\t6");
    await count(target, ".o_data_row", 3);
    expect(texts(target, ".o_data_row td[name='name']")).toEqual(["Thing 1", "Second", "Third"]);
    expect(sent(calls)).toEqual([]);
    target.querySelector(".o_form_button_save").click();
    await until(() => calls.some(({ params }) => params.method === "web_save"));
    const { args } = calls.find(({ params }) => params.method === "web_save").params;
    expect(args[1].lines).toEqual([
        [1, 2, { name: "Second", size: 5 }],
        [0, expect.any(String), expect.objectContaining({ name: "Third", size: 6 })],
    ]);
});
