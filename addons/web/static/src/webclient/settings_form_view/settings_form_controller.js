import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { FormController } from "@web/views/form/form_controller";

/** Settings are written by their buttons and not when they are left. */
export class SettingsFormController extends FormController {
    setup() {
        super.setup();
        this.canCreate = false;
    }

    displayName() {
        return _t("Settings").toString();
    }

    getStaticActionMenuItems() {
        return {};
    }

    updateURL() {
        this.props.updateActionState({ resId: "new" });
    }

    async beforeLeave() {
        if (!(await this.model.root.isDirty())) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialogService.add(ConfirmationDialog, {
                title: _t("Unsaved changes"),
                body: _t("Do you want to save the settings you changed?"),
                confirmLabel: _t("Save"),
                cancelLabel: _t("Discard"),
                confirm: async () => {
                    await this.saveButtonClicked();
                    resolve(true);
                },
                cancel: () => resolve(true),
                dismiss: () => resolve(false),
            });
        });
    }

    /** Nothing is written behind the user's back. */
    async beforeUnload() {}

    /** See `beforeUnload`. */
    beforeVisibilityChange() {}

    /** Save, then let the settings take effect. */
    async saveButtonClicked() {
        await this.env.onClickViewButton({
            clickParams: { name: "execute", type: "object" },
            getResParams: () => ({
                resModel: this.model.root.resModel,
                resId: this.model.root.resId,
                context: this.model.root.context,
                evalContext: {},
            }),
        });
        return true;
    }

    async discard() {
        await this.model.root.discard();
    }
}
