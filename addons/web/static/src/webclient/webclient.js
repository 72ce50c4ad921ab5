import { Component, onMounted, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { routerBus, router } from "@web/core/browser/router";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { PRODUCT_NAME } from "@web/core/title_service";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { ActionContainer } from "@web/webclient/actions/action_container";
import { NavBar } from "@web/webclient/navbar/navbar";

/** The whole application. */
export class WebClient extends Component {
    static template = "web.WebClient";
    static components = { ActionContainer, NavBar, MainComponentsContainer };
    static props = {};

    setup() {
        this.menuService = useService("menu");
        this.actionService = useService("action");
        this.title = useService("title");
        useService("company");
        this.state = useState({ fullscreen: false });
        this.env.bus.addEventListener("WEBCLIENT:LOAD_DEFAULT_APP", () => this.loadDefaultApp());
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", (ev) => this.onActionShown(ev.detail));
        useBus(routerBus, "ROUTE_CHANGE", () => this.onRouteChange());
        useExternalListener(window, "click", (ev) => this.onGlobalClick(ev), { capture: true });
        onWillStart(() => {
            document.body.classList.toggle("o_is_superuser", user.userId === 1);
        });
        onMounted(() => this.loadRouterState());
        this.title.setParts({ zopenerp: session.title_brand || PRODUCT_NAME });
    }

    async loadRouterState(options) {
        let isLoaded = true;
        try {
            isLoaded = await this.actionService.loadState(options);
        } finally {
            // also when something else is shown than was asked for
            if (isLoaded && this.actionService.currentAction?.tag !== "home") {
                this.followMenu();
            }
        }
        if (!isLoaded) {
            await this.loadDefaultApp();
        }
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

    async loadDefaultApp() {
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

    onGlobalClick(ev) {
        const { target } = ev;
        const isLink = target.tagName === "A" && target.getAttribute("href") === "#";
        if (isLink && !ev.defaultPrevented) {
            ev.preventDefault();
        }
    }
}
