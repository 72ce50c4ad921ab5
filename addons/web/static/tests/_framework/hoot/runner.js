/** Runs tests, one after the other. */

import { getCurrent, knownTags, root, setRunning, Suite } from "./core";
import { resetEvents } from "./dom_events";
import { noteError, resetExpectations, unverified } from "./expect";
import { removeFixture } from "./fixture";

const real = { setTimeout: window.setTimeout.bind(window), now: performance.now.bind(performance) };
/** Milliseconds that a test may take. */
const TIMEOUT = 10_000;
/** Functions that prepare the page before each test; what they return ends that. */
const preparations = [];
/** Tags of tests that a preset leaves out. */
const PRESETS = { desktop: ["mobile"], mobile: ["desktop"] };

/** Prepare the page before each test. @param {() => (void | (() => any))} prepare */
export function prepareTests(prepare) {
    preparations.push(prepare);
}

/** @param {string} name @param {{tags?: string[]}} preset tags that it leaves out, each with a minus */
export function definePreset(name, { tags = [] }) {
    PRESETS[name] = tags.filter((tag) => tag.startsWith("-")).map((tag) => tag.slice(1));
}

const squeeze = (text) => text.toLowerCase().replace(/\s+/g, " ").trim();

/**
 * What the address of the page asks for.
 *
 * @param {URLSearchParams} params `id` (of suites or tests), `suite`, `test`, `tag`, `filter` (words, or an expression
 *  between slashes), `preset`, each of them with a minus to leave out, `module`
 */
export function makeFilter(params) {
    const list = (...names) => names.flatMap((name) => params.getAll(name).flatMap((text) => text.split(",")));
    const ids = list("id", "suite", "test").filter(Boolean);
    const tags = list("tag").filter(Boolean);
    const left = PRESETS[params.get("preset") || "desktop"] || [];
    const module = params.get("mod") || params.get("module");
    const text = params.get("filter") || params.get("search") || "";
    const pattern = /^\/(.*)\/([a-z]*)$/.exec(text);
    const words = pattern ? [] : squeeze(text).split(" ").filter(Boolean);
    const expression = pattern && new RegExp(pattern[1], pattern[2] || "i");
    const isIn = (wanted, has) => {
        const yes = wanted.filter((item) => !item.startsWith("-"));
        const no = wanted.filter((item) => item.startsWith("-")).map((item) => item.slice(1));
        return (!yes.length || yes.some(has)) && !no.some(has);
    };
    return (test) => {
        const own = test.tags;
        const names = test.path.map((job) => job.id);
        return (
            !left.some((tag) => own.has(tag)) &&
            isIn(ids, (id) => names.includes(id) || test.path.some((job) => job.name === id || job.fullName === id)) &&
            isIn(tags, (tag) => own.has(tag)) &&
            (!module || test.fullName.startsWith(`@${module}/`)) &&
            (!expression || expression.test(test.fullName)) &&
            words.every((word) => squeeze(test.fullName).includes(word))
        );
    };
}

/** @returns {import("./core").Test[]} the tests that run, in their order */
export function chosenTests(params) {
    const filter = makeFilter(params);
    const found = root.tests.filter(filter);
    const only = found.filter((test) => test.is("only") || test.is("debug"));
    return only.length ? only : found;
}

function withTimeout(promise, test) {
    const limit = test.is("debug")
        ? 3_600_000
        : (test.path.findLast((job) => job.config.timeout)?.config.timeout ?? runner.timeout);
    return new Promise((resolve, reject) => {
        real.setTimeout(() => reject(new Error(`The test took longer than ${limit} ms`)), limit);
        promise.then(resolve, reject);
    });
}

/** What happens while tests run: functions of a test, or of all. */
export const runner = {
    timeout: TIMEOUT,
    isRunning: false,
    isStopped: false,
    /** @type {import("./core").Test[]} */
    tests: [],
    onTestStart: (_test) => {},
    onTestEnd: (_test) => {},
    onEnd: (_runner) => {},
};

/** Run the tests that are chosen. @param {URLSearchParams} params of the address */
export async function start(params) {
    runner.timeout = Number(params.get("timeout")) || TIMEOUT;
    runner.tests = chosenTests(params);
    const bail = Number(params.get("bail")) || Infinity;
    const left = new Map();
    for (const test of runner.tests) {
        for (const suite of test.path.slice(0, -1)) {
            left.set(suite, (left.get(suite) || 0) + 1);
        }
    }
    runner.isRunning = true;
    const listeners = listenToErrors();
    let failed = 0;
    for (const test of runner.tests) {
        if (runner.isStopped || failed >= bail) {
            break;
        }
        await runTest(test);
        failed += test.status === "failed" ? 1 : 0;
        for (const suite of [...test.path.slice(0, -1)].reverse()) {
            left.set(suite, left.get(suite) - 1);
            if (!left.get(suite) && suite.hasBegun) {
                await endSuite(suite, test);
            }
        }
    }
    listeners();
    runner.isRunning = false;
    runner.onEnd(runner);
}

/** Run no test after the one that runs. */
export function stop() {
    runner.isStopped = true;
}

function listenToErrors() {
    const onError = (event) => {
        const error = event.reason ?? event.error ?? new Error(event.message);
        const { test } = getCurrent();
        if (!test || /ResizeObserver loop/.test(event.message)) {
            event.preventDefault();
            return;
        }
        event.preventDefault();
        noteError(error instanceof Error ? error : new Error(String(error)));
        test.path.flatMap((job) => job.scoped.get("onError") || []).forEach((callback) => callback(event));
    };
    window.addEventListener("error", onError, true);
    window.addEventListener("unhandledrejection", onError, true);
    return () => {
        window.removeEventListener("error", onError, true);
        window.removeEventListener("unhandledrejection", onError, true);
    };
}

async function beginSuites(test) {
    for (const suite of test.path.filter((job) => job instanceof Suite && !job.hasBegun)) {
        suite.hasBegun = true;
        setRunning({ suite });
        for (const hook of suite.hooks.before) {
            const end = await hook(suite);
            if (typeof end === "function") {
                suite.hooks.after.unshift(end);
            }
        }
        setRunning({ suite: null });
    }
}

async function endSuite(suite, test) {
    suite.hasBegun = false;
    try {
        for (const hook of suite.hooks.after) {
            await hook(suite);
        }
    } catch (error) {
        fail(test, error);
    }
}

function fail(test, error) {
    test.status = "failed";
    test.errors.push(error instanceof Error ? error : new Error(String(error)));
}

/** Run a function of a test; what it throws is an error of the test. @returns {Promise<boolean>} whether it threw nothing */
async function attempt(test, callback) {
    try {
        await callback();
        return true;
    } catch (error) {
        fail(test, error);
        return false;
    }
}

/** Make the page ready for a test, which is the running one. @returns {(() => any)[]} what ends that */
export function enterTest(test) {
    resetEvents();
    setRunning({ test });
    return preparations.map((prepare) => prepare()).filter(Boolean);
}

/** Undo what a test did, and put the page back. @param {(() => any)[]} ends of `enterTest` */
export async function leaveTest(test, ends) {
    while (test.cleanups.length) {
        await attempt(test, test.cleanups.pop());
    }
    removeFixture();
    for (const end of [...ends].reverse()) {
        await attempt(test, end);
    }
    test.scoped.clear();
    setRunning({ test: null });
}

async function runTest(test) {
    if (test.is("skip") || (test.is("todo") && !test.run)) {
        test.status = test.is("skip") ? "skipped" : "todo";
        runner.onTestEnd(test);
        return;
    }
    runner.onTestStart(test);
    const begun = real.now();
    test.status = "passed";
    resetExpectations();
    const suites = test.path.slice(0, -1);
    const ready = await attempt(test, () => beginSuites(test));
    const ends = enterTest(test);
    const hooks = suites.flatMap((suite) => suite.hooks.beforeEach);
    const tagHooks = [...test.tags].map((tag) => knownTags.get(tag)?.before).filter(Boolean);
    const steps = [...tagHooks.map((hook) => () => hook(test)), ...hooks, () => withTimeout(body(test), test)];
    let goesOn = ready;
    for (const step of steps) {
        goesOn = goesOn && (await attempt(test, step));
    }
    await finishTest(test, suites, ends);
    test.duration = real.now() - begun;
    runner.onTestEnd(test);
}

async function body(test) {
    const times = test.config.multi || 1;
    for (let time = 0; time < times; time++) {
        await test.run(test);
    }
}

async function finishTest(test, suites, ends) {
    // errors of promises that nobody waits for come a moment later
    await new Promise((resolve) => real.setTimeout(resolve));
    for (const hook of [...suites].reverse().flatMap((suite) => suite.hooks.afterEach)) {
        await attempt(test, hook);
    }
    if (test.status === "passed") {
        unverified(test).forEach((error) => fail(test, error));
    }
    if (test.is("debug")) {
        return;
    }
    await leaveTest(test, ends);
    if (test.is("todo")) {
        const isTodo = test.status === "failed";
        test.status = isTodo ? "todo" : "failed";
        if (!isTodo) {
            test.errors.push(new Error("The test is to be done, and passes: take its `todo` away"));
        }
    }
}
