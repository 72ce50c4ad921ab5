/** The command palette: what provides commands, how they are found, and what becomes of them (entry S48). */
import { Component, useRef, xml } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { useCommand } from "@web/core/commands/command_hook";
import { DefaultCommandItem, splitCommandName } from "@web/core/commands/command_palette";
import { HotkeyCommandItem } from "@web/core/commands/default_providers";
import { registry } from "@web/core/registry";
import { useActiveElement } from "@web/core/ui/ui_service";
import "@web/webclient/menus/menu_providers";
import "@web/webclient/records/record_provider";
import { recentRecordsService } from "@web/webclient/records/recent_records_service";
import { afterThis, answerRpc, makeTestEnv, mount, nextFrame } from "./mount";

const providers = registry.category("command_provider");
const menus = {
    root: { children: [1, 2] },
    1: { id: 1, name: "Sales", children: [3], actionID: 11, actionPath: "sales" },
    2: { id: 2, name: "Settings", children: [], actionID: 12 },
    3: { id: 3, name: "Orders", children: [], actionID: 13 },
};
const menu = {
    getApps: () => [menus[1], menus[2]],
    getMenuAsTree: (id) => ({
        ...menus[id],
        childrenTree: menus[id].children.map((child) => menu.getMenuAsTree(child)),
    }),
    selectMenu: vi.fn(),
};

let env;
let doAction;

class Content extends Component {
    static template = xml`<div><button data-hotkey="n" title="New thing">  New  </button>
        <input data-hotkey="i" placeholder="Look"/><p data-command-category="disabled"><a data-hotkey="x">Hidden</a></p></div>`;
    static props = ["*"];
}

beforeEach(async () => {
    doAction = vi.fn();
    const recent_records = { load: vi.fn(async () => []) };
    env = await makeTestEnv(["command", "orm", "title"], { menu, action: { doAction }, recent_records });
    await mount(Content, { env });
});

/** Add a provider for the running test. */
function provide(namespace, give) {
    providers.add("svc_test", { namespace, provide: give }, { force: true });
    afterThis(() => providers.remove("svc_test"));
}

const named = (...names) => names.map((name) => ({ name, action: vi.fn() }));
const palette = () => document.querySelector(".o_command_palette");
const input = () => palette().querySelector("input");
const names = () => [...palette().querySelectorAll(".o_command .o_command_name")].map((el) => el.textContent);

async function open(config) {
    env.services.command.openMainPalette(config);
    await expect.poll(palette).not.toBe(null);
    await nextFrame();
}

async function type(text) {
    input().value = text;
    input().dispatchEvent(new Event("input"));
    await nextFrame();
    await nextFrame();
}

async function press(key, init = {}) {
    input().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
    await nextFrame();
}

describe("S48: the palette", () => {
    test("opens by Control and K, and lists what can be done here", async () => {
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", code: "KeyK", ctrlKey: true, bubbles: true }));
        await expect.poll(palette).not.toBe(null);
        await expect.poll(names).toEqual(["New", "Look"]);
        const keys = [...palette().querySelectorAll(".o_command_hotkey kbd")].map((el) => el.textContent);
        expect(keys).toEqual(["ALT", "N", "ALT", "I"]);
    });

    test("shows at most a hundred commands, in the order of their categories", async () => {
        const many = Array.from({ length: 150 }, (_, index) => ({ name: `c${index}`, action() {} }));
        provide("default", () => [...many, { name: "first", action() {}, category: "app" }].reverse());
        await open();
        expect(names()).toHaveLength(100);
        expect(names()[0]).toBe("first");
    });

    test("finds commands whose names have the characters in order", async () => {
        provide("default", () => named("Create quotation", "Delete", "Quit"));
        await open();
        await type("quo");
        expect(names()).toEqual(["Create quotation"]);
        expect(palette().querySelector(".o_command_name b").textContent).toBe("quo");
        await type("nothing like it");
        expect(palette().querySelector(".o_command_palette_listbox_empty").textContent).toBe("No result found");
    });

    test("goes to a namespace by its first character, and back", async () => {
        provide("#", (_env, { searchValue }) => named(`found ${searchValue}`));
        const setup = { emptyMessage: "None", placeholder: "Look for channels", name: "channels" };
        registry.category("command_setup").add("#", setup, { force: true });
        afterThis(() => registry.category("command_setup").remove("#"));
        await open();
        await type("#");
        expect(palette().querySelector(".o_namespace").textContent).toBe("#");
        expect([input().value, input().placeholder]).toEqual(["", "Look for channels"]);
        await type("gen");
        // who has a namespace filters by himself
        expect(names()).toEqual(["found gen"]);
        await type("");
        await press("Backspace");
        expect(palette().querySelector(".o_command_palette_search .o_namespace")).toBe(null);
        const footer = [...palette().querySelectorAll(".o_command_palette_footer button")];
        footer.find((el) => el.textContent.includes("channels")).click();
        await nextFrame();
        expect(input().placeholder).toBe("Look for channels");
    });

    test("may open in a namespace", async () => {
        await open({ searchValue: "/" });
        expect(names()).toEqual(["Sales", "Settings"]);
    });

    test("is gone through by keys and carries out a command", async () => {
        const commands = named("one", "two", "three");
        provide("#", () => commands);
        await open({ searchValue: "#" });
        const focused = () => palette().querySelector(".o_command.focused .o_command_name").textContent;
        expect(focused()).toBe("one");
        await press("ArrowUp");
        expect(focused()).toBe("three");
        await press("ArrowDown");
        await press("ArrowDown");
        expect(focused()).toBe("two");
        expect(input().getAttribute("aria-activedescendant")).toBe(palette().querySelector(".o_command.focused").id);
        await press("Enter");
        expect(commands[1].action).toHaveBeenCalledOnce();
        expect(palette()).toBe(null);
    });

    test("opens addresses in another window with Control", async () => {
        const [command] = named("place");
        const opened = vi.spyOn(browser, "open").mockImplementation(() => {});
        afterThis(() => opened.mockRestore());
        provide("#", () => [{ ...command, href: "/odoo/place" }]);
        await open({ searchValue: "#" });
        await press("Enter", { ctrlKey: true });
        expect(opened).toHaveBeenCalledWith("/odoo/place", "_blank");
        expect(command.action).not.toHaveBeenCalled();
    });

    test("gives way to another that a command leads to", async () => {
        const next = { placeholder: "Second", providers: [{ provide: () => named("inner") }] };
        provide("#", () => [{ name: "outer", action: async () => next }]);
        await open({ searchValue: "#" });
        await press("Enter");
        await expect.poll(() => input()?.placeholder).toBe("Second");
        expect(names()).toEqual(["inner"]);
    });

    test("waits while one types, and forgets what was asked before", async () => {
        const asked = [];
        provide("#", async (_env, { searchValue, signal }) => {
            asked.push([searchValue, signal]);
            return named(searchValue);
        });
        registry.category("command_setup").add("#", { debounceDelay: 200 }, { force: true });
        afterThis(() => registry.category("command_setup").remove("#"));
        await open({ searchValue: "#" });
        await type("a");
        await type("ab");
        await expect.poll(names).toEqual(["ab"]);
        expect(asked.map(([text]) => text)).toEqual(["", "ab"]);
        expect(asked[0][1].aborted).toBe(true);
        expect(asked[1][1].aborted).toBe(false);
    });

    test("shows what others found when one provider fails", async () => {
        const failures = [];
        const note = (ev) => {
            ev.preventDefault();
            failures.push(ev.reason.message);
        };
        window.addEventListener("unhandledrejection", note);
        afterThis(() => window.removeEventListener("unhandledrejection", note));
        provide("/", async () => {
            throw new Error("broken provider");
        });
        await open({ searchValue: "/" });
        expect(names()).toEqual(["Sales", "Settings"]);
        await expect.poll(() => failures).toEqual(["broken provider"]);
    });
});

describe("S48: commands", () => {
    const here = () => env.services.command.getCommands(env.services.ui.activeElement);

    test("belong to what is active, unless they are for everywhere", async () => {
        const { command } = env.services;
        const forget = command.add("plain", () => {}, { category: "app" });
        command.add("global", () => {}, { global: true });
        command.add("away", () => {}, { isAvailable: () => false });
        await nextFrame();
        expect(here().map(({ name }) => name)).toEqual(["plain", "global"]);
        class Modal extends Component {
            static template = xml`<div t-ref="modal"><button>x</button></div>`;
            static props = ["*"];
            setup() {
                this.modal = useRef("modal");
                useActiveElement("modal");
                useCommand("inner", () => {});
            }
        }
        await mount(Modal, { env });
        await nextFrame();
        expect(here().map(({ name }) => name)).toEqual(["global", "inner"]);
        forget();
        expect(command.getCommands(document).map(({ name }) => name)).toEqual(["global"]);
        expect(() => command.add("", () => {})).toThrow("name");
    });

    test("have shortcuts that work without the palette", async () => {
        const action = vi.fn();
        env.services.command.add("go", action, { hotkey: "control+g" });
        await nextFrame();
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "g", code: "KeyG", ctrlKey: true }));
        expect(action).toHaveBeenCalledOnce();
    });

    test("of elements put the cursor into inputs and click the rest", async () => {
        const clicked = vi.fn();
        document.querySelector("[data-hotkey=n]").addEventListener("click", clicked);
        const found = providers.get("data-hotkeys").provide(env, { activeElement: document });
        expect(found.map(({ name, Component: Item }) => [name, Item])).toEqual([
            ["New", HotkeyCommandItem],
            ["Look", HotkeyCommandItem],
        ]);
        found[1].action();
        expect(document.activeElement.placeholder).toBe("Look");
        found[0].action();
        expect(clicked).toHaveBeenCalledOnce();
    });

    test("have names that are cut at what was searched for", () => {
        expect(splitCommandName("New quotation", "QUO")).toEqual(["New ", "quo", "tation"]);
        expect(splitCommandName("a.b", ".")).toEqual(["a", ".", "b"]);
        expect(splitCommandName("New", "")).toEqual(["New"]);
        expect(splitCommandName("", "x")).toEqual([]);
        expect(DefaultCommandItem.template).toBe("web.DefaultCommandItem");
    });
});

describe("menus", () => {
    test("are found among all, and by themselves", async () => {
        await open();
        await type("orders");
        expect(names()).toEqual(["Sales / Orders"]);
        await press("Enter");
        expect(menu.selectMenu).toHaveBeenCalledWith(expect.objectContaining({ id: 3 }));
        await open({ searchValue: "/" });
        const links = [...palette().querySelectorAll("a.o_command")].map((el) => el.getAttribute("href"));
        expect(links).toEqual(["/odoo/sales", "/odoo/action-12"]);
        expect(palette().querySelectorAll(".o_app_icon")).toHaveLength(2);
    });
});

describe("records of all models", () => {
    const group = {
        action: "sales",
        model: "sale.order",
        name: "Sales Order",
        records: [
            [5, "S5"],
            [6, "S6"],
        ],
    };

    test("are asked for by two characters at least, and opened in their form", async () => {
        const calls = answerRpc(() => ({ groups: [group] }));
        await open({ searchValue: "*" });
        expect(palette().querySelector(".o_command_palette_listbox_empty").textContent).toMatch("two characters");
        await type("S");
        await type("S5");
        await expect.poll(names).toEqual(["S5", "S6"]);
        expect(calls.map(({ params }) => params)).toEqual([{ text: "S5" }]);
        expect(palette().querySelector(".o_command").textContent).toContain("Sales Order");
        expect(palette().querySelector("a.o_command").getAttribute("href")).toBe("/odoo/sales/5");
        await press("Enter");
        expect(doAction).toHaveBeenCalledWith("sales", {
            clearBreadcrumbs: true,
            viewType: "form",
            props: { resId: 5 },
        });
    });

    test("are not asked for any further when the text changes", async () => {
        const abort = vi.fn();
        const { rpc } = await import("@web/core/network/rpc");
        const original = rpc._rpc;
        rpc._rpc = () => Object.assign(new Promise(() => {}), { abort });
        afterThis(() => (rpc._rpc = original));
        const controller = new AbortController();
        providers.get("records").provide(env, { searchValue: "ab", signal: controller.signal });
        controller.abort();
        expect(abort).toHaveBeenCalledWith(false);
    });
});

describe("records that were opened last", () => {
    const form = (res_model, resId, more = {}) => ({
        action: { type: "ir.actions.act_window", res_model, id: 7, target: "current", ...more },
        currentState: {},
        props: { resId },
        view: { type: "form" },
    });
    const key = "web.recent_records.undefined.false";
    const kept = () => JSON.parse(browser.localStorage.getItem(key) || "[]");
    let recents;

    function show(controller) {
        env.services.action.currentController = controller;
        env.bus.trigger("ACTION_MANAGER:UI-UPDATED", "current");
    }

    beforeEach(() => {
        browser.localStorage.removeItem(key);
        recents = recentRecordsService.start(env);
        afterThis(() => browser.localStorage.removeItem(key));
    });

    test("are kept without their names, each once, twenty at most", () => {
        show(form("thing", 1, { path: "things" }));
        show(form("thing", 2));
        show(form("thing", 1, { path: "things" }));
        expect(kept()).toEqual([
            { model: "thing", resId: 1, action: "things" },
            { model: "thing", resId: 2, action: 7 },
        ]);
        for (let id = 1; id < 40; id++) {
            show(form("thing", id));
        }
        expect(kept()).toHaveLength(20);
    });

    test("are those that the user came to in a form, too", () => {
        const paged = form("thing", 1);
        show(paged);
        paged.currentState.resId = 9;
        show({ ...form("thing"), view: { type: "list" } });
        expect(kept().map(({ resId }) => resId)).toEqual([9, 1]);
    });

    test("are none of dialogs, of settings, or new ones", () => {
        show({ ...form("wizard", 1), inDialog: true });
        show(form("res.config.settings", 3, { target: "inline" }));
        show(form("thing", false));
        expect(kept()).toEqual([]);
    });

    test("are shown with the names that can be read, but the one that is open", async () => {
        const calls = answerRpc((route, { model }) =>
            model === "thing" ? [{ id: 1, display_name: "One" }] : [{ id: 4, display_name: "Four" }]
        );
        show(form("thing", 1));
        show(form("thing", 2));
        show(form("other", 4, { id: undefined }));
        show(form("other", 5));
        expect(await recents.load()).toEqual([
            { model: "other", resId: 4, name: "Four" },
            { model: "thing", resId: 1, action: 7, name: "One" },
        ]);
        expect(calls.map(({ params }) => params.kwargs.domain)).toEqual([[["id", "in", [4]]], [["id", "in", [2, 1]]]]);
        env.services.recent_records = recents;
        await open();
        expect(names().slice(0, 2)).toEqual(["Four", "One"]);
        expect(palette().querySelector(".o_command_category_name").textContent).toBe("Recently opened");
    });

    test("of a model that cannot be read are forgotten", async () => {
        answerRpc(() => {
            throw Object.assign(new Error("no"), { name: "RPC_ERROR" });
        });
        show(form("secret", 1));
        show(form("thing", false));
        expect(await recents.load()).toEqual([]);
        expect(kept()).toEqual([]);
    });

    test("that something else wrote are passed over", async () => {
        browser.localStorage.setItem(key, "{broken");
        expect(await recents.load()).toEqual([]);
        browser.localStorage.setItem(key, JSON.stringify([{ model: 3, resId: "x" }]));
        expect(await recents.load()).toEqual([]);
    });
});
