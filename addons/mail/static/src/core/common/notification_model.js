import { Record } from "@mail/core/common/record";
import { _t } from "@web/core/l10n/translation";

const ICONS = {
    bounce: "fa fa-exclamation",
    canceled: "fa fa-trash-o",
    exception: "fa fa-exclamation",
    pending: "fa fa-paper-plane-o",
    process: "fa fa-hourglass-half",
    ready: "fa fa-send-o",
    sent: "fa fa-check",
};
const TITLES = {
    bounce: _t("Sent back by the other server"),
    canceled: _t("Given up"),
    exception: _t("Not sent"),
    pending: _t("On its way"),
    process: _t("Being sent"),
    ready: _t("Waits to be sent"),
    sent: _t("Sent"),
};

/** Somebody who was told of a message, and whether it reached them. */
export class Notification extends Record {
    static id = "id";
    /** @type {number} */
    id;
    message = Record.one("Message", { inverse: "notifications" });
    persona = Record.one("Persona");
    notification_status = Record.attr(undefined);
    notification_type = Record.attr(undefined);
    failure_type = Record.attr(undefined);
    failure = Record.one("Failure", {
        inverse: "notifications",
        eager: true,
        compute() {
            const thread = this.message?.thread;
            if (!thread || !this.isFailure || !this.message.isSelfAuthored) {
                return undefined;
            }
            const place = thread.model === "discuss.channel" ? `,${thread.id}` : "";
            return { id: `${thread.model}${place}:${this.notification_type}` };
        },
    });

    get isFailure() {
        return ["exception", "bounce"].includes(this.notification_status);
    }

    get icon() {
        return this.isFailure ? "fa fa-envelope" : "fa fa-envelope-o";
    }

    get label() {
        return "";
    }

    get statusIcon() {
        return ICONS[this.notification_status] || "";
    }

    get statusTitle() {
        return TITLES[this.notification_status]?.toString() || "";
    }
}
Notification.register();
