/** What is asked of the server, what records hold, and what expressions see of them. */
import { expect, test } from "vitest";
import { DateTime } from "luxon";
import {
    addFieldDependencies,
    combineModifiers,
    completeActiveFields,
    createPropertyActiveField,
    extractFieldsFromArchInfo,
    extractInfoFromGroupData,
    fromUnityToServerValues,
    getBasicEvalContext,
    getFieldContext,
    getFieldDomain,
    getFieldsSpec,
    getGroupServerValue,
    getId,
    isRelational,
    makeActiveField,
    parseServerValue,
    patchActiveFields,
} from "@web/model/relational_model/utils";
import { user } from "@web/core/user";
import { openOrder } from "./model_server";

const FIELDS = {
    day: { name: "day", type: "date" },
    at: { name: "at", type: "datetime" },
    name: { name: "name", type: "char" },
    note: { name: "note", type: "html" },
    doc: { name: "doc", type: "reference" },
    res_id: { name: "res_id", type: "many2one_reference" },
    type_id: { name: "type_id", type: "many2one", relation: "type", context: { of: "definition" } },
    line_ids: { name: "line_ids", type: "one2many", relation: "line" },
    tag_ids: { name: "tag_ids", type: "many2many", relation: "tag" },
    notes: { name: "notes", type: "properties", definition_record: "type_id" },
    "notes.a": { name: "notes.a", type: "char", relatedPropertyField: { fieldName: "notes" } },
};

test("V165: what is read", () => {
    const related = { fields: { qty: { name: "qty", type: "float" } }, activeFields: { qty: makeActiveField() } };
    const active = {
        name: makeActiveField(),
        doc: makeActiveField({ context: "{'a': name, 'b': unheard}" }),
        res_id: makeActiveField({ invisible: "True" }),
        line_ids: makeActiveField({ related, limit: 40, defaultOrderBy: [{ name: "qty", asc: false }] }),
        tag_ids: makeActiveField({ related, invisible: "True" }),
        notes: makeActiveField(),
        "notes.a": makeActiveField(),
    };
    expect(getFieldsSpec(active, FIELDS, { name: "x" })).toEqual({
        name: {},
        doc: { fields: { display_name: {} }, context: { a: "x" } },
        res_id: {},
        line_ids: { fields: { qty: {} }, context: {}, limit: 40, order: "qty DESC" },
        tag_ids: {},
        notes: {},
        type_id: { fields: { display_name: {} } },
    });
    const types = { type_id: makeActiveField(), doc: makeActiveField({ invisible: "1" }) };
    expect(getFieldsSpec(types, FIELDS)).toEqual({
        type_id: { fields: { display_name: {} }, context: { of: "definition" } },
        doc: { fields: {} },
    });
});

test("V166: how a view uses a field, and how several uses become one", () => {
    expect(makeActiveField()).toEqual({
        context: "{}",
        invisible: false,
        readonly: false,
        required: false,
        onChange: false,
        forceSave: false,
        isHandle: false,
    });
    expect([combineModifiers("a", "b", "AND"), combineModifiers("a", "b", "OR")]).toEqual([
        "(a) and (b)",
        "(a) or (b)",
    ]);
    expect([combineModifiers("a", false, "AND"), combineModifiers("a", "True", "OR")]).toEqual(["False", "True"]);
    const uses = [
        { name: "name", invisible: "a", readonly: "b", required: "c", onChange: false, forceSave: true },
        { name: "name", invisible: "d", readonly: "True", required: "e", onChange: true, forceSave: false },
    ];
    const info = { fieldNodes: { name_0: uses[0], name_1: uses[1] } };
    expect(extractFieldsFromArchInfo(info, FIELDS).activeFields.name).toMatchObject({
        invisible: "(a) and (d)",
        readonly: "b",
        required: "(c) or (e)",
        onChange: true,
        forceSave: true,
    });
    const list = { fieldNodes: { name: { name: "name", required: "True" } }, fields: FIELDS };
    const lines = { name: "line_ids", viewMode: "list", views: { list: { ...list, limit: 5, defaultOrder: [] } } };
    const use = extractFieldsFromArchInfo({ fieldNodes: { lines } }, FIELDS).activeFields.line_ids;
    expect([Object.keys(use.related.activeFields), use.limit, use.defaultOrderBy]).toEqual([["name"], 5, []]);
});

test("V166: fields that are needed besides those that the arch shows", () => {
    const active = { name: makeActiveField({ readonly: "a" }) };
    const fields = { name: FIELDS.name };
    addFieldDependencies(active, fields, [
        { name: "day", type: "date" },
        { name: "name", type: "char" },
    ]);
    expect([active.day.readonly, fields.day.type, active.name.readonly]).toEqual([true, "date", "False"]);
    const extra = { at: makeActiveField({ required: "True" }), name: makeActiveField({ required: "True" }) };
    completeActiveFields(active, extra);
    expect([active.at.invisible, active.name.invisible, active.name.required]).toEqual(["True", "False", false]);
    const known = { line_ids: makeActiveField() };
    const related = { activeFields: { name: makeActiveField() }, fields: { name: FIELDS.name } };
    completeActiveFields(known, { line_ids: makeActiveField({ related }) });
    expect(known.line_ids.related.activeFields.name.invisible).toBe("True");
    patchActiveFields(known.line_ids, makeActiveField({ isHandle: true }));
    expect(known.line_ids.isHandle).toBe(true);
    expect(Object.keys(createPropertyActiveField({ type: "many2one" }).related.fields)).toEqual(["id", "display_name"]);
    expect(createPropertyActiveField({ type: "char" })).toEqual(makeActiveField());
    expect([isRelational(FIELDS.tag_ids), isRelational(FIELDS.name)]).toEqual([true, false]);
    expect(getId("line")).not.toBe(getId("line"));
});

test("V167: values of the server on the client, and back", () => {
    const parse = (name, value) => parseServerValue(FIELDS[name], value);
    expect([parse("name", false), parse("type_id", { id: 3, display_name: "T" }), parse("type_id", false)]).toEqual([
        "",
        [3, "T"],
        false,
    ]);
    expect(String(parse("note", "<p>a</p>"))).toBe("<p>a</p>");
    expect([parse("note", "<p>a</p>") instanceof String, parse("day", "2024-05-01").day, parse("at", false)]).toEqual([
        true,
        1,
        false,
    ]);
    expect(parse("doc", { id: { id: 3, model: "type" }, display_name: "T" })).toEqual({
        resModel: "type",
        resId: 3,
        displayName: "T",
    });
    expect([parse("res_id", 4), parse("res_id", { id: 4, display_name: "F" })]).toEqual([
        { resId: 4 },
        { resId: 4, displayName: "F" },
    ]);
    const property = { name: "d", type: "date", string: "D", value: "2024-05-01" };
    expect(parse("notes", [property])[0].value.month).toBe(5);
    const values = {
        name: "n",
        type_id: { id: 3, display_name: "T" },
        doc: { id: { id: 3, model: "type" }, display_name: "T" },
        line_ids: [
            [0, "virtual_1", { type_id: { id: 4, display_name: "U" } }],
            [2, 5],
        ],
    };
    const related = { fields: FIELDS, activeFields: { type_id: makeActiveField() } };
    const active = { line_ids: makeActiveField({ related }), name: makeActiveField({ readonly: "fixed" }) };
    expect(fromUnityToServerValues(values, FIELDS, active, { context: { fixed: true } })).toEqual({
        type_id: 3,
        doc: "type,3",
        line_ids: [
            [0, "virtual_1", { type_id: 4 }],
            [2, 5],
        ],
    });
    expect(fromUnityToServerValues(values, FIELDS, active, { withReadonly: true }).name).toBe("n");
});

test("V167: a group of dates stands for the last moment of its range", () => {
    const group = (spec, range, value) => ({ [spec]: value, __range: { [spec]: range }, __count: 3, __domain: [] });
    const month = extractInfoFromGroupData(
        group("day:month", { from: "2024-05-01", to: "2024-06-01" }, "May 2024"),
        ["day:month"],
        FIELDS
    );
    expect([month.displayName, month.serverValue, month.count]).toEqual(["May 2024", "2024-05-31", 3]);
    const range = { from: "2024-05-01 00:00:00", to: "2024-06-01 00:00:00" };
    const at = extractInfoFromGroupData(group("at:month", range, "May 2024"), ["at:month"], FIELDS);
    expect([at.serverValue, at.value instanceof DateTime]).toEqual(["2024-05-31 23:59:59", true]);
    const none = extractInfoFromGroupData({ "day:month": false, day_count: 1 }, ["day:month"], FIELDS);
    expect([String(none.displayName), none.value, none.serverValue, none.count]).toEqual(["None", false, false, 1]);
    expect([getGroupServerValue(FIELDS.tag_ids, 3), getGroupServerValue(FIELDS.type_id, undefined)]).toEqual([
        [3],
        false,
    ]);
});

test("V168: contexts of fields, and what expressions see", async () => {
    const context = { default_name: "x", search_default_a: 1, list_view_ref: "v", lang: "fr", active_id: 3 };
    const { record } = await openOrder({ config: { context } });
    record.fields.line_ids.context = { of: "definition" };
    record.activeFields.line_ids.context = "{'name': display_name, 'first': id}";
    expect(getFieldContext(record, "line_ids")).toEqual({
        lang: "fr",
        active_id: 3,
        of: "definition",
        name: "First",
        first: 7,
    });
    record.fields.line_ids.context = undefined;
    expect(getFieldDomain(record, "line_ids", "[('order_id', '=', id)]")).toEqual([["order_id", "=", 7]]);
    await record.update({ display_name: "" });
    expect([record.evalContext.display_name, record.evalContext.context]).toEqual([false, context]);
    const [line] = record.data.line_ids.records;
    expect([line.evalContext.parent.id, line.evalContext.product]).toEqual([7, "Desk"]);
    user.updateContext({ allowed_company_ids: [4] });
    expect(Object.keys(getBasicEvalContext({ context }))).toEqual([
        "context",
        "uid",
        "allowed_company_ids",
        "current_company_id",
    ]);
});
