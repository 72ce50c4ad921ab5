import { Message } from "@mail/core/common/message";
import { patch } from "@web/core/utils/patch";

/** A dialog says which telephones did not get a message, and why, and sends it again. */
patch(Message.prototype, {
    onClickFailure(ev) {
        const [failed] = this.message.failureNotifications;
        if (failed?.notification_type !== "sms") {
            return super.onClickFailure(ev);
        }
        return this.env.services.action.doAction("sms.sms_resend_action", {
            additionalContext: { default_mail_message_id: this.message.id },
        });
    },
});
