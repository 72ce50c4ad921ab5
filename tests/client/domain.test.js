/** Domains and contexts on the client. */
import { describe, expect, test } from "vitest";
import { evalContext, evalPartialContext, makeContext } from "@web/core/context";
import { Domain, InvalidDomainError } from "@web/core/domain";

describe("records that a domain contains", () => {
    test.each([
        [[], { a: 1 }, true],
        [[["a", "=", 1]], { a: 1 }, true],
        [
            [
                ["a", "=", 1],
                ["b", "!=", 2],
            ],
            { a: 1, b: 2 },
            false,
        ],
        [["|", ["a", "=", 1], ["b", "=", 2]], { a: 0, b: 2 }, true],
        [["!", ["a", "in", [1, 2]]], { a: 3 }, true],
        [[["name", "ilike", "bri%te"]], { name: "Brisk Concrete" }, true],
        [[["name", "not ilike", "wood"]], { name: "Brisk Concrete" }, true],
        [[["name", "=like", "B%"]], { name: "Brisk" }, true],
        [[["name", "=like", "b%"]], { name: "Brisk" }, false],
        [[["tags", "in", [4]]], { tags: [3, 4] }, true],
        [[["tags", "not in", [5]]], { tags: [3, 4] }, true],
        [[["day", "<", "2024-02-01"]], { day: "2024-01-31" }, true],
    ])("%j of %j", (domain, record, result) => {
        expect(new Domain(domain).contains(record)).toBe(result);
    });
});

describe("domains are combined", () => {
    const a = [["a", "=", 1]];
    const b = ["|", ["b", "=", 2], ["c", "=", 3]];

    test("by and, or, not", () => {
        expect(String(Domain.and([a, b]))).toBe('["&", ["a", "=", 1], "|", ["b", "=", 2], ["c", "=", 3]]');
        expect(String(Domain.or([a, b]))).toBe('["|", ["a", "=", 1], "|", ["b", "=", 2], ["c", "=", 3]]');
        expect(String(Domain.not(b))).toBe('["!", "|", ["b", "=", 2], ["c", "=", 3]]');
    });

    test("every operator is written out", () => {
        expect(new Domain([...a, ...a]).toList()).toEqual(["&", ...a, ...a]);
    });

    test("empty ones leave no trace", () => {
        expect(String(Domain.and([]))).toBe("[]");
        expect(Domain.and([[], a]).toList()).toEqual(a);
    });

    test("conditions on a field are taken out", () => {
        expect(Domain.removeDomainLeaves([["a", "=", 1], ...b], ["a"]).contains({ a: 5, b: 2 })).toBe(true);
    });
});

test("a text is evaluated when its values are asked for", () => {
    const domain = new Domain("[('user_id', '=', uid), ('day', '>', context_today().strftime('%Y'))]");
    const [, mine, recent] = domain.toList({ uid: 7 });
    expect(mine).toEqual(["user_id", "=", 7]);
    expect(recent[2]).toMatch(/^\d{4}$/);
});

test.each(["[('a', '=')]", "['x']", "['&', ('a', '=', 1)]", "4"])("%s is no domain", (text) => {
    expect(() => new Domain(text)).toThrow(InvalidDomainError);
});

describe("contexts", () => {
    test("a text is evaluated, a dictionary stays", () => {
        expect(evalContext("{'default_a': b}", { b: 3 })).toEqual({ default_a: 3 });
        expect(evalContext({ a: 1 })).toEqual({ a: 1 });
    });

    test("later ones see and override earlier ones", () => {
        const parts = [{ lang: "fr_FR", a: 1 }, "{'b': a + 1}", undefined, { a: 5 }];
        expect(makeContext(parts)).toEqual({ lang: "fr_FR", a: 5, b: 2 });
    });

    test("entries whose names are unknown are left out", () => {
        expect(evalPartialContext("{'a': 1, 'b': missing.id}", {})).toEqual({ a: 1 });
    });
});
