/** What the page of the tests shows, and what it tells the console. */

import { getCurrent, root } from "./core";
import { STYLE } from "./reporter_style";
import { chosenTests, runner, start, stop } from "./runner";

const SUCCESS = "[HOOT] Test suite succeeded";
const MARKS = { passed: "✓", failed: "✗", skipped: "–", todo: "…", ready: " " };
/** What writes in the console, also while tests run. */
export const realConsole = { error: console.error.bind(console), log: console.log.bind(console) };

function styleSheet() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    return sheet;
}

function element(tag, attributes = {}, ...children) {
    const el = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === "function") {
            el.addEventListener(name, value);
        } else {
            el.setAttribute(name, value);
        }
    }
    el.append(...children);
    return el;
}

/** Address of the page for a part of the tests. */
function addressOf(job) {
    const url = new URL(location.href);
    ["id", "filter", "suite", "test", "tag"].forEach((name) => url.searchParams.delete(name));
    if (job) {
        url.searchParams.set("id", job.id);
    }
    return url.href;
}

/** The lines of a stack that are of the test: what failed there needs no way through the runner. */
function linesOf(error) {
    const [head, ...stack] = (error.stack || `${error.name}: ${error.message}`).split(/\n(?=\s+at )/);
    const own = stack.filter((line) => !/assets_unit_tests_setup|\/_framework\//.test(line));
    const shown =
        error.name === "AssertionError" ? own : stack.filter((line) => !/\bat (async )?(runTest|attempt)\b/.test(line));
    const text = [head, ...shown].join("\n");
    return error.cause instanceof Error ? `${text}\nCaused by: ${linesOf(error.cause)}` : text;
}

function row(test) {
    const head = element("a", { href: addressOf(test) }, `${MARKS[test.status]} ${test.name}`);
    const time = element("small", {}, `${Math.round(test.duration)} ms`);
    const item = element("li", { class: `o_test o_test_${test.status}` }, head, " ", time);
    for (const error of test.errors) {
        item.append(element("pre", {}, linesOf(error)));
    }
    return item;
}

/** Shows results suite by suite while they come. */
class Report {
    constructor(params) {
        this.params = params;
        this.showsPassed = params.has("showpassed") || params.has("debugTest");
        this.lists = new Map();
        this.counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };
        this.status = element("span", { role: "status", class: "o_tests_status" }, "Ready");
        this.results = element("main", { class: "o_tests_results" });
        // in a tree of its own, so that tests find only what they show
        const host = document.createElement("o-unit-tests");
        const shadow = host.attachShadow({ mode: "open" });
        shadow.adoptedStyleSheets = [styleSheet()];
        this.page = element("div", { class: "o_tests" }, this.header(), this.results);
        shadow.append(this.page);
        document.body.prepend(host);
    }

    header() {
        const input = element("input", { type: "search", name: "filter", placeholder: "Words, or /an expression/" });
        input.setAttribute("aria-label", "Filter");
        input.value = this.params.get("filter") || "";
        const run = element("button", { type: "submit" }, "Run");
        const halt = element("button", { type: "button", click: stop }, "Stop");
        const all = element("a", { href: addressOf(null) }, "All tests");
        const passed = element("input", { type: "checkbox", change: (ev) => this.showPassed(ev.target.checked) });
        passed.checked = this.showsPassed;
        const form = element("form", { submit: (ev) => this.submit(ev, input.value) }, input, run, halt);
        const label = element("label", {}, passed, " Passed tests");
        return element(
            "header",
            { class: "o_tests_header" },
            element("h1", {}, "Unit tests"),
            form,
            label,
            all,
            this.status
        );
    }

    submit(ev, filter) {
        ev.preventDefault();
        const url = new URL(addressOf(null));
        url.searchParams.set("filter", filter);
        location.assign(url);
    }

    showPassed(isOn) {
        this.page.classList.toggle("o_tests_show_passed", isOn);
    }

    listOf(suite) {
        if (!this.lists.has(suite)) {
            const title = element("h2", {}, element("a", { href: addressOf(suite) }, suite.fullName));
            const list = element("ul");
            const section = element("section", { class: "o_suite" }, title, list);
            this.results.append(section);
            this.lists.set(suite, { list, section });
        }
        return this.lists.get(suite);
    }

    add(test) {
        this.counts[test.status]++;
        const { list, section } = this.listOf(test.parent);
        section.classList.toggle("o_suite_failed", section.matches(".o_suite_failed") || test.status === "failed");
        list.append(row(test));
        this.tell(`Running: ${this.summary}`);
    }

    get summary() {
        const { passed, failed, skipped, todo } = this.counts;
        const done = passed + failed + skipped + todo;
        const parts = [`${done} of ${runner.tests.length} tests`, `${passed} passed`, `${failed} failed`];
        return [...parts, ...(skipped ? [`${skipped} skipped`] : []), ...(todo ? [`${todo} to be done`] : [])].join(
            ", "
        );
    }

    tell(text) {
        this.status.textContent = text;
        document.title = `${this.counts.failed ? "✗" : "✓"} ${text}`;
    }
}

/** Errors that the client writes are no failure of the page: the running test says what it expects. */
export function quietConsole() {
    console.error = (...args) => (getCurrent().test ? console.warn(...args) : realConsole.error(...args));
}

function describeFailure(test) {
    return `${test.fullName}\n${test.errors.map(linesOf).join("\n")}`;
}

function conclude(report, failures) {
    report.tell(`Done: ${report.summary}`);
    console.error = realConsole.error;
    if (!runner.tests.length) {
        realConsole.error(
            `There are no such tests (of ${root.tests.length}): ${location.search || "no file defines any"}`
        );
    } else if (report.failedModules.length || failures.length) {
        const parts = [...report.failedModules, ...failures.map(describeFailure)];
        realConsole.error(`${failures.length} of ${runner.tests.length} tests failed\n\n${parts.join("\n\n")}`);
    } else {
        realConsole.log(`[HOOT] ${report.summary}`);
        realConsole.log(SUCCESS);
    }
}

/** @returns {string[]} what is wrong with files of tests that cannot be loaded */
export function failedFiles() {
    return [...(globalThis.odoo.loader?.errors || [])]
        .filter(([name]) => name.includes("/../tests/"))
        .map(([name, error]) => `The file ${name} cannot be loaded: ${error.message}`);
}

/** Show the page, and run the tests that its address asks for. */
export async function runPage() {
    const params = new URLSearchParams(location.search);
    const report = new Report(params);
    report.showPassed(report.showsPassed);
    report.failedModules = failedFiles();
    const failures = [];
    const isQuiet = Number(params.get("loglevel") ?? 1) < 1;
    runner.onTestEnd = (test) => {
        report.add(test);
        if (test.status === "failed") {
            failures.push(test);
            realConsole.error(`[HOOT] Test "${test.fullName}" failed:\n${test.errors.map(linesOf).join("\n")}`);
        } else if (!isQuiet && params.has("headless")) {
            realConsole.log(`[HOOT] Test "${test.fullName}" ${test.status} (${Math.round(test.duration)} ms)`);
        }
    };
    runner.onEnd = () => conclude(report, failures);
    if (params.has("manual")) {
        report.tell(`${chosenTests(params).length} tests`);
        return;
    }
    quietConsole();
    await start(params);
}
