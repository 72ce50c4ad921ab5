import { Component } from "@odoo/owl";
import { AttachmentList } from "@mail/core/common/attachment_list";
import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useService } from "@web/core/utils/hooks";

/** Messages of a document that wait for their time. */
export class ScheduledMessages extends Component {
    static template = "mail.ScheduledMessages";
    static components = { AttachmentList };
    static props = ["isOpen", "onChanged", "onToggle", "thread"];

    setup() {
        this.dialog = useService("dialog");
    }

    /** @param {Object} message @returns {string} when its time comes */
    whenText(message) {
        return _t("At %s", formatDateTime(message.scheduled_date)).toString();
    }

    async edit(message) {
        await message.edit();
        this.props.onChanged();
    }

    async send(message) {
        await message.send();
        this.props.onChanged();
    }

    cancel(message) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Give the message up?"),
            body: _t("It will not be posted, and its text is lost."),
            confirmLabel: _t("Give it up"),
            confirmClass: "btn-danger",
            cancel: () => {},
            confirm: async () => {
                await message.cancel();
                this.props.onChanged();
            },
        });
    }
}
