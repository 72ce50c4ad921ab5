/** The page that imports files: where columns go, what is wrong, parts that follow each other (IMP-2, 4, 34 to 39). */
import { reactive } from "@odoo/owl";
import { describe, expect, test } from "vitest";
import { choicePath, labelOf, levelsOf, valueField } from "../../addons/base_import/static/src/import_fields";
import { exampleOf, formatChoices, withPresent } from "../../addons/base_import/static/src/import_formats";
import { BaseImportModel, UNKNOWN } from "../../addons/base_import/static/src/import_model";
import { rowsText, sortMessages } from "../../addons/base_import/static/src/import_problems";
import { importRecordsItem } from "../../addons/base_import/static/src/import_records/import_records";
import { answerRpc, makeTestEnv } from "./mount";

const field = (name, type, fields = [], more = {}) => ({
    ...{ id: name, name, string: name.toUpperCase(), type, required: false, fields, model_name: "thing" },
    ...more,
});
const IDS = [field("id", "id"), field(".id", "id")];
const TREE = [
    field("id", "id"),
    field("name", "char"),
    field("kind", "selection"),
    field("owner_id", "many2one", IDS),
    field("picture", "binary"),
    field("line_ids", "one2many", [field("id", "id"), field("text", "char"), field("owner_id", "many2one", IDS)]),
];
const PREVIEW = {
    fields: TREE,
    headers: ["Name ", "KIND", "Owner"],
    header_types: [["char"], ["char"], ["char"]],
    preview: [["a", "b"], ["x"], ["Ann"]],
    matches: { 0: ["name"], 2: ["owner_id"] },
    options: { has_headers: true, separator: ";", encoding: "utf-8", sheets: [], unknown_to_the_page: 1 },
    batch: true,
    file_length: 8,
};

/** A model whose file has three columns. @param {(kwargs: Object, args: any[]) => any} [answer] of imports */
async function importOf(answer = () => ({ ids: [1], messages: [], nextrow: 0 })) {
    const calls = answerRpc((_route, { method, args, kwargs }) => {
        const answers = {
            create: () => [7],
            get_import_templates: () => [{ label: "Form", template: "/form.csv" }],
            parse_preview: () => PREVIEW,
            execute_import: () => answer(kwargs, args),
            write: () => true,
        };
        return answers[method]();
    });
    const { services } = await makeTestEnv(["orm"]);
    const model = reactive(new BaseImportModel({ orm: services.orm, resModel: "thing", context: { a: 1 } }));
    await model.init();
    await model.preview();
    const imports = () => calls.filter(({ params }) => params.method === "execute_import").map(({ params }) => params);
    return { model, calls, imports };
}

describe("paths", () => {
    test("are chosen step by step", () => {
        const names = (levels) => levels.map((fields) => fields.map(({ name }) => name));
        expect(names(levelsOf(TREE, []))).toHaveLength(1);
        expect(names(levelsOf(TREE, ["name"]))).toHaveLength(1);
        expect(names(levelsOf(TREE, ["owner_id"]))[1]).toEqual(["id", ".id"]);
        expect(names(levelsOf(TREE, ["line_ids", "owner_id", "id"]))).toHaveLength(3);
        expect(names(levelsOf(TREE, ["gone", "id"]))).toHaveLength(1);
        expect(labelOf(TREE, ["line_ids", "text"])).toBe("LINE_IDS / TEXT");
    });

    test("lead to values and to those that match nothing", () => {
        expect(valueField(TREE, ["owner_id", "id"]).name).toBe("owner_id");
        expect(valueField(TREE, ["id"]).name).toBe("id");
        expect(valueField(TREE, [])).toBe(undefined);
        expect(choicePath(["line_ids", "owner_id", ".id"])).toBe("line_ids/owner_id");
    });
});

describe("formats", () => {
    test("are shown as moments", () => {
        expect(exampleOf("%d.%m.%Y %H:%M")).toBe("31.12.2024 18:05");
        expect(formatChoices(["%Y"], "%y-%q").map(({ label }) => label)).toEqual(["24-%q", "2024"]);
        expect(withPresent([{ value: "a", label: "A" }], "b")).toHaveLength(2);
        expect(withPresent([{ value: "a", label: "A" }], "a")).toHaveLength(1);
    });
});

describe("problems", () => {
    const columnsOf = (...paths) => paths.map((path) => ({ path, problems: [] }));
    const message = (text, more) => ({ type: "error", message: text, ...more });

    test("IMP-39: stand at the column with their path, else with their field, else by themselves", () => {
        const columns = columnsOf([], ["owner_id", "id"], ["line_ids", "text"], ["name"]);
        const rest = sortMessages(
            columns,
            [
                message("a", { field: "owner_id", field_path: ["owner_id", "id"], rows: { from: 0, to: 0 } }),
                message("a", { field: "owner_id", field_path: ["owner_id", "id"], rows: { from: 4, to: 5 } }),
                message("b", { field: "line_ids", field_path: ["line_ids", "owner_id"] }),
                message("c", { field: "name" }),
                message("d", { field: "kind", rows: { from: 2, to: 2 } }),
            ],
            2
        );
        expect(columns.map(({ problems }) => problems.map(({ text, rows }) => [text, rows]))).toEqual([
            [],
            [["a", [2, 6]]],
            [["b", []]],
            [["c", []]],
        ]);
        expect(rest).toMatchObject([{ text: "d", rows: [4] }]);
    });

    test("IMP-39: one that concerns the whole file stands alone", () => {
        const columns = columnsOf(["name"]);
        const stop = message("stop", { not_matching_error: true, field_path: false });
        expect(sortMessages(columns, [message("a", { field: "name" }), stop], 2)).toMatchObject([{ text: "stop" }]);
        expect(columns[0].problems).toEqual([]);
    });

    test("of many rows name some of them", () => {
        expect(String(rowsText({ rows: [2, 3, 3] }))).toBe("(row 2, 3)");
        expect(String(rowsText({ rows: Array.from({ length: 30 }, (_, index) => index) }))).toContain("7 and 22 more");
    });
});

describe("an import", () => {
    test("IMP-2: asks the server in the usual order", async () => {
        const { model, calls, imports } = await importOf();
        expect(calls.map(({ params }) => params.method)).toEqual(["create", "get_import_templates", "parse_preview"]);
        expect(calls[0].params.args).toEqual([[{ res_model: "thing" }]]);
        expect(model.templates).toEqual([{ label: "Form", template: "/form.csv" }]);
        expect(model.options).toMatchObject({ separator: ";", encoding: "utf-8", has_headers: true });
        expect("unknown_to_the_page" in model.options).toBe(false);
        model.setPath(model.columns[2], ["owner_id", "id"]);
        await model.executeImport(true);
        const [{ args, kwargs }] = imports();
        expect(args.slice(0, 3)).toEqual([[7], ["name", false, "owner_id/id"], ["name", "kind", "owner"]]);
        expect(args[3]).toMatchObject({ limit: 2000, skip: 0 });
        expect(kwargs).toMatchObject({ dryrun: true, context: { a: 1 } });
    });

    test("IMP-4: goes on where the server ended", async () => {
        const parts = [3, 5, 0];
        const seen = [];
        const { model, imports } = await importOf(() => {
            seen.push(model.progress.done);
            return { ids: [1, 2], messages: [], nextrow: parts.shift() };
        });
        expect(await model.executeImport()).toHaveLength(6);
        expect(imports().map(({ args }) => args[3].skip)).toEqual([0, 3, 5]);
        expect(seen).toEqual([0, 3, 5]);
        expect(model.outcome).toMatchObject({ failed: false, isStopped: false, count: 6 });
        expect(model.progress).toBe(null);
    });

    test("is stopped, and gone on with later", async () => {
        const { model, imports } = await importOf(() => {
            model.stop();
            return { ids: [1], messages: [], nextrow: 3 };
        });
        await model.executeImport();
        expect(model.outcome).toMatchObject({ isStopped: true, next: 3 });
        expect(model.skip).toBe(3);
        expect(String(model.outcomeText)).toContain("row 5");
        await model.executeImport();
        expect(imports().map(({ args }) => args[3].skip)).toEqual([0, 3]);
        model.skip = 0;
        await model.executeImport(true);
        expect(model.skip).toBe(0);
    });

    test("says what is wrong, and imports what was right before once only", async () => {
        const problem = { type: "error", message: "no", field: "name", rows: { from: 1, to: 1 } };
        const answers = [
            { ids: [1], messages: [], nextrow: 4 },
            { ids: false, messages: [problem], nextrow: 0 },
        ];
        const { model } = await importOf(() => answers.shift());
        await model.executeImport();
        expect(model.columns[0].problems).toMatchObject([{ text: "no", rows: [7] }]);
        expect(model.outcome).toMatchObject({ failed: true, count: 1 });
        expect(model.skip).toBe(4);
        model.setPath(model.columns[1], ["kind"]);
        expect(model.hasProblems).toBe(false);
    });

    test("tells that the server was lost", async () => {
        const { model } = await importOf(() => {
            throw new Error("away");
        });
        await expect(model.executeImport()).rejects.toThrow("away");
        expect(model.outcome).toMatchObject({ failed: true, isBroken: true });
        expect(String(model.outcomeText)).toContain("no answer");
        expect(model.progress).toBe(null);
    });

    test("IMP-35, IMP-36: says what happens to values that match nothing", async () => {
        const { model } = await importOf();
        const [name, kind, owner] = model.columns;
        model.setPath(kind, ["kind"]);
        Object.assign(kind, { unknown: UNKNOWN.replace, replacement: "x" });
        owner.unknown = UNKNOWN.create;
        expect(model.importOptions).toMatchObject({
            fallback_values: { kind: { fallback_value: "x", field_model: "thing", field_type: "selection" } },
            name_create_enabled_fields: { owner_id: true },
        });
        model.setPath(owner, ["owner_id", "id"]);
        expect(owner.unknown).toBe(UNKNOWN.error);
        owner.unknown = UNKNOWN.skip;
        model.setPath(name, ["line_ids", "owner_id", ".id"]);
        name.unknown = UNKNOWN.empty;
        expect(model.importOptions).toMatchObject({
            import_skip_records: ["owner_id"],
            import_set_empty_fields: ["line_ids/owner_id"],
        });
    });

    test("IMP-33: sends the files that cells name", async () => {
        const binary_filenames = { picture: ["a.png", null, "b.png"] };
        const { model, calls } = await importOf(() => ({ ids: [1, 2, 3], messages: [], nextrow: 0, binary_filenames }));
        model.setPath(model.columns[1], ["picture"]);
        expect(model.takesFiles).toBe(true);
        model.addLocalFiles([new File(["abc"], "a.png")]);
        await model.executeImport();
        const written = calls.filter(({ params }) => params.method === "write").map(({ params }) => params.args);
        expect(written).toEqual([[[1], { picture: btoa("abc") }]]);
        model._addMessage("warning", ["It goes on", "elsewhere."]);
        expect(model.warnings.map(String)).toEqual(["It goes on elsewhere.", "These files were not sent: b.png"]);
    });

    test("keeps choices when the encoding changes, and not when the columns do", async () => {
        const { model, calls } = await importOf();
        model.setPath(model.columns[1], ["kind"]);
        await model.setOption("encoding", "utf-16");
        expect(calls.at(-1).params.args[1]).toMatchObject({ keep_matches: true, fields: ["name", "kind", "owner_id"] });
        await model.setOption("separator", ",");
        expect(calls.at(-1).params.args[1].keep_matches).toBe(undefined);
        const { length } = calls;
        await model.setOption("date_format", "%Y");
        expect(calls).toHaveLength(length);
    });
});

test("the entry is in menus of lists and cards in which records are made", () => {
    const shown = (type, attributes = "", actionType = "ir.actions.act_window") => {
        const viewArch = new DOMParser().parseFromString(`<${type} ${attributes}/>`, "text/xml").documentElement;
        return importRecordsItem.isDisplayed({ config: { actionType, viewType: type, viewArch } });
    };
    expect(shown("list")).toBe(true);
    expect(shown("kanban", 'import="1"')).toBe(true);
    expect(shown("kanban", 'import="false"')).toBe(false);
    expect(shown("list", 'create="0"')).toBe(false);
    expect(shown("graph")).toBe(false);
    expect(shown("list", "", "ir.actions.client")).toBe(false);
});
