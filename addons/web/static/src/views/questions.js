import { deleteConfirmationMessage } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";

/**
 * Props of the dialog before a deletion.
 *
 * @param {() => any} confirm deletes; the dialog stays open when it gives false
 * @param {boolean} [isForMany]
 * @returns {Object} for `ConfirmationDialog`
 */
export function deletionQuestion(confirm, isForMany = false) {
    return {
        ...question(
            _t("Delete"),
            isForMany ? _t("These records will be deleted for good. Do you want to go on?") : deleteConfirmationMessage,
            confirm
        ),
        confirmClass: "btn-danger",
        cancelLabel: _t("No, keep it"),
    };
}

/**
 * Props of the dialog before records are archived.
 *
 * @param {() => any} confirm archives; the dialog stays open when it gives false
 * @param {boolean} [isForMany]
 * @returns {Object} for `ConfirmationDialog`
 */
export function archivingQuestion(confirm, isForMany = false) {
    const body = isForMany
        ? _t("Do you want to archive the selected records?")
        : _t("Do you want to archive this record?");
    return question(_t("Archive"), body, confirm);
}

/** What is asked has the name of the button that does it; the dialog needs `cancel` to show the other one. */
function question(title, body, confirm) {
    return { title, body, confirm, confirmLabel: title, cancel: () => {} };
}
