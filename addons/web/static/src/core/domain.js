import { evaluate, formatAST, parseExpr } from "@web/core/py_js/py";
import { AST } from "@web/core/py_js/py_parser";
import { toPyValue } from "@web/core/py_js/py_utils";
import { escapeRegExp } from "@web/core/utils/strings";

/** Raised on a domain that has no valid form. */
export class InvalidDomainError extends Error {}

const TRUE_LEAF = [1, "=", 1];
const FALSE_LEAF = [0, "=", 1];
/** How many conditions an operator needs after it. */
const ARITY = { "&": 2, "|": 2, "!": 1 };

/** Search domain: list with prefix operators, or the text of a Python expression. */
export class Domain {
    /**
     * Combine with one operator.
     *
     * @param {(Domain|string|Array)[]} domains
     * @param {"AND"|"OR"} operator
     * @returns {Domain}
     */
    static combine(domains, operator) {
        const op = operator === "AND" ? "&" : "|";
        const parts = domains.map((domain) => new Domain(domain)).filter((domain) => domain.ast.value.length);
        if (!parts.length) {
            return new Domain([]);
        }
        const nodes = parts.flatMap((domain) => domain.ast.value);
        const prefix = Array.from({ length: parts.length - 1 }, () => ({ type: AST.string, value: op }));
        const result = new Domain([]);
        result.ast = { type: AST.list, value: [...prefix, ...nodes] };
        return result;
    }

    static and(domains) {
        return Domain.combine(domains, "AND");
    }

    static or(domains) {
        return Domain.combine(domains, "OR");
    }

    static not(domain) {
        const result = new Domain(domain);
        result.ast = { type: AST.list, value: [{ type: AST.string, value: "!" }, ...result.ast.value] };
        return result;
    }

    /** Replace the conditions on some fields by true (or by their neutral element). */
    static removeDomainLeaves(domain, keysToRemove) {
        const kept = new Domain(domain).ast.value.map((node) => {
            const field = node.type === AST.string ? null : node.value[0]?.value;
            return keysToRemove.includes(field) ? toPyValue(TRUE_LEAF) : node;
        });
        const result = new Domain([]);
        result.ast = { type: AST.list, value: kept };
        return result;
    }

    /** @param {Domain|string|Array} [descr] @throws {InvalidDomainError} */
    constructor(descr = []) {
        if (descr instanceof Domain) {
            this.ast = descr.ast;
            return;
        }
        let ast;
        try {
            ast = typeof descr === "string" || descr instanceof String ? parseExpr(String(descr)) : toPyValue(descr);
        } catch (error) {
            throw new InvalidDomainError(`Invalid domain representation: ${descr} (${error.message})`, {
                cause: error,
            });
        }
        this.ast = completed(ast, descr);
    }

    /** Whether a record (its values by field name) satisfies the domain. */
    contains(record) {
        return matchDomain(record, this.toList(record));
    }

    /** @returns {string} Python source */
    toString() {
        return formatAST(this.ast);
    }

    /** @returns {Array} the list form, its names taken from `context` */
    toList(context) {
        return evaluate(this.ast, context);
    }

    /** List form as JSON data; the source text when some names are missing. */
    toJson() {
        try {
            const list = this.toList({});
            return JSON.parse(JSON.stringify(list));
        } catch {
            return this.toString();
        }
    }
}

Domain.TRUE = new Domain([TRUE_LEAF]);
Domain.FALSE = new Domain([FALSE_LEAF]);

/** The list with every "&" written out, so that it can be prefixed. */
function completed(ast, descr) {
    if (ast.type !== AST.list && ast.type !== AST.tuple) {
        throw new InvalidDomainError(`A domain is a list, not ${descr}`);
    }
    const missing = ast.value.reduce((count, node) => count - conditionsStillDue(node), ast.value.length ? 1 : 0);
    if (missing > 0) {
        throw new InvalidDomainError(`The domain ${formatAST(ast)} has too few conditions for its operators`);
    }
    const prefix = Array.from({ length: -missing }, () => ({ type: AST.string, value: "&" }));
    return { type: AST.list, value: [...prefix, ...ast.value] };
}

/** How many conditions a node takes away (1), leaves (0) or adds (-1) to those that are still due. */
function conditionsStillDue(node) {
    if (node.type === AST.string && node.value in ARITY) {
        return 1 - ARITY[node.value];
    }
    if ((node.type === AST.list || node.type === AST.tuple) && node.value.length === 3) {
        return 1;
    }
    throw new InvalidDomainError(`${formatAST(node)} is neither an operator nor a condition (field, operator, value)`);
}

function fieldValue(record, field) {
    if (typeof field !== "string") {
        return field;
    }
    let value = record;
    for (const name of field.split(".")) {
        if (value === null || typeof value !== "object" || !(name in value)) {
            return field in record ? record[field] : false;
        }
        value = value[name];
    }
    return value;
}

function likePattern(value, flags) {
    const source = escapeRegExp(String(value)).replace(/%/g, ".*").replace(/_/g, ".");
    return new RegExp(source, flags);
}

function same(left, right) {
    if (Array.isArray(left) && Array.isArray(right)) {
        return left.length === right.length && left.every((item, index) => item === right[index]);
    }
    return (left ?? false) === (right ?? false);
}

function isAmong(value, list) {
    const values = Array.isArray(value) && !isMany2One(value) ? value : [isMany2One(value) ? value[0] : value];
    const wanted = Array.isArray(list) ? list : [list];
    return (
        values.some((item) => wanted.some((other) => same(item, other))) || (!values.length && wanted.includes(false))
    );
}

function isMany2One(value) {
    return Array.isArray(value) && value.length === 2 && typeof value[0] === "number" && typeof value[1] === "string";
}

function matchLeaf(record, [field, operator, value]) {
    const actual = fieldValue(record, field);
    switch (operator) {
        case "=":
        case "==":
            return Array.isArray(actual) && !Array.isArray(value)
                ? value === false
                    ? !actual.length
                    : isAmong(actual, value)
                : same(actual, value);
        case "!=":
        case "<>":
            return !matchLeaf(record, [field, "=", value]);
        case "=?":
            return [null, false, undefined].includes(value) || matchLeaf(record, [field, "=", value]);
        case "<":
            return actual < value;
        case "<=":
            return actual <= value;
        case ">":
            return actual > value;
        case ">=":
            return actual >= value;
        case "in":
            return isAmong(actual, value);
        case "not in":
            return !isAmong(actual, value);
        case "like":
        case "=like":
        case "ilike":
        case "=ilike": {
            if (actual === false || actual === null || actual === undefined) {
                return false;
            }
            const pattern = likePattern(value, operator.includes("ilike") ? "i" : "");
            return operator[0] === "="
                ? new RegExp(`^(?:${pattern.source})$`, pattern.flags).test(actual)
                : pattern.test(actual);
        }
        case "not like":
        case "not ilike":
            return !matchLeaf(record, [field, operator.slice(4), value]);
        case "any":
        case "not any":
        case "child_of":
        case "parent_of":
            return true;
    }
    throw new InvalidDomainError(`Unknown operator "${operator}" in a domain`);
}

/**
 * @param {any[]} list a domain as a list
 * @param {(leaf: any) => boolean} test whether a condition holds
 * @returns {boolean} whether the domain does
 */
export function combineConditions(list, test) {
    const stack = [];
    for (const item of [...list].reverse()) {
        if (item === "!") {
            stack.push(!stack.pop());
        } else if (item === "&" || item === "|") {
            const [left, right] = [stack.pop(), stack.pop()];
            stack.push(item === "&" ? left && right : left || right);
        } else {
            stack.push(test(item));
        }
    }
    return stack.every(Boolean);
}

function matchDomain(record, list) {
    return combineConditions(list, (leaf) => matchLeaf(record, leaf));
}

/**
 * @param {boolean|string|Array|Domain} modifier a truth, or a domain
 * @param {Object} evalContext values by field name
 * @returns {boolean} whether the modifier holds
 */
export function evalDomain(modifier, evalContext) {
    return typeof modifier === "boolean" ? modifier : new Domain(modifier).contains(evalContext);
}
