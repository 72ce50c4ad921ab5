/** Editors of domains and expressions, and selectors of fields and records. */
import { Component, useState, xml } from "@odoo/owl";
import { userEvent } from "vitest/browser";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { DomainSelector } from "@web/core/domain_selector/domain_selector";
import { DomainSelectorDialog } from "@web/core/domain_selector_dialog/domain_selector_dialog";
import { ExpressionEditor } from "@web/core/expression_editor/expression_editor";
import { ExpressionEditorDialog } from "@web/core/expression_editor_dialog/expression_editor_dialog";
import { ModelFieldSelector } from "@web/core/model_field_selector/model_field_selector";
import { ModelSelector } from "@web/core/model_selector/model_selector";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { connector, condition, treeFromDomain } from "@web/core/tree_editor/condition_tree";
import { disambiguate, getPathsInTree, useGetTreeDescription } from "@web/core/tree_editor/utils";
import { registry } from "@web/core/registry";
import { answerRpc, makeTestEnv, mount } from "./mount";
import "@web/views/fields/parsers";

const FIELDS = {
    thing: {
        id: { type: "integer", string: "ID", searchable: true },
        name: { type: "char", string: "Name", searchable: true },
        active: { type: "boolean", string: "Active", searchable: true },
        age: { type: "integer", string: "Age", searchable: true },
        day: { type: "date", string: "Day", searchable: true },
        state: {
            type: "selection",
            string: "State",
            searchable: true,
            selection: [
                ["a", "Alpha"],
                ["b", "Beta"],
            ],
        },
        partner_id: { type: "many2one", relation: "partner", string: "Partner", searchable: true },
        tag_ids: { type: "many2many", relation: "tag", string: "Tags", searchable: true },
        secret: { type: "char", string: "Secret", searchable: false },
        props: {
            type: "properties",
            string: "Properties",
            searchable: true,
            definition_record: "partner_id",
            definition_record_field: "defn",
        },
    },
    partner: {
        id: { type: "integer", string: "ID", searchable: true },
        name: { type: "char", string: "Partner name", searchable: true },
        city: { type: "char", string: "City", searchable: true },
    },
    tag: {
        id: { type: "integer", string: "ID", searchable: true },
        name: { type: "char", string: "Tag", searchable: true },
    },
};
const RECORDS = {
    partner: { 1: "Ada", 2: "Brian", 3: "Chris" },
    tag: { 7: "Gold", 8: "Silver" },
};

function answer(_route, { model, method, kwargs }) {
    switch (method) {
        case "fields_get":
            return FIELDS[model];
        case "name_search": {
            const taken = kwargs.args?.find(([field]) => field === "id")?.[2] || [];
            return Object.entries(RECORDS[model])
                .map(([id, name]) => [Number(id), name])
                .filter(([id, name]) => !taken.includes(id) && name.toLowerCase().includes(kwargs.name.toLowerCase()));
        }
        case "search_read": {
            const [, , ids] = kwargs.domain[0];
            return ids.filter((id) => RECORDS[model][id]).map((id) => ({ id, display_name: RECORDS[model][id] }));
        }
        case "web_search_read":
            return {
                length: 1,
                records: [{ id: 1, display_name: "Ada", defn: [{ name: "abc", type: "char", string: "Colour" }] }],
            };
        case "get_available_models":
            return [
                { model: "thing", display_name: "Thing" },
                { model: "partner", display_name: "Contact" },
            ];
        default:
            return method === undefined;
    }
}

let env;
beforeEach(async () => {
    answerRpc(answer);
    env = await makeTestEnv(["orm", "field", "name", "popover", "dialog", "notification", "hotkey", "ui", "overlay"]);
});

/** Show an editor whose owner gives back what it gets. */
async function edit(Editor, props, key = "domain") {
    const updates = [];
    class Owner extends Component {
        static template = xml`<t t-component="Editor" t-props="editorProps"/>`;
        static props = ["*"];
        setup() {
            this.Editor = Editor;
            this.state = useState({ value: props[key] });
        }
        get editorProps() {
            const update = (value) => {
                updates.push(value);
                this.state.value = value;
            };
            return { readonly: false, ...props, [key]: this.state.value, update };
        }
    }
    const place = await mount(Owner, { env });
    return { place, updates };
}

const texts = (place, selector) => [...place.querySelectorAll(selector)].map((el) => el.textContent.trim());
const control = (place, name, index = 0) =>
    place.querySelectorAll(`.o_tree_editor_node_control_panel [title='${name}']`)[index];
const selectedLabel = (select) => select.selectedOptions[0].textContent;
const added = (place) => [...place.querySelectorAll("button")].find((el) => el.textContent.includes("New Rule"));

async function choose(select, label) {
    await userEvent.selectOptions(select, label);
}

async function chooseField(place, name, index = 0) {
    const opener = () => place.querySelectorAll("button.o_model_field_selector_value")[index];
    await vi.waitFor(() => expect(opener()).not.toBe(undefined));
    opener().click();
    await vi.waitFor(() => expect(place.querySelector(`[data-name='${name}'] button`)).not.toBe(null));
    place.querySelector(`[data-name='${name}'] button`).click();
}

async function type(input, value) {
    await userEvent.fill(input, value);
    input.dispatchEvent(new Event("change"));
}

describe("domain selector", () => {
    test("S7 S8: rules are added, changed, copied, branched and deleted", async () => {
        const { place, updates } = await edit(DomainSelector, { resModel: "thing", domain: "[]" });
        expect(place.querySelector(".o_tree_editor").textContent).toContain("all records");
        added(place).click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("partner_id", "in", [])]'));
        await chooseField(place, "age");
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("age", "=", 1)]'));
        await type(place.querySelector(".o_tree_editor_condition input"), "42");
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("age", "=", 42)]'));
        await choose(place.querySelector(".o_tree_editor_condition select"), "is between");
        await vi.waitFor(() => expect(updates.at(-1)).toBe('["&", ("age", ">=", 1), ("age", "<=", 1)]'));
        await choose(place.querySelector(".o_tree_editor_condition select"), ">");
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("age", ">", 1)]'));
        control(place, "Duplicate").click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe('["&", ("age", ">", 1), ("age", ">", 1)]'));
        await vi.waitFor(() => expect(control(place, "Add branch", 1)).not.toBe(undefined));
        control(place, "Add branch", 1).click();
        await vi.waitFor(() =>
            expect(updates.at(-1)).toBe('["&", "&", ("age", ">", 1), ("age", ">", 1), ("partner_id", "in", [])]')
        );
        // the branch is there though the domain does not need it
        await vi.waitFor(() => expect(place.querySelectorAll(".o_tree_editor_connector").length).toBe(1));
        control(place, "Delete", 3).click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe('["&", ("age", ">", 1), ("age", ">", 1)]'));
        await vi.waitFor(() => expect(place.querySelectorAll(".o_tree_editor_connector").length).toBe(0));
    });

    test("S7: all, any or none", async () => {
        const domain = '["&", ("age", ">", 1), ("name", "=", "x")]';
        const { place, updates } = await edit(DomainSelector, { resModel: "thing", domain });
        for (const [name, prefix] of [
            ["any", '["|", '],
            ["none", '["!", "|", '],
            ["all", '["&", '],
        ]) {
            place.querySelector(".o_tree_editor_connector_value").click();
            await vi.waitFor(() => expect(place.querySelector(".o-dropdown-item")).not.toBe(null));
            [...place.querySelectorAll(".o-dropdown-item")].find((item) => item.textContent === name).click();
            await vi.waitFor(() => expect(updates.at(-1)).toBe(`${prefix}("age", ">", 1), ("name", "=", "x")]`));
            await vi.waitFor(() => expect(place.querySelector(".o-dropdown-item")).toBe(null));
        }
    });

    test("S3: what was chosen as set stays set though it is written as a comparison", async () => {
        const { place, updates } = await edit(DomainSelector, {
            resModel: "thing",
            domain: '[("partner_id", "in", [1])]',
        });
        await choose(place.querySelector(".o_tree_editor_condition select"), "is set");
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("partner_id", "!=", False)]'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(selectedLabel(place.querySelector(".o_tree_editor_condition select"))).toBe("is set");
        expect(place.querySelectorAll(".o_tree_editor_editor input").length).toBe(0);
    });

    test("S5: records are chosen by their names", async () => {
        const { place, updates } = await edit(DomainSelector, {
            resModel: "thing",
            domain: '[("partner_id", "in", [1])]',
        });
        expect(texts(place, ".o_tag_badge_text")).toEqual(["Ada"]);
        await userEvent.fill(place.querySelector(".o-autocomplete--input"), "bri");
        await vi.waitFor(() => expect(texts(place, ".o-autocomplete--dropdown-item")).toEqual(["Brian"]));
        place.querySelector(".o-autocomplete--dropdown-item").click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("partner_id", "in", [1, 2])]'));
        await vi.waitFor(() => expect(texts(place, ".o_tag_badge_text")).toEqual(["Ada", "Brian"]));
        place.querySelector(".o_tag .o_delete").click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("partner_id", "in", [2])]'));
    });

    test("S5: editors by type", async () => {
        const domain =
            '[("state", "=", "a"), ("active", "=", True), ("state", "in", ["b"]), ("day", "=", "2024-03-09")]';
        const { place, updates } = await edit(DomainSelector, { resModel: "thing", domain });
        const conditions = place.querySelectorAll(".o_tree_editor_condition");
        const valueOf = (index) => conditions[index].querySelector(".o_tree_editor_editor:nth-child(3)");
        expect(selectedLabel(valueOf(0).querySelector("select"))).toBe("Alpha");
        expect(selectedLabel(valueOf(1).querySelector("select"))).toBe("yes");
        expect(texts(valueOf(2), ".o_tag_badge_text")).toEqual(["Beta"]);
        expect(valueOf(3).querySelector("input.o_datetime_input").value).toContain("2024");
        await choose(valueOf(2).querySelector("select"), "Alpha");
        await vi.waitFor(() => expect(updates.at(-1)).toContain('("state", "in", ["b", "a"])'));
        await choose(conditions[3].querySelector("select"), "is within");
        await vi.waitFor(() => expect(updates.at(-1)).toContain("relativedelta(months=-1)"));
        await vi.waitFor(() => expect(valueOf(3).querySelector("select")).not.toBe(null));
        await choose(valueOf(3).querySelector("select"), "weeks");
        await vi.waitFor(() => expect(updates.at(-1)).toContain("relativedelta(weeks=-1)"));
    });

    test("S5: any holds rules about the other model", async () => {
        const { place, updates } = await edit(DomainSelector, {
            resModel: "thing",
            domain: '[("partner_id", "in", [])]',
        });
        await choose(place.querySelector(".o_tree_editor_condition select"), "matches");
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("partner_id", "any", [])]'));
        await vi.waitFor(() => expect(place.querySelector(".o_tree_editor .o_tree_editor")).not.toBe(null));
        added(place.querySelector(".o_tree_editor .o_tree_editor")).click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("partner_id", "any", [("id", "=", 1)])]'));
        await chooseField(place, "city", 1);
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("partner_id", "any", [("city", "=", "")])]'));
    });

    test("S4 S5: what has no editor is shown and can be reset", async () => {
        const domain = '[("age", "=", uid), ("age", "child_of", 3), ("nothing", "=", 1)]';
        const { place, updates } = await edit(DomainSelector, { resModel: "thing", domain });
        expect(texts(place, ".o_tree_editor_unsupported code")).toContain("uid");
        expect(texts(place, "select option:checked")).toContain("child of");
        expect(place.querySelector(".o_model_field_selector_warning")).not.toBe(null);
        place.querySelector(".o_tree_editor_unsupported [title=Reset]").click();
        await vi.waitFor(() => expect(updates.at(-1)).toContain('("age", "=", 1)'));
    });

    test("S8: archived records by a switch", async () => {
        const domain = '[("age", "=", 1), ("active", "in", [True, False])]';
        const { place, updates } = await edit(DomainSelector, { resModel: "thing", domain });
        const box = place.querySelector(".o_domain_selector_archived input");
        expect(box.checked).toBe(true);
        expect(place.querySelectorAll(".o_tree_editor_condition").length).toBe(1);
        box.click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe('[("age", "=", 1)]'));
        place.querySelector(".o_domain_selector_archived input").click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe('["&", ("age", "=", 1), ("active", "in", [True, False])]'));
    });

    test("S8: text that is no domain, and the text for developers", async () => {
        const { place, updates } = await edit(DomainSelector, { resModel: "thing", domain: "[(", isDebugMode: true });
        expect(place.textContent).toContain("not valid");
        [...place.querySelectorAll("button")].find((el) => el.textContent === "Reset domain").click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe("[]"));
        const area = place.querySelector("textarea");
        await vi.waitFor(() => expect(area.value).toBe("[]"));
        await type(area, '[("age", "=", 5)]');
        await vi.waitFor(() => expect(place.querySelectorAll(".o_tree_editor_condition").length).toBe(1));
    });

    test("S10: what rules say", async () => {
        const domain =
            '["&", "|", ("age", "=", 1), ("age", "=", 2), ("partner_id", "in", [1, 9]), ("name", "=", False)]';
        const place = await mount(DomainSelector, { env, props: { resModel: "thing", domain } });
        expect(place.querySelectorAll("input, select, textarea").length).toBe(0);
        expect(texts(place, ".o_tree_editor_condition")).toHaveLength(4);
        const describe = useGetTreeDescription(env.services.field, env.services.name);
        const getFieldDef = (path) => FIELDS.thing[path];
        expect(await describe("thing", treeFromDomain(domain, { getFieldDef }))).toBe(
            "Age is in ( 1 or 2 ) and Partner is in ( Ada or Inaccessible or missing record: 9 ) and Name is not set"
        );
        const any = treeFromDomain('["!", ("partner_id", "any", [("name", "=", "x")])]');
        expect(await describe("thing", any)).toBe("Partner not matches ( Partner name = x )");
        const many = condition(
            "age",
            "in",
            Array.from({ length: 30 }, (_v, index) => index)
        );
        expect(await describe("thing", many)).toMatch(/18 or 19 or \.\.\. \)$/);
    });
});

test("S9: the dialog closes with a domain that can be searched with", async () => {
    const onConfirm = vi.fn();
    const close = vi.fn();
    const props = { resModel: "thing", domain: '[("age", "=", nobody)]', onConfirm, close };
    const place = await mount(DomainSelectorDialog, { env, props });
    const confirm = place.querySelector(".modal-footer .btn-primary");
    confirm.click();
    await vi.waitFor(() => expect(place.querySelector(".o_notification")).not.toBe(null));
    expect(onConfirm).not.toHaveBeenCalled();
    place.querySelector(".o_tree_editor_unsupported [title=Reset]").click();
    await vi.waitFor(() => expect(place.querySelector(".o_tree_editor_unsupported")).toBe(null));
    confirm.click();
    await vi.waitFor(() => expect(onConfirm).toHaveBeenCalledWith('[("age", "=", 1)]'));
    expect(close).toHaveBeenCalled();
});

describe("expression editor", () => {
    test("S12: rules of an expression", async () => {
        const props = { resModel: "thing", fields: FIELDS.thing, expression: "age == 1 and foo()" };
        const { place, updates } = await edit(ExpressionEditor, { ...props, readonly: undefined }, "expression");
        expect(place.querySelector(".o_tree_editor_complex_condition").textContent).toContain("foo()");
        await type(place.querySelector(".o_tree_editor_condition input"), "7");
        await vi.waitFor(() => expect(updates.at(-1)).toBe("age == 7 and foo()"));
        const operators = texts(place, ".o_tree_editor_condition select option");
        expect(operators).toContain("is between");
        expect(operators).not.toContain("contains");
        await chooseField(place, "name");
        await vi.waitFor(() => expect(updates.at(-1)).toBe('name == "" and foo()'));
    });

    test("S12: a dialog refuses what has no value", async () => {
        const onConfirm = vi.fn();
        const props = { resModel: "thing", fields: FIELDS.thing, expression: "nobody", onConfirm, close() {} };
        const place = await mount(ExpressionEditorDialog, { env, props });
        place.querySelector(".modal-footer .btn-primary").click();
        await vi.waitFor(() => expect(place.querySelector(".o_notification")).not.toBe(null));
        expect(onConfirm).not.toHaveBeenCalled();
    });
});

describe("field selector", () => {
    const labels = (place) => texts(place, ".o_model_field_selector_popover_item_name");

    test("S11: search, keyboard, relations and properties", async () => {
        const { place, updates } = await edit(ModelFieldSelector, { resModel: "thing", path: "name" }, "path");
        place.querySelector("button.o_model_field_selector_value").click();
        await vi.waitFor(() => expect(labels(place)).toHaveLength(9));
        expect(labels(place)[0]).toBe("Active");
        const search = place.querySelector(".o_model_field_selector_popover_search input");
        await vi.waitFor(() => expect(document.activeElement).toBe(search));
        await userEvent.keyboard("part");
        await vi.waitFor(() => expect(labels(place)).toEqual(["Partner"]));
        await userEvent.clear(search);
        await vi.waitFor(() => expect(labels(place)).toHaveLength(9));
        await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}");
        await vi.waitFor(() =>
            expect(texts(place, ".active .o_model_field_selector_popover_item_name")).toEqual(["Name"])
        );
        await userEvent.keyboard("{ArrowDown}{ArrowRight}");
        await vi.waitFor(() => expect(labels(place)).toEqual(["City", "ID", "Partner name"]));
        await userEvent.keyboard("{Enter}");
        await vi.waitFor(() => expect(updates).toEqual(["partner_id.city"]));
        await vi.waitFor(() => expect(texts(place, ".o_model_field_selector_chain_part")).toEqual(["Partner", "City"]));
        await chooseField(place, "name");
        await vi.waitFor(() => expect(updates.at(-1)).toBe("partner_id.name"));
        place.querySelector("button.o_model_field_selector_value").click();
        await vi.waitFor(() => expect(place.querySelector(".o_model_field_selector_popover_prev_page")).not.toBe(null));
        place.querySelector(".o_model_field_selector_popover_prev_page").click();
        await vi.waitFor(() => expect(place.querySelector("[data-name=props] button")).not.toBe(null));
        place.querySelector("[data-name=props] button").click();
        await vi.waitFor(() => expect(labels(place)).toEqual(["Colour(Ada)"]));
        place.querySelector("[data-name=abc] button").click();
        await vi.waitFor(() => expect(updates.at(-1)).toBe("props.abc"));
    });

    test("S11: what cannot be a path is marked", async () => {
        const invalid = async (path, allowEmpty = false) => {
            const place = await mount(ModelFieldSelector, { env, props: { resModel: "thing", path, allowEmpty } });
            return Boolean(place.querySelector(".o_model_field_selector_warning"));
        };
        expect(await invalid("nothing.at.all")).toBe(true);
        expect(await invalid("props")).toBe(true);
        expect(await invalid("")).toBe(true);
        expect(await invalid("", true)).toBe(false);
        expect(await invalid(1)).toBe(false);
        expect(await invalid("partner_id.name")).toBe(false);
    });
});

describe("record selectors", () => {
    test("S15: one record", async () => {
        const update = vi.fn();
        const place = await mount(RecordSelector, { env, props: { resModel: "partner", resId: 2, update } });
        const input = place.querySelector("input");
        expect(input.value).toBe("Brian");
        await userEvent.fill(input, "chr");
        await vi.waitFor(() => expect(texts(place, ".o-autocomplete--dropdown-item")).toEqual(["Chris"]));
        place.querySelector(".o-autocomplete--dropdown-item").click();
        expect(update).toHaveBeenCalledWith(3);
    });

    test("S15: several records, and tags by keyboard", async () => {
        const update = vi.fn();
        const place = await mount(MultiRecordSelector, { env, props: { resModel: "tag", resIds: [7, 8], update } });
        expect(texts(place, ".o_tag_badge_text")).toEqual(["Gold", "Silver"]);
        place.querySelector("input").focus();
        await userEvent.keyboard("{ArrowLeft}{ArrowLeft}{Backspace}");
        expect(update).toHaveBeenLastCalledWith([8]);
        await userEvent.keyboard("{Backspace}");
        expect(update).toHaveBeenLastCalledWith([7]);
    });

    test("S15: a search in all records opens where they are many", async () => {
        const shown = [];
        const saved = registry.category("dialogs").get("select_create", null);
        class Choice extends Component {
            static template = xml`<p class="choice"/>`;
            static props = ["*"];
            setup() {
                shown.push(this.props);
            }
        }
        registry.category("dialogs").add("select_create", Choice, { force: true });
        answerRpc((route, params) =>
            params.method === "name_search"
                ? Array.from({ length: params.kwargs.limit }, (_v, index) => [index + 1, `Name ${index}`])
                : answer(route, params)
        );
        const update = vi.fn();
        const place = await mount(RecordSelector, { env, props: { resModel: "partner", resId: false, update } });
        await userEvent.fill(place.querySelector("input"), "n");
        await vi.waitFor(() => expect(place.querySelectorAll(".o-autocomplete--dropdown-item").length).toBe(8));
        place.querySelector(".o_m2o_dropdown_option_search_more").click();
        await vi.waitFor(() => expect(shown).toHaveLength(1));
        expect(shown[0]).toMatchObject({ resModel: "partner", multiSelect: false });
        shown[0].onSelected([5]);
        expect(update).toHaveBeenCalledWith(5);
        registry.category("dialogs").remove("select_create");
        if (saved) {
            registry.category("dialogs").add("select_create", saved);
        }
    });

    test("S15: a model", async () => {
        const onModelSelected = vi.fn();
        const place = await mount(ModelSelector, { env, props: { onModelSelected } });
        await userEvent.fill(place.querySelector("input"), "cont");
        await vi.waitFor(() => expect(texts(place, ".o-autocomplete--dropdown-item")).toEqual(["Contact"]));
        place.querySelector(".o-autocomplete--dropdown-item").click();
        expect(onModelSelected).toHaveBeenCalledWith({ label: "Contact", technical: "partner" });
    });
});

test("S10: helpers of descriptions", () => {
    expect(disambiguate("")).toBe(true);
    expect(disambiguate(["1", 2])).toBe(true);
    expect(disambiguate(["1", "2"])).toBe(false);
    expect(disambiguate([1, "x"], { 1: "Ada" })).toBe(false);
    const tree = connector("&", [condition("a", "=", 1), condition("b", "any", condition("c", "=", 1))]);
    expect(getPathsInTree(tree)).toEqual(["a", "b"]);
    expect(getPathsInTree(tree, true)).toEqual(["a", "b", "b.c"]);
});
