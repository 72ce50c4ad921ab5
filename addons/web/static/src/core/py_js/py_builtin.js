import { parseArgs } from "@web/core/py_js/py_parser";
import { PyDate, PyDateTime, PyRelativeDelta, PyTime, PyTimeDelta } from "@web/core/py_js/py_date";

/** Raised on a wrong argument of a builtin. */
export class EvaluationError extends Error {}

/** Python's truth of a value. */
export function isTrue(value) {
    if (value === null || value === undefined) {
        return false;
    }
    if (typeof value !== "object" && typeof value !== "function") {
        return Boolean(value);
    }
    if (value instanceof String) {
        return value.length > 0;
    }
    if (Array.isArray(value)) {
        return value.length > 0;
    }
    if (value instanceof Set || value instanceof Map) {
        return value.size > 0;
    }
    if (typeof value.isTrue === "function") {
        return value.isTrue();
    }
    const proto = Object.getPrototypeOf(value);
    return proto === null || proto === Object.prototype ? Object.keys(value).length > 0 : true;
}

function iterate(value, what) {
    if (value && typeof value === "object" && !value[Symbol.iterator]) {
        return Object.keys(value).filter((key) => key !== "isKwargs");
    }
    if (value === null || value === undefined || !value[Symbol.iterator]) {
        throw new EvaluationError(`${what}() needs an iterable`);
    }
    return [...value];
}

function items(args) {
    return args.filter((arg) => !arg?.isKwargs);
}

/** Names available to all expressions. */
export const BUILTINS = {
    bool: (value) => isTrue(value),
    set(...args) {
        const [value] = items(args);
        return new Set(value === undefined ? [] : iterate(value, "set"));
    },
    list: (...args) => (items(args).length ? iterate(args[0], "list") : []),
    tuple: (...args) => (items(args).length ? iterate(args[0], "tuple") : []),
    len: (value) => iterate(value, "len").length,
    any: (value) => iterate(value, "any").some(isTrue),
    all: (value) => iterate(value, "all").every(isTrue),
    abs: (value) => Math.abs(value),
    str: (value) => String(value),
    int: (value) => Math.trunc(Number(value)),
    float: (value) => Number(value),
    round: (value, digits) => {
        const factor = 10 ** (typeof digits === "number" ? digits : 0);
        return Math.round(value * factor) / factor;
    },
    max: (...args) => Math.max(...(items(args).length === 1 ? iterate(args[0], "max") : items(args))),
    min: (...args) => Math.min(...(items(args).length === 1 ? iterate(args[0], "min") : items(args))),
    sum: (value) => iterate(value, "sum").reduce((total, item) => total + item, 0),
    time: {
        strftime(...args) {
            return PyDateTime.now().strftime(parseArgs(args, ["format"]).format);
        },
    },
    context_today: () => PyDate.today(),
    get current_date() {
        return BUILTINS.today;
    },
    get today() {
        return String(PyDate.today());
    },
    get now() {
        return String(PyDateTime.now());
    },
    datetime: {
        datetime: PyDateTime,
        date: PyDate,
        time: PyTime,
        timedelta: PyTimeDelta,
        now: () => PyDateTime.now(),
        combine: (...args) => PyDateTime.combine(...args),
    },
    relativedelta: PyRelativeDelta,
    timedelta: PyTimeDelta,
    true: true,
    false: false,
};

/**
 * Call a function with what a Python value holds: its items, or the keys of a dictionary.
 *
 * @param {Iterable<any>|Object} iterable
 * @param {(items: Iterable<any>) => any} func
 * @throws {EvaluationError} there is nothing to loop over
 */
export function execOnIterable(iterable, func) {
    return func(iterate(iterable, func.name || "function"));
}
