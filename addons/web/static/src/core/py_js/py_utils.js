import { AST, parse } from "@web/core/py_js/py_parser";
import { tokenize } from "@web/core/py_js/py_tokenizer";
import { PyDate, PyDateTime } from "@web/core/py_js/py_date";

/** Prototype of the dictionaries that {@link toPyDict} makes: it has nothing. */
export const PY_DICT = Object.freeze(Object.create(null));

/** Dictionary made by an expression: prototype-less so that any key is safe. */
export function toPyDict(object) {
    return Object.assign(Object.create(PY_DICT), object);
}

/** JavaScript value -> syntax tree. @throws {Error} values that have no Python form */
export function toPyValue(value) {
    switch (typeof value) {
        case "string":
            return { type: AST.string, value };
        case "number":
            return { type: AST.number, value };
        case "boolean":
            return { type: AST.boolean, value };
        case "undefined":
            return { type: AST.none };
        case "object":
            if (value === null) {
                return { type: AST.none };
            }
            if (Array.isArray(value)) {
                return { type: AST.list, value: value.map(toPyValue) };
            }
            if (value instanceof String) {
                return { type: AST.string, value: value.toString() };
            }
            if (value instanceof Date) {
                return { type: AST.string, value: PyDateTime.convertDate(value).strftime("%Y-%m-%d %H:%M:%S") };
            }
            if (value instanceof PyDate || value instanceof PyDateTime) {
                return { type: AST.string, value: String(value) };
            }
            if (value instanceof Set) {
                return { type: AST.set, value: [...value].map(toPyValue) };
            }
            return {
                type: AST.dictionary,
                value: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPyValue(item)])),
            };
    }
    throw new Error(`A ${typeof value} has no Python form`);
}

const PRECEDENCE = {
    or: 30,
    and: 40,
    not: 50,
    "|": 70,
    "^": 80,
    "&": 90,
    "<<": 100,
    ">>": 100,
    "+": 110,
    "-": 110,
    "*": 120,
    "/": 120,
    "//": 120,
    "%": 120,
    "**": 140,
};

function precedence(op) {
    return PRECEDENCE[op] ?? 60;
}

function formatOperation(op, left, right, lbp) {
    const power = precedence(op);
    const text = `${formatAST(left, power)} ${op} ${formatAST(right, power + 1)}`;
    return bracketed(text, power < lbp);
}

function bracketed(text, isNeeded) {
    return isNeeded ? `(${text})` : text;
}

/** Syntax tree -> source text. */
export function formatAST(ast, lbp = 0) {
    const list = (items) => items.map((item) => formatAST(item)).join(", ");
    switch (ast.type) {
        case AST.none:
            return "None";
        case AST.string:
            return JSON.stringify(ast.value);
        case AST.number:
            return String(ast.value);
        case AST.boolean:
            return ast.value ? "True" : "False";
        case AST.list:
            return `[${list(ast.value)}]`;
        case AST.set:
            return `{${list(ast.value)}}`;
        case AST.tuple:
            return `(${list(ast.value)}${ast.value.length === 1 ? "," : ""})`;
        case AST.name:
            return ast.value;
        case AST.unary:
            return ast.op === "not"
                ? bracketed(`not ${formatAST(ast.right, 50)}`, lbp > 50)
                : ast.op + formatAST(ast.right, 130);
        case AST.binary:
        case AST.booleanOperator:
            return formatOperation(ast.op, ast.left, ast.right, lbp);
        case AST.dictionary: {
            const pairs = Object.entries(ast.value).map(([key, item]) => `${JSON.stringify(key)}: ${formatAST(item)}`);
            return `{${pairs.join(", ")}}`;
        }
        case AST.lookup:
            return `${formatAST(ast.target, 150)}[${formatAST(ast.key)}]`;
        case AST.attribute:
            return `${formatAST(ast.obj, 150)}.${ast.key}`;
        case AST.conditional: {
            const { ifTrue, condition, ifFalse } = ast;
            const text = `${formatAST(ifTrue, 1)} if ${formatAST(condition, 1)} else ${formatAST(ifFalse)}`;
            return bracketed(text, lbp > 0);
        }
        case AST.call: {
            const named = Object.entries(ast.kwargs).map(([key, item]) => `${key}=${formatAST(item)}`);
            return `${formatAST(ast.fn, 150)}(${[...ast.args.map((item) => formatAST(item)), ...named].join(", ")})`;
        }
    }
    throw new Error(`Unknown kind of node: ${ast.type}`);
}

/** Text -> syntax tree. */
export function parseSource(text) {
    return parse(tokenize(text));
}
