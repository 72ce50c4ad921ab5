import { MessagingMenu } from "@mail/core/public_web/messaging_menu";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** Documents of a kind whose text messages were not sent. */
patch(MessagingMenu.prototype, {
    openFailureView(failure) {
        if (failure.type !== "sms") {
            return super.openFailureView(failure);
        }
        return this.env.services.action.doAction({
            context: { create: false },
            domain: [["message_has_sms_error", "=", true]],
            name: _t("Text messages that were not sent"),
            res_model: failure.resModel,
            target: "current",
            type: "ir.actions.act_window",
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    },
});
