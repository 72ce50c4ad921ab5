/** Tours that run by themselves: entries TOUR-10 to TOUR-18 of what clients of the 18.0 line do. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { session } from "@web/session";
import { parseRun } from "../../addons/web/static/tests/tours/tour_actions.js";
import { TourAutomatic } from "../../addons/web/static/tests/tours/tour_automatic.js";
import { tourState } from "../../addons/web/static/tests/tours/tour_state.js";
import { isActive, validateStep } from "../../addons/web/static/tests/tours/tour_step.js";
import { findTarget } from "../../addons/web/static/tests/tours/tour_target.js";
import { afterThis } from "./mount";

let log = [];

beforeEach(() => {
    document.body.innerHTML = "";
    document.body.className = "";
    log = [];
    for (const name of ["dir", "error", "log"]) {
        const spy = vi.spyOn(console, name).mockImplementation((text) => log.push([name, String(text)]));
        afterThis(() => spy.mockRestore());
    }
    tourState.clear();
    afterThis(() => tourState.clear());
});

const said = (name) => log.filter(([kind]) => kind === name).map(([, text]) => text);
const show = (html) => document.body.insertAdjacentHTML("beforeend", html);
/** Run steps that are not waited for longer than the machine needs. */
const run = (steps, config = {}, from = 0) => {
    const quick = steps.map((step) => ({ timeout: 120, ...step }));
    return new TourAutomatic({ name: "story", steps: quick }, config).run(from);
};

describe("TOUR-11: the schema of steps", () => {
    test("is told once for each wrong step, with the step and all that is wrong", () => {
        const steps = [
            { trigger: ".a", run: () => {}, isActive: ["auto"], tooltipPosition: "left", timeout: 0, debugHelp: "x" },
            { trigger: ".b", wrong: 1, other: 2, run: 3 },
            { content: "no trigger", timeout: 60001 },
            { trigger: ".c", tooltipPosition: "over", isActive: "auto", run: false },
        ];
        expect(steps.map(validateStep)).toEqual([true, false, false, false]);
        const errors = said("error");
        expect(errors).toHaveLength(3);
        expect(errors[0]).toMatch(/schema.*'wrong', 'other'.*'run' has to be/);
        expect(errors[0]).toContain('{\n    "trigger": ".b",\n    "wrong": 1');
        expect(errors[1]).toMatch(/trigger is missing.*'timeout'/);
        expect(errors[2]).toMatch(/'isActive'.*'tooltipPosition'/);
    });
});

describe("TOUR-12: steps that are meant here", () => {
    const active = (words, mode = "auto") => isActive({ isActive: words }, mode);

    test("by mode, edition and device", () => {
        expect(active([])).toBe(true);
        expect([active(["auto"]), active(["manual"]), active(["manual"], "manual")]).toEqual([true, false, true]);
        expect(active(["auto", "manual"])).toBe(true);
        expect([active(["community"]), active(["enterprise"])]).toEqual([true, false]);
        const { server_version: before } = session;
        afterThis(() => (session.server_version = before));
        session.server_version = "18.0+e";
        expect([active(["community"]), active(["enterprise"])]).toEqual([false, true]);
        const isPhone = window.innerWidth < 768;
        expect([active(["mobile"]), active(["desktop"])]).toEqual([isPhone, !isPhone]);
    });

    test("by what is on the page", () => {
        show("<i class='there'></i>");
        expect([active([".there", "auto"]), active([".there", ".away"])]).toEqual([true, false]);
    });
});

describe("TOUR-13: what steps do", () => {
    test("is one command or several, with their argument", () => {
        expect(parseRun("click")).toEqual([{ name: "click", argument: "" }]);
        expect(parseRun("edit a (b) && press ctrl+Enter && click(.x:not(.y))")).toEqual([
            { name: "edit", argument: "a (b)" },
            { name: "press", argument: "ctrl+Enter" },
            { name: "click", argument: ".x:not(.y)" },
        ]);
        for (const word of ["dance", "constructor", "_tick", "queryAll .a", ""]) {
            expect(() => parseRun(word)).toThrow(`cannot ${word}`);
        }
    });
});

describe("TOUR-15: the element of a step", () => {
    const problemsOf = (trigger, run) => findTarget({ trigger, run }).problems.join();

    test("has to be there and visible", () => {
        show("<p class='a' style='display: none'>1</p><p class='a'>2</p><p class='b' hidden>3</p>");
        expect(findTarget({ trigger: ".a" }).element.textContent).toBe("2");
        expect(problemsOf(".b")).toMatch("not visible");
        expect(problemsOf(".c")).toMatch("not there");
        expect(problemsOf(".b:not(:visible)", "click")).toBe("");
    });

    test("is not used while the page is blocked", () => {
        show("<p class='a'>1</p>");
        document.body.classList.add("o_ui_blocked");
        expect(problemsOf(".a")).toMatch("blocked");
        document.body.classList.remove("o_ui_blocked");
        show("<div class='o_blockUI'></div>");
        expect(problemsOf(".a")).toMatch("blocked");
    });

    test("is enabled where something is done to it", () => {
        show("<button disabled>1</button><input class='r' readonly><textarea disabled></textarea>");
        for (const trigger of ["button", ".r", "textarea"]) {
            expect([problemsOf(trigger), problemsOf(trigger, "click")]).toEqual(["", "it is not enabled"]);
        }
    });

    test("is not below a modal", () => {
        show("<p class='a'>1</p><div class='o_inactive_modal'><div class='modal'>0</div></div>");
        expect(problemsOf(".a", "click")).toBe("");
        show("<div class='modal'><p class='b'>2</p></div>");
        expect(problemsOf(".a", "click")).toMatch("modal");
        expect([problemsOf(".a"), problemsOf("body .a", "click"), problemsOf(".b", "click")]).toEqual(["", "", ""]);
        show("<div class='o_notification'></div>");
        expect(problemsOf(".a", "click")).toBe("");
    });
});

describe("TOUR-16: runs", () => {
    test("that succeed say so, and leave nothing behind", async () => {
        show("<button class='a'>0</button>");
        const clicked = vi.fn(() => show("<p class='b'>1</p>"));
        document.querySelector(".a").addEventListener("click", clicked);
        tourState.setCurrentTour("story", {});
        const steps = [
            { trigger: ".a", run: "click" },
            { trigger: ".x", isActive: ["manual"], run: "click" },
            { trigger: ".b", timeout: 2000 },
        ];
        expect(await run(steps)).toBe(true);
        expect(clicked).toHaveBeenCalledTimes(1);
        expect(log).toEqual([["log", "tour succeeded"]]);
        expect(tourState.getCurrentTour()).toBe(null);
    });

    test("that fail tell where, why and what is around", async () => {
        show("<p class='a'>1</p><div class='modal'>2</div>");
        const steps = ["1", "2", "3", "4"].map(() => ({ trigger: "body" }));
        steps.push({ trigger: ".a", content: "Use it", run: "click" }, { trigger: ".later" });
        expect(await run(steps)).toBe(false);
        const [error] = said("error");
        expect(error.split("\n")[0]).toBe("FAILED: [5/6] Tour story → Step Use it (trigger: .a).");
        expect(error).toMatch(/modal.* after 120 ms/);
        const [around] = said("dir");
        expect(around.match(/"trigger"/g)).toHaveLength(5);
        expect(around).toMatch(/FAILED -----\n\{\n {4}"timeout": 120,\n {4}"trigger": "\.a"/);
        expect(tourState.getCurrentTourOnError()).toBe(error);
        expect(log.map(([kind]) => kind)).toEqual(["error", "dir"]);
    });

    test("fail when what a step does fails", async () => {
        const fail = () => {
            throw new Error("no way");
        };
        expect(await run([{ trigger: "body", run: fail, debugHelp: "Look there." }])).toBe(false);
        expect(said("error")[0]).toMatch(/no way[^]*Look there/);
    });

    test("begin where the page before stopped, and keep their place", async () => {
        const places = [];
        const step = { trigger: "body", run: () => places.push(tourState.getCurrentIndex()) };
        tourState.setCurrentTour("story", { mode: "auto", stepDelay: 3 });
        expect(tourState.getCurrentConfig()).toEqual({ mode: "auto", stepDelay: 3 });
        expect(localStorage.getItem("current_tour")).toBe("story");
        expect(localStorage.getItem("current_tour.config")).toBe('{"mode":"auto","stepDelay":3}');
        expect(await run([step, step, step], {}, 1)).toBe(true);
        expect(places).toEqual([2, 3]);
        expect(Object.keys(localStorage).filter((key) => key.startsWith("current_tour"))).toEqual([]);
    });

    test("TOUR-18: may ask for elements that stay as they are", async () => {
        show("<p class='a'>0</p>");
        const el = document.querySelector(".a");
        const config = { delayToCheckUndeterminisms: 60 };
        expect(await run([{ trigger: ".a", run: "click" }], config)).toBe(true);
        const timer = setInterval(() => (el.textContent += "1"), 5);
        afterThis(() => clearInterval(timer));
        expect(await run([{ trigger: ".a", run: "click" }], config)).toBe(false);
        expect(said("error")[0]).toMatch("depends on chance");
    });
});
