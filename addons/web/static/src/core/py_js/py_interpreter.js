import { AST } from "@web/core/py_js/py_parser";
import { BUILTINS, EvaluationError, isTrue } from "@web/core/py_js/py_builtin";
import { PyDate, PyDateTime, PyRelativeDelta, PyTime, PyTimeDelta } from "@web/core/py_js/py_date";
import { toPyDict } from "@web/core/py_js/py_utils";

export { EvaluationError };

const CONSTRUCTORS = new Set([PyDate, PyDateTime, PyRelativeDelta, PyTime, PyTimeDelta]);

function isDuration(value) {
    return value instanceof PyTimeDelta || value instanceof PyRelativeDelta;
}

function isMoment(value) {
    return value instanceof PyDate || value instanceof PyDateTime;
}

/** Python's ==. */
export function isEqual(left, right) {
    if (left === right) {
        return true;
    }
    const [a, b] = [left, right].map((value) => (value instanceof String ? value.toString() : value));
    if (a === b) {
        return true;
    }
    if (typeof a === "boolean" && typeof b === "number") {
        return Number(a) === b;
    }
    if (typeof b === "boolean" && typeof a === "number") {
        return a === Number(b);
    }
    if (!a || !b || typeof a !== "object" || typeof b !== "object") {
        // dates in records are compared as text with what expressions give
        return (isMoment(a) && typeof b === "string") || (isMoment(b) && typeof a === "string")
            ? String(a) === String(b)
            : false;
    }
    if (typeof a.isEqual === "function") {
        return a.isEqual(b);
    }
    if (a instanceof Set && b instanceof Set) {
        return a.size === b.size && [...a].every((item) => b.has(item));
    }
    const [keysA, keysB] = [Object.keys(a), Object.keys(b)];
    const sameKind = Array.isArray(a) === Array.isArray(b);
    return sameKind && keysA.length === keysB.length && keysA.every((key) => key in b && isEqual(a[key], b[key]));
}

const RANK = [
    (v) => v === null || v === undefined,
    (v) => typeof v === "number" || typeof v === "boolean",
    (v) => v && typeof v === "object" && !isMoment(v),
    () => true,
];

function comparable(value) {
    return isMoment(value) || value instanceof String ? value.toString() : value;
}

function isLess(left, right) {
    const [a, b] = [comparable(left), comparable(right)];
    if (Array.isArray(a) && Array.isArray(b)) {
        const index = a.findIndex((item, i) => i >= b.length || !isEqual(item, b[i]));
        return index < 0 ? a.length < b.length : index < b.length && isLess(a[index], b[index]);
    }
    if (a instanceof PyTimeDelta && b instanceof PyTimeDelta) {
        return a.total_seconds() < b.total_seconds();
    }
    const rankA = RANK.findIndex((test) => test(a));
    const rankB = RANK.findIndex((test) => test(b));
    return rankA === rankB ? a < b : rankA < rankB;
}

function isIn(item, container) {
    if (Array.isArray(container)) {
        return container.some((value) => isEqual(value, item));
    }
    if (typeof container === "string" || container instanceof String) {
        return typeof item === "string" && container.includes(item);
    }
    if (container instanceof Set) {
        return [...container].some((value) => isEqual(value, item));
    }
    if (container && typeof container === "object") {
        return Object.hasOwn(container, item);
    }
    return false;
}

function plus(left, right) {
    if (Array.isArray(left) && Array.isArray(right)) {
        return [...left, ...right];
    }
    if (isMoment(left) && isDuration(right)) {
        return left.add(right);
    }
    if (isMoment(right) && isDuration(left)) {
        return right.add(left);
    }
    if (isDuration(left) && isDuration(right)) {
        return left.add(right);
    }
    const numeric = (value) => typeof value === "number" || typeof value === "boolean";
    if (numeric(left) && numeric(right)) {
        return Number(left) + Number(right);
    }
    if (typeof left === "string" && typeof right === "string") {
        return left + right;
    }
    throw new EvaluationError("These values cannot be added");
}

function minus(left, right) {
    if (isMoment(left)) {
        return left.subtract(right);
    }
    if (isDuration(left)) {
        return left.add(right.negate());
    }
    if (left instanceof Set && right instanceof Set) {
        return new Set([...left].filter((item) => !right.has(item)));
    }
    return left - right;
}

function times(left, right) {
    if (left instanceof PyTimeDelta) {
        return left.multiply(right);
    }
    if (right instanceof PyTimeDelta) {
        return right.multiply(left);
    }
    if (typeof left === "string" && typeof right === "number") {
        return left.repeat(Math.max(right, 0));
    }
    return left * right;
}

function divide(left, right) {
    if (right === 0) {
        throw new EvaluationError("Division by zero");
    }
    return left instanceof PyTimeDelta ? left.divide(right) : left / right;
}

/** `"%s of %(total)d" % values`, its values in order or by name. */
function interpolate(text, values) {
    const inOrder = [].concat(values);
    return text.replace(/%(?:\((\w+)\))?([sd%])/g, (_match, name, kind) => {
        if (kind === "%") {
            return "%";
        }
        return String(name === undefined ? inOrder.shift() : values[name]);
    });
}

function modulo(left, right) {
    if (typeof left === "string") {
        return interpolate(left, right);
    }
    return ((left % right) + right) % right;
}

function setOperation(onSets, onNumbers) {
    return (left, right) => (left instanceof Set ? onSets(left, right) : onNumbers(left, right));
}

const OPERATORS = {
    "+": plus,
    "-": minus,
    "*": times,
    "/": divide,
    "//": (left, right) => Math.floor(Number(divide(left, right))),
    "%": modulo,
    "**": (left, right) => left ** right,
    "|": setOperation(
        (a, b) => new Set([...a, ...b]),
        (a, b) => a | b
    ),
    "&": setOperation(
        (a, b) => new Set([...a].filter((item) => b.has(item))),
        (a, b) => a & b
    ),
    "^": (left, right) => left ^ right,
    "<<": (left, right) => left << right,
    ">>": (left, right) => left >> right,
    "==": isEqual,
    "!=": (left, right) => !isEqual(left, right),
    "<>": (left, right) => !isEqual(left, right),
    is: isEqual,
    "is not": (left, right) => !isEqual(left, right),
    "<": isLess,
    ">": (left, right) => isLess(right, left),
    "<=": (left, right) => isEqual(left, right) || isLess(left, right),
    ">=": (left, right) => isEqual(left, right) || isLess(right, left),
    in: isIn,
    "not in": (left, right) => !isIn(left, right),
};

const STRING_METHODS = {
    lower: (text) => text.toLowerCase(),
    upper: (text) => text.toUpperCase(),
    strip: (text) => text.trim(),
    startswith: (text, prefix) => text.startsWith(prefix),
    endswith: (text, suffix) => text.endsWith(suffix),
    split: (text, separator) => (typeof separator === "string" ? text.split(separator) : text.trim().split(/\s+/)),
    join: (text, list) => list.join(text),
    replace: (text, from, to) => text.replaceAll(from, to),
};
const DICT_METHODS = {
    get: (dict, key, fallback) =>
        Object.hasOwn(dict, key) ? dict[key] : fallback?.isKwargs ? null : (fallback ?? null),
    keys: (dict) => Object.keys(dict),
    values: (dict) => Object.values(dict),
    items: (dict) => Object.entries(dict),
};
const SET_METHODS = {
    union: (set, other) => new Set([...set, ...(other?.isKwargs ? [] : other)]),
    intersection: (set, other) => new Set([...other].filter((item) => set.has(item))),
    difference: (set, other) => new Set([...set].filter((item) => !new Set(other).has(item))),
};

function methodOf(object, key) {
    if (typeof object === "string" || object instanceof String) {
        return STRING_METHODS[key] && ((...args) => STRING_METHODS[key](String(object), ...args));
    }
    if (object instanceof Set) {
        return SET_METHODS[key] && ((...args) => SET_METHODS[key](object, ...args));
    }
    const plain = object && [null, Object.prototype].includes(Object.getPrototypeOf(object));
    return plain && DICT_METHODS[key] && ((...args) => DICT_METHODS[key](object, ...args));
}

function attribute(object, key) {
    if (object === null || object === undefined) {
        throw new EvaluationError(`Nothing has no attribute "${key}"`);
    }
    if (CONSTRUCTORS.has(object)) {
        return object[key]?.bind(object);
    }
    if (typeof object === "object" && key in object) {
        const value = object[key];
        return typeof value === "function" && !CONSTRUCTORS.has(value) ? value.bind(object) : value;
    }
    const method = methodOf(object, key);
    if (method) {
        return method;
    }
    // an absent attribute of a record of the form is false, as an empty field
    return typeof object === "object" ? undefined : methodOf(object, key);
}

function lookup(target, key) {
    if (Array.isArray(target) || typeof target === "string") {
        return target.at(key);
    }
    return target?.[key];
}

function unary(op, value) {
    if (op === "not") {
        return !isTrue(value);
    }
    if (op === "-") {
        return isDuration(value) ? value.negate() : -value;
    }
    return op === "~" ? ~value : +value;
}

function resolve(name, names) {
    if (name in names) {
        return names[name];
    }
    if (Object.hasOwn(BUILTINS, name)) {
        return BUILTINS[name];
    }
    throw new EvaluationError(`Name '${name}' is not defined`);
}

function call(fn, args) {
    if (CONSTRUCTORS.has(fn)) {
        return fn.create(...args);
    }
    if (typeof fn !== "function") {
        throw new EvaluationError("Only functions can be called");
    }
    return fn(...args);
}

const literal = (node) => node.value;
const sequence = (node, value) => node.value.map((item) => value(item));

/**
 * Values of nodes by their type: from the node, a function that gives the values of nodes below, and the names.
 *
 * @type {Object<number, (node: Object, value: (node: Object) => any, names: Object) => any>}
 */
const VALUES = {
    [AST.number]: literal,
    [AST.string]: literal,
    [AST.boolean]: literal,
    [AST.none]: () => null,
    [AST.name]: (node, value, names) => resolve(node.value, names),
    [AST.list]: sequence,
    [AST.tuple]: sequence,
    [AST.set]: (node, value) => new Set(sequence(node, value)),
    [AST.dictionary](node, value) {
        const entries = Object.entries(node.value).map(([key, item]) => [key, value(item)]);
        return toPyDict(Object.fromEntries(entries));
    },
    [AST.unary]: (node, value) => unary(node.op, value(node.right)),
    [AST.binary]: (node, value) => OPERATORS[node.op](value(node.left), value(node.right)),
    [AST.booleanOperator](node, value) {
        const left = value(node.left);
        return isTrue(left) === (node.op === "or") ? left : value(node.right);
    },
    [AST.conditional]: (node, value) => value(isTrue(value(node.condition)) ? node.ifTrue : node.ifFalse),
    [AST.lookup]: (node, value) => lookup(value(node.target), value(node.key)),
    [AST.attribute]: (node, value) => attribute(value(node.obj), node.key),
    [AST.call](node, value) {
        const fn = value(node.fn);
        const args = node.args.map((arg) => value(arg));
        const named = { isKwargs: true };
        for (const name in node.kwargs) {
            named[name] = value(node.kwargs[name]);
        }
        return call(fn, [...args, named]);
    },
};

/**
 * Value of a syntax tree.
 *
 * @param {Object} ast
 * @param {Object} [context] names
 * @throws {EvaluationError} unknown names, wrong operands
 */
export function evaluate(ast, context = {}) {
    const value = (node) => {
        const valueOf = VALUES[node.type];
        if (!valueOf) {
            throw new EvaluationError(`Unknown kind of node: ${node.type}`);
        }
        return valueOf(node, value, context);
    };
    return value(ast);
}

/** Context for all expressions: today and the like. */
export const BUILTIN_NAMES = Object.keys(BUILTINS);
