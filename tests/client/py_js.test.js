/** Python expressions, as views, domains and contexts hold them. */
import { describe, expect, test } from "vitest";
import { evaluateBooleanExpr, evaluateExpr, formatAST, parseExpr } from "@web/core/py_js/py";

const plain = (value) => JSON.parse(JSON.stringify(value));

describe("values", () => {
    test.each([
        ["1 + 2 * 3", {}, 7],
        ["(1 + 2) * 3", {}, 9],
        ["-2 ** 2", {}, -4],
        ["7 // 2, -7 // 2, 7 % 3, -7 % 3", {}, [3, -4, 1, 2]],
        ["1 < 2 < 3", {}, true],
        ["1 < 3 < 2", {}, false],
        ["(1, 2) < (1, 3), [2] > [1, 5]", {}, [true, true]],
        ["not a and b or c", { a: 0, b: "", c: 5 }, 5],
        ["a if b else c", { a: 1, b: [], c: 2 }, 2],
        ["state in ('draft', 'sent')", { state: "sent" }, true],
        ["state not in ['draft']", { state: "sale" }, true],
        ["'rown' in 'brown fox'", {}, true],
        ["x is None", { x: null }, true],
        ["parent.state == 'draft'", { parent: { state: "draft" } }, true],
        ["context.get('default_x', 4)", { context: {} }, 4],
        ["{'a': [1, 2], 'b': (3,)}", {}, { a: [1, 2], b: [3] }],
        ["'%s-%s' % ('a', 1)", {}, "a-1"],
        ["'%(who)s: %(share)d%%' % {'who': 'you', 'share': 3}", {}, "you: 3%"],
        ["r'a\\n' + 'b'", {}, "a\\nb"],
        ["bool(set([])) or len([1, 2])", {}, 2],
        ["min(3, 1, 2), max(3, 1, 2)", {}, [1, 3]],
        ["True and False, None", {}, [false, null]],
    ])("%s", (source, names, result) => {
        expect(plain(evaluateExpr(source, names))).toEqual(result);
    });
});

describe("days and times", () => {
    test.each([
        ["datetime.date(2024, 1, 31) + relativedelta(months=1)", "2024-02-29"],
        ["(datetime.date(2024, 5, 15) + relativedelta(day=1, months=-1)).strftime('%d/%m/%Y')", "01/04/2024"],
        [
            "(datetime.datetime(2024, 5, 1) - datetime.timedelta(hours=1)).strftime('%Y-%m-%d %H:%M')",
            "2024-04-30 23:00",
        ],
        ["datetime.date(2024, 3, 1) > datetime.date(2024, 2, 29)", true],
    ])("%s", (source, result) => {
        expect(plain(evaluateExpr(source))).toEqual(result);
    });

    test("today is a day that can be moved", () => {
        expect(evaluateExpr("context_today() + relativedelta(days=1) > context_today()")).toBe(true);
    });
});

describe("what is refused names the expression", () => {
    test.each(["1 +", "unknown_name", "a b", "'open", "1 / 0", "f(", "{'a': }", "'a' + 1"])("%s", (source) => {
        expect(() => evaluateExpr(source)).toThrow(source);
    });
});

describe("conditions of views", () => {
    test("an empty one or one without an expression is false", () => {
        expect(evaluateBooleanExpr("")).toBe(false);
        expect(evaluateBooleanExpr("0")).toBe(false);
    });

    test("constants are read with a capital or as numbers", () => {
        expect(evaluateBooleanExpr("True")).toBe(true);
        expect(evaluateBooleanExpr("1")).toBe(true);
    });

    test("values of Python's truth decide", () => {
        expect(evaluateBooleanExpr("lines", { lines: [] })).toBe(false);
        expect(evaluateBooleanExpr("lines", { lines: [4] })).toBe(true);
    });
});

describe("trees become text again", () => {
    test.each([
        "a + b * c",
        "(a + b) * c",
        'x in ["a", "b"]',
        "not (a and b)",
        '{"a": 1}',
        "f(1, key = 2)",
        "record.line.name",
        "a if b else c",
    ])("%s", (source) => {
        const again = formatAST(parseExpr(source));
        expect(formatAST(parseExpr(again))).toBe(again);
        expect(parseExpr(again)).toEqual(parseExpr(source));
    });
});
