import { AST } from "@web/core/py_js/py_parser";
import { formatAST, parseExpr } from "@web/core/py_js/py";
import { domainFromTree, treeFromDomain } from "@web/core/tree_editor/tree_domain";
import {
    complexCondition,
    condition,
    connector,
    isSameValue,
    TERM_OPERATORS_NEGATION,
    toAST,
    toValue,
} from "@web/core/tree_editor/tree_nodes";
import { createVirtualOperators, removeVirtualOperators } from "@web/core/tree_editor/virtual_operators";

/**
 * Python expressions about a record as trees, and back.
 *
 * @typedef {import("@web/core/tree_editor/tree_nodes").Tree} Tree
 * @typedef {{distributeNot?: boolean, getFieldDef?: (path: any) => Object|null}} Options
 */

const TO_MANY = ["one2many", "many2many"];
const CONNECTORS = { and: "&", or: "|" };
const OTHER_CONNECTOR = { "&": "|", "|": "&" };
/** Operators of expressions by those of conditions. */
const COMPARISONS = { "=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", in: "in", "not in": "not in" };
const OPERATORS = Object.fromEntries(Object.entries(COMPARISONS).map(([operator, sign]) => [sign, operator]));
/** The same comparison with its sides exchanged. */
const MIRRORED = { "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
/** Methods of texts by the operator, and the pattern of the operator. */
const TEXT_METHODS = { startswith: (text) => `${text}%`, endswith: (text) => `%${text}` };

// ------------------------------------------------------------------ expression -> tree

/** Reads the syntax tree of an expression. */
class ExpressionReader {
    /** @param {Options} options */
    constructor(options) {
        this.getFieldDef = options.getFieldDef || (() => null);
        this.distributeNot = options.distributeNot;
    }

    /** @returns {Tree} */
    read(ast, negate = false) {
        if (ast.type === AST.unary && ast.op === "not" && !this.isMembership(ast.right)) {
            return this.simple(ast.right, true, negate) || this.read(ast.right, !negate);
        }
        if (ast.type === AST.booleanOperator) {
            return this.connected(CONNECTORS[ast.op], [ast.left, ast.right], negate);
        }
        if (ast.type === AST.conditional) {
            return this.choice(ast, negate);
        }
        if (ast.type === AST.boolean) {
            return condition(ast.value === negate ? 0 : 1, "=", 1);
        }
        return this.simple(ast, false, negate) || complexCondition(formatAST(negate ? negated(ast) : ast));
    }

    connected(value, parts, negate) {
        const isPushed = negate && this.distributeNot;
        const children = parts.map((part) => this.read(part, isPushed));
        const own = isPushed ? OTHER_CONNECTOR[value] : value;
        const flat = children.flatMap((child) => {
            const isSame = child.type === "connector" && child.value === own && !child.negate;
            return isSame ? child.children : [child];
        });
        return connector(own, flat, negate && !isPushed);
    }

    /** `a if c else b` is a where c is, and b where it is not. */
    choice({ condition: test, ifTrue, ifFalse }, negate) {
        const branches = [
            { type: AST.booleanOperator, op: "and", left: test, right: ifTrue },
            { type: AST.booleanOperator, op: "and", left: negated(test), right: ifFalse },
        ];
        return this.connected("|", branches, negate);
    }

    /** @returns {Tree|null} the condition that a part without connectors is */
    simple(ast, isNot, negate) {
        const found = isNot
            ? this.absence(ast)
            : this.comparison(ast) || this.membership(ast) || this.text(ast) || this.presence(ast);
        if (!found || !negate) {
            return found;
        }
        const opposite = TERM_OPERATORS_NEGATION[found.operator];
        return this.distributeNot && opposite ? { ...found, operator: opposite } : { ...found, negate: true };
    }

    /** @returns {string|null} name of the field that a node is */
    field(ast) {
        return ast.type === AST.name && this.getFieldDef(ast.value) ? ast.value : null;
    }

    presence(ast) {
        const path = this.field(ast);
        return path && (this.isBoolean(path) ? condition(path, "=", true) : condition(path, "!=", false));
    }

    absence(ast) {
        const path = this.field(ast);
        return path && condition(path, "=", false);
    }

    isBoolean(path) {
        return this.getFieldDef(path).type === "boolean";
    }

    comparison(ast) {
        const operator = ast.type === AST.binary && OPERATORS[ast.op];
        if (!operator) {
            return null;
        }
        const [left, right] = [this.field(ast.left), this.field(ast.right)];
        if (left && !right) {
            return condition(left, operator, toValue(ast.right));
        }
        const isMirrored = right && !left && MIRRORED[operator];
        return isMirrored ? condition(right, MIRRORED[operator], toValue(ast.left)) : null;
    }

    isMembership(ast) {
        return Boolean(this.membership(ast));
    }

    /** `set(path).intersection(values)`, with "not" or without. */
    membership(ast) {
        const isNot = ast.type === AST.unary && ast.op === "not";
        const call = isNot ? ast.right : ast;
        const isCall = call.type === AST.call && call.fn.type === AST.attribute && call.fn.key === "intersection";
        if (!isCall || call.args.length !== 1) {
            return null;
        }
        const [owner] = [call.fn.obj];
        const isSet = owner.type === AST.call && owner.fn.value === "set" && owner.args.length === 1;
        const path = isSet && this.field(owner.args[0]);
        return path ? condition(path, isNot ? "not in" : "in", toValue(call.args[0])) : null;
    }

    /** `(path or "").startswith("text")`, of the text in small letters. */
    text(ast) {
        const isCall = ast.type === AST.call && ast.fn.type === AST.attribute && ast.fn.key in TEXT_METHODS;
        const [value] = isCall && ast.args.length === 1 ? ast.args : [];
        if (!value || value.type !== AST.string) {
            return null;
        }
        const wanted = textOf(FIELD_PLACE, ast.fn.key, value.value);
        const path = this.field(fieldOfText(ast) || ast);
        const isSame = path && formatAST(ast) === wanted.replace(FIELD_PLACE, path);
        return isSame ? condition(path, "=ilike", TEXT_METHODS[ast.fn.key](value.value)) : null;
    }
}

const FIELD_PLACE = "__field__";

/** Source of the test whether a field, which may be empty, starts or ends with a text. */
function textOf(path, method, text) {
    const value = formatAST(toAST(text.toLowerCase()));
    return formatAST(parseExpr(`(${path} or "").lower().${method}(${value})`));
}

/** The node of the field in what `textOf` makes. */
function fieldOfText(ast) {
    const lower = ast.fn.obj;
    const or = lower.type === AST.call && lower.fn.type === AST.attribute && lower.fn.key === "lower" && lower.fn.obj;
    return or && or.type === AST.booleanOperator ? or.left : null;
}

function negated(ast) {
    return ast.type === AST.unary && ast.op === "not" ? ast.right : { type: AST.unary, op: "not", right: ast };
}

/**
 * Tree of an expression about the fields of a record; what is not a condition on a field is a complex condition.
 *
 * @param {string} source
 * @param {Options} [options]
 * @returns {Tree}
 * @throws {Error} the source cannot be parsed
 */
export function treeFromExpression(source, options = {}) {
    return createVirtualOperators(new ExpressionReader(options).read(parseExpr(source)), options);
}

// ------------------------------------------------------------------ tree -> expression

const NAMES = { "&": "and", "|": "or" };

function named(path) {
    if (typeof path === "string") {
        return { type: AST.name, value: path };
    }
    return toAST(path);
}

function truth(value) {
    return { type: AST.boolean, value };
}

/** @returns {Object} syntax tree of a condition */
function conditionAST({ path, operator, value, negate }, getFieldDef) {
    const ast = plainAST({ path, operator, value }, getFieldDef);
    return negate ? negated(ast) : ast;
}

function plainAST({ path, operator, value }, getFieldDef) {
    const left = named(path);
    if (typeof path === "number" && operator === "=" && typeof value === "number") {
        return truth(path === value);
    }
    if (typeof value === "boolean" && ["=", "!="].includes(operator)) {
        return value === (operator === "=") ? left : negated(left);
    }
    const type = typeof path === "string" ? getFieldDef(path)?.type : undefined;
    if (["in", "not in"].includes(operator) && TO_MANY.includes(type)) {
        const call = parseExpr(`set(${path}).intersection(${formatAST(toAST(value))})`);
        return operator === "in" ? call : negated(call);
    }
    const pattern = operator === "=ilike" && typeof value === "string" && patternAST(path, value);
    if (pattern) {
        return pattern;
    }
    if (!(operator in COMPARISONS)) {
        throw new Error(`The operator "${operator}" has no place in an expression`);
    }
    return { type: AST.binary, op: COMPARISONS[operator], left, right: toAST(value) };
}

function patternAST(path, value) {
    if (value.endsWith("%")) {
        return parseExpr(textOf(path, "startswith", value.slice(0, -1)));
    }
    return value.startsWith("%") ? parseExpr(textOf(path, "endswith", value.slice(1))) : null;
}

/** What `a if c else b` was expanded to, folded back. */
function foldedChoice(node, getFieldDef) {
    const branches = node.value === "|" && node.children.length === 2 ? node.children : [];
    const pairs = branches.map(
        (child) => child.type === "connector" && child.value === "&" && !child.negate && child.children
    );
    if (pairs.length !== 2 || !pairs.every((parts) => parts && parts.length === 2)) {
        return null;
    }
    const [[test, ifTrue], [contrary, ifFalse]] = pairs.map((parts) => parts.map((part) => nodeAST(part, getFieldDef)));
    const isContrary =
        isSameSource(negated(test), contrary) ||
        isSameSource(test, negated(contrary)) ||
        areOpposites(...pairs.map(([first]) => first));
    return isContrary ? { type: AST.conditional, condition: test, ifTrue, ifFalse } : null;
}

function isSameSource(one, other) {
    return formatAST(one) === formatAST(other);
}

function areOpposites(one, other) {
    const areConditions = one.type === "condition" && other.type === "condition" && one.negate === other.negate;
    const isSame = areConditions && one.path === other.path && isSameValue(one.value, other.value);
    return isSame && TERM_OPERATORS_NEGATION[one.operator] === other.operator;
}

function nodeAST(tree, getFieldDef) {
    if (tree.type === "condition") {
        return conditionAST(tree, getFieldDef);
    }
    if (tree.type === "complex_condition") {
        return parseExpr(tree.value);
    }
    const choice = foldedChoice(tree, getFieldDef);
    const parts = choice ? [choice] : tree.children.map((child) => nodeAST(child, getFieldDef));
    const ast = parts.length
        ? parts.reduce((left, right) => ({ type: AST.booleanOperator, op: NAMES[tree.value], left, right }))
        : truth(true);
    return tree.negate ? negated(ast) : ast;
}

/**
 * Expression of a tree.
 *
 * @param {Tree} tree
 * @param {Options} [options]
 * @returns {string} Python source
 * @throws {Error} an operator of domains that expressions do not have
 */
export function expressionFromTree(tree, { getFieldDef = () => null } = {}) {
    return formatAST(nodeAST(removeVirtualOperators(tree), getFieldDef));
}

// ------------------------------------------------------------------ domain <-> expression

/** @param {string|Array} domain @param {Options} [options] @returns {string} Python source */
export function expressionFromDomain(domain, options = {}) {
    return expressionFromTree(treeFromDomain(domain, options), options);
}

/** @param {string} source @param {Options} [options] @returns {string} Python source of a domain */
export function domainFromExpression(source, options = {}) {
    return domainFromTree(treeFromExpression(source, options));
}
