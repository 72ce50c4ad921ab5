/** Tools for developers: what is registered, for whom, where they are shown (entries S70 to S74). */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { createDebugContext } from "@web/core/debug/debug_context";
import { DebugMenu } from "@web/core/debug/debug_menu";
import { DebugMenuBasic, groupItems } from "@web/core/debug/debug_menu_basic";
import { profilingService } from "@web/core/debug/profiling/profiling_service";
import "@web/core/debug/debug_providers";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";
import { startTour } from "@web/webclient/debug_menu/debug_items";
import "@web/views/debug_items";
import { afterThis, answerRpc, makeTestEnv, mount, nextFrame } from "./mount";

const debug = registry.category("debug");
const everyRight = { canEditView: true, canSeeRecordRules: true, canSeeModelAccess: true };
const noRight = { canEditView: false, canSeeRecordRules: false, canSeeModelAccess: false };

function itemsOf(category, params) {
    const made = debug
        .category(category)
        .getAll()
        .map((make) => make(params));
    return made
        .filter(Boolean)
        .map(({ section, sequence }) => [section, sequence])
        .sort((one, two) => one[1] - two[1]);
}

describe("S70: factories", () => {
    test("get the environment, what is shown and rights; some give nothing", async () => {
        const calls = answerRpc((_route, { args, model }) => model !== "ir.rule" || args[1] !== "read");
        const env = await makeTestEnv();
        const asked = vi.fn(() => null);
        debug.category("svc_view").add("one", asked, { force: true });
        debug
            .category("svc_view")
            .add("two", () => ({ type: "item", description: "Two", sequence: 2 }), { force: true });
        debug.category("svc_view").add("last", () => ({ type: "item", description: "Last" }), { force: true });
        const { debugContext } = createDebugContext({ categories: ["svc_view"] });
        debugContext.show("svc_view", { component: "shown" });
        const items = await debugContext.getItems(env);
        expect(items.map(({ description }) => description)).toEqual(["Two", "Last"]);
        const [params] = asked.mock.lastCall;
        expect(params).toMatchObject({
            env,
            component: "shown",
            accessRights: { canEditView: true, canSeeRecordRules: false, canSeeModelAccess: true },
        });
        expect(calls.map(({ params: { args, model } }) => [model, args[1]])).toEqual([
            ["ir.ui.view", "write"],
            ["ir.rule", "read"],
            ["ir.model.access", "read"],
        ]);
    });
});

describe("S71: sections", () => {
    test("are in the order of the registry, items in that of their sequences", () => {
        const entries = registry.category("debug_section").getEntries();
        expect(entries.map(([key, { sequence }]) => [key, sequence])).toEqual([
            ["record", 10],
            ["records", 10],
            ["ui", 20],
            ["security", 30],
            ["testing", 40],
            ["tools", 50],
        ]);
        const groups = groupItems([{ section: "tools", n: 1 }, { section: "ui", n: 2 }, { n: 3 }]);
        expect(groups.map(({ items, key }) => [key, items.length])).toEqual([
            ["ui", 1],
            ["tools", 1],
            ["", 1],
        ]);
    });

    test("are shown by the menu, and are in the palette", async () => {
        answerRpc(() => true);
        const action = { currentController: null };
        const env = await makeTestEnv(["command", "popover"], { action, orm: {} });
        const page = await mount(DebugMenu, { env });
        page.querySelector(".o_debug_manager button").click();
        await expect
            .poll(() => document.querySelectorAll(".o-dropdown--menu .dropdown-item").length)
            .toBeGreaterThan(3);
        expect(DebugMenu.prototype).toBeInstanceOf(DebugMenuBasic);
        await nextFrame();
        const command = env.services.command.getCommands(document).find(({ category }) => category === "debug");
        expect(command.name.toString()).toBe("Debug tools...");
        const config = await command.action();
        const found = config.providers[0].provide().map(({ name }) => name);
        expect(found).toContain("Run Unit Tests");
        expect(config.configByNamespace.default.categories).toEqual(["testing", "tools"]);
    });

    test("are not needed by whoever types debug", () => {
        const { provide } = registry.category("command_provider").get("debug");
        expect(provide({ debug: "" }, { searchValue: "deb" })).toEqual([]);
        const names = (mode) => provide({ debug: mode }, { searchValue: "Debug" }).map(({ name }) => name.toString());
        expect(names("")).toHaveLength(3);
        expect(names("assets")).toContain("Deactivate debug mode");
        const { location } = browser;
        browser.location = { href: "http://localhost/odoo/sales?debug=1#x", assign: vi.fn() };
        provide({ debug: "1" }, { searchValue: "debug" })[0].action();
        expect(browser.location.assign).toHaveBeenCalledWith("http://localhost/odoo/sales?debug=assets#x");
        browser.location = location;
    });
});

describe("S72 to S74: entries", () => {
    const component = {
        props: { resModel: "thing", type: "list" },
        env: { config: { rawArch: "<list/>", viewId: 3, viewType: "list" } },
        componentOwnProps: { info: { searchViewId: 4 } },
        model: { root: { resId: 5, resModel: "thing" } },
    };
    const env = { debug: "1", services: { action: { currentController: { action: { id: 7, type: "x" } } } } };

    test("of a record", () => {
        const record = itemsOf("form", { component, env, accessRights: everyRight });
        expect(record).toEqual([
            ["record", 110],
            ["record", 120],
            ["record", 140],
            ["record", 150],
            ["security", 370],
        ]);
        const unsaved = { ...component, model: { root: { resId: false, resModel: "thing" } } };
        expect(itemsOf("form", { component: unsaved, env, accessRights: everyRight })).toEqual([
            ["record", 150],
            ["security", 370],
        ]);
    });

    test("of a view", () => {
        const numbers = [210, 230, 240, 250, 260, 270, 350, 360, 370];
        const found = itemsOf("view", { component, env, accessRights: everyRight });
        expect(found.map(([, sequence]) => sequence)).toEqual(numbers);
        const refused = itemsOf("view", { component, env, accessRights: noRight });
        expect(refused.map(([, sequence]) => sequence)).toEqual(
            numbers.filter((number) => ![240, 350, 360].includes(number))
        );
    });

    test("of every page", () => {
        const admin = user.isAdmin;
        user.isAdmin = true;
        afterThis(() => (user.isAdmin = admin));
        const found = itemsOf("default", { env, accessRights: everyRight }).map(([, sequence]) => sequence);
        expect(found.filter((sequence) => sequence !== 570)).toEqual([220, 450, 540, 550, 560, 580, 650]);
        user.isAdmin = false;
        expect(itemsOf("default", { env, accessRights: everyRight }).map(([, sequence]) => sequence)).not.toContain(
            560
        );
    });

    test("tours can be chosen where there are some", async () => {
        const { odoo } = globalThis;
        expect(startTour({ env })).toBe(null);
        odoo.startTour = vi.fn();
        registry.category("web_tour.tours").add("svc_tour", { steps: () => [] });
        afterThis(() => {
            delete odoo.startTour;
            registry.category("web_tour.tours").remove("svc_tour");
        });
        const openPalette = vi.fn();
        const item = startTour({ env: { services: { command: { openPalette } } } });
        expect([item.section, item.sequence]).toEqual(["testing", 460]);
        item.callback();
        const [command] = openPalette.mock.lastCall[0].providers[0].provide();
        command.action();
        expect(odoo.startTour).toHaveBeenCalledWith("svc_tour", { stepDelay: 500 });
    });
});

describe("S58a: profiling", () => {
    const systray = registry.category("systray");
    let answer;
    let doAction;
    let env;

    beforeEach(async () => {
        answer = (kwargs) => ({
            session: kwargs.profile && "mine",
            collectors: kwargs.collectors,
            params: kwargs.params,
        });
        doAction = vi.fn();
        env = await makeTestEnv(["orm"], { action: { doAction } });
        env.debug = "1";
        afterThis(() => systray.contains("web.profiling") && systray.remove("web.profiling"));
    });

    test("is there in debug mode only", async () => {
        expect(profilingService.start({ ...env, debug: "" })).toBe(undefined);
    });

    test("goes on as the session says", () => {
        session.profile_session = "other";
        session.profile_collectors = ["qweb"];
        afterThis(() => {
            delete session.profile_session;
            delete session.profile_collectors;
        });
        const profiling = profilingService.start(env);
        expect(profiling.state).toMatchObject({ session: "other", collectors: ["qweb"], isEnabled: true });
        expect(systray.contains("web.profiling")).toBe(true);
    });

    test("is switched, with collectors and parameters", async () => {
        const calls = answerRpc((_route, { kwargs }) => answer(kwargs));
        const profiling = profilingService.start(env);
        expect([profiling.state.isEnabled, profiling.isCollectorEnabled("sql")]).toEqual([false, true]);
        await profiling.toggleProfiling();
        expect(profiling.state.isEnabled).toBe(true);
        expect(systray.contains("web.profiling")).toBe(true);
        await profiling.toggleCollector("sql");
        await profiling.toggleCollector("qweb");
        expect(profiling.state.collectors).toEqual(["traces_async", "qweb"]);
        await profiling.setParam("traces_async_interval", "0.1");
        expect(calls.at(-1).params.kwargs).toMatchObject({
            profile: true,
            collectors: ["traces_async", "qweb"],
            params: { traces_async_interval: "0.1" },
        });
        await profiling.toggleProfiling();
        expect(systray.contains("web.profiling")).toBe(false);
    });

    test("leads to the action that the server answers", async () => {
        answerRpc(() => ({ type: "ir.actions.act_window", res_model: "base.enable.profiling.wizard" }));
        const profiling = profilingService.start(env);
        await profiling.toggleProfiling();
        expect(doAction.mock.lastCall[0].res_model).toBe("base.enable.profiling.wizard");
        expect(profiling.state.isEnabled).toBe(false);
    });
});
