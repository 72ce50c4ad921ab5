/** Kanbans: what archs say, cards, columns with their bars and menus, covers. */
import { Component, xml } from "@odoo/owl";
import { afterEach, describe, expect, test, vi } from "vitest";
import { registry } from "@web/core/registry";
import { parseXML } from "@web/core/utils/xml";
import { KanbanArchParser } from "@web/views/kanban/kanban_arch_parser";
import { KanbanColumnQuickCreate } from "@web/views/kanban/kanban_column_quick_create";
import { KanbanCompiler } from "@web/views/kanban/kanban_compiler";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { LaterColumnExamplesDialog, LaterCoverImageDialog } from "@web/views/later_dialogs";
import { KanbanHeader } from "@web/views/kanban/kanban_header";
import { getColorIndex, getFormattedRecord, KanbanRecord } from "@web/views/kanban/kanban_record";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ProgressBarState } from "@web/views/kanban/progress_bar_hook";
import "@web/views/fields/formatters";
import { answerRpc, makeTestEnv, mount, nextFrame } from "./mount";

const STATES = [
    ["a", "Open"],
    ["b", "Shut"],
];
const FIELDS = {
    amount: { name: "amount", type: "monetary", string: "Amount", currency_field: "currency_id", aggregator: "sum" },
    name: { name: "name", type: "char", string: "Name" },
    day: { name: "day", type: "date", string: "Day" },
    state: { name: "state", type: "selection", string: "State", selection: STATES },
    stage_id: { name: "stage_id", type: "many2one", string: "Stage", relation: "stage" },
    tag_ids: { name: "tag_ids", type: "many2many", string: "Tags", relation: "tag" },
    cover_id: { name: "cover_id", type: "many2one", string: "Cover", relation: "ir.attachment" },
    priority: { name: "priority", type: "integer", string: "Priority" },
    hidden: { name: "hidden", type: "text", string: "Hidden" },
};
const MODELS = { thing: { fields: FIELDS }, tag: { fields: {} } };
const CARD = `<templates><t t-name="card"><field name="name"/></t></templates>`;

function parse(arch) {
    return new KanbanArchParser().parse(parseXML(arch), MODELS, "thing");
}

afterEach(() => vi.restoreAllMocks());

describe("V140: description and arch", () => {
    test("keys of the description", () => {
        expect(kanbanView).toMatchObject({
            type: "kanban",
            ArchParser: KanbanArchParser,
            Compiler: KanbanCompiler,
            Controller: KanbanController,
            Renderer: KanbanRenderer,
            buttonTemplate: "web.KanbanView.Buttons",
        });
    });

    test("attributes, and what holds without them", () => {
        expect(parse(`<kanban>${CARD}</kanban>`)).toMatchObject({
            activeActions: {
                archiveGroup: true,
                createGroup: true,
                deleteGroup: true,
                editGroup: true,
                quickCreate: true,
            },
            canOpenRecords: true,
            cardColorField: null,
            defaultGroupBy: null,
            examples: null,
            groupsDraggable: true,
            limit: undefined,
            onCreate: null,
            progressAttributes: false,
            quickCreateView: null,
            recordsDraggable: true,
        });
        const arch = `<kanban class="c" can_open="0" default_order="name desc" default_group_by="stage_id" limit="10"
            count_limit="20" records_draggable="0" groups_draggable="0" archivable="0" group_create="0" group_delete="0"
            group_edit="0" quick_create="0" on_create="quick_create" quick_create_view="x.y" highlight_color="priority"
            examples="things" action="go" type="object">
            <progressbar field="state" colors='{"a": "success"}' sum_field="amount" help="Why"/>
            <header><button name="all" type="object" display="always" string="All"/></header>
            <control><create string="More" context="{'x': 1}"/></control>${CARD}</kanban>`;
        expect(parse(arch)).toMatchObject({
            activeActions: {
                archiveGroup: false,
                createGroup: false,
                deleteGroup: false,
                editGroup: false,
                quickCreate: false,
            },
            canOpenRecords: false,
            className: "c",
            cardColorField: "priority",
            controls: [{ type: "create", string: "More", context: "{'x': 1}" }],
            countLimit: 20,
            defaultGroupBy: ["stage_id"],
            defaultOrder: [{ name: "name", asc: false }],
            examples: "things",
            groupsDraggable: false,
            headerButtons: [{ string: "All", display: "always" }],
            limit: 10,
            onCreate: "quick_create",
            openAction: { action: "go", type: "object" },
            progressAttributes: { fieldName: "state", colors: { a: "success" }, sumField: FIELDS.amount, help: "Why" },
            quickCreateView: "x.y",
            recordsDraggable: false,
        });
        expect(parse(`<kanban create="0">${CARD}</kanban>`).activeActions.quickCreate).toBe(false);
    });

    test("templates by their names, those of old too", () => {
        const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
        const old = CARD.replace("card", "kanban-box").replace("</templates>", `<t t-name="kanban-menu"/></templates>`);
        expect(Object.keys(parse(`<kanban>${old}</kanban>`).templateDocs).sort()).toEqual(["card", "menu"]);
        expect(warn).toHaveBeenCalledTimes(2);
        expect(() => parse(`<kanban><templates/></kanban>`)).toThrow("card");
    });
});

test("V141: tags are shown as such; a field without a widget is its value", () => {
    const arch = parse(`<kanban><templates><t t-name="card"><field name="tag_ids"/><field name="name" bold="1"
        display="full"/></t></templates></kanban>`);
    expect(arch.fieldNodes.tag_ids_0.widget).toBe("many2many_tags");
    const compiled = new KanbanCompiler(arch.templateDocs).compile("card");
    const value = compiled.querySelector("span");
    expect(value.getAttribute("t-out")).toContain("getFormattedValue");
    expect(value.getAttribute("class")).toBe("o_text_block o_text_bold");
    expect(compiled.querySelector("Field")).not.toBe(null);
});

test("V142: values as templates read them", () => {
    const data = {
        name: "Chair",
        stage_id: [3, "New"],
        tag_ids: { count: 2, currentIds: [4, 5] },
        day: false,
        state: "b",
    };
    const fieldNames = Object.keys(data);
    const record = getFormattedRecord({ resId: 7, fieldNames, fields: FIELDS, data });
    expect(fieldNames.map((name) => record[name].raw_value)).toEqual(["Chair", 3, [4, 5], false, "b"]);
    expect([record.state.value, record.stage_id.value, record.id.raw_value]).toEqual(["Shut", "New", 7]);
});

describe("V143: what elements of cards do", () => {
    function compile(content) {
        const { templateDocs } = parse(`<kanban><templates><t t-name="card">${content}</t></templates></kanban>`);
        return new KanbanCompiler(templateDocs).compile("card").querySelector("a, button, img");
    }

    test.each(["edit", "open", "delete", "archive", "unarchive"])("%s", (type) => {
        const link = compile(`<a type="${type}" class="x">Go</a>`);
        expect(link.getAttribute("t-on-click.stop.prevent")).toContain(`{"type":"${type}"}`);
        expect([...link.classList]).toEqual(["x", "oe_kanban_action", "oe_kanban_action_a"]);
        expect(link.getAttribute("href")).toBe("#");
    });

    test("set_cover names its field", () => {
        const button = compile(`<button type="set_cover" data-field="cover_id" auto-open="1"/>`);
        const click = button.getAttribute("t-on-click.stop.prevent");
        expect(click).toContain(`{"type":"set_cover","fieldName":"cover_id","autoOpen":true}`);
    });

    test("addresses are followed, pictures are loaded when they come into sight", () => {
        const link = compile(`<a type="url" href="https://x.org">Go</a>`);
        expect([link.getAttribute("href"), link.classList.contains("oe_kanban_action")]).toEqual([
            "https://x.org",
            true,
        ]);
        expect(link.hasAttribute("t-on-click.stop.prevent")).toBe(false);
        expect(compile(`<img src="/x.png"/>`).getAttribute("loading")).toBe("lazy");
    });
});

class Empty extends Component {
    static template = xml`<i/>`;
    static props = ["*"];
}

describe("V144, V145: cards", () => {
    const archInfo = parse(`<kanban highlight_color="priority"><templates><t t-name="card" class="own">
        <field name="name"/><field name="cover_id" widget="attachment_image"/></t></templates></kanban>`);

    async function showCard(props = {}, services = {}) {
        const doubles = { action: {}, dialog: { add: vi.fn() }, notification: { add: vi.fn() }, ...services };
        const env = await makeTestEnv([], doubles);
        const record = {
            resId: 7,
            resModel: "thing",
            fieldNames: ["name"],
            fields: FIELDS,
            data: { name: "Chair", priority: 3, cover_id: false },
            context: {},
        };
        const openRecord = vi.fn();
        const bare = {
            ...archInfo,
            templateDocs: { card: parseXML(`<t t-name="card"><i class="in"/><a class="link"/></t>`) },
        };
        bare.templateDocs.card.setAttribute("class", "own");
        const place = await mount(KanbanRecord, {
            env,
            props: { archInfo: bare, list: {}, record, openRecord, ...props },
        });
        return { card: place.querySelector(".o_kanban_record"), doubles, openRecord, record };
    }

    test("classes, and what a click opens", async () => {
        const { card, openRecord, record } = await showCard({
            canResequence: true,
            progressBarState: { colorOf: () => "warning" },
        });
        for (const name of ["o_draggable", "oe_kanban_card_warning", "cursor-pointer", "o_kanban_color_3", "own"]) {
            expect(card.classList.contains(name)).toBe(true);
        }
        card.querySelector(".link").click();
        expect(openRecord).not.toHaveBeenCalled();
        card.querySelector(".in").click();
        expect(openRecord).toHaveBeenCalledWith(record);
        expect([getColorIndex(13), getColorIndex("a"), getColorIndex(false)]).toEqual([1, 1, 0]);
    });

    test("covers are those of fields that show them", () => {
        const dialog = { add: vi.fn() };
        const notification = { add: vi.fn() };
        const record = { fields: FIELDS };
        const card = { props: { archInfo, record }, dialog, notification, setCover: KanbanRecord.prototype.setCover };
        card.setCover({ fieldName: "cover_id", autoOpen: true });
        expect(dialog.add).toHaveBeenCalledWith(LaterCoverImageDialog, {
            autoOpen: true,
            fieldName: "cover_id",
            record,
        });
        card.setCover({ fieldName: "name" });
        expect(notification.add.mock.calls[0][0].toString()).toContain("name");
    });

    test("the dialog of covers: chosen, and taken away", async () => {
        const calls = answerRpc(() => [{ id: 5, name: "front.png" }]);
        const env = await makeTestEnv(["orm", "dialog", "hotkey", "ui"], { notification: {} });
        const update = vi.fn(async () => true);
        const record = { resId: 7, resModel: "thing", data: { cover_id: [4, "old"] }, update };
        const open = () => env.services.dialog.add(LaterCoverImageDialog, { record, fieldName: "cover_id" });
        await mount(Empty, { env });
        open();
        await vi.waitFor(() => expect(document.querySelector(".o_kanban_cover_image")).not.toBe(null));
        expect(calls[0].params.kwargs.domain).toEqual([
            ["res_model", "=", "thing"],
            ["res_id", "=", 7],
            ["mimetype", "ilike", "image"],
        ]);
        document.querySelector(".o_kanban_cover_image").click();
        await nextFrame();
        document.querySelector(".o_select_cover").click();
        await vi.waitFor(() => expect(document.querySelector(".o_dialog")).toBe(null));
        expect(update).toHaveBeenLastCalledWith({ cover_id: [5, ""] }, { save: true });
        open();
        await vi.waitFor(() => expect(document.querySelector(".o_remove_cover")).not.toBe(null));
        document.querySelector(".o_remove_cover").click();
        await vi.waitFor(() => expect(update).toHaveBeenLastCalledWith({ cover_id: false }, { save: true }));
    });
});

describe("V146, V147: new columns", () => {
    const examples = [{ name: "Sales", columns: ["New", "Won"], foldedColumns: ["Lost"], bullets: ["One"] }];

    async function showQuickCreate(props) {
        const dialog = { add: vi.fn() };
        const env = await makeTestEnv([], { dialog });
        const given = {
            groupByField: FIELDS.stage_id,
            folded: false,
            onFoldChange: vi.fn(),
            onValidate: vi.fn(),
            ...props,
        };
        const place = await mount(KanbanColumnQuickCreate, { env, props: given });
        return { dialog, given, place };
    }

    test("by name; it stays for the next one until Escape", async () => {
        const { given, place } = await showQuickCreate();
        const input = place.querySelector("input");
        const press = (key) =>
            input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        expect(document.activeElement).toBe(input);
        press("Enter");
        expect(given.onValidate).not.toHaveBeenCalled();
        input.value = " Won ";
        input.dispatchEvent(new Event("input"));
        press("Enter");
        expect(given.onValidate).toHaveBeenCalledWith("Won");
        expect(given.onFoldChange).not.toHaveBeenCalled();
        press("Escape");
        expect(given.onFoldChange).toHaveBeenCalledWith(true);
        document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
        expect(given.onFoldChange).toHaveBeenCalledTimes(2);
    });

    test("folded it is a button", async () => {
        const { given, place } = await showQuickCreate({ folded: true });
        const button = place.querySelector(".o_quick_create_folded button");
        expect(button.textContent).toContain("Stage");
        button.click();
        expect(given.onFoldChange).toHaveBeenCalledWith(false);
    });

    test("examples make all their columns", async () => {
        const exampleData = { allowedGroupBys: ["stage_id"], examples, foldField: "is_folded" };
        const { dialog, given, place } = await showQuickCreate({ exampleData });
        place.querySelector(".o_kanban_examples").click();
        const [Content, props] = dialog.add.mock.calls[0];
        expect(Content).toBe(LaterColumnExamplesDialog);
        await props.applyExamples(0);
        expect(given.onValidate.mock.calls).toEqual([["New"], ["Won"], ["Lost", "is_folded"]]);
        const other = { ...exampleData, allowedGroupBys: ["team_id"] };
        const without = await showQuickCreate({ exampleData: other });
        expect(without.place.querySelector(".o_kanban_examples")).toBe(null);
    });

    test("V146: what has no value comes first, and a column can be made where there is none", () => {
        const groups = [
            { id: "g1", value: 1 },
            { id: "g2", value: false },
        ];
        const list = { isGrouped: true, groups, groupByField: FIELDS.stage_id };
        const renderer = Object.create(KanbanRenderer.prototype);
        renderer.props = { list, archInfo: { activeActions: { createGroup: true } }, readonly: false };
        expect(renderer.groups.map(({ id }) => id)).toEqual(["g2", "g1"]);
        expect(renderer.canCreateGroup).toBe(true);
        list.groupByField = FIELDS.state;
        expect([renderer.groups.map(({ id }) => id), renderer.canCreateGroup]).toEqual([["g1", "g2"], false]);
    });
});

describe("V148, V149: where records are created", () => {
    function controller(root, activeActions = {}) {
        const made = Object.create(KanbanController.prototype);
        const all = { create: true, createGroup: true, quickCreate: true, ...activeActions };
        Object.assign(made, { model: { root }, activeActions: all, props: { showButtons: true } });
        return made;
    }

    test.each([
        ["char", true],
        ["boolean", true],
        ["many2one", true],
        ["selection", true],
        ["many2many", true],
        ["date", false],
    ])("V148: in columns of type %s: %s", (type, isAllowed) => {
        const made = controller({ isGrouped: true, groupByField: { type }, groups: [{}] });
        expect(made.canQuickCreate).toBe(isAllowed);
        expect(controller({ isGrouped: false }).canQuickCreate).toBe(false);
    });

    test("V149: not without a column that could be made", () => {
        const root = { isGrouped: true, groupByField: FIELDS.stage_id, groups: [] };
        expect(controller(root).canCreate).toBe(false);
        expect(controller(root, { createGroup: false }).canCreate).toBe(true);
        expect(controller({ ...root, groups: [{}] }).canCreate).toBe(true);
    });
});

describe("V150: bars", () => {
    const progress = { fieldName: "state", colors: { a: "success", b: "danger" }, help: "" };

    function makeState({ counts = { 3: { a: 2, b: 1 } }, ...given } = {}) {
        const asked = [];
        const orm = {
            call: async (model, method, args, kwargs) => {
                asked.push([method, kwargs]);
                return method === "read_progress_bar" ? counts : { groups: [{ amount: 30 }] };
            },
        };
        const group = {
            id: "g1",
            rawGroup: { stage_id: [3, "New"] },
            groupByField: FIELDS.stage_id,
            serverValue: 3,
            fields: FIELDS,
            count: 5,
            config: {},
            list: { id: "l1", count: 5, domain: [["stage_id", "=", 3]] },
            aggregates: { amount: 100, currency_id: [1, "EUR"] },
            context: {},
            resModel: "thing",
            applyFilter: vi.fn(async (domain) => {
                group.config.hasFilter = Boolean(domain);
                group.list.count = domain ? 2 : 5;
            }),
            ...given,
        };
        const model = { root: { groups: [group], groupBy: ["stage_id"] }, notify: vi.fn() };
        group.model = model;
        const state = new ProgressBarState(progress, model, [FIELDS.amount], {}, orm);
        return { asked, group, state };
    }
    const searched = { context: {}, domain: [["x", "=", 1]], groupBy: ["stage_id"], resModel: "thing" };

    test("V144: the color of a record is that of its part", () => {
        const { state } = makeState();
        expect(["a", "b", "c", false].map((value) => state.colorOf({ data: { state: value } }))).toEqual([
            "success",
            "danger",
            undefined,
            undefined,
        ]);
    });

    test("a part for each color, and the others", async () => {
        const { asked, group, state } = makeState();
        await state.loadProgressBar(searched);
        const progress_bar = { field: "state", colors: progress.colors, help: "" };
        expect(asked).toEqual([
            ["read_progress_bar", { domain: searched.domain, group_by: "stage_id", progress_bar, context: {} }],
        ]);
        expect(state.getGroupInfo(group)).toEqual({
            activeBar: undefined,
            bars: [
                { count: 2, value: "a", string: "Open", color: "success" },
                { count: 1, value: "b", string: "Shut", color: "danger" },
                { count: 2, value: "__false", string: "Other", color: "200" },
            ],
        });
        expect(state.getAggregateValue(group, FIELDS.amount)).toEqual({ title: "Amount", value: 100, currency: 1 });
        expect(state.getAggregateValue(group, false)).toEqual({ title: "Count", value: 5 });
    });

    test("a part is chosen, and let go of", async () => {
        const { asked, group, state } = makeState();
        await state.loadProgressBar(searched);
        await state.selectBar("g1", { value: "a" });
        expect(group.applyFilter).toHaveBeenLastCalledWith([["state", "=", "a"]]);
        expect(state.getGroupInfo(group).activeBar).toBe("a");
        expect(asked.at(-1)).toEqual([
            "web_read_group",
            { domain: [["stage_id", "=", 3]], fields: ["amount:sum"], groupby: ["stage_id"], context: {} },
        ]);
        expect(state.getAggregateValue(group, FIELDS.amount).value).toBe(30);
        expect(state.getAggregateValue(group, false).value).toBe(2);
        await state.selectBar("g1", { value: "__false" });
        expect(group.applyFilter).toHaveBeenLastCalledWith([["state", "not in", ["a", "b"]]]);
        await state.selectBar("g1", { value: "__false" });
        expect(group.applyFilter).toHaveBeenLastCalledWith(null);
        expect([state.activeBars, state.getAggregateValue(group, FIELDS.amount).value]).toEqual([{}, 100]);
    });

    test("a part in which nothing is left is let go of", async () => {
        const counts = { 3: { a: 2, b: 1 } };
        const { group, state } = makeState({ counts });
        await state.loadProgressBar(searched);
        await state.selectBar("g1", { value: "a" });
        counts[3].a = 0;
        await state.refresh(group);
        expect([state.activeBars, group.config.hasFilter]).toEqual([{}, false]);
    });

    test("columns of yes and no, and of nothing", async () => {
        const counts = { True: { a: 1 }, False: { b: 4 } };
        const { group, state } = makeState({ counts, rawGroup: { stage_id: false } });
        await state.loadProgressBar(searched);
        expect(state.countsOf(group)).toEqual({ b: 4 });
        group.groupByField = { type: "boolean" };
        group.rawGroup.stage_id = true;
        expect(state.countsOf(group)).toEqual({ a: 1 });
    });
});

test("V151: what can be dragged where", () => {
    const renderer = Object.create(KanbanRenderer.prototype);
    const list = { isGrouped: true, groupByField: FIELDS.stage_id, canResequence: () => true };
    const archInfo = { ...parse(`<kanban>${CARD}</kanban>`) };
    renderer.props = { archInfo, list, readonly: false };
    expect([renderer.canMoveRecords, renderer.canResequenceGroups]).toEqual([true, true]);
    expect(renderer.isMovableField(FIELDS.priority)).toBe(true);
    expect(renderer.isMovableField(FIELDS.day)).toBe(false);
    expect(renderer.isMovableField({ ...FIELDS.stage_id, readonly: true })).toBe(false);
    archInfo.fieldNodes = { stage_id_0: { name: "stage_id", readonly: "1" } };
    expect(renderer.canMoveRecords).toBe(false);
    archInfo.groupsDraggable = false;
    expect(renderer.canResequenceGroups).toBe(false);
    list.isGrouped = false;
    expect([renderer.canMoveRecords, renderer.canResequenceRecords]).toEqual([true, true]);
    archInfo.recordsDraggable = false;
    expect([renderer.canMoveRecords, renderer.canResequenceRecords]).toEqual([false, false]);
});

describe("V152: the menu of a column", () => {
    function header(groupByField, actions = {}) {
        const made = Object.create(KanbanHeader.prototype);
        const activeActions = { archiveGroup: true, deleteGroup: true, editGroup: true, ...actions };
        const group = { groupByField, value: 1, count: 2 };
        made.props = { activeActions, canQuickCreate: true, group, list: { fields: { active: { readonly: false } } } };
        return made;
    }

    test("entries by their order", () => {
        expect(header(FIELDS.stage_id).configItems.map((item) => [item.key, item.class])).toEqual([
            ["toggle_group", "o_kanban_toggle_fold"],
            ["edit_group", "o_column_edit"],
            ["delete_group", "o_column_delete"],
            ["archive_group", "o_column_archive_records"],
            ["unarchive_group", "o_column_unarchive_records"],
        ]);
        expect(header(FIELDS.state, { archiveGroup: false }).configItems.map(({ key }) => key)).toEqual([
            "toggle_group",
        ]);
    });

    test("entries of addons hear what is permitted", () => {
        const items = registry.category("kanban_header_config_items");
        const isVisible = vi.fn(() => true);
        items.add("own", { label: "Own", method: "own", isVisible, class: () => ({ mine: true, not: false }) });
        const made = header(FIELDS.stage_id);
        expect(made.configItems.find(({ key }) => key === "own").class).toBe("mine");
        const permissions = { canArchiveGroup: true, canDeleteGroup: true, canEditGroup: true, canQuickCreate: true };
        expect(isVisible).toHaveBeenCalledWith({ permissions, props: made.props });
        items.remove("own");
    });
});

test("V154: what addons build upon", () => {
    expect(Object.keys(KanbanRenderer.components)).toEqual(
        expect.arrayContaining(["KanbanRecord", "KanbanHeader", "KanbanRecordQuickCreate", "KanbanColumnQuickCreate"])
    );
    const methods = {
        [KanbanController.name]: [
            ...[
                "modelParams",
                "progressBarAggregateFields",
                "canCreate",
                "canQuickCreate",
                "createRecord",
                "openRecord",
            ],
            ...["deleteRecord", "isQuickCreateField"],
        ],
        [KanbanRenderer.name]: [
            ...[
                "getGroupsOrRecords",
                "getGroupClasses",
                "canMoveRecords",
                "canResequenceGroups",
                "canResequenceRecords",
            ],
            ...[
                "canCreateGroup",
                "isMovableField",
                "sortRecordDrop",
                "sortGroupDrop",
                "loadMore",
                "validateQuickCreate",
            ],
        ],
        [KanbanRecord.name]: [
            ...["getRecordClasses", "getFormattedValue", "onGlobalClick", "triggerAction", "renderingContext"],
            "createWidget",
        ],
    };
    for (const part of [KanbanController, KanbanRenderer, KanbanRecord]) {
        for (const name of methods[part.name]) {
            expect(name in part.prototype, `${part.name}.${name}`).toBe(true);
        }
    }
});
