/** Components of core that offer choices: menus, lists, tabs, commands, days. */
import { Component, xml } from "@odoo/owl";
import { DateTime } from "luxon";
import { userEvent } from "vitest/browser";
import { describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { CommandPalette } from "@web/core/commands/command_palette";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import "@web/core/errors/error_handlers";
import { localization } from "@web/core/l10n/localization";
import { RPCError } from "@web/core/network/rpc";
import { Notebook } from "@web/core/notebook/notebook";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { afterThis, makeTestEnv, mount } from "./mount";

const SERVICES = ["popover", "hotkey", "ui", "dialog"];
const texts = (page, selector) => [...page.querySelectorAll(selector)].map((el) => el.textContent.trim());

describe("dropdowns", () => {
    async function dropdown() {
        const onSelected = vi.fn();
        class Menu extends Component {
            static template = xml`
                <Dropdown>
                    <button class="opener">open</button>
                    <t t-set-slot="content">
                        <DropdownItem onSelected="() => this.props.onSelected('a')">a</DropdownItem>
                        <DropdownItem onSelected="() => this.props.onSelected('b')" closingMode="'none'">b</DropdownItem>
                    </t>
                </Dropdown>
                <p class="outside">outside</p>`;
            static components = { Dropdown, DropdownItem };
            static props = ["*"];
        }
        const page = await mount(Menu, { env: await makeTestEnv(SERVICES), props: { onSelected } });
        const items = () => texts(page, ".o-dropdown-item");
        await userEvent.click(page.querySelector(".opener"));
        await expect.poll(items).toEqual(["a", "b"]);
        return { page, items, onSelected };
    }

    test("close when an item is chosen, unless it says otherwise", async () => {
        const { page, items, onSelected } = await dropdown();
        page.querySelectorAll(".o-dropdown-item")[1].click();
        expect(items()).toEqual(["a", "b"]);
        page.querySelectorAll(".o-dropdown-item")[0].click();
        await expect.poll(items).toEqual([]);
        expect(onSelected.mock.calls).toEqual([["b"], ["a"]]);
    });

    test("close when something else is clicked", async () => {
        const { page, items } = await dropdown();
        await userEvent.click(page.querySelector(".outside"));
        await expect.poll(items).toEqual([]);
    });

    test("are walked through by the keyboard", async () => {
        const { page, items, onSelected } = await dropdown();
        await userEvent.keyboard("{ArrowDown}");
        expect(page.querySelectorAll(".o-dropdown-item")[0]).toBe(document.activeElement);
        await userEvent.keyboard("{ArrowUp}{Enter}");
        expect(onSelected).toHaveBeenLastCalledWith("b");
        await userEvent.keyboard("{Escape}");
        await expect.poll(items).toEqual([]);
    });
});

describe("searchable selects", () => {
    const choices = ["pear", "apple", "plum"].map((label) => ({ label, value: label.length }));

    async function select(props = {}) {
        const onSelect = vi.fn();
        const env = await makeTestEnv(SERVICES);
        const page = await mount(SelectMenu, { env, props: { choices, onSelect, ...props } });
        await userEvent.click(page.querySelector(".o_select_menu_toggler"));
        await expect.poll(() => page.querySelector(".o_select_menu_menu")).not.toBe(null);
        return { page, onSelect, labels: () => texts(page, ".o-dropdown-item") };
    }

    test("sort and filter their choices", async () => {
        const { page, labels, onSelect } = await select({ value: 5 });
        expect(page.querySelector(".o_select_menu_toggler").textContent).toContain("apple");
        await expect.poll(() => document.activeElement).toBe(page.querySelector(".o_select_menu_input"));
        await expect.poll(labels).toEqual(["apple", "pear", "plum"]);
        await userEvent.fill(page.querySelector(".o_select_menu_input"), "pl");
        await expect.poll(labels).toContain("plum");
        await expect.poll(labels).not.toContain("pear");
        [...page.querySelectorAll(".o-dropdown-item")].find((el) => el.textContent.includes("plum")).click();
        expect(onSelect).toHaveBeenCalledWith(4);
    });

    test("may hold several values", async () => {
        const { page, onSelect } = await select({ multiSelect: true, value: [5], autoSort: false });
        page.querySelectorAll(".o-dropdown-item")[0].click();
        expect(onSelect).toHaveBeenLastCalledWith([5, 4]);
    });
});

describe("tabs", () => {
    class Content extends Component {
        static template = xml`<p class="content" t-esc="props.text"/>`;
        static props = ["*"];
    }
    const pages = ["one", "two", "three"].map((id) => ({ id, title: id, Component: Content, props: { text: id } }));
    const tabs = (page) => texts(page, ".nav-link");

    test("show one page, the first or the one that is asked for", async () => {
        const onPageUpdate = vi.fn();
        const page = await mount(Notebook, { props: { pages, defaultPage: "two", onPageUpdate } });
        expect(tabs(page)).toEqual(["one", "two", "three"]);
        expect(texts(page, ".content")).toEqual(["two"]);
        page.querySelectorAll(".nav-link")[2].click();
        await expect.poll(() => texts(page, ".content")).toEqual(["three"]);
        expect(onPageUpdate.mock.calls).toEqual([["two"], ["three"]]);
    });

    test("hide pages, and do not open those that are disabled", async () => {
        const [one, two, three] = pages;
        const page = await mount(Notebook, {
            props: { pages: [{ ...one, isVisible: false }, { ...two, isDisabled: true }, three] },
        });
        expect(tabs(page)).toEqual(["two", "three"]);
        page.querySelectorAll(".nav-link")[0].click();
        expect(texts(page, ".content")).toEqual(["three"]);
    });
});

test("commands are found by typing and run by Enter", async () => {
    const env = await makeTestEnv([...SERVICES, "command"]);
    const page = await mount(
        class extends Component {
            static template = xml`<i/>`;
            static props = ["*"];
        },
        { env }
    );
    const action = vi.fn();
    const provide = () => ["Save record", "Open settings"].map((name) => ({ name, action: () => action(name) }));
    env.services.dialog.add(CommandPalette, { config: { providers: [{ provide }] } });
    await expect.poll(() => page.querySelector(".modal input")).not.toBe(null);
    await userEvent.fill(page.querySelector(".modal input"), "sett");
    await expect.poll(() => page.querySelector(".modal").textContent).not.toContain("Save record");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => action.mock.lastCall).toEqual(["Open settings"]);
    await expect.poll(() => page.querySelector(".modal")).toBe(null);
});

test("days are typed in the format of the user, or in that of nobody", async () => {
    const before = { ...localization };
    Object.assign(localization, { dateFormat: "dd/MM/yyyy", timeFormat: "HH:mm:ss", weekStart: 1 });
    afterThis(() => Object.assign(localization, before));
    const onChange = vi.fn();
    const value = DateTime.fromISO("2024-03-01");
    const page = await mount(DateTimeInput, {
        env: await makeTestEnv(SERVICES),
        props: { type: "date", value, onChange },
    });
    const input = page.querySelector("input");
    expect(input.value).toBe("01/03/2024");
    input.value = "nonsense";
    input.dispatchEvent(new Event("change"));
    expect([input.value, onChange.mock.calls.length]).toEqual(["01/03/2024", 0]);
    input.value = "15/04/2024";
    input.dispatchEvent(new Event("change"));
    expect(onChange.mock.lastCall[0].toISODate()).toBe("2024-04-15");
});

describe("errors that nobody catches", () => {
    async function raise(error) {
        const env = await makeTestEnv(["error", "notification", ...SERVICES]);
        const page = await mount(
            class extends Component {
                static template = xml`<i/>`;
                static props = ["*"];
            },
            { env }
        );
        vi.spyOn(browser.console, "error").mockImplementation(() => {});
        const event = new PromiseRejectionEvent("unhandledrejection", {
            promise: new Promise(() => {}),
            reason: error,
            cancelable: true,
        });
        window.dispatchEvent(event);
        return { page, event };
    }

    test("of the server are shown in the dialog of their kind", async () => {
        const error = Object.assign(new RPCError("Odoo Server Error"), {
            exceptionName: "odoo.exceptions.UserError",
            data: { name: "odoo.exceptions.UserError", message: "Not like this", arguments: ["Not like this"] },
        });
        const { page, event } = await raise(error);
        await expect.poll(() => page.querySelector(".modal")?.textContent).toContain("Not like this");
        expect(event.defaultPrevented).toBe(true);
    });
});
