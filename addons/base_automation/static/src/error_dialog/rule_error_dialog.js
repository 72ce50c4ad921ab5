import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { standardErrorDialogProps } from "@web/core/errors/error_dialogs";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** What a rule refused, or where it failed, with the rule's name; administrators can open it and switch it off. */
export class RuleErrorDialog extends Component {
    static template = "base_automation.RuleErrorDialog";
    static components = { Dialog };
    static props = { ...standardErrorDialogProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.title = _t("An automation rule stopped this");
        this.canEdit = user.isAdmin;
    }

    get rule() {
        return this.props.data.context.base_automation;
    }

    get message() {
        return this.props.data.arguments?.[0] || this.props.data.message;
    }

    async open() {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "base.automation",
            res_id: this.rule.id,
            views: [[false, "form"]],
        });
        this.props.close();
    }

    async switchOff() {
        const off = { active: false };
        await this.orm.silent.write("base.automation", [this.rule.id], off);
        this.notification.add(_t("The rule is switched off. Try again."), { type: "info" });
        this.props.close();
    }
}

registry.category("error_dialogs").add("base_automation", RuleErrorDialog);
