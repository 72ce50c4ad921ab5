import { Component, useExternalListener, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { fuzzyLookup } from "@web/core/utils/search";
import { AppIcon } from "@web/webclient/home/app_icon";
import { computeMenuItems } from "@web/webclient/menus/menu_providers";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Grid of the applications; typing finds apps and menus. */
export class HomeScreen extends Component {
    static template = "web.HomeScreen";
    static components = { AppIcon };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Home");

    setup() {
        this.menus = useService("menu");
        this.inputRef = useAutofocus({ refName: "search" });
        this.state = useState({ query: "", selected: 0 });
        useExternalListener(window, "keydown", (ev) => this.onWindowKeydown(ev));
    }

    get apps() {
        const apps = this.menus.getApps();
        return this.query ? fuzzyLookup(this.query, apps, (app) => app.name) : apps;
    }

    get menuItems() {
        if (!this.query) {
            return [];
        }
        const items = computeMenuItems(this.menus).filter((item) => !item.isApp);
        return fuzzyLookup(this.query, items, (item) => item.label).slice(0, 12);
    }

    get query() {
        return this.state.query.trim();
    }

    get choices() {
        return [...this.apps, ...this.menuItems.map((item) => item.menu)];
    }

    urlOf(menu) {
        return menu.actionPath ? `/odoo/${menu.actionPath}` : menu.actionID ? `/odoo/action-${menu.actionID}` : "#";
    }

    open(menu, ev) {
        if (ev && (ev.ctrlKey || ev.metaKey)) {
            return;
        }
        ev?.preventDefault();
        this.menus.selectMenu(menu);
    }

    onInput(ev) {
        this.state.query = ev.target.value;
        this.state.selected = 0;
    }

    onWindowKeydown(ev) {
        const isText = ev.key.length === 1 && !ev.ctrlKey && !ev.altKey && !ev.metaKey;
        if (isText && document.activeElement === document.body) {
            this.inputRef.el?.focus();
        }
    }

    onKeydown(ev) {
        const columns = this.query ? 1 : this.columns();
        const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
        const { length } = this.choices;
        if (ev.key in steps && length && (this.query ? ["ArrowDown", "ArrowUp"].includes(ev.key) : true)) {
            ev.preventDefault();
            this.state.selected = Math.max(0, Math.min(length - 1, this.state.selected + steps[ev.key]));
        } else if (ev.key === "Enter" && this.choices[this.state.selected]) {
            ev.preventDefault();
            this.open(this.choices[this.state.selected]);
        } else if (ev.key === "Escape") {
            this.state.query = "";
            ev.target.value = "";
        }
    }

    columns() {
        const apps = [...document.querySelectorAll(".o_home_apps .o_app")];
        const top = apps[0]?.offsetTop;
        return apps.filter((el) => el.offsetTop === top).length || 1;
    }
}

registry.category("actions").add("home", HomeScreen);
