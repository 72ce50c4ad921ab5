import { Component, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Tools for developers, in debug mode. */
export class DebugMenu extends Component {
    static template = xml`
        <div class="o_debug_manager">
            <Dropdown position="'bottom-end'">
                <button type="button" class="btn o_no_caret" title="Open developer tools"><i class="fa fa-bug"/></button>
                <t t-set-slot="content"><DropdownItem t-foreach="items" t-as="item" t-key="item_index" onSelected="item.callback"><t t-esc="item.description"/></DropdownItem></t>
            </Dropdown>
        </div>`;
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
    }

    get items() {
        const controller = this.action.currentController;
        const items = registry
            .category("debug")
            .category("default")
            .getAll()
            .map((make) => make({ env: this.env }))
            .filter((item) => item?.callback);
        if (controller?.action?.id) {
            items.push({
                description: _t("Action"),
                callback: () => this.openRecord(controller.action.type, controller.action.id),
            });
        }
        if (controller?.config?.viewId) {
            items.push({
                description: _t("View: %s", controller.view.type),
                callback: () => this.openRecord("ir.ui.view", controller.config.viewId),
            });
        }
        if (controller?.props?.resModel) {
            items.push({
                description: _t("Fields of %s", controller.props.resModel),
                callback: () => this.openFields(controller.props.resModel),
            });
        }
        items.push({ description: _t("Leave debug mode"), callback: () => this.leave() });
        return items;
    }

    openRecord(resModel, resId) {
        return this.open(resModel, { res_id: resId, views: [[false, "form"]] });
    }

    openFields(resModel) {
        const views = ["list", "form"].map((type) => [false, type]);
        const domain = [["model", "=", resModel]];
        return this.open("ir.model.fields", { name: _t("Fields").toString(), views, domain });
    }

    open(resModel, description) {
        return this.action.doAction({ type: "ir.actions.act_window", res_model: resModel, ...description });
    }

    leave() {
        const url = new URL(browser.location.href);
        url.searchParams.set("debug", "0");
        router.cancelPushes();
        browser.location.assign(url.href);
    }
}

registry
    .category("systray")
    .add("web.debug_mode_menu", { Component: DebugMenu, isDisplayed: (env) => Boolean(env.debug) }, { sequence: 100 });
