/** The run through all menus. */
import { Component, xml } from "@odoo/owl";
import { expect, test, vi } from "vitest";
import { clickEverywhere, SUCCESS_SIGNAL } from "@web/webclient/clickbot/clickbot";
import { afterThis, makeTestEnv, mount } from "./mount";

class Page extends Component {
    static template = xml`
        <div>
            <div class="o_cp_switch_buttons">
                <button class="o_switch_view o_list active"/>
                <button class="o_switch_view o_kanban" t-on-click="() => this.env.told.push('kanban')"/>
            </div>
            <button class="o_searchview_dropdown_toggler"/>
            <div class="o_filter_menu">
                <button class="o_menu_item" t-on-click="() => this.env.told.push('filter')"/>
                <button class="o_menu_item o_add_custom_filter" t-on-click="() => this.env.told.push('custom')"/>
            </div>
        </div>`;
    static props = [];
}

const leaf = (name, more = {}) => ({ name, xmlid: name, actionID: 1, childrenTree: [], ...more });
const APPS = [leaf("sales"), leaf("stock")];
const TREES = {
    sales: {
        childrenTree: [
            { name: "more", childrenTree: [leaf("orders"), leaf("site", { actionModel: "ir.actions.act_url" })] },
        ],
    },
    stock: { childrenTree: [] },
};

/** Click through a page, and return what was opened and what the console said. */
async function run(selectMenu, ...options) {
    const said = { log: vi.spyOn(console, "log"), error: vi.spyOn(console, "error") };
    Object.values(said).forEach((spy) => spy.mockImplementation(() => {}));
    afterThis(() => vi.restoreAllMocks());
    const env = await makeTestEnv([]);
    const opened = [];
    env.told = [];
    env.services.menu = {
        getApps: () => APPS,
        getMenuAsTree: (id) => TREES[APPS.find((app) => app.id === id)?.xmlid] || TREES.stock,
        selectMenu: async ({ name }) => {
            opened.push(name);
            await selectMenu?.(name);
        },
    };
    APPS.forEach((app, index) => (app.id = index + 1));
    await mount(Page, { env });
    const isRight = await clickEverywhere(...options);
    return { env, isRight, opened, said };
}

test("opens all menus, views and filters, and says that nothing broke", async () => {
    const { env, isRight, opened, said } = await run();
    expect(isRight).toBe(true);
    expect(opened).toEqual(["sales", "orders", "stock"]);
    // set and taken back, in both views
    expect(env.told.slice(0, 5)).toEqual(["filter", "filter", "kanban", "filter", "filter"]);
    expect(env.told).not.toContain("custom");
    expect(said.log).toHaveBeenLastCalledWith(SUCCESS_SIGNAL);
    expect(said.error).not.toHaveBeenCalled();
});

test("may stay in one application, and leave the menus below out", async () => {
    expect((await run(null, "sales", true)).opened).toEqual(["sales"]);
    const { isRight, said } = await run(null, "nowhere");
    expect([isRight, said.error.mock.calls[0][0]]).toEqual([false, "Clickbot: There is no application nowhere"]);
});

test("tells where something broke", async () => {
    const dialog = document.createElement("div");
    dialog.className = "o_error_dialog";
    dialog.textContent = "It is broken";
    afterThis(() => dialog.remove());
    const { isRight, opened, said } = await run((name) => name === "orders" && document.body.append(dialog));
    expect([isRight, opened]).toEqual([false, ["sales", "orders"]]);
    expect(said.error).toHaveBeenCalledExactlyOnceWith("Clickbot: sales / more / orders: It is broken");
    expect(said.log).not.toHaveBeenCalledWith(SUCCESS_SIGNAL);
});
