import { Component, onWillUnmount, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownGroup } from "@web/core/dropdown/dropdown_group";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { isShown } from "@web/core/registered_items";
import { registry } from "@web/core/registry";
import { ErrorHandler } from "@web/core/utils/components";
import { useBus, useService } from "@web/core/utils/hooks";
import { debounce } from "@web/core/utils/timing";
import { BurgerMenu } from "@web/webclient/burger_menu/burger_menu";
import { AppIcon } from "@web/webclient/home/app_icon";
import { menuHref } from "@web/webclient/menus/menu_helpers";

const systrayRegistry = registry.category("systray");

/** Menu of a section, or of those that have no room. */
export class MenuDropdown extends Dropdown {}

/** Top bar: applications, sections of the current one, tools of the user. */
export class NavBar extends Component {
    static template = "web.NavBar";
    static components = { AppIcon, BurgerMenu, Dropdown, DropdownGroup, DropdownItem, ErrorHandler, MenuDropdown };
    static props = {};

    setup() {
        this.menuService = useService("menu");
        this.actionService = useService("action");
        // the bar changes with the size of the window
        this.ui = useState(useService("ui"));
        this.root = useRef("root");
        this.sectionsRef = useRef("sections");
        this.appMenuSidebarRef = useRef("appMenuSidebar");
        this.state = useState({ visibleCount: Infinity, isAppMenuSidebarOpened: false, failed: [] });
        const render = () => this.render();
        systrayRegistry.addEventListener("UPDATE", render);
        useBus(this.env.bus, "MENUS:APP-CHANGED", () => {
            this.state.visibleCount = Infinity;
            this._closeAppMenuSidebar();
            this.render();
        });
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => {
            this._closeAppMenuSidebar();
            this.render();
        });
        useExternalListener(window, "click", (ev) => this.onGlobalClick(ev), { capture: true });
        useExternalListener(window, "keydown", (ev) => this.onGlobalKeydown(ev));
        const adapt = debounce(() => this.adapt(), 100);
        const onResize = () => {
            this.state.visibleCount = Infinity;
            adapt();
        };
        window.addEventListener("resize", onResize);
        useEffect(
            () => {
                adapt();
            },
            () => [this.currentApp?.id, this.visibleSections.length]
        );
        onWillUnmount(() => {
            systrayRegistry.removeEventListener("UPDATE", render);
            window.removeEventListener("resize", onResize);
            adapt.cancel();
        });
    }

    get isHome() {
        return this.actionService.currentAction?.tag === "home";
    }

    get currentApp() {
        return this.isHome ? undefined : this.menuService.getCurrentApp();
    }

    get currentAppSections() {
        return this.currentApp ? this.menuService.getMenuAsTree(this.currentApp.id).childrenTree : [];
    }

    get visibleSections() {
        return this.currentAppSections.slice(0, this.state.visibleCount);
    }

    /** Sections that have no room in the bar. */
    get currentAppSectionsExtra() {
        return this.currentAppSections.slice(this.state.visibleCount);
    }

    get sectionsVisibleCount() {
        return this.visibleSections.length;
    }

    get apps() {
        return this.menuService.getApps();
    }

    get systrayItems() {
        const items = [];
        for (const [key, item] of systrayRegistry.getEntries()) {
            if (!this.state.failed.includes(key) && isShown(item, this.env)) {
                // the first one is at the edge of the bar
                items.unshift({ key, ...item });
            }
        }
        return items;
    }

    /** Put the sections that do not fit in a menu. */
    adapt() {
        const el = this.sectionsRef.el;
        if (!el || this.env.isSmall) {
            return;
        }
        const entries = [...el.querySelectorAll(".o_nav_entry:not(.o_menu_sections_more)")];
        if (entries.length !== this.visibleSections.length) {
            return; // what is on the page is older than the state: the effect calls again after the next patch
        }
        const available = el.clientWidth;
        let used = 0;
        let count = 0;
        for (const entry of entries) {
            used += entry.offsetWidth;
            if (used > available - (count < this.currentAppSections.length - 1 ? 60 : 0)) {
                break;
            }
            count++;
        }
        if (count < this.visibleSections.length) {
            this.state.visibleCount = count;
        }
    }

    getMenuItemHref(menu) {
        return menuHref(menu);
    }

    onNavBarDropdownItemSelection(menu) {
        this._closeAppMenuSidebar();
        if (menu) {
            this.menuService.selectMenu(menu);
        }
    }

    goHome() {
        this._closeAppMenuSidebar();
        this.actionService.doAction("home", { clearBreadcrumbs: true });
    }

    handleItemError(error, item) {
        this.state.failed.push(item.key);
        Promise.reject(error);
    }

    // ------------------------------------------------------------------ applications on small screens

    _openAppMenuSidebar() {
        this.state.isAppMenuSidebarOpened = true;
    }

    _closeAppMenuSidebar() {
        this.state.isAppMenuSidebarOpened = false;
    }

    toggleAppMenuSidebar() {
        if (this.state.isAppMenuSidebarOpened) {
            this._closeAppMenuSidebar();
        } else {
            this._openAppMenuSidebar();
        }
    }

    /** Escape closes the applications. @param {any} ev */
    onGlobalKeydown({ key }) {
        if (key === "Escape") {
            this._closeAppMenuSidebar();
        }
    }

    /** A click elsewhere closes the applications; the button that opened them does that by itself. */
    onGlobalClick({ target }) {
        const sidebar = this.appMenuSidebarRef.el;
        if (sidebar && !sidebar.contains(target) && !sidebar.parentElement.contains(target)) {
            this._closeAppMenuSidebar();
        }
    }
}
