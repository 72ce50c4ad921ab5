import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** More names are a number. */
const SHOWN = 5;

/** Who follows the document, and gets the message without being named. */
export class MailComposerRecipientList extends Component {
    static template = "mail.MailComposerRecipientList";
    static props = { ...standardWidgetProps, threadIdField: String, threadModelField: String };

    setup() {
        this.store = useState(useService("mail.store"));
        onWillStart(() => this.load());
    }

    /** @returns {number|undefined} id of the document, when the message is about one */
    get threadId() {
        const ids = JSON.parse(this.props.record.data[this.props.threadIdField] || "[]");
        return ids.length === 1 ? ids[0] : undefined;
    }

    get thread() {
        const model = this.props.record.data[this.props.threadModelField];
        return this.threadId && model ? this.store.Thread.insert({ id: this.threadId, model }) : undefined;
    }

    load() {
        return this.thread?.fetchData(["followers"]);
    }

    /** @returns {string} names of followers, and how many more there are */
    get text() {
        const { recipients = [], recipientsCount = 0 } = this.thread || {};
        const names = recipients.slice(0, SHOWN).map(({ partner }) => partner?.name || partner?.email || "");
        const others = recipientsCount - names.length;
        return [...names, ...(others > 0 ? [_t("%s more", others)] : [])].join(", ");
    }
}

export const mailComposerRecipientList = {
    component: MailComposerRecipientList,
    extractProps: ({ attrs }) => ({
        threadIdField: attrs.thread_id_field || "res_ids",
        threadModelField: attrs.thread_model_field || "model",
    }),
};

registry.category("view_widgets").add("mail_composer_recipient_list", mailComposerRecipientList);
