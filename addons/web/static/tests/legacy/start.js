/** Entry of the page of suites for QUnit: each test finds the page as those of `/web/tests` do. */

import { Registry } from "@web/core/registry";
import { globals } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { root, Test } from "../_framework/hoot/core";
import { getFixture } from "../_framework/hoot/fixture";
import { failedFiles, quietConsole, realConsole } from "../_framework/hoot/reporter";
import { enterTest, leaveTest, prepareTests } from "../_framework/hoot/runner";
import { loadPage } from "../_framework/page_parts";
import { preparePage } from "../_framework/page_state";
import { isKept, QUnit } from "./qunit";

const SUCCESS = "QUnit test suite done.";
/** Hours from Greenwich in which these suites count. */
const ZONE = 1;
/** What failed, as the console tells it when all is over. */
const failures = [];
/** The test that runs, and what puts the page back after it. */
let current = null;

prepareTests(preparePage);

QUnit.hooks.beforeEach((assert) => {
    const { testName, module } = assert.test;
    const test = new Test(root, `${module.name || "tests"} > ${testName}`, {}, null);
    current = { test, ends: enterTest(test) };
    // these suites live in the present
    mockDate(new globals.Date().toISOString(), ZONE);
    getFixture().id = "qunit-fixture";
});

QUnit.hooks.afterEach(async (assert) => {
    const { test, ends } = current;
    if (isKept(assert.test.testName)) {
        return;
    }
    await leaveTest(test, ends);
    for (const error of test.errors) {
        assert.pushResult({ result: false, message: error.stack || error.message });
    }
});

// what went wrong in a component says more than that something did
const { onUncaughtException } = QUnit;
QUnit.onUncaughtException = (error) => onUncaughtException(error?.cause instanceof Error ? error.cause : error);

QUnit.log(({ result, todo, module, name, message, expected, actual, source }) => {
    if (!result && !todo) {
        const values = expected === undefined ? "" : `\n    expected ${show(expected)}\n    received ${show(actual)}`;
        failures.push(`${module}: ${name}\n    ${message || "failed"}${values}\n${source || ""}`);
    }
});

QUnit.done(({ failed, passed, total }) => {
    const missing = failedFiles();
    if (failed || missing.length) {
        realConsole.error(
            `QUnit: ${failed} of ${total} assertions failed\n\n${[...missing, ...failures].join("\n\n")}`
        );
        return;
    }
    realConsole.log(`${passed} assertions passed`);
    realConsole.log(SUCCESS);
});

function show(value) {
    return QUnit.dump.parse(value);
}

// an error that nobody caught fails the running test; the browser need not tell of it as well
["error", "unhandledrejection"].forEach((type) => window.addEventListener(type, (event) => event.preventDefault()));

/** Suites add what the page has already, each for its tests. */
function allowReplacing() {
    const { add } = Registry.prototype;
    Registry.prototype.add = function (key, value, options) {
        return add.call(this, key, value, { ...options, force: true });
    };
}

// all scripts of the page have run by then
document.addEventListener("DOMContentLoaded", async () => {
    await loadPage();
    allowReplacing();
    quietConsole();
    QUnit.start();
});
