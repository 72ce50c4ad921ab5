import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { Component, useState, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import {
    clickSave,
    contains,
    defineActions,
    defineMenus,
    defineModels,
    fields,
    getService,
    makeMockEnv,
    mockService,
    models,
    mountView,
    mountWebClient,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { TrafficLightField } from "@test_web_client/traffic_light";

class Street extends models.Model {
    _name = "street";
    name = fields.Char();
    light = fields.Char({ string: "Light", default: "red" });
    length = fields.Float({ digits: [16, 1] });
    crossing_ids = fields.Many2many({ relation: "crossing" });

    _records = [
        { id: 1, name: "Main street", light: "green", length: 2.5, crossing_ids: [1, 2] },
        { id: 2, name: "Side street" },
    ];
    _views = {
        form: `<form><sheet><field name="name"/><field name="light" widget="traffic_light"/></sheet></form>`,
        list: `<list><field name="name"/><field name="light"/></list>`,
        search: `<search><filter name="red" string="Stopped" domain="[('light', '=', 'red')]"/></search>`,
    };
}

class Crossing extends models.Model {
    _name = "crossing";
    name = fields.Char();
    _records = [
        { id: 1, name: "First" },
        { id: 2, name: "Second" },
    ];
}

defineModels([Street, Crossing]);

describe("the field", () => {
    test("lights are shown and changed", async () => {
        onRpc("street", "web_save", ({ args }) => {
            expect.step(args[1]);
        });
        await mountView({ type: "form", resModel: "street", resId: 1 });
        expect(".o_traffic_light button").toHaveCount(3);
        expect(".o_traffic_light .active").toHaveText("green");
        await contains(".o_traffic_light button:contains(red)").click();
        expect(".o_traffic_light .active").toHaveText("red");
        await clickSave();
        expect.verifySteps([{ light: "red" }]);
        expect(getService("traffic_light_counter").count).toBe(1);
    });

    test("a new record has its default", async () => {
        await mountView({ type: "form", resModel: "street" });
        expect(".o_traffic_light .active").toHaveText("red");
        expect(queryAllTexts(".o_traffic_light button")).toEqual(["red", "yellow", "green"]);
    });

    test("a patch of the component counts", async () => {
        patchWithCleanup(TrafficLightField.prototype, {
            setup() {
                super.setup();
                this.colors = ["blue"];
            },
        });
        await mountView({ type: "form", resModel: "street", resId: 1 });
        expect(".o_traffic_light button").toHaveText("blue");
    });

    test("the service is another one", async () => {
        const counter = { count: 10 };
        mockService("traffic_light_counter", () => counter);
        await mountView({ type: "form", resModel: "street", resId: 1 });
        await contains(".o_traffic_light button:eq(0)").click();
        expect(counter.count).toBe(11);
    });

    test("nothing can be changed where it is readonly", async () => {
        await mountView({
            type: "form",
            resModel: "street",
            resId: 1,
            arch: `<form><field name="light" widget="traffic_light" readonly="1"/></form>`,
        });
        expect(".o_traffic_light button:first").not.toBeEnabled();
    });
});

describe("the client", () => {
    beforeEach(() => {
        defineActions([
            {
                id: 1,
                name: "Streets",
                res_model: "street",
                type: "ir.actions.act_window",
                views: [
                    [false, "list"],
                    [false, "form"],
                ],
            },
        ]);
        defineMenus([{ id: 1, name: "Roads", appID: 1, actionID: 1, xmlid: "menu_roads", children: [] }]);
    });

    test("a list, its search and a form", async () => {
        await mountWebClient();
        await getService("action").doAction(1);
        await animationFrame();
        expect(".o_data_row").toHaveCount(2);
        await contains(".o_searchview_dropdown_toggler").click();
        await contains(".o_filter_menu .o_menu_item:contains(Stopped)").click();
        expect(queryAllTexts(".o_data_cell[name=name]")).toEqual(["Side street"]);
        await contains(".o_data_cell").click();
        expect(".o_traffic_light .active").toHaveText("red");
    });
});

describe("components", () => {
    test("keys, time and notifications", async () => {
        mockDate("2025-05-01 10:00:00");
        class Clock extends Component {
            static props = [];
            static template = xml`<button class="clock" t-on-click="ring" t-on-keydown="ring"><t t-esc="state.rung"/></button>`;
            setup() {
                this.state = useState({ rung: 0 });
                this.notification = useService("notification");
            }
            ring() {
                this.state.rung++;
                this.notification.add(new Date().toISOString().slice(0, 10));
            }
        }
        await mountWithCleanup(Clock);
        await click(".clock");
        await press("a");
        await animationFrame();
        expect(".clock").toHaveText("2");
        expect(".o_notification_content:first").toHaveText("2025-05-01");
        await advanceTime(10_000);
        expect(".o_notification").toHaveCount(0);
        expect(queryOne(".clock")).toBeFocused();
    });

    test("errors are expected", async () => {
        expect.errors(1);
        await makeMockEnv();
        registry.category("error_handlers").add("nothing", () => true, { sequence: 0 });
        Promise.reject(new Error("as it should"));
        await animationFrame();
        expect.verifyErrors(["as it should"]);
    });

    test("the state of the server is told", async () => {
        serverState.companies = [
            { id: 1, name: "One" },
            { id: 2, name: "Two" },
        ];
        await makeMockEnv();
        expect(Object.keys(getService("company").allowedCompanies)).toEqual(["1", "2"]);
    });

    // fails: the addon has a test of that in Python
    test.tags("mobile")("only on small screens", async () => {
        expect(true).toBe(false);
    });

    test.todo("lights that blink", async () => {
        expect(1).toBe(2);
    });
});
