import { registry } from "@web/core/registry";
import { fuzzyLookup } from "@web/core/utils/search";

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

registry.category("command_provider").add("menu", {
    namespace: "/",
    provide: (env, { searchValue }) => {
        const items = computeMenuItems(env.services.menu);
        const found = searchValue
            ? fuzzyLookup(searchValue, items, (item) => item.label)
            : items.filter((item) => item.isApp);
        return found.map(({ menu, label }) => ({
            name: label,
            category: "menu_items",
            action: () => env.services.menu.selectMenu(menu),
        }));
    },
});
