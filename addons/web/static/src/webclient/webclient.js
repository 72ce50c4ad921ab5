import { Component, onMounted, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { applyLook } from "@web/core/color_scheme";
import { routerBus, router } from "@web/core/browser/router";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { PRODUCT_NAME } from "@web/core/title_service";
import { isServerAway, whenServed } from "@web/core/network/connection";
import { rememberUser, user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { getTabableElements } from "@web/core/utils/ui";
import { session } from "@web/session";
import { ActionContainer } from "@web/webclient/actions/action_container";
import { NavBar } from "@web/webclient/navbar/navbar";

/** Milliseconds after which what was asked for is on screen, as a rule. */
const QUIET = 1500;

/** The whole application. */
export class WebClient extends Component {
    static template = "web.WebClient";
    static components = { ActionContainer, NavBar, MainComponentsContainer };
    static props = {};

    setup() {
        this.menuService = useService("menu");
        this.actionService = useService("action");
        this.orm = useService("orm");
        this.title = useService("title");
        useService("company");
        this.state = useState({ fullscreen: false });
        this.env.bus.addEventListener("WEBCLIENT:LOAD_DEFAULT_APP", () => this._loadDefaultApp());
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", (ev) => this.onActionShown(ev.detail));
        useBus(routerBus, "ROUTE_CHANGE", () => this.onRouteChange());
        useExternalListener(window, "click", (ev) => this.onGlobalClick(ev), { capture: true });
        onWillStart(() => {
            document.body.classList.toggle("o_is_superuser", user.userId === 1);
            applyLook();
        });
        onMounted(() => {
            this.env.bus.trigger("WEB_CLIENT_READY");
            this.loadRouterState();
            browser.setTimeout(() => this.registerServiceWorker(), QUIET);
            this.rememberUser();
        });
        this.title.setParts({ zopenerp: session.title_brand || PRODUCT_NAME });
    }

    /** Have the user proposed where people log in next time; the superuser has no password. */
    rememberUser() {
        if (user.login && user.userId !== 1) {
            rememberUser(user);
        }
    }

    /** Have what pages are made of kept, and a page shown while the server cannot be reached. */
    async registerServiceWorker() {
        // browsers have it for pages that nobody on the way could have changed
        const { serviceWorker } = browser.navigator;
        try {
            await serviceWorker?.register("/web/service-worker.js", { scope: "/odoo" });
        } catch (error) {
            console.warn("The service worker could not be registered:", error);
        }
    }

    async loadRouterState(options) {
        let isLoaded = true;
        try {
            isLoaded = await this.loadServedState(options);
        } finally {
            // also when something else is shown than was asked for
            if (isLoaded && this.actionService.currentAction?.tag !== "home") {
                this.followMenu();
            }
        }
        if (!isLoaded) {
            await this._loadDefaultApp();
        }
    }

    /** Show what the address says; while the server is away, it is waited for. @returns {Promise<boolean>} */
    async loadServedState(options) {
        try {
            return await this.actionService.loadState(options);
        } catch (error) {
            if (!isServerAway(error)) {
                throw error;
            }
        }
        await whenServed();
        return this.loadServedState(options);
    }

    /** Make current the app that the action belongs to. */
    followMenu() {
        const { currentAction } = this.actionService;
        const stack = router.current.actionStack || [];
        const candidates = [currentAction?.id, ...stack.map((entry) => entry.action)];
        const menus = this.menuService.getAll();
        const menu = candidates
            .filter(Boolean)
            .map((id) => menus.find((item) => item.actionID === id || (item.actionPath && item.actionPath === id)))
            .find(Boolean);
        const stored = Number(sessionStorage.getItem("menu_id"));
        const app = menu || (stored && this.menuService.getMenu(stored)) || this.menuService.getApps()[0];
        if (app) {
            this.menuService.setCurrentMenu(app);
        }
    }

    async onRouteChange() {
        await this.loadRouterState({ isPopState: true });
    }

    /** Leave room for the menus, unless the action fills the screen. @param {"current"|"fullscreen"|"new"} mode */
    onActionShown(mode) {
        const inPage = mode !== "new";
        this.state.fullscreen = inPage ? mode === "fullscreen" : this.state.fullscreen;
    }

    async _loadDefaultApp() {
        const home = () => this.actionService.doAction("home", { clearBreadcrumbs: true });
        if (!user.homeActionId || this.actionService.currentController) {
            await home();
            return;
        }
        try {
            await this.actionService.doAction(user.homeActionId, { clearBreadcrumbs: true });
        } catch (error) {
            await home();
            throw error;
        }
        this.followMenu();
    }

    /** Whoever uses the keyboard need not walk through all menus. */
    skipToContent() {
        const content = document.querySelector(".o_action_manager .o_content, .o_action_manager");
        const [first] = getTabableElements(/** @type {HTMLElement} */ (content));
        first?.focus();
    }

    onGlobalClick(ev) {
        const { target } = ev;
        const isLink = target.tagName === "A" && target.getAttribute("href") === "#";
        if (isLink && !ev.defaultPrevented) {
            ev.preventDefault();
        }
    }
}
