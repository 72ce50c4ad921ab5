import { Component, onWillStart, onWillUpdateProps } from "@odoo/owl";
import { makeContext } from "@web/core/context";
import { Domain } from "@web/core/domain";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { useService } from "@web/core/utils/hooks";

export const STATIC_ACTIONS_GROUP_NUMBER = 100;

/** Menus of what can be printed and done with the selection. */
export class ActionMenus extends Component {
    static template = "web.ActionMenus";
    static components = { Dropdown, DropdownItem };
    static props = {
        getActiveIds: Function,
        context: Object,
        resModel: String,
        domain: { type: Array, optional: true },
        isDomainSelected: { type: Boolean, optional: true },
        items: { type: Object },
        onActionExecuted: { type: Function, optional: true },
        shouldExecuteAction: { type: Function, optional: true },
        loadExtraPrintItems: { optional: true },
    };
    static defaultProps = { onActionExecuted: () => {}, shouldExecuteAction: () => true };

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
        onWillStart(async () => {
            this.actionItems = await this.getActionItems(this.props);
        });
        onWillUpdateProps(async (nextProps) => {
            this.actionItems = await this.getActionItems(nextProps);
        });
    }

    get printItems() {
        return (this.props.items.print || []).map((action) => ({ action, description: action.name, key: action.id }));
    }

    async getActionItems(props) {
        const own = (props.items.action || []).map((action) =>
            action.callback
                ? { key: `action-${action.description}`, groupNumber: action.groupNumber, ...action }
                : { action, description: action.name, key: action.id, groupNumber: action.groupNumber || 10 }
        );
        const registered = registry
            .category("action_menus")
            .getAll()
            .map((item) => item);
        const items = [...own];
        for (const item of registered) {
            items.push(...((await item.getItems?.(props)) || []));
        }
        return items;
    }

    async executeAction(action) {
        let activeIds = this.props.getActiveIds();
        if (this.props.isDomainSelected) {
            activeIds = await this.orm.search(this.props.resModel, this.props.domain, {
                limit: session.active_ids_limit,
                context: this.props.context,
            });
        }
        const activeIdsContext = { active_id: activeIds[0], active_ids: activeIds, active_model: this.props.resModel };
        if (this.props.domain) {
            activeIdsContext.active_domain = new Domain(this.props.domain).toList({});
        }
        const context = makeContext([this.props.context, activeIdsContext]);
        return this.actionService.doAction(action.id, {
            additionalContext: context,
            onClose: this.props.onActionExecuted,
        });
    }

    async onItemSelected(item) {
        if (!(await this.props.shouldExecuteAction(item))) {
            return;
        }
        if (item.callback) {
            await item.callback([item]);
        } else if (item.action) {
            await this.executeAction(item.action);
        } else if (item.url) {
            window.location = item.url;
        }
    }
}
