/** Searches of actions that wait for the user, which the addon with classic actions has. */
import { expect, test, vi } from "vitest";
import { EventBus } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { SearchModel } from "@web/search/search_model";
import { ViewController } from "@web/webclient/actions/view_controller";
import "../../addons/base_action_classic/static/src/auto_search";

registry.category("views").add("list", { type: "list", multiRecord: true }, { force: true });

async function searchOf(action, state) {
    const views = [[false, "list"]];
    const window = { type: "ir.actions.act_window", res_model: "thing", views, context: { tone: "soft" }, ...action };
    const { props } = new ViewController(window, "list", {}, {});
    const model = new SearchModel({ bus: new EventBus() }, { orm: {}, view: {}, field: {}, name: {}, dialog: {} });
    await model.load({ ...props, searchViewArch: "<search/>", searchViewFields: {}, searchViewId: undefined, state });
    return model;
}

const domain = [["state", "=", "a"]];
const nothing = [[0, "=", 1]];

test("search at once unless the action says otherwise", async () => {
    for (const action of [{}, { auto_search: true }]) {
        const model = await searchOf({ domain, ...action });
        expect(model.domain).toEqual(domain);
    }
});

test("wait for the user where the action says so, and then find what there is", async () => {
    const model = await searchOf({ domain, auto_search: false });
    expect(model.domain).toEqual(nothing);
    expect(Object.keys(model.context)).not.toContain("__waits_for_search");
    expect(model.context.tone).toBe("soft");
    await model.reload({ domain: [] });
    model._reset();
    expect(model.domain).toEqual(nothing);
    const again = await searchOf({ auto_search: false }, model.exportState());
    expect(again.domain).toEqual(nothing);
    const updated = vi.fn();
    model.addEventListener("update", updated);
    await model.search();
    await expect.poll(() => updated.mock.calls.length).toBe(1);
    expect(model.domain).toEqual([]);
    const later = await searchOf({ domain, auto_search: false }, model.exportState());
    expect(later.domain).toEqual(domain);
});
