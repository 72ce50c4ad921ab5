/** Order and names of properties. */
import { describe, expect, test } from "vitest";
import { movedProperty, newName, sectionsOf } from "@web/views/fields/properties/property_order";
import { isSameValue, parseServerValue, toServerValue } from "@web/model/relational_model/utils";

const named = (...names) => names.map((name) => ({ name, type: name.startsWith("s_") ? "separator" : "char" }));
const keys = (sections) => sections.map(({ properties }) => properties.map(({ name }) => name).join(""));

describe("F93: sections", () => {
    test("without separators there are as many as columns", () => {
        expect(keys(sectionsOf(named("a", "b", "c"), 1))).toEqual(["abc"]);
        expect(keys(sectionsOf(named("a", "b", "c"), 2))).toEqual(["ab", "c"]);
        expect(keys(sectionsOf([], 2))).toEqual([""]);
    });

    test("separators begin them", () => {
        const sections = sectionsOf(named("a", "s_1", "b", "c", "s_2"), 2);
        expect(keys(sections)).toEqual(["a", "bc", ""]);
        expect(sections.map(({ separator }) => separator?.name)).toEqual([undefined, "s_1", "s_2"]);
    });

    test("a property goes before or after another", () => {
        const order = (...args) => movedProperty(named("a", "b", "c"), ...args).map(({ name }) => name);
        expect(order("a", "c", true)).toEqual(["b", "c", "a"]);
        expect(order("c", "a", false)).toEqual(["c", "a", "b"]);
        expect(movedProperty(named("a", "b"), "a", "b", true)[1].definition_changed).toBe(true);
    });
});

test("F92: values of another kind get another name, and the first kind the first name", () => {
    const origin = { name: "first", type: "char" };
    const toNumber = newName({ current: "first", origin, known: origin, definition: { type: "integer" } });
    expect(toNumber).toMatch(/^[0-9a-f]{16}$/);
    const known = { name: toNumber, type: "integer" };
    expect(newName({ current: toNumber, origin, known, definition: { type: "integer", string: "x" } })).toBe(toNumber);
    expect(newName({ current: toNumber, origin, known, definition: { type: "char" } })).toBe("first");
});

test("V167: values of properties are those of fields", () => {
    const field = { type: "properties" };
    const server = [
        { name: "a", type: "date", value: "2024-05-06" },
        { name: "b", type: "many2one", comodel: "x", value: [3, "Three"] },
        { name: "c", type: "many2many", comodel: "x", value: [[3, "Three"]] },
        { name: "d", type: "separator" },
    ];
    const parsed = parseServerValue(field, server);
    expect(parsed[0].value.year).toBe(2024);
    expect(toServerValue(field, parsed)).toEqual(server);
    expect(isSameValue(field, parsed, parseServerValue(field, server))).toBe(true);
});
