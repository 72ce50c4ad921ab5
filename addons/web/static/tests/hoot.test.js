/** The runner of tests: suites, expectations, errors, the clock and what is put back. */

import {
    after,
    afterEach,
    before,
    beforeEach,
    createJobScopedGetter,
    Deferred,
    describe,
    expect,
    getFixture,
    test,
} from "@odoo/hoot";
import { advanceFrame, advanceTime, animationFrame, delay, runAllTimers, tick } from "@odoo/hoot-mock";
import { freezeTime, mockDate, mockFetch, mockTimeZone, mockUserAgent, unfreezeTime } from "@odoo/hoot-mock";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { user } from "@web/core/user";

const { DateTime } = luxon;

describe("S80: hooks", () => {
    const calls = [];
    before(() => calls.push("before"));
    beforeEach(() => calls.push("beforeEach"));
    afterEach(() => calls.push("afterEach"));
    after(() => calls.splice(0));
    const getList = createJobScopedGetter((parent) => [...(parent || [])]);
    getList().push("suite");

    describe("inside", () => {
        beforeEach(() => calls.push("inner"));

        test("first", () => {
            after(() => calls.push("after"));
            getList().push("test");
            expect(getList()).toEqual(["suite", "test"]);
            expect(calls).toEqual(["before", "beforeEach", "inner"]);
        });

        test("second", () => {
            expect(getList()).toEqual(["suite"]);
            expect(calls.slice(3)).toEqual(["afterEach", "after", "beforeEach", "inner"]);
        });
    });
});

test("S80: matchers of values", async () => {
    expect(1).toBe(1);
    expect({ a: [1, new Map([[1, 2]])] }).toEqual({ a: [1, new Map([[1, 2]])] });
    expect({ a: 1, b: { c: 2, d: 3 } }).toMatchObject({ b: { c: 2 } });
    expect([1, 2]).toHaveLength(2);
    expect([]).toBeEmpty();
    expect("abc").toInclude("b");
    expect([{ id: 1 }]).toInclude({ id: 1 });
    expect("abc").toMatch(/b/);
    expect(2).toBeWithin(1, 3);
    expect(2).toBeGreaterThan(1);
    expect(1).toBeLessThan(2);
    expect(1.05).toBeCloseTo(1, { margin: 0.1 });
    expect("a").toBeOfType("string");
    expect(new Date()).toBeInstanceOf(Date);
    expect(3).toSatisfy((value) => value > 2);
    expect(() => JSON.parse("{")).toThrow(SyntaxError);
    expect(1).not.toBe(2);
    await expect(Promise.resolve(3)).resolves.toBe(3);
    await expect(Promise.reject(new Error("no way"))).rejects.toThrow("no way");
});

test("S80: what fails says what was expected", () => {
    expect(() => expect([1, 2]).toEqual([1, 3], { message: "numbers" })).toThrow(
        "numbers: expected [ 1, 2 ] to equal [ 1, 3 ]"
    );
    getFixture().innerHTML = "<p class='a'>text</p>";
    expect(() => expect("p.a").toHaveText("other")).toThrow(`expected "p.a" to have the text "other", not "text"`);
    expect(() => expect("p.b").toHaveCount(1)).toThrow(`expected "p.b" to be there 1, and it is there 0`);
    expect(() => expect("p.a").not.toBeVisible()).toThrow(`expected "p.a" not to be visible`);
});

test("S80: steps and errors", async () => {
    expect.step("one");
    expect.step({ two: 2 });
    expect.verifySteps(["one", { two: 2 }]);
    browser.setTimeout(() => expect.step("late"), 30);
    await expect.waitForSteps(["late"]);
    expect.errors(2);
    browser.setTimeout(() => {
        throw new Error("first");
    });
    Promise.reject(new Error("second"));
    await expect.waitForErrors([/first|second/, /first|second/]);
});

test("S80: time is moved, and stands still", async () => {
    const later = (name, ms) => setTimeout(() => expect.step(name), ms);
    later("a", 5_000);
    later("b", 1_000);
    const interval = setInterval(() => expect.step("tick"), 2_000);
    await advanceTime(5_000);
    clearInterval(interval);
    expect.verifySteps(["b", "tick", "tick", "a"]);
    later("c", 60_000);
    expect(await runAllTimers()).toBeGreaterThan(50_000);
    expect.verifySteps(["c"]);
    freezeTime();
    const now = Date.now();
    await delay(20);
    expect(Date.now()).toBe(now);
    unfreezeTime();
    requestAnimationFrame(() => expect.step("frame"));
    await advanceFrame();
    await animationFrame();
    await tick();
    expect.verifySteps(["frame"]);
});

test("S80: the date and the zone", () => {
    expect(DateTime.now().toISODate()).toBe("2019-03-11");
    mockDate("2025-06-01 08:00:00", "Asia/Tokyo");
    expect(DateTime.now().toISO()).toMatch(/^2025-06-01T08:00:00.*\+09:00$/);
    expect(new Date().toISOString()).toMatch(/^2025-05-31T23:00:0/);
    mockTimeZone(-5);
    expect(DateTime.now().toISO()).toMatch(/^2025-06-01T08:00:00.*-05:00$/);
});

test("S80: what the page fetches", async () => {
    await expect(browser.fetch("/nothing")).rejects.toThrow(/Nothing answers \/nothing in this test/);
    mockFetch((input) => ({ asked: input }));
    expect(await (await browser.fetch("/some/where")).json()).toEqual({ asked: "/some/where" });
    mockUserAgent("ios");
    expect(navigator.userAgent).toInclude("iPhone");
});

describe("S82: what a test changes is put back", () => {
    for (const name of ["changed", "and back"]) {
        test(name, async () => {
            expect(registry.category("tests of hoot").contains("a")).toBe(false);
            expect(user.context.test_of_hoot).toBe(undefined);
            expect(session.test_of_hoot).toBe(undefined);
            expect(browser.localStorage.getItem("a")).toBe(null);
            expect(document.body.className).not.toInclude("test_of_hoot");
            expect(document.cookie).toBe("");
            registry.category("tests of hoot").add("a", 1);
            user.updateContext({ test_of_hoot: 1 });
            session.test_of_hoot = 1;
            browser.localStorage.setItem("a", 1);
            browser.location.href = "/odoo/elsewhere";
            document.body.classList.add("test_of_hoot");
            document.cookie = "a=1";
            document.body.append(document.createElement("article"));
            expect(document.querySelectorAll("article")).toHaveLength(1);
            new Deferred().resolve();
        });
    }
});
