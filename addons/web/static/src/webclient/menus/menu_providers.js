import { Component, xml } from "@odoo/owl";
import { router } from "@web/core/browser/router";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { fuzzyLookup } from "@web/core/utils/search";
import { AppIcon } from "@web/webclient/home/app_icon";

const NAMESPACE = "/";
const MAX_IN_ALL = 20;

/** All menus that lead somewhere, with their full names. */
export function computeMenuItems(menuService) {
    const items = [];
    const walk = (menu, parents) => {
        const path = [...parents, menu.name];
        if (menu.actionID) {
            items.push({ menu, label: path.join(" / "), isApp: parents.length === 0 });
        }
        menu.childrenTree.forEach((child) => walk(child, path));
    };
    menuService.getApps().forEach((app) => walk(menuService.getMenuAsTree(app.id), []));
    return items;
}

/** Line of the palette for an application, with its picture. */
export class AppIconCommand extends Component {
    static template = xml`
        <div class="o_command_default o_command_app d-flex align-items-center gap-2">
            <AppIcon app="props.app"/>
            <t t-slot="name"/>
            <span class="ms-auto"><t t-slot="focusMessage"/></span>
        </div>`;
    static components = { AppIcon };
    static props = { app: Object, "*": { optional: true } };
}

function commandOf({ services }, { isApp, label, menu }, category) {
    const { actionID, actionPath } = menu;
    const command = {
        category,
        name: label,
        href: router.stateToUrl({ action: actionPath || actionID }),
        action: () => services.menu.selectMenu(menu),
    };
    return isApp ? { ...command, Component: AppIconCommand, props: { app: menu } } : command;
}

registry.category("command_categories").add("apps", { namespace: NAMESPACE, name: _t("Apps") }, { sequence: 10 });
registry
    .category("command_categories")
    .add("menu_items", { namespace: NAMESPACE, name: _t("Menus") }, { sequence: 20 });
registry.category("command_setup").add(NAMESPACE, {
    emptyMessage: _t("No menu found"),
    name: _t("menus"),
    placeholder: _t("Search for a menu..."),
});

registry.category("command_provider").add("menu", {
    namespace: NAMESPACE,
    provide(env, { searchValue }) {
        const items = computeMenuItems(env.services.menu);
        const found = searchValue
            ? fuzzyLookup(searchValue, items, ({ label }) => label)
            : items.filter(({ isApp }) => isApp);
        return found.map((item) => commandOf(env, item, item.isApp ? "apps" : "menu_items"));
    },
});

/** Menus are found without saying that they are searched for, too. */
registry.category("command_provider").add("menus_among_all", {
    provide(env, { searchValue }) {
        if (!searchValue) {
            return [];
        }
        const found = fuzzyLookup(searchValue, computeMenuItems(env.services.menu), ({ label }) => label);
        return found.slice(0, MAX_IN_ALL).map((item) => commandOf(env, item, "menus"));
    },
});
