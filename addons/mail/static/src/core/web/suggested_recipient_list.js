import { Component, useState } from "@odoo/owl";
import { BaseRecipientsList, MOST_SHOWN } from "@mail/core/web/base_recipients_list";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

/** Who gets the next message: the followers, and people the server thinks of, whom the user may leave out. */
export class SuggestedRecipientsList extends Component {
    static template = "mail.SuggestedRecipientsList";
    static components = { BaseRecipientsList };
    static props = ["className?", "onSuggestedRecipientAdded", "styleString?", "thread"];

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({ showMore: false });
    }

    get shown() {
        const { suggestedRecipients: all } = this.props.thread;
        return this.state.showMore ? all : all.slice(0, MOST_SHOWN);
    }

    get hiddenCount() {
        return this.props.thread.suggestedRecipients.length - this.shown.length;
    }

    /** A partner is needed for somebody who is known by an address only. */
    onChange(recipient, ev) {
        recipient.checked = ev.target.checked;
        if (recipient.checked && !recipient.partner_id && !recipient.email) {
            this.createPartner(recipient);
        }
    }

    createPartner(recipient) {
        const { create_values: values = {}, name, reason } = recipient;
        const defaults = Object.entries({ ...values, name }).map(([key, value]) => [`default_${key}`, value]);
        this.dialog.add(FormViewDialog, {
            context: Object.fromEntries(defaults),
            onRecordSaved: () => this.props.onSuggestedRecipientAdded(this.props.thread),
            resModel: "res.partner",
            title: reason || _t("Who is it?").toString(),
        });
        recipient.checked = false;
    }
}
