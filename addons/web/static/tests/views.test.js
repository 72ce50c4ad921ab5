/** Views, their search and dialogs in tests. */

import { describe, expect, queryAllTexts, queryFirst, queryOne, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { SearchBarMenu } from "@web/search/search_bar_menu/search_bar_menu";
import {
    asyncStep,
    clearRegistry,
    clickFieldDropdown,
    clickFieldDropdownItem,
    clickKanbanRecord,
    clickModalButton,
    clickSave,
    contains,
    defineActions,
    defineModels,
    editPager,
    editSearch,
    expectMarkup,
    fieldInput,
    fields,
    findComponent,
    getDropdownMenu,
    getFacetTexts,
    getKanbanCounters,
    getKanbanRecord,
    getKanbanRecordTexts,
    getMenuItemTexts,
    getPagerLimit,
    getPagerValue,
    getService,
    hideTab,
    isItemSelected,
    makeDialogMockEnv,
    models,
    mountView,
    mountViewInDialog,
    mountWebClient,
    mountWithCleanup,
    mountWithSearch,
    onRpc,
    pagerNext,
    removeFacet,
    restoreRegistry,
    selectFieldDropdownItem,
    selectGroup,
    switchView,
    toggleMenuItem,
    toggleSearchBarMenu,
    useTestClientAction,
    validateSearch,
    waitForSteps,
} from "@web/../tests/web_test_helpers";

class Color extends models.Model {
    _name = "color";
    name = fields.Char();
    _records = [
        { id: 1, name: "red" },
        { id: 2, name: "blue" },
    ];
}

class Thing extends models.Model {
    _name = "thing";
    name = fields.Char();
    color_id = fields.Many2one({ relation: "color", string: "Color" });
    color_ids = fields.Many2many({ relation: "color" });
    amount = fields.Integer();
    _records = [1, 2, 3].map((id) => ({ id, name: `thing ${id}`, color_id: 1 + (id % 2), amount: id }));
    _views = {
        list: `<list><field name="name"/><field name="amount" sum="Sum"/></list>`,
        form: `<form><field name="name"/><field name="color_id"/>
            <field name="color_ids"><list editable="bottom"><field name="name"/></list></field></form>`,
        kanban: `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`,
        search: `<search><field name="name"/><filter name="big" string="Big" domain="[('amount', '>', 1)]"/>
            <filter name="by" string="By color" context="{'group_by': 'color_id'}"/></search>`,
    };
}

defineModels([Color, Thing]);

describe("S81: mounting", () => {
    test("components, templates and menus", async () => {
        class Menu extends Component {
            static components = { Dropdown, DropdownItem };
            static props = ["*"];
            static template = xml`
                <Dropdown><button class="open">open</button>
                    <t t-set-slot="content"><DropdownItem class="'item'">an item</DropdownItem></t>
                </Dropdown>`;
        }
        const component = await mountWithCleanup(Menu);
        expect(findComponent(component, (other) => other instanceof Dropdown)).toBeInstanceOf(Dropdown);
        await contains(".open").click();
        expect(getDropdownMenu(".open")).toHaveText("an item");
        await mountWithCleanup(`<p class="text" t-esc="props.text"/>`, { props: { text: "of a template" } });
        expect("p.text").toHaveText("of a template");
    });

    test("a list with its search", async () => {
        await mountView({ type: "list", resModel: "thing", searchViewId: false });
        expect(queryAllTexts(".o_data_cell[name=name]")).toEqual(["thing 1", "thing 2", "thing 3"]);
        await toggleSearchBarMenu();
        expect(getMenuItemTexts()).toInclude("Big");
        await toggleMenuItem("Big");
        expect(isItemSelected("Big")).toBe(true);
        expect(getFacetTexts()).toEqual(["Big"]);
        expect(queryAllTexts(".o_data_cell[name=name]")).toEqual(["thing 2", "thing 3"]);
        await toggleMenuItem("By color");
        expect(queryAllTexts(".o_group_name")).toEqual(["red (1)", "blue (1)"]);
        await removeFacet("Big");
        expect(queryAllTexts(".o_group_name")).toEqual(["red (1)", "blue (2)"]);
        await removeFacet("By color");
        await editSearch("3");
        await validateSearch();
        expect(queryAllTexts(".o_data_cell[name=name]")).toEqual(["thing 3"]);
    });

    test("pages of a list", async () => {
        await mountView({ type: "list", resModel: "thing", arch: `<list limit="2"><field name="name"/></list>` });
        expect(getPagerValue()).toEqual([1, 2]);
        expect(getPagerLimit()).toBe(3);
        await pagerNext();
        expect(getPagerValue()).toEqual([3, 3]);
        await editPager("1-3");
        expect(".o_data_row").toHaveCount(3);
    });

    test("a form in a dialog, and the menu of a search alone", async () => {
        await mountViewInDialog({ type: "form", resModel: "thing", resId: 1 });
        expect(".o_dialog .o_field_widget[name=name] input").toHaveValue("thing 1");
        const menu = await mountWithSearch(SearchBarMenu, { resModel: "thing", searchViewId: false });
        expect(menu.env.searchModel.resModel).toBe("thing");
        await toggleSearchBarMenu();
        await selectGroup("amount");
        expect(menu.env.searchModel.groupBy).toEqual(["amount"]);
    });

    test("the client, its actions and views", async () => {
        defineActions([
            {
                id: 4,
                name: "Things",
                res_model: "thing",
                type: "ir.actions.act_window",
                views: [
                    [false, "list"],
                    [false, "kanban"],
                ],
            },
        ]);
        await mountWebClient();
        await getService("action").doAction(useTestClientAction());
        await animationFrame();
        expect(".test_client_action").toHaveText("ClientAction_Id 1");
        await getService("action").doAction(4);
        await animationFrame();
        await switchView("kanban");
        expect(getKanbanRecordTexts()).toEqual(["thing 1", "thing 2", "thing 3"]);
    });
});

describe("S86: parts of views", () => {
    test("fields of a form", async () => {
        onRpc("thing", "web_save", ({ args }) => {
            asyncStep(args[1]);
        });
        await mountView({ type: "form", resModel: "thing", resId: 1 });
        await fieldInput("name").edit("renamed");
        await clickFieldDropdown("color_id");
        await clickFieldDropdownItem("color_id", "red");
        await clickSave();
        await waitForSteps([{ name: "renamed", color_id: 1 }]);
        await selectFieldDropdownItem("color_id", "blue");
        expect(".o_field_widget[name=color_id] input").toHaveValue("blue");
        await hideTab();
        await waitForSteps([{ color_id: 2 }]);
    });

    test("dialogs and markup", async () => {
        await mountView({
            type: "list",
            resModel: "thing",
            arch: `<list><field name="name"/></list>`,
            allowSelectors: true,
        });
        getService("dialog").add(
            class extends Component {
                static props = ["*"];
                static template = xml`<div class="modal"><footer><button class="btn" t-on-click="props.close">Fine</button></footer></div>`;
            }
        );
        await animationFrame();
        await clickModalButton({ text: "Fine" });
        expect(".modal").toHaveCount(0);
        expectMarkup({ toString: () => "<b/>" }).toBe("<b/>");
    });

    test("cards of a kanban view", async () => {
        await mountView({
            type: "kanban",
            resModel: "thing",
            groupBy: ["color_id"],
            selectRecord: (resId) => expect.step(resId),
        });
        expect(queryFirst(".o_kanban_group")).toHaveText(/red/);
        expect(getKanbanRecordTexts(1)).toEqual(["thing 1", "thing 3"]);
        expect(getKanbanRecord({ text: "thing 2" })).toHaveCount(1);
        expect(getKanbanCounters()).toEqual([]);
        await clickKanbanRecord({ text: "thing 3" });
        expect.verifySteps([3]);
        expect(".o-kanban-button-new").toHaveCount(1);
    });
});

test("S82: registries, and the environment of dialogs", async () => {
    const own = registry.category("tests of views");
    own.add("a", 1);
    clearRegistry(own);
    restoreRegistry(own);
    expect(own.getAll()).toEqual([]);
    const env = await makeDialogMockEnv();
    expect(env.inDialog).toBe(true);
    expect(browser.location.pathname).toBe("/odoo");
    expect(queryOne("body")).toBeInstanceOf(HTMLElement);
});
