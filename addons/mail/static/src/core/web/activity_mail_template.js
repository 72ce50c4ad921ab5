import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** E-mails that go with a kind of activity: each can be seen, or sent as it is. */
export class ActivityMailTemplate extends Component {
    static template = "mail.ActivityMailTemplate";
    static props = {
        activity: Object,
        onClickButtons: { type: Function, optional: true },
        onActivityChanged: { type: Function, optional: true },
    };
    static defaultProps = { onClickButtons: () => {}, onActivityChanged: () => {} };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.notification = useService("notification");
    }

    /** Write to the people of the document with a template. */
    onClickPreview(mailTemplate) {
        const { activity } = this.props;
        this.props.onClickButtons();
        const context = {
            default_res_ids: [activity.res_id],
            default_model: activity.res_model,
            default_subtype_xmlid: "mail.mt_comment",
            default_template_id: mailTemplate.id,
            force_email: true,
        };
        const action = {
            type: "ir.actions.act_window",
            name: _t("Write an e-mail"),
            res_model: "mail.compose.message",
            views: [[false, "form"]],
            target: "new",
            context,
        };
        return this.action.doAction(action, { onClose: () => this.props.onActivityChanged(activity) });
    }

    async onClickSend(mailTemplate) {
        const { activity } = this.props;
        this.props.onClickButtons();
        await this.orm.call(activity.res_model, "activity_send_mail", [[activity.res_id], mailTemplate.id]);
        this.notification.add(_t("Sent: %s", mailTemplate.name), { type: "success" });
        this.props.onActivityChanged(activity);
    }
}
