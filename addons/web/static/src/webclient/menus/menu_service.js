import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

/** Menus of the user: apps, their trees and the current one. */
export const menuService = {
    dependencies: ["action"],
    async start(env) {
        let currentAppId;
        let menus = await fetchMenus();

        const getMenu = (id) => menus[id];
        const getApps = () => menus.root.children.map((id) => menus[id]);
        const setCurrentMenu = (menu) => {
            const item = typeof menu === "number" ? getMenu(menu) : menu;
            if (item && item.appID !== currentAppId) {
                currentAppId = item.appID;
                browser.sessionStorage.setItem("menu_id", currentAppId);
                env.bus.trigger("MENUS:APP-CHANGED");
            }
        };
        const tree = (id) => {
            const menu = getMenu(id);
            menu.childrenTree ??= menu.children.map(tree);
            return menu;
        };
        return {
            getAll: () => Object.values(menus),
            getApps,
            getMenu,
            getCurrentApp: () => (currentAppId ? menus[currentAppId] : undefined),
            getMenuAsTree: tree,
            async selectMenu(menu) {
                const item = typeof menu === "number" ? getMenu(menu) : menu;
                if (!item.actionID) {
                    return;
                }
                await env.services.action.doAction(item.actionID, {
                    clearBreadcrumbs: true,
                    onActionReady: () => setCurrentMenu(item),
                });
            },
            setCurrentMenu,
            async reload() {
                menus = await fetchMenus(true);
                env.bus.trigger("MENUS:APP-CHANGED");
            },
        };
    },
};

async function fetchMenus(reload) {
    const { odoo } = globalThis;
    if (!reload && odoo.loadMenusPromise) {
        return odoo.loadMenusPromise;
    }
    if (odoo.reloadMenus) {
        return odoo.reloadMenus();
    }
    const response = await browser.fetch(
        `/web/webclient/load_menus/${Date.now()}${user.lang ? `?lang=${user.lang}` : ""}`
    );
    if (!response.ok) {
        throw new Error(`The menus could not be loaded (HTTP ${response.status})`);
    }
    return response.json();
}

registry.category("services").add("menu", menuService);
