import { Component, status } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Beside a number: opens the dialog that writes to it. */
export class SendSMSButton extends Component {
    static template = "sms.SendSMSButton";
    static props = ["*"];

    setup() {
        this.action = useService("action");
        this.title = _t("Send a text message");
    }

    get phoneHref() {
        return `sms:${this.props.record.data[this.props.name].replace(/\s+/g, "")}`;
    }

    async onClick() {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const context = {
            ...user.context,
            default_composition_mode: "comment",
            default_number_field_name: this.props.name,
            default_res_id: record.resId,
            default_res_model: record.resModel,
        };
        const action = {
            context,
            name: this.title,
            res_model: "sms.composer",
            target: "new",
            type: "ir.actions.act_window",
            views: [[false, "form"]],
        };
        await this.action.doAction(action, {
            onClose: async () => {
                if (status(this) !== "destroyed") {
                    await record.load();
                }
            },
        });
    }
}
