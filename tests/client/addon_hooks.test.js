/** What addons and tours find parts of the client by: places in templates, and letters of shortcuts. */
import { describe, expect, test, vi } from "vitest";
import { rpcErrorHandler } from "@web/core/errors/error_handlers";
import { makeErrorFromResponse } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { getTemplate } from "@web/core/templates";
import { makeEnv, startServices } from "@web/env";
import { makeTestEnv } from "./mount";

/** Template, place in it. */
const PLACES = {
    D2: [
        ["web.Dialog", ".modal"],
        ["web.Layout", ".o_content"],
    ],
    D4: [
        ["web.ListRenderer", "th[t-att-data-name]"],
        ["web.ListRenderer.RecordRow", "tr.o_data_row[t-att-data-id]"],
        ["web.ListRenderer.RecordRow", "td[t-att-name]"],
        ["web.ListRenderer", "tbody.o_keyboard_navigation"],
    ],
    D5: [["web.KanbanRenderer", ".o_kanban_group[t-att-data-id]"]],
    D7: [["web.GraphRenderer", ".o_graph_canvas_container canvas"]],
    "what addons replace in bars and dialogs": [
        ["web.BurgerMenu", "button.o_mobile_menu_toggle"],
        ["web.SectionMenu", "li[t-on-click]"],
        ["web.NavBar.AppsMenu", "t[t-if='this.ui.isSmall']"],
        ["web.NavBar.AppsMenu", "Dropdown"],
        ["web.NavBar.AppsMenu.Sidebar", "div.o_app_menu_sidebar"],
        ["web.NavBar.AppsMenu.Sidebar", "i[class='fa fa-bars']"],
        ["web.NavBar.SectionsMenu", "t[t-foreach=sections] t[t-set=hotkey]"],
        ["web.NavBar.SectionsMenu", "t[t-if='currentAppSectionsExtra.length'] t[t-set=hotkey]"],
        ["web.CustomFavoriteItem", "AccordionItem > div > input.o_input"],
        ["web.CommandPalette", "div[t-ref=root] .o_command_palette_search"],
        ["web.FileViewer", ":scope > div.justify-content-center"],
        ["web.FileViewer", "iframe[t-ref=iframeViewerPdf]"],
    ],
    "what addons replace in views": [
        ["web.FormView", "button.o_form_button_create.btn-outline-primary"],
        ["web.FormView", "button.o_form_button_create.btn-secondary"],
        ...["web.FormView.Buttons", "web.SettingsFormView.Buttons"].flatMap((name) =>
            ["save", "cancel", "create"].map((deed) => [name, `button.o_form_button_${deed}`])
        ),
        ["web.FormStatusIndicator", "button.o_form_button_cancel"],
        ["web.KanbanView", "button.o-kanban-button-new"],
        ["web.ListView", "button.o_list_button_add"],
        ["web.ListView.Buttons", "button.o_list_button_save"],
        ["web.ListView.Buttons", "button.o_list_button_discard"],
    ],
};

test.for(Object.entries(PLACES))("%s: places in templates", ([, places]) => {
    const missing = places.filter(([name, place]) => !getTemplate(name)?.querySelector(place));
    expect(missing).toEqual([]);
});

/** Template, element, letter. */
const LETTERS = [
    ["web.FormView", ".o_form_button_create", "c"],
    ["web.ListView", ".o_list_button_add", "c"],
    ["web.KanbanView", ".o-kanban-button-new", "c"],
    ["web.FormStatusIndicator", ".o_form_button_save", "s"],
    ["web.FormStatusIndicator", ".o_form_button_cancel", "j"],
    ["web.ListView.Buttons", ".o_list_button_discard", "j"],
    ["web.X2ManyFieldDialog", ".o_form_button_remove", "x"],
    ["web.SearchBarMenu", ".o_searchview_dropdown_toggler", "shift+q"],
    ["web.NavBar.AppsMenu", "Dropdown > button", "h"],
    ["web.ConfirmationDialog", "[t-on-click=_confirm]", "q"],
    ["web.ConfirmationDialog", "[t-on-click=_cancel]", "x"],
    ["web.SelectCreateDialog", ".o_form_button_cancel", "z"],
    ["web.ActionMenus", "[data-hotkey=u]", "u"],
    ["web.ActionMenus", "[data-hotkey='shift+u']", "shift+u"],
];

describe("D8: letters of shortcuts", () => {
    test("of elements that are always there", () => {
        const found = LETTERS.map(([name, place]) => [
            name,
            place,
            getTemplate(name)?.querySelector(place)?.getAttribute("data-hotkey"),
        ]);
        expect(found).toEqual(LETTERS);
    });

    test.for([
        ["web.Pager", ".o_pager_previous", "'p'"],
        ["web.Pager", ".o_pager_next", "'n'"],
        ["web.Breadcrumbs", "[t-att-data-hotkey]", "'b'"],
    ])("of elements that may go without: %s %s", ([name, place, letter]) => {
        expect(getTemplate(name).querySelector(place).getAttribute("t-att-data-hotkey")).toContain(letter);
    });
});

describe("R3: services", () => {
    test("start after those that they need, also those that come later; who waits for nothing is told", async () => {
        const services = registry.category("services");
        vi.spyOn(services, "getEntries").mockImplementation(() => Object.entries(own));
        const order = [];
        const service = (name, dependencies, value = name) => ({
            dependencies,
            start: async (_env, given) => {
                order.push([name, Object.values(given)]);
                return value;
            },
        });
        const own = { second: service("second", ["first"]), first: service("first") };
        const env = makeEnv();
        await startServices(env);
        expect(order).toEqual([
            ["first", []],
            ["second", ["first"]],
        ]);
        own.third = service("third", ["second"]);
        services.trigger("UPDATE", { operation: "add", key: "third" });
        await expect.poll(() => env.services.third).toBe("third");
        own.lost = service("lost", ["nobody"]);
        await expect(startServices(makeEnv())).rejects.toThrow("lost (needs nobody)");
        vi.restoreAllMocks();
    });
});

describe("R5: errors of the server", () => {
    test.for([
        ["odoo.exceptions.UserError", "WarningDialog"],
        ["odoo.exceptions.AccessError", "WarningDialog"],
        ["odoo.exceptions.ValidationError", "WarningDialog"],
        ["odoo.exceptions.MissingError", "WarningDialog"],
        ["odoo.exceptions.AccessDenied", "WarningDialog"],
        ["odoo.exceptions.RedirectWarning", "RedirectWarningDialog"],
        ["odoo.http.SessionExpiredException", "SessionExpiredDialog"],
        ["builtins.KeyError", "RPCErrorDialog"],
    ])("%s: %s", ([name, dialog]) => {
        const add = vi.fn();
        const error = makeErrorFromResponse({ code: 200, message: name, data: { name, message: name, debug: "" } });
        expect(rpcErrorHandler({ services: { dialog: { add } } }, { traceback: "" }, error)).toBe(true);
        expect(add.mock.lastCall[0].name).toBe(dialog);
    });
});

test("R6: environments hold the bus, the services, the debug mode and the size of the screen", async () => {
    const env = await makeTestEnv(["ui"]);
    expect(env.bus).toBeInstanceOf(EventTarget);
    expect(env.services.ui).toBeDefined();
    expect(env.debug).toBe("");
    expect(typeof env.isSmall).toBe("boolean");
});
