import { isShown, menuItem } from "@web/core/registered_items";
import { registry } from "@web/core/registry";
import { ActionMenus } from "@web/search/action_menus/action_menus";
import { onWillStart, onWillUpdateProps } from "@odoo/owl";

const cogMenuRegistry = registry.category("cogMenu");

/** Gear menu beside the breadcrumb. */
export class CogMenu extends ActionMenus {
    static template = "web.CogMenu";
    static props = {
        ...ActionMenus.props,
        getActiveIds: { type: Function, optional: true },
        context: { type: Object, optional: true },
        resModel: { type: String, optional: true },
        items: { type: Object, optional: true },
        slots: { type: Object, optional: true },
    };
    static defaultProps = { ...ActionMenus.defaultProps, items: {} };

    setup() {
        super.setup();
        const loadRegistered = async () => {
            this.registryItems = await this._registryItems();
        };
        onWillStart(loadRegistered);
        onWillUpdateProps(loadRegistered);
    }

    get hasItems() {
        return this.cogItems.length || this.printItems.length || this.props.slots?.default;
    }

    get cogItems() {
        return [...this.registryItems, ...this.actionItems].sort((a, b) => (a.groupNumber || 0) - (b.groupNumber || 0));
    }

    async _registryItems() {
        const items = cogMenuRegistry.getAll();
        const shown = await Promise.all(items.map((item) => isShown(item, this.env)));
        return items.filter((_, index) => shown[index]).map(menuItem);
    }
}
