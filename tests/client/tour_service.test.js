/** Tours that people and tests begin: entries TOUR-10 and TOUR-18 to TOUR-23. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Component, xml } from "@odoo/owl";
import { assets } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { stepUtils } from "@web_tour/tour_service/tour_utils";
import { TourService } from "@web_tour/tour_service/tour_service";
import { tourSwitchItem } from "@web_tour/user_menu/tour_switch";
import { TourStartWidget } from "@web_tour/widgets/tour_start";
import { isActive, validateStep } from "../../addons/web/static/tests/tours/tour_step.js";
import { tourState } from "../../addons/web/static/tests/tours/tour_state.js";
import "@web_tour/tour_player/player";
import { afterThis, makeTestEnv, mount, nextFrame } from "./mount";

const tours = registry.category("web_tour.tours");
const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

class Page extends Component {
    static template = xml`
        <button class="first" t-on-click="() => this.props.onFirst?.()">First</button>
        <input class="name"/><button class="second">Second</button>
        <div class="far" style="margin-top: 5000px">Far</div>`;
    static props = ["*"];
}

let said;
let calls;
let answers;

beforeEach(() => {
    const before = { ...session };
    Object.assign(session, { is_internal_user: true, tour_enabled: true, current_tour: null, test_mode: false });
    const { loadBundle } = assets;
    assets.loadBundle = async () => {};
    const { location } = browser;
    browser.location = {
        href: "http://host/odoo",
        origin: "http://host",
        search: "",
        assign: vi.fn(),
        reload: vi.fn(),
    };
    afterThis(() => {
        Object.keys(session).forEach((key) => delete session[key]);
        Object.assign(session, before);
        assets.loadBundle = loadBundle;
        browser.location = location;
        tourState.clear();
        tours.getEntries().forEach(([name]) => tours.remove(name));
    });
    said = [];
    for (const name of ["dir", "error", "log", "warn"]) {
        const spy = vi.spyOn(console, name).mockImplementation((text) => said.push([name, String(text)]));
        afterThis(() => spy.mockRestore());
    }
    calls = [];
    answers = { consume: false, switch_tour_enabled: true };
});

/** @returns {Promise<TourService>} the service on a page with some elements */
async function open(props = {}) {
    const call = async (model, method, args) => {
        calls.push([method, ...args]);
        const answer = answers[method];
        if (answer instanceof Error) {
            throw answer;
        }
        return answer;
    };
    const effect = { add: vi.fn() };
    const env = await makeTestEnv(["overlay", "notification"], { orm: { call }, effect });
    const service = new TourService(env, env.services);
    afterThis(() => service.stop());
    await mount(Page, { env, props });
    return service;
}

const manual = { mode: "manual", redirect: false };
const pointed = () => find(".o_tour_pointer_content")?.textContent;
/** Click like a person. */
const click = (selector) => find(selector).dispatchEvent(new MouseEvent("click", { bubbles: true }));

describe("TOUR-18: tours begin", () => {
    test("when an addon has them; others are ignored", async () => {
        const service = await open();
        await service.startTour("nowhere");
        expect([tourState.getCurrentTour(), calls]).toEqual([null, []]);
        tours.add("own", { steps: () => [{ trigger: ".first", run: "click" }] });
        expect(tourState.getCurrentTour()).toBe(null);
        const clicked = vi.fn();
        find(".first").addEventListener("click", clicked);
        await service.startTour("own");
        await vi.waitFor(() => expect(said).toContainEqual(["log", "tour succeeded"]));
        expect(clicked).toHaveBeenCalledTimes(1);
    });

    test("on the page that they name, unless it is the one they are on", async () => {
        const service = await open();
        tours.add("own", { url: "/odoo/x", steps: () => [{ trigger: ".nowhere", run: "click" }] });
        await service.startTour("own", { startUrl: "/odoo" });
        expect(browser.location.assign).toHaveBeenCalledWith("http://host/odoo/x");
        expect(service.running).toBe(null);
        expect(tourState.getCurrentConfig()).toMatchObject({ mode: "auto", stepDelay: 0, url: "/odoo/x" });
        await service.startTour("own", { startUrl: "/odoo/x" });
        expect([browser.location.assign.mock.calls.length, Boolean(service.running)]).toEqual([1, true]);
        await expect(service.startTour("own", { url: "https://elsewhere/" })).rejects.toThrow("origin");
        expect(tourState.getCurrentTour()).toBe(null);
    });

    test("when what they wait for is there", async () => {
        const service = await open();
        let resolve;
        const wait_for = new Promise((done) => (resolve = done));
        tours.add("late", { wait_for, steps: () => [{ trigger: ".first" }] });
        expect(await service.isTourReady("nowhere")).toBe(false);
        let isReady = null;
        service.isTourReady("late").then((answer) => (isReady = answer));
        await nextFrame();
        expect(isReady).toBe(null);
        resolve();
        await vi.waitFor(() => expect(isReady).toBe(true));
    });

    test("TOUR-10: a later one takes the place of a name", async () => {
        const service = await open();
        const did = [];
        const entry = (name, saveAs) => ({
            saveAs,
            steps: () => [{ trigger: "body", run: () => void did.push(name) }],
        });
        tours.add("home", entry("1")).add("other", entry("2", "home")).add("third", entry("3", "home"));
        await service.startTour("home");
        expect(tourState.getCurrentTour()).toBe("home");
        await vi.waitFor(() => expect(did).toEqual(["3"]));
        await service.startTour("other");
        expect(tourState.getCurrentTour()).toBe("other");
        await vi.waitFor(() => expect(did).toEqual(["3", "2"]));
    });

    test("from the database, with the steps of the addon where it has none", async () => {
        const service = await open();
        tours.add("own", { steps: () => [{ trigger: ".first", run: "click", content: "Here" }] });
        answers.get_tour_json_by_name = { name: "own", url: "/odoo", rainbowManMessage: "<b>Fine</b>", steps: [] };
        browser.location.search = "?tour=own";
        await service.begin();
        expect(browser.location.assign).toHaveBeenCalledWith("http://host/odoo");
        expect(tourState.getCurrentConfig()).toMatchObject({ mode: "manual", fromDB: true });
        browser.location.search = "";
        await service.begin();
        await vi.waitFor(() => expect(pointed()).toBe("Here"));
        answers.get_tour_json_by_name = new Error("There is no tour x.");
        browser.location.search = "?tour=x";
        await expect(service.begin()).rejects.toThrow("no tour x");
    });

    test("go on with the step of the page before", async () => {
        const service = await open();
        const did = [];
        const step = (name) => ({ trigger: "body", run: () => void did.push(name) });
        tours.add("own", { steps: () => ["1", "2", "3"].map(step) });
        tourState.setCurrentTour("own", { mode: "auto" });
        tourState.setCurrentIndex(2);
        await service.begin();
        await vi.waitFor(() => expect(did).toEqual(["3"]));
        await vi.waitFor(() => expect(tourState.getCurrentTour()).toBe(null));
        tourState.setCurrentTour("own", { mode: "auto" });
        tourState.setCurrentTourOnError("failed");
        await service.begin();
        expect(service.running.isOver).toBe(false);
        expect(did).toEqual(["3"]);
    });
});

describe("TOUR-19: people are led", () => {
    const steps = () => [
        { trigger: ".first", run: "click", content: "One" },
        { trigger: ".wait" },
        { trigger: ".nowhere, .name", run: "edit Ann", content: "Two" },
        { trigger: ".second", run: "press Enter", content: "Three" },
    ];

    test("from step to step, and to the next tour", async () => {
        const service = await open();
        tours
            .add("own", { steps })
            .add("next", { steps: () => [{ trigger: ".second", run: "click", content: "Next" }] });
        answers.consume = { name: "next", url: "/odoo", steps: [], rainbowManMessage: "" };
        session.tour_enabled = false;
        await service.startTour("own", { ...manual, rainbowManMessage: "Bravo" });
        expect([calls, session.tour_enabled]).toEqual([[["switch_tour_enabled", true]], true]);
        expect(said).toEqual([["warn", "The step .wait is skipped: it says nothing that people could do."]]);
        await vi.waitFor(() => expect(pointed()).toBe("One"));
        click(".second");
        expect(tourState.getCurrentIndex()).toBe(0);
        click(".first");
        await vi.waitFor(() => expect(pointed()).toBe("Two"));
        expect([all(".o_tour_pointer").length, tourState.getCurrentIndex()]).toEqual([1, 2]);
        find(".name").dispatchEvent(new InputEvent("input", { bubbles: true }));
        await vi.waitFor(() => expect(pointed()).toBe("Three"));
        find(".second").dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, key: "a" }));
        find(".second").dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, key: "Enter" }));
        await vi.waitFor(() => expect(pointed()).toBe("Next"));
        expect(service.services.effect.add).toHaveBeenCalledExactlyOnceWith({ type: "rainbow_man", message: "Bravo" });
        expect(calls.at(-1)).toEqual(["consume", "own"]);
        expect([all(".o_tour_pointer").length, tourState.getCurrentTour()]).toEqual([1, "next"]);
    });

    test("TOUR-23: also to what comes later, and back when it is gone", async () => {
        const service = await open();
        tours.add("own", {
            steps: () => [
                { trigger: ".first", run: "click", content: "Open" },
                { trigger: ".nowhere, .menu", run: "click", content: "Choose" },
            ],
        });
        await service.startTour("own", manual);
        await vi.waitFor(() => expect(pointed()).toBe("Open"));
        click(".first");
        await vi.waitFor(() => expect(pointed()).toBe(undefined));
        const menu = document.createElement("a");
        Object.assign(menu, { className: "menu", textContent: "Menu" });
        find(".first").after(menu);
        await vi.waitFor(() => expect(pointed()).toBe("Choose"));
        menu.remove();
        await vi.waitFor(() => expect(pointed()).toBe("Open"), { timeout: 3000 });
        expect(tourState.getCurrentIndex()).toBe(0);
    });

    test("TOUR-23: without words there are none, and far away things are scrolled to", async () => {
        const service = await open();
        tours.add("own", {
            steps: () => [
                { trigger: ".first", run: "click" },
                { trigger: ".far", run: "drag_and_drop .first" },
            ],
        });
        await service.startTour("own", manual);
        await vi.waitFor(() => expect(all(".o_tour_pointer_tip")).toHaveLength(1));
        expect(pointed()).toBe(undefined);
        click(".first");
        await vi.waitFor(() => expect(find(".o_tour_pointer_out button").textContent).toMatch("Scroll"));
        click(".o_tour_pointer_out button");
        await vi.waitFor(() => expect(all(".o_tour_pointer_out")).toHaveLength(0), { timeout: 5000 });
        find(".far").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
        await nextFrame();
        await vi.waitFor(() => expect(find(".o_tour_pointer_out")).not.toBe(null));
        find(".first").scrollIntoView();
        const { left, top } = find(".first").getBoundingClientRect();
        const place = { bubbles: true, clientX: left + 3, clientY: top + 3 };
        find(".first").dispatchEvent(new PointerEvent("pointerup", place));
        await vi.waitFor(() => expect(calls.at(-1)).toEqual(["consume", "own"]));
    });

    test("who wants to be, and nobody in tests", async () => {
        const service = await open();
        tours.add("own", { steps });
        session.current_tour = { name: "own", url: "/odoo", steps: [], rainbowManMessage: "" };
        session.test_mode = true;
        await service.begin();
        expect(service.running).toBe(null);
        session.test_mode = false;
        await service.begin();
        await vi.waitFor(() => expect(pointed()).toBe("One"));
        const item = tourSwitchItem({ services: { tour_service: service } });
        expect([item.type, item.isChecked]).toEqual(["switch", true]);
        answers.switch_tour_enabled = false;
        await item.callback();
        await vi.waitFor(() => expect(all(".o_tour_pointer")).toEqual([]));
        expect(calls.at(-1)).toEqual(["switch_tour_enabled", false]);
        expect([session.tour_enabled, tourState.getCurrentTour()]).toEqual([false, null]);
        expect(browser.location.reload).toHaveBeenCalled();
    });
});

test("TOUR-20: steps that many tours have are steps", () => {
    const made = [
        stepUtils.showAppsMenuItem(),
        ...stepUtils.toggleHomeMenu(),
        stepUtils.autoExpandMoreButtons(),
        ...stepUtils.goToAppSteps("sale.root", "Sales"),
        ...stepUtils.statusbarButtonsSteps("Confirm", "Confirm it", ".there"),
        ...stepUtils.mobileKanbanSearchMany2X("Customer", "Ann"),
        ...stepUtils.saveForm(),
        ...stepUtils.discardForm(),
        stepUtils.waitIframeIsReady(),
        stepUtils.goToUrl("/odoo"),
        stepUtils.addDebugHelp("Look", { trigger: "a" }),
    ];
    expect(made.map(validateStep).every(Boolean)).toBe(true);
    const here = stepUtils.goToAppSteps("sale.root", "Sales").filter((step) => isActive(step, "manual"));
    expect(here.map(({ trigger }) => trigger)).toEqual(['.o_app[data-menu-xmlid="sale.root"]']);
});

test("TOUR-25: buttons begin a tour, or try it", async () => {
    const startTour = vi.fn();
    const env = await makeTestEnv([], { tour_service: { startTour } });
    const record = { resId: 3, data: { name: "own", url: "/odoo/x" }, save: async () => true };
    const page = await mount(TourStartWidget, { env, props: { record, readonly: false } });
    const [start, tryIt] = page.querySelectorAll("button");
    start.click();
    tryIt.click();
    await vi.waitFor(() => expect(startTour).toHaveBeenCalledTimes(2));
    const common = { url: "/odoo/x", fromDB: true };
    expect(startTour.mock.calls).toEqual([
        ["own", { ...common, mode: "manual" }],
        ["own", { ...common, mode: "auto", stepDelay: 500, showPointerDuration: 250 }],
    ]);
});
