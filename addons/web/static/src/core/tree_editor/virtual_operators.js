import { AST } from "@web/core/py_js/py_parser";
import { condition, connector, Expression, isTree, formatValue, mapTree } from "@web/core/tree_editor/tree_nodes";

/**
 * Operators that users see and domains do not have: "is set", "starts with", "is between", "is within" and the like.
 *
 * @typedef {import("@web/core/tree_editor/tree_nodes").Tree} Tree
 * @typedef {{getFieldDef?: (path: any) => Object|null}} Options
 */

/** Types where nothing is a value to choose, and is not said by an operator of its own. */
const TYPES_WITH_EMPTY_VALUE = ["many2one", "date", "datetime"];
/** Units of "is within". */
const UNITS = ["days", "weeks", "months", "years"];

// ------------------------------------------------------------------ one condition

const EQUALITIES = { "=": ["is", "not_set"], "!=": ["is_not", "set"] };

/** @returns {[string, any]|null} operator and value that users see */
function virtualOf({ operator, path, value }, getFieldDef) {
    const type = typeof path === "string" ? getFieldDef(path)?.type : undefined;
    if (operator in EQUALITIES && type) {
        const [ofBooleans, ofNothing] = EQUALITIES[operator];
        if (type === "boolean") {
            return typeof value === "boolean" ? [ofBooleans, value] : null;
        }
        return value === false && !TYPES_WITH_EMPTY_VALUE.includes(type) ? [ofNothing, value] : null;
    }
    if (operator === "=ilike" && typeof value === "string" && value.length > 1) {
        if (value.endsWith("%")) {
            return ["starts_with", value.slice(0, -1)];
        }
        return value.startsWith("%") ? ["ends_with", value.slice(1)] : null;
    }
    return null;
}

/** What stands in a domain, by the operator that users see: operator and value. */
const WRITTEN = {
    is: (value) => ["=", value],
    is_not: (value) => ["!=", value],
    set: () => ["!=", false],
    not_set: () => ["=", false],
    starts_with: (value) => ["=ilike", `${value}%`],
    ends_with: (value) => ["=ilike", `%${value}`],
};

function writtenOf(node) {
    const write = node.type === "condition" && Object.hasOwn(WRITTEN, String(node.operator)) && WRITTEN[node.operator];
    if (!write) {
        return node;
    }
    const [operator, value] = write(node.value);
    return { ...node, operator, value };
}

// ------------------------------------------------------------------ between

function isBound(node, operator) {
    const isPlain = node?.type === "condition" && !node.negate && typeof node.path === "string";
    return isPlain && node.operator === operator && !isTree(node.value);
}

/** Join what is at least one value and next at most another. */
function joinBounds(tree) {
    if (tree.type !== "connector" || tree.value !== "&") {
        return tree;
    }
    const children = [];
    for (const child of tree.children) {
        const low = children.at(-1);
        if (isBound(child, "<=") && isBound(low, ">=") && low.path === child.path) {
            children[children.length - 1] = condition(low.path, "between", [low.value, child.value]);
        } else {
            children.push(child);
        }
    }
    const isAlone = children.length === 1 && tree.children.length === 2 && children[0].operator === "between";
    return isAlone ? { ...children[0], negate: tree.negate } : { ...tree, children };
}

function boundsOf(node) {
    if (node.type !== "condition" || node.operator !== "between") {
        return node;
    }
    const [low, high] = node.value;
    const bounds = [condition(node.path, ">=", low), condition(node.path, "<=", high)];
    return connector("&", bounds, node.negate);
}

/** "between" as two conditions. @param {Tree} tree @returns {Tree} */
export function removeBetweenOperators(tree) {
    if (tree.type === "condition") {
        return isTree(tree.value) ? { ...tree, value: removeBetweenOperators(tree.value) } : boundsOf(tree);
    }
    if (tree.type !== "connector") {
        return tree;
    }
    const children = tree.children.flatMap((child) => {
        const plain = removeBetweenOperators(child);
        const isInline = child.type === "condition" && plain.type === "connector" && !plain.negate;
        return isInline && tree.value === "&" ? plain.children : [plain];
    });
    return { ...tree, children };
}

// ------------------------------------------------------------------ within

const DATE_FORMAT = "%Y-%m-%d";
const DATETIME_FORMAT = `${DATE_FORMAT} %H:%M:%S`;

/** Source of the day that is some units away from today, as dates or moments are stored. */
function dayExpression(type, amount, unit) {
    const day = amount === null ? "context_today()" : `context_today() + relativedelta(${unit} = ${amount})`;
    if (type === "datetime") {
        const midnight = `datetime.datetime.combine(${day}, datetime.time(0, 0, 0))`;
        return new Expression(`${midnight}.to_utc().strftime("${DATETIME_FORMAT}")`);
    }
    return new Expression(`(${day}).strftime("${DATE_FORMAT}")`);
}

/** The call of relativedelta somewhere in a syntax tree. @returns {{unit: string, amount: any}|null} */
function findDistance(ast) {
    if (!ast || typeof ast !== "object") {
        return null;
    }
    if (ast.type === AST.call && ast.fn.type === AST.name && ast.fn.value === "relativedelta") {
        const named = Object.entries(ast.kwargs);
        if (ast.args.length || named.length !== 1 || !UNITS.includes(named[0][0])) {
            return null;
        }
        const [unit, { type, op, right, value }] = named[0];
        if (type === AST.number) {
            return { unit, amount: value };
        }
        const isNegative = type === AST.unary && op === "-" && right.type === AST.number;
        return isNegative ? { unit, amount: -right.value } : null;
    }
    for (const part of Object.values(ast)) {
        const found = typeof part === "object" ? findDistance(part) : null;
        if (found) {
            return found;
        }
    }
    return null;
}

/** @param {any[]} within amount, unit and type @returns {[any, any]} the two days, the earlier first */
function daysOf([amount, unit, type]) {
    const days = [dayExpression(type, null), dayExpression(type, amount, unit)];
    return amount < 0 ? [days[1], days[0]] : [days[0], days[1]];
}

function withinOf(value) {
    if (!value.every((day) => day instanceof Expression)) {
        return null;
    }
    const distances = value.map((day) => findDistance(day.toAST()));
    const distance = distances[0] || distances[1];
    if (!distance || (distances[0] && distances[1]) || !Number.isInteger(distance.amount) || !distance.amount) {
        return null;
    }
    const candidates = ["date", "datetime"].map((type) => [distance.amount, distance.unit, type]);
    return candidates.find((candidate) => formatValue(daysOf(candidate)) === formatValue(value)) || null;
}

function nearToday(node) {
    const within = node.type === "condition" && node.operator === "between" && withinOf(node.value);
    return within ? { ...node, operator: "within", value: within } : node;
}

function betweenDays(node) {
    const isWithin = node.type === "condition" && node.operator === "within";
    return isWithin ? { ...node, operator: "between", value: daysOf(node.value) } : node;
}

/** "within" as "between". @param {Tree} tree @returns {Tree} */
export function removeWithinOperators(tree) {
    return mapTree(tree, betweenDays);
}

// ------------------------------------------------------------------ all of them

/**
 * The tree as users see it.
 *
 * @param {Tree} tree
 * @param {Options} [options]
 * @returns {Tree}
 */
export function createVirtualOperators(tree, { getFieldDef = () => null } = {}) {
    const seen = mapTree(tree, (node, above) => {
        const virtual = node.type === "condition" && virtualOf(node, (path) => getFieldDef([...above, path].join(".")));
        return virtual ? { ...node, operator: virtual[0], value: virtual[1] } : joinBounds(node);
    });
    return mapTree(seen, nearToday);
}

/** The tree with operators that domains have only. @param {Tree} tree @returns {Tree} */
export function removeVirtualOperators(tree) {
    return removeBetweenOperators(removeWithinOperators(mapTree(tree, writtenOf)));
}
