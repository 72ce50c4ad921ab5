import { _t } from "@web/core/l10n/translation";
import { FormController } from "@web/views/form/form_controller";
import { SettingsConfirmationDialog } from "@web/webclient/settings_form_view/settings_confirmation_dialog";

/** Settings are written by their buttons and not when they are left. */
export class SettingsFormController extends FormController {
    setup() {
        super.setup();
        this.canCreate = false;
    }

    /** The record that holds the settings. @returns {any} */
    get settings() {
        return /** @type {any} */ (this.model).root;
    }

    displayName() {
        return _t("Settings").toString();
    }

    /** @returns {any} */
    getStaticActionMenuItems() {
        return {};
    }

    updateURL() {
        this.props.updateActionState({ resId: "new" });
    }

    /** Settle what was changed, as the user wishes. @returns {Promise<boolean>} false to stay on the page */
    async beforeLeave() {
        if (!(await this.settings.isDirty())) {
            return true;
        }
        return new Promise((resolve) => {
            const after = (step) => async () => {
                await step();
                resolve(true);
            };
            const stay = () => resolve(false);
            this.dialogService.add(SettingsConfirmationDialog, {
                confirm: after(() => this.saveButtonClicked()),
                cancel: after(() => this.discard()),
                stayHere: stay,
                dismiss: stay,
            });
        });
    }

    /** Other buttons than that of saving lead away from the page. */
    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name === "execute") {
            return super.beforeExecuteActionButton(clickParams);
        }
        if (!clickParams.noSaveDialog && !(await this.beforeLeave())) {
            return false;
        }
        // only methods need a record to be called on
        return clickParams.type === "action" || super.beforeExecuteActionButton(clickParams);
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
                resModel: this.settings.resModel,
                resId: this.settings.resId,
                context: this.settings.context,
                evalContext: {},
            }),
        });
        return true;
    }

    async discard() {
        await this.settings.discard();
    }
}
