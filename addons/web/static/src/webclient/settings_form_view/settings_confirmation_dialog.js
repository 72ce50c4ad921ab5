import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";

/** Question what becomes of changed settings, with three answers. */
export class SettingsConfirmationDialog extends ConfirmationDialog {
    static template = "web.SettingsConfirmationDialog";
    static props = { ...ConfirmationDialog.props, stayHere: { type: Function, optional: true } };
    static defaultProps = {
        ...ConfirmationDialog.defaultProps,
        title: _t("Unsaved changes"),
        body: _t("Do you want to save the settings you changed?"),
        confirmLabel: _t("Save"),
        cancelLabel: _t("Discard"),
    };

    _stayHere() {
        return this.execButton(this.props.stayHere);
    }
}
