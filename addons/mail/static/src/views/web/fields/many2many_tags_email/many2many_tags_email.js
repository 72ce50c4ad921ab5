import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import {
    Many2ManyTagsFieldColorEditable,
    many2ManyTagsFieldColorEditable,
} from "@web/views/fields/many2many_tags/many2many_tags_field";

/** Recipients of an e-mail: whoever has no address is asked for one, or is not a recipient. */
export class FieldMany2ManyTagsEmail extends Many2ManyTagsFieldColorEditable {
    setup() {
        super.setup();
        this.dialog = useService("dialog");
    }

    /** Recipients whom nothing would reach. */
    get withoutAddress() {
        return this.list.records.filter(({ data }) => !data.email);
    }

    /** Take new recipients, and ask for the addresses that are missing. */
    async update(records) {
        await super.update(records);
        const added = new Set((records || []).filter(Boolean).map(({ id }) => id));
        for (const record of this.withoutAddress.filter(({ resId }) => added.has(resId))) {
            await this.askForAddress(record);
        }
    }

    /**
     * @param {Object} record a recipient without address; it is no recipient any more when nobody gives one
     * @returns {Promise<void>} when the dialog is closed
     */
    async askForAddress(record) {
        let isSaved = false;
        await new Promise((resolve) =>
            this.dialog.add(
                FormViewDialog,
                {
                    context: { ...this.props.context, force_email: true },
                    onRecordSaved: () => {
                        isSaved = true;
                    },
                    resId: record.resId,
                    resModel: this.relation,
                    title: _t("The e-mail address of %s", record.data.display_name).toString(),
                },
                { onClose: resolve }
            )
        );
        if (isSaved) {
            await record.load();
        }
        if (!record.data.email) {
            await this.removeRecord(record);
        }
    }

    getTagProps(record) {
        const tag = super.getTagProps(record);
        return { ...tag, title: record.data.email || "" };
    }
}

export const fieldMany2ManyTagsEmail = {
    ...many2ManyTagsFieldColorEditable,
    component: FieldMany2ManyTagsEmail,
    displayName: _t("Recipients"),
    relatedFields: (fieldInfo) => [
        ...many2ManyTagsFieldColorEditable.relatedFields(fieldInfo),
        { name: "email", type: "char" },
    ],
    additionalClasses: ["o_field_many2many_tags"],
};

registry.category("fields").add("many2many_tags_email", fieldMany2ManyTagsEmail);
