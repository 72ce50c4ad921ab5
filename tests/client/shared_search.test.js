/** Searches and layouts of lists in addresses. */
import { beforeEach, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { user } from "@web/core/user";
import { decodeShared, encodeShared, PARAMETER, sharedLayouts } from "@web/search/shared_search";
import { getDefaultConfig } from "@web/views/view";
import { afterThis } from "./mount";
import { count, mountView, texts, until } from "./view_harness";

const models = () => ({
    thing: {
        fields: {
            id: { name: "id", type: "integer", string: "ID" },
            name: { name: "name", type: "char", string: "Name", sortable: true },
            size: { name: "size", type: "integer", string: "Größe", sortable: true },
        },
        records: [1, 2, 3].map((id) => ({ id, name: `Thing ${id}`, size: id })),
    },
});
const SEARCH = `<search><field name="name"/><filter name="small" string="Small" domain="[('size', '&lt;', limit)]"/>
    <filter name="by_size" context="{'group_by': 'size'}"/></search>`;

beforeEach(() => {
    user.updateUserSettings("list_layouts", {});
    afterThis(() => {
        sharedLayouts.clear();
        user.updateUserSettings("list_layouts", undefined);
        router.replaceState({}, { replace: true, sync: true });
    });
});

const show = (props = {}) =>
    mountView(
        {
            resModel: "thing",
            arch: `<list><field name="name"/><field name="size"/></list>`,
            searchArch: SEARCH,
            ...props,
        },
        models(),
        { env: { config: { ...getDefaultConfig(), actionId: 7 } } }
    );
const domains = (calls, method = "web_search_read") =>
    calls.filter(({ params }) => params.method === method).map(({ params }) => params.kwargs.domain);
const openWith = (text) => router.replaceState({ [PARAMETER]: text }, { sync: true });

async function copied(target) {
    const { clipboard } = navigator;
    const writeText = vi.spyOn(clipboard, "writeText").mockResolvedValue();
    expect(browser.navigator.clipboard).toBe(clipboard);
    target.querySelector(".o_cp_action_menus button").click();
    const [entry] = await count(document.body, ".o_share_menu", 1);
    entry.click();
    await until(() => writeText.mock.calls.length);
    const [address] = writeText.mock.lastCall;
    writeText.mockRestore();
    return new URL(address).searchParams.get(PARAMETER);
}

test("what is shared comes back as it was; what is no search is none", () => {
    const shared = {
        filters: [["Größe > 3", '[["size", ">", 3]]']],
        groupBys: ["day:month"],
        orderBy: [["name", false]],
        layout: ["thing,list", { columns: ["a"] }],
    };
    expect(decodeShared(encodeShared(shared))).toEqual(shared);
    const refused = [
        { filters: [["x", "no domain ["]] },
        { filters: "x" },
        { groupBys: [1] },
        { orderBy: [["name", "desc"]] },
        { layout: ["key", []] },
        { other: 1 },
        [],
        { groupBys: Array(60).fill("a") },
    ];
    expect(refused.map((value) => decodeShared(encodeShared(value)))).toEqual(refused.map(() => null));
    expect(["", "%%%", "x".repeat(7000), 5].map(decodeShared)).toEqual([null, null, null, null]);
});

test("a link has what is searched with its values, and the columns", async () => {
    user.updateUserSettings("list_layouts", { "thing,list": { columns: ["size", "name"] } });
    const { target } = await show({ context: { limit: 3, search_default_small: 1, search_default_name: "Thing" } });
    await count(target, ".o_searchview_facet", 2);
    expect(decodeShared(await copied(target))).toEqual({
        filters: [
            ["Name: Thing", '[["name", "ilike", "Thing"]]'],
            ["Small", '[["size", "<", 3]]'],
        ],
        layout: ["thing,list", { columns: ["size", "name"] }],
    });
});

test("who opens it sees the same in place of his defaults, once", async () => {
    openWith(
        encodeShared({
            filters: [["Not the first", '[["size", ">", 1]]']],
            orderBy: [["name", false]],
            layout: ["thing,list", { columns: ["size", "name"] }],
        })
    );
    const { target, calls } = await show({ context: { limit: 3, search_default_small: 1 }, domain: [["id", ">", 0]] });
    expect(texts(target, ".o_facet_value")).toEqual(["Not the first"]);
    expect(texts(target, "td[name='name']")).toEqual(["Thing 3", "Thing 2"]);
    expect(domains(calls)).toEqual([["&", ["id", ">", 0], ["size", ">", 1]]]);
    expect([...target.querySelectorAll("th[data-name]")].map((th) => th.dataset.name)).toEqual(["size", "name"]);
    expect(user.settings.list_layouts).toEqual({});
    expect(router.current[PARAMETER]).toBe(undefined);
    const again = await show({ context: { limit: 3, search_default_small: 1 } });
    expect(texts(again.target, ".o_facet_value")).toEqual(["Small"]);
});

test("groups come along, unknown ones do not; a link that is cut off is told", async () => {
    openWith(encodeShared({ groupBys: ["size", "secret"] }));
    const { target } = await show();
    await count(target, ".o_group_header", 3);
    openWith(encodeShared({ groupBys: ["size"] }).slice(0, -6));
    const broken = await show();
    await count(broken.target, ".o_data_row", 3);
    await until(() => document.querySelector(".o_notification")?.textContent.includes("cut off"));
});
