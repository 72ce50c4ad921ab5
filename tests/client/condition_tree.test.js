/** Trees of conditions: from domains and expressions and back, with the operators that users see. */
import { describe, expect, test } from "vitest";
import {
    cloneTree,
    complexCondition,
    condition,
    connector,
    domainFromExpression,
    domainFromTree,
    Expression,
    expression,
    expressionFromDomain,
    expressionFromTree,
    formatValue,
    isTree,
    normalizeValue,
    removeBetweenOperators,
    removeWithinOperators,
    TERM_OPERATORS_NEGATION,
    toValue,
    treeFromDomain,
    treeFromExpression,
} from "@web/core/tree_editor/condition_tree";
import { formatAST, parseExpr } from "@web/core/py_js/py";

const FIELDS = {
    name: { type: "char" },
    active: { type: "boolean" },
    age: { type: "integer" },
    day: { type: "date" },
    moment: { type: "datetime" },
    partner_id: { type: "many2one", relation: "res.partner" },
    "partner_id.name": { type: "char" },
    tag_ids: { type: "many2many", relation: "x.tag" },
};
const options = { getFieldDef: (path) => FIELDS[path] || null };
const DAY = 'context_today().strftime("%Y-%m-%d")';
const DAY_AFTER = '(context_today() + relativedelta(days=5)).strftime("%Y-%m-%d")';
const MIDNIGHT = "datetime.datetime.combine(context_today(), datetime.time(0, 0, 0))";
const PAST = "datetime.datetime.combine(context_today() + relativedelta(months=-1), datetime.time(0, 0, 0))";
const UTC = '.to_utc().strftime("%Y-%m-%d %H:%M:%S")';

describe("a domain is a tree and the tree the domain", () => {
    test.each([
        ["[]", connector("&")],
        ['[("age", "=", 1)]', condition("age", "=", 1)],
        [
            '["&", ("age", ">", 1), "&", ("age", "<", 9), ("day", "=", today)]',
            connector("&", [
                condition("age", ">", 1),
                condition("age", "<", 9),
                condition("day", "=", expression("today")),
            ]),
        ],
        [
            '["|", ("age", "=", 1), "&", ("age", "=", 2), "|", ("age", "=", 3), ("age", "=", 4)]',
            connector("|", [
                condition("age", "=", 1),
                connector("&", [
                    condition("age", "=", 2),
                    connector("|", [condition("age", "=", 3), condition("age", "=", 4)]),
                ]),
            ]),
        ],
        ['["!", ("age", "=", 1)]', condition("age", "=", 1, true)],
        [
            '["!", "|", ("age", "=", 1), ("age", "=", 2)]',
            connector("|", [condition("age", "=", 1), condition("age", "=", 2)], true),
        ],
        ['[("name", "=", False)]', condition("name", "not_set", false)],
        ['[("name", "!=", False)]', condition("name", "set", false)],
        ['[("partner_id", "=", False)]', condition("partner_id", "=", false)],
        ['[("active", "=", True)]', condition("active", "is", true)],
        ['[("active", "!=", False)]', condition("active", "is_not", false)],
        ['[("name", "=ilike", "ab%")]', condition("name", "starts_with", "ab")],
        ['[("name", "=ilike", "%ab")]', condition("name", "ends_with", "ab")],
        ['["&", ("age", ">=", 1), ("age", "<=", 3)]', condition("age", "between", [1, 3])],
        [
            '["&", "&", ("name", "=", "a"), ("age", ">=", 1), ("age", "<=", 3)]',
            connector("&", [condition("name", "=", "a"), condition("age", "between", [1, 3])]),
        ],
        [
            '["|", ("age", ">=", 1), ("age", "<=", 3)]',
            connector("|", [condition("age", ">=", 1), condition("age", "<=", 3)]),
        ],
        [`["&", ("day", ">=", ${DAY}), ("day", "<=", ${DAY_AFTER})]`, condition("day", "within", [5, "days", "date"])],
        [
            `["&", ("moment", ">=", ${PAST}${UTC}), ("moment", "<=", ${MIDNIGHT}${UTC})]`,
            condition("moment", "within", [-1, "months", "datetime"]),
        ],
        [
            '[("partner_id", "any", [("name", "=", False)])]',
            condition("partner_id", "any", condition("name", "not_set", false)),
        ],
        ['[("partner_id", "not any", [])]', condition("partner_id", "not any", connector("&"))],
        ['[("partner_id", "any", some_domain)]', condition("partner_id", "any", expression("some_domain"))],
        ['[(bool(a + b), "=", 1)]', complexCondition("a + b")],
        ['[(1, "=", 1)]', condition(1, "=", 1)],
        ['[("age", "in", [uid, 3, -1])]', condition("age", "in", [expression("uid"), 3, -1])],
    ])("%s", (domain, tree) => {
        expect(treeFromDomain(domain, options)).toEqual(tree);
        const written = domainFromTree(tree).replaceAll("(", "").replaceAll("[", "");
        const plain = domainFromTree(treeFromDomain(domain)).replaceAll("(", "").replaceAll("[", "");
        expect(written).toBe(plain);
        expect(treeFromDomain(domainFromTree(tree), options)).toEqual(tree);
    });

    test("S2: not is pushed down on request", () => {
        const domain = '["!", "&", ("age", "=", 1), "|", ("name", "ilike", "a"), ("name", "=ilike", "a")]';
        expect(treeFromDomain(domain, { ...options, distributeNot: true })).toEqual(
            connector("|", [
                condition("age", "!=", 1),
                connector("&", [condition("name", "not ilike", "a"), condition("name", "=ilike", "a", true)]),
            ])
        );
        expect(domainFromTree(treeFromDomain(domain, options))).toBe(domain);
    });

    test("a domain that is none is refused", () => {
        expect(() => treeFromDomain('[("a", "=")]')).toThrow("neither an operator nor a condition");
    });

    test("the value of a comparison keeps its kind", () => {
        expect(normalizeValue([1, "a", [true, null]])).toEqual([1, "a", [true, null]]);
        expect(toValue(parseExpr("a.b + 1"))).toBeInstanceOf(Expression);
        expect(formatValue([1, "x", expression("a.b")])).toBe('[1, "x", a.b]');
        expect(isTree(connector("&")) && isTree(complexCondition("a"))).toBe(true);
        expect(isTree([1]) || isTree(null) || isTree(expression("a"))).toBe(false);
        expect(TERM_OPERATORS_NEGATION["not ilike"]).toBe("ilike");
    });

    test("a copy is independent", () => {
        const tree = connector("&", [condition("partner_id", "any", connector("|", [condition("a", "in", [1])]))]);
        const copy = cloneTree(tree);
        expect(copy).toEqual(tree);
        copy.children[0].value.children[0].value.push(2);
        expect(tree.children[0].value.children[0].value).toEqual([1]);
    });

    test("single groups of operators are taken away", () => {
        const within = condition("day", "within", [1, "weeks", "date"]);
        const between = removeWithinOperators(within);
        expect(between.operator).toBe("between");
        expect(String(between.value[1])).toBe('(context_today() + relativedelta(weeks=1)).strftime("%Y-%m-%d")');
        expect(removeBetweenOperators(connector("|", [condition("age", "between", [1, 2])]))).toEqual(
            connector("|", [connector("&", [condition("age", ">=", 1), condition("age", "<=", 2)])])
        );
    });
});

describe("an expression is a tree and the tree the expression", () => {
    test.each([
        ["True", condition(1, "=", 1)],
        ["False", condition(0, "=", 1)],
        ["age == 1", condition("age", "=", 1)],
        ["name", condition("name", "set", false)],
        ["not name", condition("name", "not_set", false)],
        ["active", condition("active", "is", true)],
        ["not active", condition("active", "is", false)],
        ["age >= 1 and age <= 3", condition("age", "between", [1, 3])],
        ["unknown == 1", complexCondition("unknown == 1")],
        [
            "age == 1 and name or parent.x",
            connector("|", [
                connector("&", [condition("age", "=", 1), condition("name", "set", false)]),
                complexCondition("parent.x"),
            ]),
        ],
        ["not (age == 1 or active)", connector("|", [condition("age", "=", 1), condition("active", "is", true)], true)],
        ["set(tag_ids).intersection([1, 2])", condition("tag_ids", "in", [1, 2])],
        ["not set(tag_ids).intersection([1, 2])", condition("tag_ids", "not in", [1, 2])],
        ['name in ["a", "b"]', condition("name", "in", ["a", "b"])],
        ['(name or "").lower().startswith("ab")', condition("name", "starts_with", "ab")],
        ['(name or "").lower().endswith("ab")', condition("name", "ends_with", "ab")],
        ["age == uid", condition("age", "=", expression("uid"))],
    ])("%s", (source, tree) => {
        expect(treeFromExpression(source, options)).toEqual(tree);
        expect(expressionFromTree(tree, options)).toBe(source);
    });

    test("S12: a choice is expanded and folded back", () => {
        const source = "name if age == 1 else active";
        expect(treeFromExpression(source, options)).toEqual(
            connector("|", [
                connector("&", [condition("age", "=", 1), condition("name", "set", false)]),
                connector("&", [condition("age", "=", 1, true), condition("active", "is", true)]),
            ])
        );
        for (const distributeNot of [false, true]) {
            const tree = treeFromExpression(source, { ...options, distributeNot });
            expect(expressionFromTree(tree, options)).toBe(source);
        }
        const inside = "(name if age == 1 else active) and day";
        expect(expressionFromTree(treeFromExpression(inside, options), options)).toBe(inside);
    });

    test("sides may be exchanged, not told by operators", () => {
        const given = { ...options, distributeNot: true };
        expect(treeFromExpression("3 < age", options)).toEqual(condition("age", ">", 3));
        expect(treeFromExpression("not (age == 1 and name)", given)).toEqual(
            connector("|", [condition("age", "!=", 1), condition("name", "not_set", false)])
        );
    });

    test("from a domain and to a domain", () => {
        expect(expressionFromDomain('[("age", ">", 3), ("tag_ids", "in", [1])]', options)).toBe(
            "age > 3 and set(tag_ids).intersection([1])"
        );
        expect(domainFromExpression("age > 3 or not name", options)).toBe(
            '["|", ("age", ">", 3), ("name", "=", False)]'
        );
        expect(() => expressionFromDomain('[("name", "ilike", "a")]', options)).toThrow("has no place");
    });
});

test.each([
    "(a if b else c) and d",
    "(not a) == b",
    "(a if b else c) if d else e if f else g",
    "not (a if b else c)",
    "f(a if b else c, not d)",
])("an expression is written as it is read: %s", (source) => {
    expect(formatAST(parseExpr(source))).toBe(source);
});
