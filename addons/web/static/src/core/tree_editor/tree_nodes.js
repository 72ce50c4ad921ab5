import { AST } from "@web/core/py_js/py_parser";
import { formatAST, parseExpr } from "@web/core/py_js/py";
import { toPyValue } from "@web/core/py_js/py_utils";

/**
 * @typedef {{type: "condition", path: any, operator: any, value: any, negate: boolean}} Condition
 * @typedef {{type: "complex_condition", value: string}} ComplexCondition
 * @typedef {{type: "connector", value: "&"|"|", negate: boolean, children: Tree[]}} Connector
 * @typedef {Condition|ComplexCondition|Connector} Tree
 */

/** Operators that say the opposite of each other. */
const OPPOSITES = [
    ["=", "!="],
    ["<", ">="],
    [">", "<="],
    ["in", "not in"],
    ["like", "not like"],
    ["ilike", "not ilike"],
];

/** Operator by the operator that it is the opposite of. @type {Object<string, string>} */
export const TERM_OPERATORS_NEGATION = Object.fromEntries(
    OPPOSITES.flatMap(([one, other]) => [
        [one, other],
        [other, one],
    ])
);

/** A part of a condition that is no literal: it is kept word for word. */
export class Expression {
    /** @param {string|Object} source Python source, or its syntax tree */
    constructor(source) {
        this._ast = typeof source === "string" ? parseExpr(source) : source;
        this._text = formatAST(this._ast);
    }

    toAST() {
        return this._ast;
    }

    toString() {
        return this._text;
    }
}

/** @param {string|Object} source @returns {Expression} */
export function expression(source) {
    return new Expression(source);
}

/** @returns {Connector} all ("&") or one ("|") of the children; with `negate` the contrary */
export function connector(value, children = [], negate = false) {
    return { type: "connector", value, children, negate };
}

/** @returns {Condition} */
export function condition(path, operator, value, negate = false) {
    return { type: "condition", path, operator, value, negate };
}

/** @param {string} value source of an expression that has no simpler form @returns {ComplexCondition} */
export function complexCondition(value) {
    parseExpr(value);
    return { type: "complex_condition", value };
}

const TYPES = ["connector", "condition", "complex_condition"];

/** Whether a value is a tree, as that of "any" may be. */
export function isTree(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value) && TYPES.includes(value.type);
}

/** A copy that shares nothing that can change. */
export function cloneTree(tree) {
    return cloneValue(tree);
}

function cloneValue(value) {
    if (Array.isArray(value)) {
        return value.map(cloneValue);
    }
    if (!isTree(value)) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cloneValue(part)]));
}

/** Syntax tree of a value that may hold expressions. */
export function toAST(value) {
    if (value instanceof Expression) {
        return value.toAST();
    }
    return Array.isArray(value) ? { type: AST.list, value: value.map(toAST) } : toPyValue(value);
}

/** Python source of a value. */
export function formatValue(value) {
    return formatAST(toAST(value));
}

const LITERALS = [AST.string, AST.number, AST.boolean];

/**
 * Value of a syntax tree: literals and lists as such, anything else as an expression.
 *
 * @param {Object} ast
 * @returns {any}
 */
export function toValue(ast) {
    if (LITERALS.includes(ast.type)) {
        return ast.value;
    }
    if (ast.type === AST.none) {
        return null;
    }
    if (ast.type === AST.list || ast.type === AST.tuple) {
        return ast.value.map(toValue);
    }
    const isNegativeNumber = ast.type === AST.unary && ast.op === "-" && ast.right.type === AST.number;
    return isNegativeNumber ? -ast.right.value : new Expression(ast);
}

/** The value as it is after it was written and read. */
export function normalizeValue(value) {
    return toValue(toAST(value));
}

/** Whether two values have the same form. */
export function isSameValue(one, other) {
    return formatValue(one) === formatValue(other);
}

/**
 * The tree with other nodes: `change` gets each after the ones below it, those in the value of "any" included.
 *
 * @param {Tree} tree
 * @param {(node: Tree, above: string[]) => Tree} change gets also the paths of the "any" around the node
 * @param {string[]} [above]
 * @returns {Tree}
 */
export function mapTree(tree, change, above = []) {
    if (tree.type === "connector") {
        return change({ ...tree, children: tree.children.map((child) => mapTree(child, change, above)) }, above);
    }
    if (tree.type === "condition" && isTree(tree.value)) {
        return change({ ...tree, value: mapTree(tree.value, change, [...above, tree.path]) }, above);
    }
    return change({ ...tree }, above);
}
