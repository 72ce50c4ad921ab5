/** Menus: of applications, of the user, of what is done with records. */
import { Component, xml } from "@odoo/owl";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { SIZES } from "@web/core/ui/ui_service";
import { user } from "@web/core/user";
import { ActionMenus } from "@web/search/action_menus/action_menus";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { INTERVAL_OPTIONS } from "@web/search/utils/dates";
import { menuService } from "@web/webclient/menus/menu_service";
import { NavBar } from "@web/webclient/navbar/navbar";
import { BurgerMenu } from "@web/webclient/burger_menu/burger_menu";
import { SwitchCompanyMenu } from "@web/webclient/switch_company_menu/switch_company_menu";
import { preferencesItem } from "@web/webclient/user_menu/user_menu_items";
import { UserMenu } from "@web/webclient/user_menu/user_menu";
import { session } from "@web/session";
import { afterThis, makeTestEnv, mount } from "./mount";

const menu = (id, appID, children, actionID) => ({ id, appID, children, actionID, name: `menu ${id}` });
const menus = () => ({
    root: { id: "root", children: [1, 4] },
    1: menu(1, 1, [2, 3], 10),
    2: menu(2, 1, [], 20),
    3: menu(3, 1, [], false),
    4: menu(4, 4, [], 40),
});

describe("menus of applications", () => {
    let env;
    let service;
    const changed = vi.fn();

    beforeEach(async () => {
        globalThis.odoo.loadMenusPromise = Promise.resolve(menus());
        const doAction = vi.fn(async (id, { onActionReady }) => onActionReady({ id }));
        env = await makeTestEnv([], { action: { doAction } });
        service = await menuService.start(env);
        changed.mockClear();
        env.bus.addEventListener("MENUS:APP-CHANGED", changed);
    });

    afterEach(() => {
        delete globalThis.odoo.loadMenusPromise;
    });

    test("are found as applications and as trees", () => {
        expect(service.getApps().map(({ id }) => id)).toEqual([1, 4]);
        expect(service.getMenuAsTree(1).childrenTree.map(({ id }) => id)).toEqual([2, 3]);
        expect(service.getCurrentApp()).toBe(undefined);
        expect(service.getAll()).toHaveLength(5);
    });

    test("show their action and become the current application", async () => {
        await service.selectMenu(2);
        const [id, options] = env.services.action.doAction.mock.lastCall;
        expect([id, options.clearBreadcrumbs]).toEqual([20, true]);
        expect(service.getCurrentApp().id).toBe(1);
        await service.selectMenu(service.getMenu(1));
        expect(changed).toHaveBeenCalledOnce();
    });

    test("without an action do nothing", async () => {
        await service.selectMenu(3);
        expect(env.services.action.doAction).not.toHaveBeenCalled();
    });

    test("are loaded again when asked for", async () => {
        globalThis.odoo.reloadMenus = async () => ({ root: { children: [] } });
        await service.reload();
        delete globalThis.odoo.reloadMenus;
        expect(service.getApps()).toEqual([]);
        expect(changed).toHaveBeenCalledOnce();
    });
});

describe("the menu of the user", () => {
    test("shows its entries in their order, without those that hide", () => {
        const items = registry.category("user_menuitems");
        items.add("test_first", () => ({ type: "item", description: "first", sequence: 1 }));
        items.add("test_hidden", () => ({ type: "item", description: "hidden", sequence: 1, show: () => false }));
        items.add("test_last", () => ({ type: "item", description: "last" }));
        const elements = UserMenu.prototype.getElements.call({ env: { services: {}, isSmall: true } });
        const names = elements.map(({ description }) => String(description));
        expect([names[0], names.at(-1)]).toEqual(["first", "last"]);
        expect(names).not.toContain("hidden");
        ["test_first", "test_hidden", "test_last"].forEach((key) => items.remove(key));
    });

    test("R4: has the entries of clients of the 18.0 line, with addresses of whoever runs the server", () => {
        const open = vi.spyOn(browser, "open").mockImplementation(() => {});
        session.documentation_url = "https://example.test/manual";
        const add = vi.fn();
        const elements = UserMenu.prototype.getElements.call({
            env: { services: { dialog: { add } }, isSmall: false },
        });
        const ids = elements.map(({ id, type }) => id || type);
        expect(ids).toEqual(["documentation", "shortcuts", "about", "separator", "color_scheme", "settings", "logout"]);
        elements[0].callback();
        expect(open).toHaveBeenCalledWith("https://example.test/manual", "_blank");
        elements[2].callback();
        expect(add.mock.lastCall[1].body).toContain("Quoin");
        open.mockRestore();
        delete session.documentation_url;
    });

    test("opens the preferences of whoever is connected", async () => {
        const [call, doAction] = [vi.fn(async () => ({ id: 3, type: "ir.actions.act_window" })), vi.fn()];
        user.userId = 8;
        await preferencesItem({ services: { orm: { call }, action: { doAction } } }).callback();
        expect(call).toHaveBeenCalledWith("res.users", "action_get");
        expect(doAction).toHaveBeenCalledWith({ id: 3, type: "ir.actions.act_window", res_id: 8 });
    });
});

describe("actions for records", () => {
    const action = { id: 5, name: "Send" };

    async function actionMenus(props = {}, Menu = ActionMenus) {
        const [search, doAction] = [vi.fn(async () => [1, 2, 3]), vi.fn()];
        const env = await makeTestEnv(["ui", "hotkey", "popover"], { orm: { search }, action: { doAction } });
        let shown;
        class Shown extends Menu {
            setup() {
                super.setup();
                shown = this;
            }
        }
        const page = await mount(Shown, {
            env,
            props: {
                getActiveIds: () => [4, 6],
                context: { lang: "fr_FR" },
                resModel: "thing",
                items: { action: [action], print: [{ id: 6, name: "Label" }] },
                ...props,
            },
        });
        return { page, search, doAction, menus: shown };
    }

    test("run with the records that are selected", async () => {
        const onActionExecuted = vi.fn();
        const { menus, doAction, search } = await actionMenus({ onActionExecuted });
        await menus.onItemSelected(menus.actionItems[0]);
        const context = { lang: "fr_FR", active_id: 4, active_ids: [4, 6], active_model: "thing" };
        expect(doAction).toHaveBeenCalledWith(5, { additionalContext: context, onClose: onActionExecuted });
        expect(search).not.toHaveBeenCalled();
    });

    test("run with all that the domain finds when all is selected", async () => {
        session.active_ids_limit = 20;
        const domain = [["a", "=", 1]];
        const { menus, doAction, search } = await actionMenus({ isDomainSelected: true, domain });
        await menus.onItemSelected(menus.printItems[0]);
        expect(search).toHaveBeenCalledWith("thing", domain, { context: { lang: "fr_FR" }, limit: 20 });
        const { additionalContext } = doAction.mock.lastCall[1];
        expect(additionalContext).toMatchObject({ active_id: 1, active_ids: [1, 2, 3], active_domain: domain });
    });

    test("may be functions, or be refused", async () => {
        const [callback, shouldExecuteAction] = [vi.fn(), vi.fn(async () => false)];
        const items = { action: [{ description: "Own", callback }] };
        const { menus } = await actionMenus({ items });
        await menus.onItemSelected(menus.actionItems[0]);
        expect(callback).toHaveBeenCalledOnce();
        const { menus: refusing } = await actionMenus({ items, shouldExecuteAction });
        await refusing.onItemSelected(refusing.actionItems[0]);
        expect(callback).toHaveBeenCalledOnce();
    });

    test("are joined by components that are registered and want to be shown", async () => {
        class Shown extends Component {
            static template = xml`<b/>`;
            static props = ["*"];
        }
        class Hidden extends Shown {}
        const cogs = registry.category("cogMenu");
        cogs.add("test_shown", { Component: Shown, groupNumber: 3, isDisplayed: async () => true });
        cogs.add("test_hidden", { Component: Hidden, isDisplayed: () => false });
        const { menus } = await actionMenus({}, CogMenu);
        expect(menus.cogItems.map(({ key }) => key)).toEqual(["Shown", 5]);
        ["test_shown", "test_hidden"].forEach((key) => cogs.remove(key));
    });
});

test("intervals of dates go from coarse to fine", () => {
    expect(Object.keys(INTERVAL_OPTIONS)).toEqual(["year", "quarter", "month", "week", "day"]);
    expect(INTERVAL_OPTIONS.week).toMatchObject({ id: "week", groupNumber: 1 });
});

describe("the menu of companies", () => {
    const first = { id: 1, name: "Ash", sequence: 1 };
    const second = { id: 2, name: "Birch", sequence: 2 };
    const item = (id) => document.querySelector(`.o_switch_company_item[data-company-id="${id}"]`);
    let setCompanies;

    beforeEach(async () => {
        setCompanies = vi.fn();
        const company = {
            activeCompanyIds: [1],
            allowedCompanies: { 1: first, 2: second },
            currentCompany: first,
            setCompanies,
        };
        const env = await makeTestEnv(["popover", "overlay", "hotkey", "ui"]);
        env.services.company = company;
        const page = await mount(SwitchCompanyMenu, { env });
        page.querySelector("button").click();
        await expect.poll(() => document.querySelectorAll(".o_switch_company_item").length).toBe(2);
    });

    test("takes companies to the others, once that is confirmed", async () => {
        item(2).querySelector("input").click();
        await expect.poll(() => item(2).querySelector("input").checked).toBe(true);
        await expect.poll(() => document.querySelector(".btn-primary")).not.toBe(null);
        document.querySelector(".btn-primary").click();
        expect(setCompanies).toHaveBeenCalledWith([1, 2], false);
    });

    test("keeps the last one, and the mark of its box", async () => {
        item(1).querySelector("input").click();
        expect(item(1).querySelector("input").checked).toBe(true);
        expect(document.querySelector(".btn-primary")).toBe(null);
    });

    test("works for the company whose name is clicked", async () => {
        item(2).querySelector(".log_into").click();
        expect(setCompanies).toHaveBeenCalledWith([2], true);
    });
});

describe("the menu of small screens", () => {
    const page = (selector) => document.querySelector(selector);

    async function open(companies) {
        const company = {
            activeCompanyIds: [1],
            allowedCompanies: Object.fromEntries(companies.map((name, index) => [index + 1, { id: index + 1, name }])),
            currentCompany: { id: 1, name: companies[0] },
            setCompanies: vi.fn(),
        };
        const env = await makeTestEnv(["popover", "overlay", "hotkey", "ui"]);
        Object.assign(env.services, {
            company,
            menu: { getCurrentApp: () => ({ id: 1 }), getMenuAsTree: () => ({ childrenTree: [] }) },
        });
        session.display_switch_company_menu = companies.length > 1;
        afterThis(() => delete session.display_switch_company_menu);
        await mount(BurgerMenu, { env });
        page(".o_mobile_menu_toggle").click();
        await expect.poll(() => page(".o_burger_user_menu")).not.toBe(null);
        return company;
    }

    test("takes the place of the sections when the window becomes small, and goes when it is wide", async () => {
        const env = await makeTestEnv(["popover", "overlay", "hotkey", "ui"], {
            action: {},
            menu: {
                getApps: () => [],
                getCurrentApp: () => ({ id: 1, name: "Garden" }),
                getMenuAsTree: () => ({ childrenTree: [{ id: 2, name: "Plants", childrenTree: [] }] }),
            },
        });
        const { ui } = env.services;
        ui.size = SIZES.XL;
        await mount(NavBar, { env });
        expect([page(".o_menu_sections"), page(".o_mobile_menu_toggle")].map(Boolean)).toEqual([true, false]);
        ui.size = SIZES.XS;
        await expect.poll(() => page(".o_mobile_menu_toggle")).not.toBe(null);
        expect(page(".o_menu_sections")).toBe(null);
        ui.size = SIZES.XL;
        await expect.poll(() => page(".o_menu_sections")).not.toBe(null);
    });

    test("has what the menu of the user has", async () => {
        const callback = vi.fn();
        const make = () => ({ type: "item", id: "own", description: "Something", sequence: 1, callback });
        registry.category("user_menuitems").add("own", make);
        afterThis(() => registry.category("user_menuitems").remove("own"));
        await open(["Ash"]);
        expect(page(".o_burger_company_menu")).toBe(null);
        page(".o_burger_user_menu [data-menu=own]").click();
        expect(callback).toHaveBeenCalledOnce();
    });

    test("changes companies, and forgets what was not confirmed", async () => {
        const company = await open(["Ash", "Birch"]);
        const toggle = page(".o_burger_company_menu button");
        const boxes = () => [...document.querySelectorAll(".o_switch_company_item input")];
        toggle.click();
        await expect.poll(() => boxes().map((box) => box.checked)).toEqual([true, false]);
        boxes()[1].click();
        await expect.poll(() => page(".o_burger_company_menu .btn-primary")).not.toBe(null);
        toggle.click();
        await expect.poll(() => boxes()).toEqual([]);
        toggle.click();
        await expect.poll(() => boxes().map((box) => box.checked)).toEqual([true, false]);
        boxes()[1].click();
        await expect.poll(() => page(".o_burger_company_menu .btn-primary")).not.toBe(null);
        page(".o_burger_company_menu .btn-primary").click();
        expect(company.setCompanies).toHaveBeenCalledWith([1, 2], false);
    });
});
