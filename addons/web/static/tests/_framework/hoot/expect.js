/** What tests expect. */

import { AssertionError, util } from "chai";
import { DOM_MATCHERS } from "./dom_matchers";
import { getCurrent } from "./core";

const show = (value) => (value instanceof Error ? `${value.name}: ${value.message}` : util.inspect(value, false, 4));
const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Whether a text or error fits a text, an expression, or a class of errors. */
export function fits(value, expected) {
    const text = value instanceof Error ? value.message : String(value);
    if (expected instanceof RegExp) {
        return expected.test(text);
    }
    if (typeof expected === "function") {
        return value instanceof expected;
    }
    return expected instanceof Error ? text === expected.message : text === String(expected);
}

/** Whether an object has at least what another one has. */
function contains(value, part) {
    if (part === null || typeof part !== "object" || value === null || typeof value !== "object") {
        return util.eql(value, part);
    }
    if (Array.isArray(part)) {
        return value.length === part.length && part.every((item, index) => contains(value[index], item));
    }
    return Object.keys(part).every((key) => contains(value[key], part[key]));
}

function isType(value, type) {
    if (type === "array") {
        return Array.isArray(value);
    }
    if (["null", "undefined"].includes(type)) {
        return String(value) === type;
    }
    if (type === "integer") {
        return Number.isInteger(value);
    }
    return typeof value === type;
}

/** Size of a list, text, set, object or number. */
function sizeOf(value) {
    return value?.length ?? value?.size ?? (value && typeof value === "object" ? Object.keys(value).length : value);
}

function thrownBy(callback) {
    try {
        callback();
        return null;
    } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
    }
}

/** Matchers: each returns whether it holds, and what it is called. */
const MATCHERS = {
    toBe: (actual, expected) => [Object.is(actual, expected), `be ${show(expected)}`],
    toBeCloseTo: (actual, expected, { margin = 1 } = {}) => [
        Math.abs(actual - expected) <= margin,
        `be ${expected}, more or less ${margin}`,
    ],
    toBeEmpty: (actual) => [!sizeOf(actual), "be empty"],
    toBeGreaterThan: (actual, minimum) => [actual > minimum, `be greater than ${show(minimum)}`],
    toBeInstanceOf: (actual, cls) => [actual instanceof cls, `be a ${cls.name}`],
    toBeLessThan: (actual, maximum) => [actual < maximum, `be less than ${show(maximum)}`],
    toBeOfType: (actual, type) => [isType(actual, type), `be of type "${type}"`],
    toBeWithin: (actual, min, max) => [actual >= min && actual <= max, `be between ${min} and ${max}`],
    toEqual: (actual, expected) => [util.eql(actual, expected), `equal ${show(expected)}`],
    toHaveLength: (actual, length) => [sizeOf(actual) === length, `have the length ${length}, not ${sizeOf(actual)}`],
    toInclude: (actual, item) => [
        typeof actual === "string"
            ? actual.includes(item)
            : Symbol.iterator in actual
              ? [...actual].some((other) => util.eql(other, item))
              : Array.isArray(item)
                ? util.eql(actual[item[0]], item[1])
                : item in actual,
        `include ${show(item)}`,
    ],
    toMatch: (actual, pattern) => [
        pattern instanceof RegExp ? pattern.test(actual) : String(actual).includes(pattern),
        `match ${show(pattern)}`,
    ],
    toMatchObject: (actual, part) => [contains(actual, part), `have ${show(part)}`],
    toSatisfy: (actual, predicate) => [Boolean(predicate(actual)), "satisfy the condition"],
    toThrow: (actual, expected) => {
        const error = actual instanceof Error ? actual : thrownBy(actual);
        const what = expected === undefined ? "" : ` ${show(expected)}`;
        return [error !== null && (expected === undefined || fits(error, expected)), `throw${what}`];
    },
    ...DOM_MATCHERS,
};
/** How many arguments matchers have before their options. */
const OPTION_POSITIONS = { toBeWithin: 2, toHaveAttribute: 2, toHaveProperty: 2 };
const NO_ARGUMENT = ["toBeEmpty", "toBeChecked", "toBeDisplayed", "toBeEnabled", "toBeFocused", "toBeVisible"];

function messageOf(name, args) {
    const position = NO_ARGUMENT.includes(name) ? 0 : (OPTION_POSITIONS[name] ?? 1);
    const message = args[position]?.message;
    return typeof message === "function" ? message() : message;
}

function check(name, actual, args, isNot) {
    const test = getCurrent().test;
    if (!test) {
        throw new Error("expect() is for tests that run");
    }
    test.assertions++;
    const [holds, description, found] = MATCHERS[name](actual, ...args);
    if (Boolean(holds) === isNot) {
        const message = messageOf(name, args);
        const received = found === undefined ? show(actual) : found;
        const text = `expected ${received} ${isNot ? "not " : ""}to ${description}`;
        throw new AssertionError(message ? `${message}: ${text}` : text);
    }
}

function matchers(actual, isNot = false) {
    const methods = Object.keys(MATCHERS).map((name) => [name, (...args) => check(name, actual, args, isNot)]);
    return Object.fromEntries(methods);
}

/** Matchers on what becomes of a promise. */
function awaited(promise, settle) {
    const make = (isNot) =>
        Object.fromEntries(
            Object.keys(MATCHERS).map((name) => [
                name,
                async (...args) => check(name, await settle(promise), args, isNot),
            ])
        );
    return { ...make(false), not: make(true) };
}

const fulfilled = (promise) => promise;
const rejected = (promise) =>
    Promise.resolve(promise).then(
        (value) => {
            throw new AssertionError(`expected the promise to be rejected, and it came to ${show(value)}`);
        },
        (error) => error
    );

/**
 * Say what a value has to be: `expect(value).toBe(1)`, `.not`, `.resolves`, `.rejects`.
 *
 * @param {any} actual a value, or for what is on the page an element or selector
 */
export function expect(actual) {
    return {
        ...matchers(actual),
        not: matchers(actual, true),
        get resolves() {
            return awaited(actual, fulfilled);
        },
        get rejects() {
            return awaited(actual, rejected);
        },
    };
}

// --- steps and errors -------------------------------------------------------------------------------------------------

/** What was noted in the running test. */
const noted = { steps: [], errors: [], expectedErrors: 0, expectedAssertions: null, waiting: [] };

/** Begin a test. */
export function resetExpectations() {
    Object.assign(noted, { steps: [], errors: [], expectedErrors: 0, expectedAssertions: null, waiting: [] });
}

function wake() {
    noted.waiting.splice(0).forEach((callback) => callback());
}

/** Note an error that nobody caught. @returns {boolean} whether the test expects it */
export function noteError(error) {
    noted.errors.push(error);
    wake();
    return noted.errors.length <= noted.expectedErrors;
}

function compareLists(kind, actual, expected, ignoreOrder, isSame) {
    getCurrent().test.assertions++;
    const left = [...actual];
    const sameOrder = left.length === expected.length && left.every((item, index) => isSame(item, expected[index]));
    const anyOrder =
        left.length === expected.length &&
        expected.every((wanted) => {
            const index = left.findIndex((item) => isSame(item, wanted));
            return index >= 0 && left.splice(index, 1);
        });
    if (!(ignoreOrder ? anyOrder : sameOrder)) {
        throw new AssertionError(`expected the ${kind} ${show(expected)}, got ${show([...actual])}`);
    }
}

async function until(isThere, timeout) {
    const end = performance.now() + timeout;
    while (!isThere() && performance.now() < end) {
        await Promise.race([
            new Promise((resolve) => noted.waiting.push(resolve)),
            new Promise((resolve) => realTimeout(resolve, 20)),
        ]);
    }
}
const realTimeout = window.setTimeout.bind(window);

/** Take the noted steps or errors, and compare them. */
function verify(kind, expected, { ignoreOrder = false, partial = false } = {}) {
    const isSame = kind === "steps" ? (a, b) => util.eql(a, b) : fits;
    const found = noted[kind].map((item) => (kind === "errors" ? causeOf(item) : item));
    if (partial) {
        const kept = found.filter((item) => expected.some((wanted) => isSame(item, wanted)));
        compareLists(kind, kept, expected, ignoreOrder, isSame);
    } else {
        compareLists(kind, found, expected, ignoreOrder, isSame);
    }
    noted[kind] = [];
    if (kind === "errors") {
        noted.expectedErrors = Math.max(0, noted.expectedErrors - found.length);
    }
}

/** The error that a person threw: not that of the program that met it. */
function causeOf(error) {
    let current = error;
    while (current?.cause instanceof Error && /owl lifecycle/.test(current.message)) {
        current = current.cause;
    }
    return current;
}

Object.assign(expect, {
    /** The test makes this number of assertions. */
    assertions(count) {
        noted.expectedAssertions = count;
    },
    /** Errors that nobody catches do not fail the test, up to a number. */
    errors(count) {
        noted.expectedErrors = count;
    },
    /** Note a step. */
    step(value) {
        noted.steps.push(value);
        wake();
    },
    verifySteps: (steps, options) => verify("steps", steps, options),
    verifyErrors: (errors, options) => verify("errors", errors, options),
    async waitForSteps(steps, { timeout = 2000, ...options } = {}) {
        await until(() => noted.steps.length >= steps.length, timeout);
        verify("steps", steps, options);
    },
    async waitForErrors(errors, { timeout = 2000, ...options } = {}) {
        await until(() => noted.errors.length >= errors.length, timeout);
        verify("errors", errors, options);
    },
});

/** @returns {Error[]} what is wrong at the end of a test besides failed assertions */
export function unverified(test) {
    const problems = [];
    if (noted.steps.length) {
        problems.push(new AssertionError(`${plural(noted.steps.length, "step")} not verified: ${show(noted.steps)}`));
    }
    if (noted.errors.length > noted.expectedErrors) {
        problems.push(...noted.errors.slice(noted.expectedErrors));
    } else if (noted.errors.length < noted.expectedErrors) {
        problems.push(
            new AssertionError(`expected ${plural(noted.expectedErrors, "error")}, got ${noted.errors.length}`)
        );
    } else if (noted.errors.length) {
        problems.push(
            new AssertionError(`${plural(noted.errors.length, "error")} not verified: ${show(noted.errors)}`)
        );
    }
    if (noted.expectedAssertions !== null && noted.expectedAssertions !== test.assertions) {
        const { expectedAssertions } = noted;
        problems.push(
            new AssertionError(`expected ${plural(expectedAssertions, "assertion")}, got ${test.assertions}`)
        );
    } else if (!test.assertions && noted.expectedAssertions === null) {
        problems.push(new AssertionError("expected at least one assertion, got none"));
    }
    return problems;
}
