/** @odoo-module **/
/* global QUnit */

import { Component, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { makeTestEnv } from "@web/../tests/helpers/mock_env";
import { makeFakeNotificationService, patchUserWithCleanup } from "@web/../tests/helpers/mock_services";
import {
    addRow,
    click,
    clickSave,
    editInput,
    getFixture,
    getNodesTextContent,
    mount,
    patchDate,
    patchWithCleanup,
    selectDropdownItem,
    triggerHotkey,
} from "@web/../tests/helpers/utils";
import { registerCleanup } from "@web/../tests/helpers/cleanup";
import { getFacetTexts, pagerNext, toggleMenuItem, toggleSearchBarMenu } from "@web/../tests/search/helpers";
import { makeView, setupViewRegistries } from "@web/../tests/views/helpers";
import { createWebClient, doAction } from "@web/../tests/webclient/helpers";
import { user } from "@web/core/user";

const { DateTime } = luxon;
let cleaned = false;
let serverData;
let target;

QUnit.module("Garden", (hooks) => {
    hooks.beforeEach(() => {
        setupViewRegistries();
        target = getFixture();
        serverData = {
            models: {
                plant: {
                    fields: {
                        name: { string: "Name", type: "char" },
                        height: { string: "Height", type: "float" },
                        bed_id: { string: "Bed", type: "many2one", relation: "bed" },
                    },
                    records: [
                        { id: 1, name: "Rose", height: 1.5, bed_id: 1 },
                        { id: 2, name: "Fern", height: 0.5, bed_id: 2 },
                    ],
                    onchanges: {
                        name(plant) {
                            plant.height = plant.name === "Bamboo" ? 6 : plant.height;
                        },
                    },
                    methods: {
                        water: (model, args) => [model, args],
                    },
                },
                bed: {
                    fields: {
                        name: { string: "Name", type: "char" },
                        plant_ids: { string: "Plants", type: "one2many", relation: "plant", relation_field: "bed_id" },
                    },
                    records: [
                        { id: 1, name: "South" },
                        { id: 2, name: "North" },
                    ],
                },
            },
            views: {
                "plant,false,list": `<list><field name="name"/><field name="bed_id"/></list>`,
                "plant,false,search": `<search><filter name="tall" string="Tall" domain="[('height', '>', 1)]"/></search>`,
            },
            actions: {
                7: {
                    id: 7,
                    name: "Plants",
                    type: "ir.actions.act_window",
                    res_model: "plant",
                    views: [[false, "list"]],
                },
            },
        };
    });

    QUnit.module("Views");

    QUnit.test("a list shows what its arch says, also of fields that nobody described", async (assert) => {
        await makeView({
            type: "list",
            resModel: "plant",
            serverData,
            arch: `<list limit="1"><field name="name"/></list>`,
        });
        assert.containsOnce(target, ".o_data_row");
        assert.strictEqual(target.querySelector(".o_data_cell").textContent, "Rose");
        await pagerNext(target);
        assert.strictEqual(target.querySelector(".o_data_cell").textContent, "Fern");
        assert.hasClass(target.querySelector(".o_list_renderer"), "o_list_renderer table-responsive");
        assert.doesNotHaveClass(target.querySelector(".o_data_row"), ["o_is_line_section", "o_selected_row"]);
        assert.containsNone(target, ".o_nocontent_help");
    });

    QUnit.test("a form tells the server what was typed", async (assert) => {
        const controller = await makeView({
            type: "form",
            resModel: "plant",
            resId: 2,
            serverData,
            arch: `<form><field name="name"/><field name="height"/><field name="bed_id"/></form>`,
            mockRPC(route, args) {
                if (args.method === "web_save") {
                    assert.step(`${route} ${JSON.stringify(args.args)}`);
                }
            },
        });
        assert.strictEqual(controller.props.resModel, "plant");
        await editInput(target, "[name=name] input", "Bamboo");
        assert.strictEqual(target.querySelector("[name=height] input").value, "6.00");
        await selectDropdownItem(target, "bed_id", "South");
        await clickSave(target);
        assert.verifySteps([
            `/web/dataset/call_kw/plant/web_save [[2],${JSON.stringify({ name: "Bamboo", height: 6, bed_id: 1 })}]`,
        ]);
    });

    QUnit.test("lines are added", async (assert) => {
        await makeView({
            type: "form",
            resModel: "bed",
            resId: 1,
            serverData,
            arch: `<form><field name="plant_ids"><list editable="bottom"><field name="name"/></list></field></form>`,
        });
        assert.containsOnce(target, ".o_data_row");
        await addRow(target);
        assert.containsN(target, ".o_data_row", 2);
        assert.isVisible(target.querySelector(".o_selected_row [name=name] input"));
    });

    QUnit.test("what the test answers comes before the models", async (assert) => {
        const env = await makeTestEnv({
            serverData,
            mockRPC: (route, { model, method }) => (method === "prune" ? `${model} pruned` : undefined),
        });
        assert.strictEqual(await env.services.orm.call("plant", "prune", [[1]]), "plant pruned");
        assert.deepEqual(await env.services.orm.call("plant", "water", [[1]]), ["plant", [[1]]]);
    });

    QUnit.module("Client");

    QUnit.test("an action is shown, and searched", async (assert) => {
        const webClient = await createWebClient({ serverData });
        await doAction(webClient, 7);
        assert.deepEqual(getNodesTextContent(target.querySelectorAll(".o_data_row [name=name]")), ["Rose", "Fern"]);
        await toggleSearchBarMenu(target);
        await toggleMenuItem(target, "Tall");
        assert.deepEqual(getFacetTexts(target), ["Tall"]);
        assert.deepEqual(getNodesTextContent(target.querySelectorAll(".o_data_row [name=name]")), ["Rose"]);
    });

    QUnit.module("Services");

    QUnit.test("a component with services of the test", async (assert) => {
        const said = [];
        registry.category("services").add(
            "notification",
            makeFakeNotificationService((message) => said.push(message))
        );
        class Gardener extends Component {
            static template = xml`<button class="o_water" t-on-click="() => this.notification.add('Watered')">Water</button>`;
            static props = ["*"];

            setup() {
                this.notification = useService("notification");
            }
        }
        const env = await makeTestEnv();
        await mount(Gardener, target, { env });
        await click(target, ".o_water");
        assert.deepEqual(said, ["Watered"]);
        target.querySelector(".o_water").disabled = true;
        await assert.rejects(click(target, ".o_water"), /disabled/);
        await assert.rejects(click(target, ".o_nothing"), /One element/);
    });

    QUnit.test("keys, and what is patched until the test is over", async (assert) => {
        const env = await makeTestEnv();
        env.services.hotkey.add("shift+w", () => assert.step("watered"), { global: true });
        await triggerHotkey("shift+w");
        assert.verifySteps(["watered"]);
        patchWithCleanup(serverData, { models: null });
        patchUserWithCleanup({ name: "Dana" });
        assert.strictEqual(user.name, "Dana");
        patchDate(2020, 1, 3, 12, 0, 0);
        assert.strictEqual(DateTime.now().toUTC().toFormat("yyyy-MM-dd"), "2020-02-03");
        registerCleanup(() => (cleaned = true));
        assert.notOk(cleaned);
    });

    QUnit.test("the page is as it was", async (assert) => {
        assert.ok(cleaned);
        assert.notStrictEqual(user.name, "Dana");
        assert.ok(Math.abs(Date.now() - performance.timeOrigin - performance.now()) < 60_000, "it is today");
        assert.throws(
            () => registry.category("services").get("test_web_client.nowhere"),
            /No "test_web_client.nowhere"/
        );
        assert.strictEqual(target.children.length, 0);
    });
});
