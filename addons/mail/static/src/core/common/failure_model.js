import { Record } from "@mail/core/common/record";
import { _t } from "@web/core/l10n/translation";

/** Messages of the user about one kind of document that did not reach everybody. */
export class Failure extends Record {
    static id = "id";
    /** @type {string} */
    id;
    storeAsFailures = Record.one("Store", { inverse: "failures", eager: true, compute: failuresOf });
    notifications = Record.many("Notification", {
        inverse: "failure",
        onUpdate() {
            if (this.notifications.length) {
                this.wasUsed = true;
            } else if (this.wasUsed) {
                this.delete();
            }
        },
    });

    get lastMessage() {
        return this.notifications.reduce((last, { message }) => {
            return !last || (message && message.id > last.id) ? message : last;
        }, undefined);
    }

    get resModel() {
        return this.lastMessage?.thread?.model;
    }

    get modelName() {
        return this.lastMessage?.thread?.modelName;
    }

    get type() {
        return this.notifications[0]?.notification_type;
    }

    /** Ids of the documents that the messages are about. @returns {Set<number>} */
    get resIds() {
        return new Set(this.notifications.map(({ message }) => message?.thread?.id).filter(Boolean));
    }

    get status() {
        return this.notifications[0]?.notification_status;
    }

    get iconSrc() {
        return "/mail/static/src/img/failed_mail.svg";
    }

    get body() {
        const name = this.lastMessage?.record_name || this.lastMessage?.subject;
        if (this.notifications.length === 1 && name) {
            return _t("“%s” could not be sent.", name);
        }
        return _t("An e-mail could not be sent.");
    }

    get datetime() {
        return this.lastMessage?.datetime;
    }
}

function failuresOf() {
    return this.notifications.length ? this.store : undefined;
}
Failure.register();
