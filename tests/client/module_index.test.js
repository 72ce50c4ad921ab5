/** What addons import is there: paths of the modules of the client, and the names that they export. */
import { expect, test } from "vitest";
import index from "./module_index.json";

const modules = import.meta.glob([
    "../../addons/web/static/src/**/*.js",
    // these begin at once
    "!**/{main,public_root_instance}.js",
]);
const paths = Object.fromEntries(
    Object.keys(modules).map((path) => [
        path.replace("../../addons/web/static/src/", "@web/").replace(/\.js$/, ""),
        path,
    ])
);

/** @returns {Promise<Object<string, string[]>>} names that are missing, by module; `null` for no module */
async function missingOf(expected) {
    const missing = {};
    for (const [name, exported] of Object.entries(expected)) {
        const module = paths[name] ? await modules[paths[name]]() : null;
        const lacking = exported.filter((item) => !module || !(item in module));
        if (lacking.length || !module) {
            missing[name] = lacking;
        }
    }
    return missing;
}

test("modules are where addons import them from, and export what these import", async () => {
    const missing = await missingOf(index.modules);
    const known = (name, item) => name in index.missing && (!item || index.missing[name].includes(item));
    const news = Object.entries(missing).filter(([name, items]) => !known(name) || items.some((i) => !known(name, i)));
    expect(Object.fromEntries(news)).toEqual({});
}, 30_000);

const isObject = (value) => Object(value) === value;
const isComponent = (value) => typeof value === "function";
const isFunction = isComponent;
const hasComponent = (item) => isComponent(item.Component);
const isShownBy = (item) => hasComponent(item) && (!item.isDisplayed || isFunction(item.isDisplayed));
const isMenuPart = (item) => isShownBy(item) && Number.isInteger(item.groupNumber);

/** Registry, what each entry is like, and entries that are there. */
const REGISTRIES = {
    R1: [
        ["actions", isFunction, ["reload", "soft_reload", "display_notification"]],
        ["action_handlers", isFunction, []],
        ["ir.actions.report handlers", isFunction, []],
        ["views", (view) => isComponent(view.Controller) && typeof view.type === "string", ["list", "form", "kanban"]],
        [
            "fields",
            (field) => isComponent(field.component),
            ["char", "many2one", "one2many", "many2many_tags", "statusbar"],
        ],
        ["view_widgets", (widget) => isComponent(widget.component), ["web_ribbon", "week_days"]],
        ["formatters", isFunction, ["float", "monetary", "date"]],
        ["parsers", isFunction, ["float", "monetary", "date"]],
        ["form_compilers", (item) => isFunction(item.fn) && typeof item.selector === "string", []],
        [
            "services",
            (item) => isFunction(item.start) && (!item.dependencies || Array.isArray(item.dependencies)),
            ["orm", "action", "dialog", "notification", "ui", "menu", "hotkey", "field", "name", "title"],
        ],
        ["main_components", (item) => hasComponent(item) && (!item.props || isObject(item.props)), []],
        ["systray", isShownBy, ["web.user_menu", "SwitchCompanyMenu"]],
        [
            "user_menuitems",
            isFunction,
            ["documentation", "support", "shortcuts", "separator", "profile", "odoo_account", "install_pwa", "log_out"],
        ],
    ],
    R2: [
        ["command_provider", (item) => isFunction(item.provide), ["menu", "command", "data-hotkeys"]],
        ["command_categories", isObject, ["default", "app", "smart_action", "actions", "disabled"]],
        ["command_setup", isObject, ["default", "/"]],
        ["cogMenu", isMenuPart, []],
        ["favoriteMenu", isMenuPart, ["custom-favorite-item"]],
        ["kanban_header_config_items", isObject, ["edit_group", "delete_group"]],
        ["kanban_examples", isObject, []],
        ["debug_section", (item) => isObject(item) && "label" in item, ["record", "ui", "security", "tools"]],
        ["dialogs", isComponent, ["select_create"]],
        ["effects", isFunction, ["rainbow_man"]],
        ["error_handlers", isFunction, ["rpcErrorHandler", "lostConnectionHandler", "defaultHandler"]],
        [
            "error_dialogs",
            isComponent,
            ["UserError", "AccessError", "ValidationError", "MissingError", "RedirectWarning"].map(
                (name) => `odoo.exceptions.${name}`
            ),
        ],
        ["error_notifications", isObject, []],
        ["sample_server", isFunction, []],
        ["web_tour.tours", isObject, []],
        ["public_components", isComponent, []],
        ["lazy_components", isComponent, []],
    ],
};

test.for(Object.entries(REGISTRIES))(
    "%s: registries have the entries that addons know, in their shape",
    async (row) => {
        await Promise.all(Object.values(modules).map((load) => load()));
        const { registry } = await import("@web/core/registry");
        const wrong = row[1].flatMap(([name, isRight, known]) => {
            const category = registry.category(name);
            const odd = category.getEntries().filter(([, value]) => !isRight(value));
            const missing = known.filter((key) => !category.contains(key));
            return [...odd.map(([key]) => `${name}: ${key}`), ...missing.map((key) => `${name} has no ${key}`)];
        });
        expect(wrong).toEqual([]);
    }
);

test("helpers of views", async () => {
    const { computeViewClassName, isNumeric, processMeasure, uuid } = await import("@web/views/utils");
    const root = new DOMParser().parseFromString(`<list class="big" js_class="loud"/>`, "text/xml").documentElement;
    expect(computeViewClassName("list", root, ["o_action", "big"])).toBe(
        "o_action big o_view_controller o_list_view o_loud_view"
    );
    expect(["integer", "monetary", "char"].map((type) => isNumeric({ type }))).toEqual([true, true, false]);
    expect(["__count__", "size"].map(processMeasure)).toEqual(["__count", "size"]);
    expect(uuid()).toMatch(/^[0-9a-f]{32}$/);
    expect(uuid()).not.toBe(uuid());
});
