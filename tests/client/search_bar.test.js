/** The search bar, its menu and the panel beside a view, as the user meets them. */
import { Component, xml } from "@odoo/owl";
import { describe, expect, test, vi } from "vitest";
import { registry } from "@web/core/registry";
import { Layout } from "@web/search/layout";
import { SEARCH_KEYS } from "@web/search/with_search/with_search";
import { getDefaultConfig } from "@web/views/view";
import { afterThis, nextFrame } from "./mount";
import { count, mountView, texts, until } from "./view_harness";

const fields = {
    id: { name: "id", type: "integer", string: "ID" },
    name: { name: "name", type: "char", string: "Name", groupable: true },
    size: { name: "size", type: "integer", string: "Size" },
    day: { name: "day", type: "date", string: "Day", groupable: true },
    active: { name: "active", type: "boolean", string: "Active" },
    state: {
        name: "state",
        type: "selection",
        string: "State",
        groupable: true,
        selection: [
            ["a", "Alpha"],
            ["b", "Beta"],
        ],
    },
    owner: { name: "owner", type: "many2one", relation: "person", string: "Owner" },
};
const models = () => ({
    thing: {
        fields: { ...fields },
        records: [1, 2, 3].map((id) => ({
            id,
            name: `Thing ${id}`,
            size: id,
            state: id < 3 ? "a" : "b",
            day: "2024-05-0" + id,
        })),
    },
    person: {
        fields: { display_name: { name: "display_name", type: "char", string: "Name" } },
        records: Array.from({ length: 12 }, (_item, index) => ({ id: index + 1, display_name: `Ann ${index + 1}` })),
    },
});
const SEARCH = `<search>
    <field name="name"/><field name="owner" domain="[('id', '>', 0)]"/><field name="size"/><field name="day"/>
    <field name="state"/><field name="active"/>
    <filter name="small" string="Small" domain="[('size', '&lt;', 2)]"/>
    <filter name="by_state" string="State" context="{'group_by': 'state'}"/>
</search>`;

const show = (props = {}, options = {}) =>
    mountView(
        { resModel: "thing", arch: `<list><field name="name"/></list>`, searchArch: SEARCH, ...props },
        models(),
        options
    );

const bar = (target) => target.querySelector(".o_searchview_input");
async function type(target, text) {
    const input = bar(target);
    input.focus();
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await nextFrame();
    return suggestions(target);
}
const suggestions = (target) => texts(target, ".o_searchview_autocomplete > li");
const press = (el, key) => el.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const asked = (calls, method) => calls.filter(({ params }) => params.method === method).map(({ params }) => params);
const lastDomain = (calls) => asked(calls, "web_search_read").at(-1).kwargs.domain;

describe("V191: the search bar", () => {
    test("proposes what the text can mean for each field, and a filter of one's own at last", async () => {
        const { target } = await show();
        expect(await type(target, "al")).toEqual([
            "Search Name for: al",
            "Search Owner for: al",
            "Search State for: Alpha",
            "Small",
            "Add a custom filter",
        ]);
        expect(await type(target, "1234567")).toEqual([
            "Search Name for: 1234567",
            "Search Owner for: 1234567",
            "Search Size for: 1234567",
            "Add a custom filter",
        ]);
        const dated = await type(target, "05/03/2024");
        expect(dated).toContain("Search Day at: 05/03/2024");
        expect(await type(target, "ye")).toContain("Search Active for: Yes");
    });

    test("takes a text in quotes as it is", async () => {
        const { target, calls } = await show();
        expect((await type(target, '"Thing 1"'))[0]).toBe("Search Name for: Thing 1");
        press(bar(target), "Enter");
        await count(target, ".o_data_row", 1);
        expect(lastDomain(calls)).toEqual([["name", "=", "Thing 1"]]);
    });

    test("what was chosen is not chosen again while its records come", async () => {
        let arrive;
        const answer = (_route, { method, kwargs }) =>
            method === "web_search_read" && kwargs.domain.length
                ? new Promise((resolve) => (arrive = () => resolve({ length: 0, records: [] })))
                : undefined;
        const { target, calls } = await show({}, { answer });
        await type(target, "Small");
        const filter = [...target.querySelectorAll("[role='option']")].find((el) => el.textContent.trim() === "Small");
        filter.click();
        await until(() => arrive);
        filter.click();
        arrive();
        await count(target, ".o_searchview_facet", 1);
        expect(lastDomain(calls)).toEqual([["size", "<", 2]]);
    });

    test("looks up records eight at a time", async () => {
        const { target, calls } = await show();
        await type(target, "Ann");
        press(bar(target), "ArrowDown");
        await nextFrame();
        press(bar(target), "ArrowRight");
        await count(target, ".o_searchview_autocomplete .o_indent", 9);
        expect(asked(calls, "name_search")[0].kwargs).toMatchObject({ args: [["id", ">", 0]], limit: 9, name: "Ann" });
        const more = [...target.querySelectorAll(".o_indent a")].find((el) => el.textContent.includes("Load more"));
        more.click();
        await count(target, ".o_searchview_autocomplete .o_indent", 12);
        press(bar(target), "ArrowLeft");
        await count(target, ".o_searchview_autocomplete .o_indent", 0);
    });

    test("is used by keyboard", async () => {
        const { target, calls } = await show();
        await type(target, "Thing 2");
        press(bar(target), "Escape");
        await count(target, ".o_searchview_autocomplete", 0);
        expect(bar(target).value).toBe("");
        await type(target, "Thing 2");
        press(bar(target), "ArrowUp");
        await nextFrame();
        expect(target.querySelector(".o_searchview_autocomplete .active").textContent.trim()).toBe(
            "Add a custom filter"
        );
        press(bar(target), "ArrowDown");
        press(bar(target), "Tab");
        await count(target, ".o_searchview_facet", 1);
        const before = asked(calls, "web_search_read").length;
        press(bar(target), "Enter");
        await until(() => asked(calls, "web_search_read").length > before);
        press(bar(target), "ArrowDown");
        await until(() => document.activeElement.closest(".o_list_renderer"));
    });

    test("V190: a filter of one's own is made with rules, one of which has to hold", async () => {
        const { target } = await show();
        await type(target, "x");
        target.querySelector(".o_add_custom_filter a").click();
        const [dialog] = await count(document.body, ".modal .o_domain_selector", 1);
        [...dialog.querySelectorAll("a, button")].find((el) => el.textContent.trim() === "New Rule").click();
        await until(() => dialog.textContent.includes("any"));
        expect(bar(target).value).toBe("");
    });
});

test("V191: a click on the empty bar shows the menu, and typing is possible all the same", async () => {
    const { target } = await show();
    bar(target).click();
    await count(document.body, ".o_search_bar_menu", 1);
    await until(() => document.activeElement === bar(target));
    press(bar(target), "ArrowDown");
    await until(() => document.activeElement.closest(".o_search_bar_menu"));
    await type(target, "x");
    await count(document.body, ".o_search_bar_menu", 0);
    expect(suggestions(target).length).toBe(3);
    bar(target).click();
    await nextFrame();
    expect(document.querySelector(".o_search_bar_menu")).toBe(null);
});

describe("V188: facets", () => {
    test("are walked and removed by keyboard", async () => {
        const { target } = await show({ context: { search_default_small: 1, search_default_by_state: 1 } });
        const [filter, group] = await count(target, ".o_searchview_facet", 2);
        expect([filter.className.includes("o_facet_filter"), group.className.includes("o_facet_groupBy")]).toEqual([
            true,
            true,
        ]);
        bar(target).focus();
        press(bar(target), "ArrowLeft");
        expect(document.activeElement).toBe(group);
        press(group, "ArrowLeft");
        expect(document.activeElement).toBe(filter);
        press(filter, "Delete");
        await count(target, ".o_searchview_facet", 1);
        expect(document.activeElement).toBe(bar(target));
        press(bar(target), "Backspace");
        await count(target, ".o_searchview_facet", 0);
    });

    test("V187: a click on groups orders them by how much is in them", async () => {
        const { target, calls } = await show({ groupBy: [], context: { search_default_by_state: 1 } });
        await count(target, ".o_group_header", 2);
        target.querySelector(".o_facet_groupBy .o_searchview_facet_label").click();
        await until(() => asked(calls, "web_read_group").length === 2);
        expect(asked(calls, "web_read_group")[1].kwargs.orderby).toMatch(/^__count DESC/);
        await until(() => target.querySelector(".o_facet_groupBy .fa-sort-numeric-desc"));
        target.querySelector(".o_facet_groupBy .o_searchview_facet_label").click();
        await until(() => texts(target, ".o_group_name")[0] === "Beta (1)");
    });

    test("a click on a filter changes its condition", async () => {
        const { target } = await show({ context: { search_default_small: 1 } });
        const [label] = await count(target, ".o_facet_filter button.o_searchview_facet_label", 1);
        label.click();
        await count(document.body, ".modal", 1);
        expect(document.querySelector(".modal").textContent).toContain("Modify Condition");
    });
});

describe("the menu", () => {
    const open = async (target) => {
        target.querySelector(".o_searchview_dropdown_toggler").click();
        const [menu] = await count(document.body, ".o_search_bar_menu", 1);
        return menu;
    };

    test("V187: groups by any field that can be grouped by", async () => {
        const { target, calls } = await show();
        const menu = await open(target);
        const select = menu.querySelector(".o_add_custom_group_menu");
        expect([...select.options].map(({ value }) => value)).toEqual(["", "day", "name", "state"]);
        select.value = "day";
        select.dispatchEvent(new Event("change", { bubbles: true }));
        await until(() => asked(calls, "web_read_group").length);
        expect(asked(calls, "web_read_group")[0].kwargs.groupby).toEqual(["day:month"]);
    });

    test("V189: a favorite is for everybody or the default, has a name that no other has, and is edited", async () => {
        const doAction = vi.fn();
        const irFilters = [{ id: 9, name: "Best", domain: "[]", context: "{}", sort: "[]", user_id: [1, "Me"] }];
        const { target, calls } = await show({ irFilters }, { actions: { doAction } });
        const menu = await open(target);
        menu.querySelector(".o_add_favorite").click();
        const [isDefault] = await count(menu, "input[name='is_default']", 1);
        isDefault.click();
        await nextFrame();
        menu.querySelector("input[name='is_shared']").click();
        await until(() => !menu.querySelector("input[name='is_default']").checked);
        const name = menu.querySelector(".o_favorite_menu input[type='text']");
        const save = async (text) => {
            name.value = text;
            name.dispatchEvent(new Event("input", { bubbles: true }));
            await nextFrame();
            menu.querySelector(".o_save_favorite").click();
            await nextFrame();
        };
        await save("  ");
        await save("Best");
        expect(asked(calls, "create_or_replace")).toEqual([]);
        await save("Other");
        await until(() => asked(calls, "create_or_replace").length);
        expect(asked(calls, "create_or_replace")[0].args[0]).toMatchObject({
            name: "Other",
            user_id: false,
            is_default: false,
        });
        await until(() => texts(target, ".o_facet_favorite .o_facet_value").join() === "Other");
        menu.querySelector(".o_edit_favorite").click();
        expect(doAction.mock.lastCall[0]).toMatchObject({ res_model: "ir.filters", res_id: 9, target: "new" });
    });

    test("V189: addons add entries to the favorites", async () => {
        class Entry extends Component {
            static template = xml`<span class="o_own_favorite">Own</span>`;
            static props = {};
        }
        const category = registry.category("favoriteMenu");
        expect(category.contains("custom-favorite-item")).toBe(true);
        category.add("own", {
            Component: Entry,
            groupNumber: 4,
            isDisplayed: ({ config }) => config.viewType === "list",
        });
        category.add("none", { Component: Entry, groupNumber: 4, isDisplayed: () => false });
        afterThis(() => ["own", "none"].forEach((key) => category.remove(key)));
        const { target } = await show();
        const menu = await open(target);
        expect(texts(menu, ".o_own_favorite")).toEqual(["Own"]);
    });
});

describe("V192: the panel beside a view", () => {
    const PANEL = `<search><searchpanel %s>
        <field name="owner" icon="fa-users" color="red" enable_counters="1" limit="5"/>
        <field name="state" select="multi" groupby="owner" enable_counters="1"/></searchpanel></search>`;
    const answer = (_route, { method }) =>
        ({
            search_panel_select_range: {
                parent_field: "parent_id",
                values: [
                    { id: 1, display_name: "Ann", parent_id: false, __count: 3 },
                    { id: 2, display_name: "Bob", parent_id: [1, "Ann"], __count: 1 },
                ],
            },
            search_panel_select_multi_range: {
                values: [
                    { id: "a", display_name: "Alpha", group_id: 1, group_name: "One", __count: 2 },
                    { id: "b", display_name: "Beta", group_id: 2, group_name: "Two", __count: 1 },
                    { id: "c", display_name: "Gamma", group_id: 2, group_name: "Two", __count: 0 },
                ],
            },
        })[method];
    const panel = (attributes = "", more = {}) =>
        show({ searchArch: PANEL.replace("%s", attributes), ...more }, { answer });

    test("asks for its values with what is searched and chosen, and restricts the search", async () => {
        const { target, calls } = await panel(`class="mine"`);
        await count(target, ".o_search_panel.mine .o_search_panel_section", 2);
        expect(asked(calls, "search_panel_select_range")[0]).toMatchObject({
            args: ["owner"],
            kwargs: {
                category_domain: [],
                enable_counters: true,
                expand: false,
                filter_domain: [],
                hierarchize: true,
                limit: 5,
            },
        });
        expect(asked(calls, "search_panel_select_multi_range")[0].kwargs).toMatchObject({
            comodel_domain: [],
            group_by: "owner",
        });
        expect(texts(target, ".o_search_panel_counter")).toEqual(["3", "2", "1", "0"]);
        target.querySelectorAll(".o_search_panel_category_value button")[1].click();
        await until(() => lastDomain(calls).length);
        expect(lastDomain(calls)).toEqual([["owner", "child_of", 1]]);
        expect(asked(calls, "search_panel_select_multi_range").at(-1).kwargs.category_domain).toEqual([
            ["owner", "child_of", 1],
        ]);
        const boxes = target.querySelectorAll(".o_search_panel_filter_value input");
        for (const box of boxes) {
            box.click();
            await nextFrame();
        }
        await until(() => JSON.stringify(lastDomain(calls)).includes('"c"'));
        expect(lastDomain(calls).filter(Array.isArray)).toEqual([
            ["owner", "child_of", 1],
            ["state", "in", ["a"]],
            ["state", "in", ["b", "c"]],
        ]);
    });

    test("is there for some types of views, folded at first if the arch says so", async () => {
        const { target } = await panel(`view_types="kanban"`);
        expect(target.querySelector(".o_search_panel")).toBe(null);
        const folded = await panel(`fold="1"`);
        expect(folded.target.querySelector(".o_search_panel_folded")).not.toBe(null);
        expect(folded.target.querySelector(".o_search_panel_section")).toBe(null);
    });

    test("its width is changed by pointer and keys, and kept for the views of the action", async () => {
        const getters = {
            callbacks: [],
            add: (_owner, callback) => getters.callbacks.push(callback),
            remove: () => {},
        };
        const { target } = await panel("", { __getGlobalState__: getters });
        const handle = target.querySelector(".o_search_panel_resize");
        press(handle, "ArrowRight");
        await until(() => target.querySelector(".o_search_panel").style.width);
        // wider than may be, as there are no styles here
        expect(target.querySelector(".o_search_panel").style.width).toBe("600px");
        const globalState = Object.assign({}, ...getters.callbacks.map((callback) => callback()));
        const again = await panel("", { globalState });
        expect(again.target.querySelector(".o_search_panel").style.width).toBe(
            target.querySelector(".o_search_panel").style.width
        );
    });
});

test("V194: what is searched whatever the user does has five parts", () => {
    expect([...SEARCH_KEYS].sort()).toEqual(["comparison", "context", "domain", "groupBy", "orderBy"]);
});

test("V194: parts of a view have places in the control panel", async () => {
    const places = [
        ...["layout-buttons", "layout-actions", "control-panel-additional-actions", "control-panel-always-buttons"],
        ...["control-panel-create-button", "control-panel-selection-actions", "control-panel-status-indicator"],
        "control-panel-navigation-additional",
    ];
    const slots = places.map(
        (name) => `<t t-set-slot="${name}"><i class="o_placed" t-att-data-place="'${name}'"/></t>`
    );
    class Placed extends Component {
        static template = xml`<Layout display="props.display">${slots.join("")}<p class="o_placed" data-place="default"/></Layout>`;
        static components = { Layout };
        static props = ["*"];
    }
    const views = registry.category("views");
    views.add("placed", { type: "placed", Controller: Placed });
    afterThis(() => views.remove("placed"));
    const { target } = await show({ type: "placed", arch: "<placed/>" });
    const found = (await count(target, ".o_placed", places.length + 1)).map((el) => el.dataset.place);
    expect(found.sort()).toEqual([...places, "default"].sort());
});

describe("V195: other views of the action", () => {
    const entries = ["list", "kanban", "graph"].map((type) => ({
        type,
        name: type.toUpperCase(),
        active: type === "list",
    }));
    const config = { ...getDefaultConfig(), viewSwitcherEntries: entries };

    test("are shown by buttons, commands and keys", async () => {
        const switchView = vi.fn();
        const { target, env } = await show({}, { actions: { switchView }, env: { config } });
        expect(
            [...target.querySelectorAll(".o_switch_view")].map((el) => el.className.match(/o_(list|kanban|graph)/)[1])
        ).toEqual(["list", "kanban", "graph"]);
        expect(target.querySelector(".o_switch_view.active").className).toContain("o_list");
        target.querySelector(".o_switch_view.o_graph").click();
        expect(switchView).toHaveBeenLastCalledWith("graph");
        const commands = env.services.command
            .getCommands(env.services.ui.activeElement)
            .filter(({ category }) => category === "view_switcher");
        expect(commands.map(({ name }) => String(name))).toEqual(["Show KANBAN view", "Show GRAPH view"]);
        document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key: "V", altKey: true, shiftKey: true, bubbles: true })
        );
        expect(switchView).toHaveBeenLastCalledWith("kanban");
    });
});
