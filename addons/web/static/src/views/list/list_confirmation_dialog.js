import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { Field } from "@web/views/fields/field";

/** Asks before a change is written on several selected records. */
export class ListConfirmationDialog extends ConfirmationDialog {
    static template = "web.ListConfirmationDialog";
    static components = { Dialog, Field };
    static props = {
        ...ConfirmationDialog.props,
        record: Object,
        fields: { type: Array, element: { type: Object, shape: { name: String, label: true, fieldNode: Object } } },
        nbRecords: Number,
        nbValidRecords: Number,
        isDomainSelected: { type: Boolean, optional: true },
    };

    get title() {
        const { nbValidRecords } = this.props;
        return nbValidRecords === 1 ? _t("Change 1 record") : _t("Change %s records", nbValidRecords);
    }

    get nbLeftOut() {
        return this.props.nbRecords - this.props.nbValidRecords;
    }
}
