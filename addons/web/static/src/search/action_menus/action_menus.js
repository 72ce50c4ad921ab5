import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { makeContext } from "@web/core/context";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { useService } from "@web/core/utils/hooks";

/** Groups of entries: those of the view itself, those of the server. */
export const STATIC_ACTIONS_GROUP_NUMBER = 1;
export const ACTIONS_GROUP_NUMBER = 100;

/** Menus of what can be printed and done with the selection. */
export class ActionMenus extends Component {
    static template = "web.ActionMenus";
    static components = { Dropdown, DropdownItem };
    /** @type {Object<string, any>} */
    static props = {
        getActiveIds: Function,
        context: Object,
        resModel: String,
        domain: { type: Array, optional: true },
        isDomainSelected: { type: Boolean, optional: true },
        items: { type: Object },
        onActionExecuted: { type: Function, optional: true },
        shouldExecuteAction: { type: Function, optional: true },
        loadExtraPrintItems: { type: Function, optional: true },
        printDropdownTitle: { optional: true },
    };
    static defaultProps = {
        loadExtraPrintItems: () => [],
        onActionExecuted: () => {},
        printDropdownTitle: _t("Print"),
        shouldExecuteAction: () => true,
    };

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
        /** Entries that were looked up when a menu opened. */
        this.menus = useState({ print: null });
        const loadItems = async (props = this.props) => {
            this.actionItems = await this.getActionItems(props);
            this.menus.print = null;
        };
        onWillStart(() => loadItems());
        onWillUpdateProps(loadItems);
    }

    get printItems() {
        return this.menus.print ?? (this.props.items.print || []).map(printItem);
    }

    /** Reports that are for some records only are left out where these are others. @returns {Promise<Object[]>} */
    async loadAvailablePrintItems() {
        const actions = this.props.items.print || [];
        const limited = actions.filter(({ domain }) => domain).map(({ id }) => id);
        if (!limited.length) {
            return actions.map(printItem);
        }
        const asked = [limited, this.props.resModel, await this.selectedIds()];
        const valid = await this.orm.call("ir.actions.report", "get_valid_action_reports", asked);
        return actions.filter(({ id }) => !limited.includes(id) || valid.includes(id)).map(printItem);
    }

    /** What is offered to be printed is known when somebody wants to print. */
    async loadPrintItems() {
        const [extra, available] = await Promise.all([
            this.props.loadExtraPrintItems(),
            this.loadAvailablePrintItems(),
        ]);
        this.menus.print = [...extra, ...available];
    }

    async getActionItems(props) {
        const own = (props.items.action || []).map((action) =>
            action.callback
                ? { key: `action-${action.description}`, groupNumber: action.groupNumber, ...action }
                : {
                      action,
                      description: action.name,
                      key: action.id,
                      groupNumber: action.groupNumber || ACTIONS_GROUP_NUMBER,
                  }
        );
        const registered = registry.category("action_menus").getAll();
        const found = await Promise.all(registered.map((item) => item.getItems?.(props)));
        return [...own, ...found.flatMap((items) => items || [])];
    }

    /** Ids that an action is for; all that the domain finds when all of it is selected. */
    async selectedIds() {
        const { context, domain, getActiveIds, isDomainSelected, resModel } = this.props;
        const { active_ids_limit: limit } = session;
        return isDomainSelected ? this.orm.search(resModel, domain, { context, limit }) : getActiveIds();
    }

    async executeAction({ id }) {
        const { context, domain, onActionExecuted: onClose, resModel } = this.props;
        const ids = await this.selectedIds();
        const target = { active_model: resModel, active_ids: ids, active_id: ids[0] };
        if (domain) {
            target.active_domain = new Domain(domain).toList({});
        }
        return this.actionService.doAction(id, { additionalContext: makeContext([context, target]), onClose });
    }

    async onItemSelected(item) {
        const isAllowed = await this.props.shouldExecuteAction(item);
        return isAllowed ? this.execute(item) : undefined;
    }

    /** @param {{callback?: Function, action?: Object, url?: string}} item */
    async execute(item) {
        if (item.callback) {
            return item.callback([item]);
        }
        if (item.action) {
            return this.executeAction(item.action);
        }
        return item.url ? browser.location.assign(item.url) : undefined;
    }
}

function printItem(action) {
    return { action, description: action.name, key: action.id };
}
