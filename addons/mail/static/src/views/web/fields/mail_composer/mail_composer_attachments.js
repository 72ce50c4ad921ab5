import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Many2ManyBinaryField, many2ManyBinaryField } from "@web/views/fields/many2many_binary/many2many_binary_field";

/** The files of a message, which can be taken out. */
export class MailComposerAttachmentList extends Many2ManyBinaryField {
    get takesMore() {
        return false;
    }
}

/** A button that adds files to a message. */
export class MailComposerAttachmentSelector extends Many2ManyBinaryField {
    static template = "mail.MailComposerAttachmentSelector";
}

registry
    .category("fields")
    .add("mail_composer_attachment_list", {
        ...many2ManyBinaryField,
        component: MailComposerAttachmentList,
        displayName: _t("Files of a message"),
    })
    .add("mail_composer_attachment_selector", {
        ...many2ManyBinaryField,
        component: MailComposerAttachmentSelector,
        displayName: _t("Files to add"),
    });
