import { Failure } from "@mail/core/common/failure_model";
import { Notification } from "@mail/core/common/notification_model";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** Telephones that were told of a message. */
patch(Notification.prototype, {
    get icon() {
        return this.notification_type === "sms" ? "fa fa-mobile" : super.icon;
    },

    get label() {
        return this.notification_type === "sms" ? _t("SMS").toString() : super.label;
    },
});

/** Text messages that telephones did not get. */
patch(Failure.prototype, {
    get iconSrc() {
        return this.type === "sms" ? "/sms/static/img/failed_sms.svg" : super.iconSrc;
    },

    get body() {
        if (this.type !== "sms" || this.notifications.length === 1) {
            return super.body;
        }
        return _t("A text message could not be sent.");
    },
});
