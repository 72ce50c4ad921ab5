import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

/** Menus of the user: applications, their trees, and the application that is shown. */
class Menus {
    constructor(env, menus) {
        this.env = env;
        this.menus = menus;
        this.currentAppId = undefined;
    }

    getMenu(id) {
        return this.menus[id];
    }

    getAll() {
        return Object.values(this.menus);
    }

    getApps() {
        return this.menus.root.children.map((id) => this.getMenu(id));
    }

    getCurrentApp() {
        return this.getMenu(this.currentAppId);
    }

    /** @param {number} id @returns {Object} the menu, its submenus as `childrenTree` */
    getMenuAsTree(id) {
        const menu = this.getMenu(id);
        menu.childrenTree ??= menu.children.map((child) => this.getMenuAsTree(child));
        return menu;
    }

    /** @param {Object|number} menu @returns {Object} */
    resolve(menu) {
        return typeof menu === "number" ? this.getMenu(menu) : menu;
    }

    setCurrentMenu(menu) {
        const { appID = this.currentAppId } = this.resolve(menu) || {};
        if (appID !== this.currentAppId) {
            this.currentAppId = appID;
            browser.sessionStorage.setItem("menu_id", appID);
            this.env.bus.trigger("MENUS:APP-CHANGED");
        }
    }

    /** Show what a menu opens; its application is the current one from then on. */
    async selectMenu(menu) {
        const chosen = this.resolve(menu);
        const onActionReady = () => this.setCurrentMenu(chosen);
        if (chosen.actionID) {
            await this.env.services.action.doAction(chosen.actionID, { clearBreadcrumbs: true, onActionReady });
        }
    }

    async reload() {
        this.menus = await fetchMenus(true);
        this.env.bus.trigger("MENUS:APP-CHANGED");
    }
}

export const menuService = {
    dependencies: ["action"],
    async start(env) {
        return new Menus(env, await fetchMenus());
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
        `/web/webclient/load_menus/${Date.now()}${user.context.lang ? `?lang=${user.context.lang}` : ""}`
    );
    if (!response.ok) {
        throw new Error(`The menus could not be loaded (HTTP ${response.status})`);
    }
    return response.json();
}

registry.category("services").add("menu", menuService);
