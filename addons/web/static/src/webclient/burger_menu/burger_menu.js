import { Component, useState } from "@odoo/owl";
import { useBus, useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { BurgerUserMenu } from "@web/webclient/burger_menu/burger_user_menu/burger_user_menu";
import { MobileSwitchCompanyMenu } from "@web/webclient/burger_menu/mobile_switch_company_menu/mobile_switch_company_menu";
import { menuHref } from "@web/webclient/menus/menu_helpers";

/** Button of small screens that unfolds the sections of the current application. */
export class BurgerMenu extends Component {
    static template = "web.BurgerMenu";
    static components = { BurgerUserMenu, MobileSwitchCompanyMenu };
    static props = {};

    setup() {
        this.menuService = useService("menu");
        this.hasCompanies = Boolean(session.display_switch_company_menu);
        this.state = useState({ isBurgerOpened: false });
        const close = () => this._closeBurger();
        useBus(this.env.bus, "MENUS:APP-CHANGED", close);
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", close);
    }

    get currentApp() {
        return this.menuService.getCurrentApp();
    }

    get currentAppSections() {
        return this.currentApp ? this.menuService.getMenuAsTree(this.currentApp.id).childrenTree : [];
    }

    /** Menus that lead somewhere, of a section and those below it. */
    leaves(section) {
        return section.childrenTree.length ? section.childrenTree.flatMap((child) => this.leaves(child)) : [section];
    }

    getMenuItemHref(menu) {
        return menuHref(menu);
    }

    _openBurger() {
        this.state.isBurgerOpened = true;
    }

    _closeBurger() {
        this.state.isBurgerOpened = false;
    }

    toggleBurger() {
        if (this.state.isBurgerOpened) {
            this._closeBurger();
        } else {
            this._openBurger();
        }
    }

    /** Go where a menu leads. */
    onMenuClicked(ev, menu) {
        ev.preventDefault();
        this._closeBurger();
        this.menuService.selectMenu(menu);
    }
}
