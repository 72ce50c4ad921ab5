/** Lists as a whole, with what their arch says. */
import { describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { parseXML } from "@web/core/utils/xml";
import { GroupListArchParser, ListArchParser } from "@web/views/list/list_arch_parser";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { afterThis, nextFrame } from "./mount";
import { count, mountView, texts, until } from "./view_harness";

const FIELDS = {
    id: { name: "id", type: "integer", string: "ID" },
    name: { name: "name", type: "char", string: "Name", sortable: true },
    active: { name: "active", type: "boolean", string: "Active" },
    amount: { name: "amount", type: "float", string: "Amount", aggregator: "sum", sortable: true },
    size: { name: "size", type: "integer", string: "Size" },
    state: {
        name: "state",
        type: "selection",
        string: "State",
        selection: [
            ["a", "A"],
            ["b", "B"],
        ],
    },
    owner: { name: "owner", type: "many2one", relation: "person", string: "Owner" },
};
const models = () => ({
    thing: {
        fields: { ...FIELDS },
        records: [1, 2, 3, 4].map((id) => ({
            id,
            name: `Thing ${id}`,
            active: id !== 2,
            amount: id * 10,
            size: id,
            state: id < 3 ? "a" : "b",
            owner: id === 4 ? false : { id: 7, display_name: "Ann" },
        })),
    },
    person: {
        fields: {
            display_name: { name: "display_name", type: "char", string: "Name" },
            rank: { name: "rank", type: "integer", string: "Rank" },
        },
        records: [
            { id: 7, display_name: "Ann", rank: 1 },
            { id: 8, display_name: "Bob", rank: 2 },
        ],
    },
});
const relatedModels = Object.fromEntries(Object.entries(models()).map(([name, { fields }]) => [name, { fields }]));

const show = (arch, props = {}, options = {}) => mountView({ resModel: "thing", arch, ...props }, models(), options);
const parse = (arch, Parser = ListArchParser) => new Parser().parse(parseXML(arch), relatedModels, "thing");
const cell = (target, row, name) => target.querySelectorAll(".o_data_row")[row].querySelector(`td[name='${name}']`);
const click = (el, options = {}) =>
    el.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...options }));
const fire = (el, kind) => el.dispatchEvent(new Event(kind, { bubbles: true }));
const asked = (calls, method) => calls.filter(({ params }) => params.method === method).map(({ params }) => params);

describe("the arch", () => {
    test("V70: the view is an object whose parts subclasses replace", async () => {
        const { ArchParser, buttonTemplate, canOrderByCount, limit, Model, type } = listView;
        expect({ buttonTemplate, canOrderByCount, limit, type }).toEqual({
            buttonTemplate: "web.ListView.Buttons",
            canOrderByCount: true,
            limit: 80,
            type: "list",
        });
        expect(Model.name).toBe("RelationalModel");
        class Loud extends ArchParser {
            parseFieldNode(...args) {
                const info = super.parseFieldNode(...args);
                return { ...info, string: info.string.toUpperCase() };
            }
            parseWidgetNode(node) {
                return { ...super.parseWidgetNode(node), loud: true };
            }
            processButton(node) {
                return { ...super.processButton(node), string: "!" };
            }
        }
        const { columns } = parse(`<list><field name="name"/><button name="a"/></list>`, Loud);
        expect([columns[0].label, columns[1].buttons[0].string]).toEqual(["NAME", "!"]);
    });

    test("V71, V74: attributes of the root", () => {
        const plain = parse("<list/>");
        expect(plain.activeActions).toEqual({
            type: "view",
            create: true,
            delete: true,
            duplicate: true,
            edit: true,
            exportXlsx: true,
        });
        expect(plain).toMatchObject({
            editable: "",
            noOpen: false,
            openAction: null,
            limit: undefined,
            rawExpand: null,
        });
        const full = parse(
            `<list create="0" duplicate="1" export_xlsx="0" editable="top" multi_edit="1" open_form_view="1" limit="5"
                count_limit="6" groups_limit="7" no_open="1" expand="context.get('x')" default_group_by="state,name"
                default_order="name desc, id" action="go" type="object" class="mine" decoration-danger="size > 2"/>`
        );
        expect(full.activeActions).toMatchObject({ create: false, duplicate: false, exportXlsx: false });
        expect(full).toMatchObject({
            className: "mine",
            countLimit: 6,
            decorations: [{ class: "text-danger", condition: "size > 2" }],
            defaultGroupBy: ["state", "name"],
            defaultOrder: [
                { name: "name", asc: false },
                { name: "id", asc: true },
            ],
            editable: "top",
            groupsLimit: 7,
            limit: 5,
            multiEdit: true,
            noOpen: true,
            openAction: { action: "go", type: "object" },
            openFormView: true,
            rawExpand: "context.get('x')",
        });
        expect(parse(`<list edit="0" multi_edit="1"/>`).multiEdit).toBe(false);
        const handled = parse(`<list><field name="size" widget="handle"/></list>`);
        expect(handled.defaultOrder.map(({ name }) => name)).toEqual(["size", "id"]);
    });

    test("V72: columns; buttons beside each other share one, unless they have a width", () => {
        const { columns } = parse(`<list>
            <button name="a" column_invisible="x"/><button name="b" column_invisible="y"/><button name="c" width="50"/>
            <button name="d"/><button name="e" column_invisible="x"/>
            <field name="name" nolabel="1" optional="hide" class="big"/><field name="amount" string="Sum of it"/>
        </list>`);
        expect(columns.map(({ type, buttons }) => [type, buttons?.map(({ clickParams }) => clickParams.name)])).toEqual(
            [
                ["button_group", ["a", "b"]],
                ["button_group", ["c"]],
                ["button_group", ["d", "e"]],
                ["field", undefined],
                ["field", undefined],
            ]
        );
        expect(columns.slice(0, 3).map((column) => column.column_invisible)).toEqual(["(x) and (y)", null, null]);
        expect(columns[3]).toMatchObject({ className: "big", fieldType: "char", hasLabel: false, optional: "hide" });
        expect(columns[4]).toMatchObject({ hasLabel: true, label: "Sum of it", optional: false });
        expect(columns.every(({ id }) => /^column_\d+$/.test(id))).toBe(true);
    });

    test("V73: buttons of the header, links that add lines, and what groups show of their records", () => {
        const { controls, groupBy, headerButtons } = parse(`<list>
            <header><button name="a" display="always"/><button name="b" invisible="1"/></header>
            <control><create string="One" context="{'a': 1}"/><button name="c" type="object" string="Two"/></control>
            <groupby name="owner"><field name="rank"/><button name="edit" type="edit" string="Edit"/></groupby>
            <groupby name="state"><button name="x"/></groupby>
        </list>`);
        expect(headerButtons.map(({ clickParams, display }) => [clickParams.name, display])).toEqual([["a", "always"]]);
        expect(controls).toMatchObject([
            { type: "create", string: "One", context: "{'a': 1}" },
            { type: "button", string: "Two" },
        ]);
        expect(Object.keys(groupBy.fields)).toEqual(["owner"]);
        expect(groupBy.fields.owner.fieldNodes.rank).toMatchObject({ type: "integer" });
        expect(groupBy.buttons.owner).toMatchObject([{ string: "Edit", clickParams: { type: "edit" } }]);
        const node = parseXML(`<groupby name="owner"><field name="rank"/></groupby>`);
        expect(new GroupListArchParser().parse(node, relatedModels, "person").buttons).toEqual([]);
        expect(() => parse(`<list><groupby name="nothing"/></list>`)).toThrow('"nothing"');
    });
});

describe("columns", () => {
    test("V75: those that the context hides and handles of groups are not shown", async () => {
        const arch = `<list><field name="size" widget="handle"/><field name="name"/>
            <field name="amount" column_invisible="context.get('short')"/></list>`;
        const { target } = await show(arch, { context: { short: true } });
        await count(target, ".o_data_row", 4);
        expect([...target.querySelectorAll("th[data-name]")].map((th) => th.dataset.name)).toEqual(["size", "name"]);
        const grouped = await show(arch, { groupBy: ["state"] });
        expect([...grouped.target.querySelectorAll("th[data-name]")].map((th) => th.dataset.name)).toEqual([
            "name",
            "amount",
        ]);
    });

    test("V76: optional columns are kept under the names of model, view and fields", async () => {
        afterThis(() => localStorage.clear());
        const arch = `<list><field name="name"/><field name="size" optional="hide"/><field name="amount" optional="show"/></list>`;
        const { target } = await show(arch);
        const key = "optional_fields,thing,list,amount,name,size";
        const names = () => [...target.querySelectorAll("th[data-name]")].map((th) => th.dataset.name);
        expect(names()).toEqual(["name", "amount"]);
        target.querySelector(".o_optional_columns_dropdown").click();
        const [box] = await count(document.body, ".o_optional_columns_menu input[name='size']", 1);
        box.click();
        await until(() => names().length === 3);
        expect(localStorage.getItem(key).split(",").sort()).toEqual(["amount", "size"]);
        const again = await show(arch);
        expect(again.target.querySelectorAll("th[data-name]").length).toBe(3);
    });

    test("V76: developers may have a button that opens the form of a line", async () => {
        afterThis(() => localStorage.clear());
        const { target } = await show(`<list><field name="name"/></list>`, {}, { env: { debug: "1" } });
        expect(target.querySelector(".o_list_record_open_form_view")).toBe(null);
        target.querySelector(".o_optional_columns_dropdown").click();
        const [box] = await count(document.body, "input[name='debug_open_view']", 1);
        box.click();
        await count(target, ".o_list_record_open_form_view", 4);
        expect(localStorage.getItem("debug_open_view,thing,list,name")).toBe("true");
    });

    test("V76: properties are chosen by what defines them, alone or together", async () => {
        afterThis(() => localStorage.clear());
        const data = models();
        data.thing.fields.props = {
            name: "props",
            type: "properties",
            string: "Properties",
            definition_record: "owner",
        };
        data.thing.records.forEach((record) => {
            record.props = record.owner
                ? [
                      { name: "one", string: "One", type: "char", value: "1" },
                      { name: "two", string: "Two", type: "integer", value: 2 },
                      { name: "bar", string: "Bar", type: "separator" },
                  ]
                : [];
        });
        const arch = `<list><field name="name"/><field name="owner"/><field name="props"/></list>`;
        const { target } = await mountView({ resModel: "thing", arch }, data);
        target.querySelector(".o_optional_columns_dropdown").click();
        const [group] = await count(document.body, ".o_optional_columns_group", 1);
        expect(group.textContent.trim()).toBe("Ann");
        group.querySelector("input").click();
        await until(() => target.querySelector("th[data-name='props.one']"));
        expect(texts(target, "th[data-name^='props.']")).toEqual(["One", "Two"]);
        expect(target.querySelector("th[data-name='props.one']").classList).not.toContain("o_column_sortable");
        expect(texts(target, "tfoot td").join("")).toContain("6");
        document.body.querySelector(".o_optional_columns_group input").click();
        await until(() => !target.querySelector("th[data-name^='props.']"));
    });

    test("V82: a click on a header sorts, not while a line is edited", async () => {
        const { target, calls } = await show(`<list editable="bottom"><field name="name"/><field name="size"/></list>`);
        const header = target.querySelector("th[data-name='name']");
        header.click();
        await until(() => header.ariaSort === "ascending" || target.querySelector("th[aria-sort='ascending']"));
        target.querySelector("th[data-name='name']").click();
        await until(() => target.querySelector("th[aria-sort='descending']"));
        expect(asked(calls, "web_search_read").map(({ kwargs }) => kwargs.order)).toEqual([
            "",
            "name ASC",
            "name DESC",
        ]);
        expect(target.querySelector("th[data-name='size']").classList).not.toContain("o_column_sortable");
        click(cell(target, 0, "name"));
        await count(target, ".o_selected_row", 1);
        target.querySelector("th[data-name='name']").click();
        await nextFrame();
        expect(asked(calls, "web_search_read").length).toBe(3);
    });

    test("V89: a field may be shown as it is", async () => {
        const { target } = await show(
            `<list><field name="amount" options="{'enable_formatting': false}"/><field name="size" decoration-danger="size > 3"/></list>`
        );
        await count(target, ".o_data_row", 4);
        expect(texts(target, "td[name='amount']")).toEqual(["10", "20", "30", "40"]);
        expect(cell(target, 3, "size").className).toContain("text-danger");
        expect(cell(target, 3, "size").className).toContain("o_list_number");
    });
});

describe("lines", () => {
    test("V78: a click edits, opens, or only leaves the line in edition", async () => {
        const opened = vi.fn();
        const { target } = await show(`<list multi_edit="1"><field name="name"/></list>`, { selectRecord: opened });
        await count(target, ".o_data_row", 4);
        click(cell(target, 2, "name"));
        await until(() => opened.mock.calls.length);
        expect(opened.mock.lastCall[0]).toBe(3);
        target.querySelector(".o_data_row .o_list_record_selector input").click();
        await count(target, ".o_data_row_selected", 1);
        click(cell(target, 0, "name"));
        await count(target, ".o_selected_row", 1);
        click(cell(target, 2, "name"));
        await count(target, ".o_selected_row", 0);
        expect(opened).toHaveBeenCalledOnce();
    });

    test("V78: a click on a box ticks it, with its line in edition", async () => {
        const { target } = await show(`<list editable="bottom"><field name="name"/><field name="active"/></list>`);
        await count(target, ".o_data_row", 4);
        click(cell(target, 1, "active"));
        await count(target, ".o_selected_row", 1);
        await until(() => cell(target, 1, "active").querySelector("input").checked);
    });

    test("V78: a special click and a list that opens nothing", async () => {
        const opened = vi.fn();
        const { target } = await show(`<list no_open="1"><field name="name"/></list>`, { selectRecord: opened });
        await count(target, ".o_data_row", 4);
        click(cell(target, 2, "name"));
        await nextFrame();
        const other = await show(`<list><field name="name"/></list>`, { selectRecord: opened });
        const special = cell(other.target, 0, "name");
        special.special_click = true;
        click(special);
        await nextFrame();
        expect(opened).not.toHaveBeenCalled();
    });

    test("V79: the buttons change while a line is edited; a new line that is left empty goes", async () => {
        const { target, calls } = await show(`<list editable="bottom"><field name="name"/></list>`);
        target.querySelector(".o_list_button_add").click();
        await count(target, ".o_data_row", 5);
        expect(target.querySelector(".o_list_button_add")).toBe(null);
        click(document.body);
        await count(target, ".o_data_row", 4);
        click(cell(target, 0, "name"));
        const [input] = await count(target, ".o_selected_row input[type='text']", 1);
        input.value = "Other";
        ["input", "change"].forEach((kind) => fire(input, kind));
        await count(target, ".o_list_button_save", 1);
        click(cell(target, 1, "name"));
        await until(() => texts(target, "td[name='name']")[0] === "Other");
        expect(asked(calls, "web_save").map(({ args }) => args)).toEqual([[[1], { name: "Other" }]]);
    });

    test("V83: lines have handles where the order is theirs", async () => {
        const arch = `<list><field name="size" widget="handle"/><field name="name"/></list>`;
        const { target } = await show(arch);
        await count(target, ".o_row_draggable .o_handle_cell", 4);
        target.querySelector("th[data-name='name']").click();
        await count(target, ".o_row_draggable", 0);
    });

    test("V84: the header selects the page, then all that is found; Shift selects a range", async () => {
        const { target } = await show(`<list limit="3"><field name="name"/></list>`);
        await count(target, ".o_data_row", 3);
        const boxes = [...target.querySelectorAll(".o_data_row .o_list_record_selector input")];
        boxes[0].click();
        await count(target, ".o_data_row_selected", 1);
        click(boxes[2], { shiftKey: true });
        await count(target, ".o_data_row_selected", 3);
        const [all] = await count(target, ".o_list_select_domain", 1);
        expect(all.textContent).toContain("4");
        all.click();
        await until(() => target.querySelector(".o_list_selection_box").textContent.includes("4"));
        target.querySelector(".o_list_unselect_all").click();
        await count(target, ".o_data_row_selected", 0);
    });

    test("V84: no line is selected while one is edited; a long touch selects where there are no boxes", async () => {
        const { target } = await show(`<list editable="bottom"><field name="name"/></list>`);
        await count(target, ".o_data_row", 4);
        click(cell(target, 0, "name"));
        await count(target, ".o_selected_row", 1);
        target.querySelectorAll(".o_data_row")[1].querySelector(".o_list_record_selector").click();
        await nextFrame();
        expect(target.querySelector(".o_data_row_selected")).toBe(null);
        afterThis(() => (ListRenderer.LONG_TOUCH_THRESHOLD = 400));
        ListRenderer.LONG_TOUCH_THRESHOLD = 1;
        const opened = vi.fn();
        const phone = await show(
            `<list><field name="name"/></list>`,
            { selectRecord: opened },
            { env: { isSmall: true } }
        );
        const touched = cell(phone.target, 1, "name");
        fire(touched, "touchstart");
        await count(phone.target, ".o_data_row_selected", 1);
        click(cell(phone.target, 2, "name"));
        await count(phone.target, ".o_data_row_selected", 2);
        expect(opened).not.toHaveBeenCalled();
    });

    test("V93: a list without records says so, lines of a form have empty rows", async () => {
        const { target } = await show(`<list><field name="name"/></list>`, {
            domain: [["id", "=", 0]],
            noContentHelp: "Nothing here",
        });
        expect(texts(target, ".o_nocontent_help")).toEqual(["Nothing here"]);
        expect(target.querySelector(".o_list_table, .o_empty_row")).toBe(null);
    });
});

describe("groups", () => {
    const arch = `<list editable="bottom"><field name="name"/><field name="state"/><field name="active"/><field name="amount" sum="All"/>
        <groupby name="owner"><field name="rank"/><button name="edit" type="edit" string="Edit"/>
            <button name="go" type="object" string="Go" invisible="rank > 5"/></groupby></list>`;

    test("V81: the name reaches the first total, lines are added to a group", async () => {
        const { target, calls } = await show(arch, { groupBy: ["state"] });
        const [header] = await count(target, ".o_group_header", 2);
        expect(header.querySelector(".o_group_name").colSpan).toBe(4);
        expect(texts(header, "td.o_list_number")).toEqual(["30.00"]);
        header.click();
        const [link] = await count(target, ".o_group_field_row_add a", 1);
        link.click();
        await count(target, ".o_selected_row", 1);
        expect(asked(calls, "onchange")[0].kwargs.context).toMatchObject({ default_state: "a" });
    });

    test("V81: groups of nothing and of truth values have names", async () => {
        const { target } = await show(`<list><field name="name"/></list>`, { groupBy: ["active"] });
        await count(target, ".o_group_header", 2);
        expect(texts(target, ".o_group_name")).toEqual(["Yes (3)", "No (1)"]);
        const owners = await show(`<list><field name="name"/></list>`, { groupBy: ["owner"] });
        expect(texts(owners.target, ".o_group_name")).toEqual(["Ann (3)", "None (1)"]);
    });

    test("V73: the buttons of a group act on the record that it stands for", async () => {
        const doActionButton = vi.fn();
        const doAction = vi.fn();
        const { target, calls } = await show(arch, { groupBy: ["owner"] }, { actions: { doAction, doActionButton } });
        const buttons = await count(target, ".o_group_buttons button", 2);
        expect(asked(calls, "web_read")[0]).toMatchObject({ model: "person", args: [[7]] });
        buttons[1].click();
        await until(() => doActionButton.mock.calls.length);
        expect(doActionButton.mock.lastCall[0]).toMatchObject({ name: "go", resModel: "person", resId: 7 });
        target.querySelector(".o_group_buttons button").click();
        expect(doAction.mock.lastCall[0]).toMatchObject({ res_model: "person", res_id: 7, context: { create: false } });
        expect(target.querySelector(".o_data_row")).toBe(null);
    });
});

describe("made up lines", () => {
    const arch = `<list sample="1"><field name="name"/><field name="owner"/></list>`;

    test("V91: stand where there is none, until there is something to see", async () => {
        const { target } = await show(arch, { domain: [["id", "=", 0]], noContentHelp: "Make one" });
        await count(target, ".o_view_sample_data .o_data_row", 10);
        expect(target.querySelector(".o_list_table").inert).toBe(true);
        expect(texts(target, ".o_nocontent_help")).toEqual(["Make one"]);
        expect(target.querySelector(".o_pager")).toBe(null);
        expect(texts(target, "td[name='owner']").every(Boolean)).toBe(true);
        const filled = await show(arch);
        await count(filled.target, ".o_data_row", 4);
        expect(filled.target.querySelector(".o_view_sample_data")).toBe(null);
    });

    test("V91: go when a line is added", async () => {
        const editable = `<list sample="1" editable="bottom"><field name="name"/></list>`;
        const { target } = await show(editable, { domain: [["id", "=", 0]] });
        await count(target, ".o_data_row", 10);
        target.querySelector(".o_list_button_add").click();
        await count(target, ".o_data_row", 1);
        expect(target.querySelector(".o_view_sample_data")).toBe(null);
    });

    test("V91: cards, in columns or not", async () => {
        const cards = `<kanban sample="1"><templates><t t-name="card"><field name="name"/></t></templates></kanban>`;
        const nothing = { type: "kanban", domain: [["id", "=", 0]], noContentHelp: "Make one" };
        const { target } = await show(cards, nothing);
        await count(target, ".o_view_sample_data .o_kanban_record:not(.o_kanban_ghost)", 10);
        expect(target.querySelector(".o_kanban_renderer").inert).toBe(true);
        expect(texts(target, ".o_nocontent_help")).toEqual(["Make one"]);
        const columns = await show(cards, { ...nothing, groupBy: ["state"] });
        await until(() => columns.target.querySelectorAll(".o_kanban_group").length > 1);
        expect(columns.target.querySelectorAll(".o_kanban_record").length).toBeGreaterThan(1);
    });
});

test("V88: classes and data that tours and styles address", async () => {
    const { target } = await show(
        `<list editable="bottom"><field name="name" required="1"/><field name="size" readonly="1"/><field name="owner"/>
            <field name="amount"/><button name="go" type="object" string="Go"/></list>`
    );
    const [row] = await count(
        target,
        ".o_list_view .o_list_renderer .o_list_table.o_list_table_ungrouped .o_data_row",
        4
    );
    expect(row.dataset.id).toMatch(/^datapoint_/);
    const classes = (name) => [...row.querySelector(`td[name='${name}']`).classList];
    expect(classes("name")).toEqual(
        expect.arrayContaining(["o_data_cell", "o_field_cell", "o_list_char", "o_required_modifier"])
    );
    expect(classes("size")).toEqual(expect.arrayContaining(["o_list_number", "o_readonly_modifier"]));
    expect(classes("owner")).toContain("o_list_many2one");
    expect(row.querySelector("td.o_list_button button[name='go'], td.o_list_button button")).not.toBe(null);
    expect(target.querySelector("th.o_column_sortable[data-name='name']")).not.toBe(null);
    expect(target.querySelector("tbody.o_keyboard_navigation .o_list_record_selector")).not.toBe(null);
    const grouped = await show(`<list><field name="name"/></list>`, { groupBy: ["state"] });
    await count(grouped.target, ".o_list_table_grouped .o_group_header .o_group_name", 2);
    grouped.target.querySelector(".o_group_header").click();
    await count(grouped.target, ".o_group_header.o_group_open", 1);
});

describe("V87: totals", () => {
    const footer = (target) => texts(target, "tfoot td").filter(Boolean);

    test("one function a column, the first of sum, avg, max and min; empty values do not count", async () => {
        const data = models();
        data.thing.records[3].amount = false;
        const arch = `<list><field name="name"/><field name="amount" max="Most" avg="Mean"/><field name="size" min="Least"/></list>`;
        const { target } = await mountView({ resModel: "thing", arch }, data);
        await count(target, ".o_data_row", 4);
        expect(footer(target)).toEqual(["20.00", "1"]);
        expect([...target.querySelectorAll("tfoot td[data-tooltip]")].map((td) => td.dataset.tooltip)).toEqual([
            "Mean",
            "Least",
        ]);
    });

    test("of the selection, where there is one; without a function or a value there is no footer", async () => {
        const { target } = await show(`<list><field name="name"/><field name="amount" sum="All"/></list>`);
        await count(target, ".o_data_row", 4);
        expect(footer(target)).toEqual(["100.00"]);
        target.querySelectorAll(".o_data_row .o_list_record_selector input")[1].click();
        await until(() => footer(target)[0] === "20.00");
        const none = await show(`<list><field name="name"/><field name="amount"/></list>`);
        expect(none.target.querySelector("tfoot")).toBe(null);
    });
});

test("V92: extensions find the methods, getters and props of controller and renderer", () => {
    const { Controller, Renderer } = registry.category("views").get("list");
    const methods = `createRecord openRecord onClickCreate onClickSave onClickDiscard onSelectDomain onUnselectAll
        onDeleteSelectedRecords toggleArchiveState duplicateRecords beforeExecuteActionButton afterExecuteActionButton
        onRecordSaved onWillSaveRecord onWillSaveMulti onWillSetInvalidField evalViewModifier downloadExport getExportedFields
        modelParams actionMenuProps actionMenuItems deleteConfirmationDialogProps archiveDialogProps nbSelected
        isDomainSelected nbTotal display className defaultExportList getSelectedResIds`;
    expect(methods.split(/\s+/).filter((name) => !(name in Controller.prototype))).toEqual([]);
    const overrides = `getRowClass getCellClass getCellTitle getColumns getActiveColumns processAllColumn isInlineEditable
        isCellReadonly canUseFormatter getFormattedValue getFieldProps onCellClicked onDeleteRecord onCellKeydown
        onCellKeydownEditMode onCellKeydownReadOnlyMode focusCell sortDrop sortStart sortStop aggregates
        formatAggregateValue getGroupDisplayName add canCreate isX2Many displayRowCreates makeTooltip`;
    expect(overrides.split(/\s+/).filter((name) => !(name in Renderer.prototype))).toEqual([]);
    expect(
        ["template", "rowsTemplate", "recordRowTemplate", "groupRowTemplate"].filter((name) => !Renderer[name])
    ).toEqual([]);
    expect(browser.localStorage).toBeTruthy();
});

test("V83: a line is moved by its handle, and the server told the order", async () => {
    const answer = (route) => (route === "/web/dataset/resequence" ? [] : undefined);
    const arch = `<list><field name="size" widget="handle"/><field name="name"/></list>`;
    const { target, calls } = await show(arch, {}, { answer });
    const rows = await count(target, ".o_data_row", 4);
    const { bottom, left } = rows[2].getBoundingClientRect();
    const handle = rows[0].querySelector(".o_row_handle");
    const point = { bubbles: true, cancelable: true, clientX: left + 5, clientY: bottom - 1 };
    handle.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, cancelable: true }));
    expect(rows[0].className).toContain("o_dragged");
    document.dispatchEvent(new PointerEvent("pointermove", point));
    document.dispatchEvent(new PointerEvent("pointerup", point));
    await until(() => calls.some(({ route }) => route === "/web/dataset/resequence"));
    const { ids, field } = calls.find(({ route }) => route === "/web/dataset/resequence").params;
    expect([ids, field]).toEqual([[2, 3, 1], "size"]);
});
