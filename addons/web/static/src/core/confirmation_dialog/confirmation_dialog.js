import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useChildRef } from "@web/core/utils/hooks";

/** Sentence that precedes the deletion of one record. */
export const deleteConfirmationMessage = _t("This record will be deleted for good. Do you want to go on?");

/** Question with a confirming and a cancelling button. */
export class ConfirmationDialog extends Component {
    static template = "web.ConfirmationDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        title: { optional: true },
        body: { optional: true },
        confirm: { type: Function, optional: true },
        confirmLabel: { optional: true },
        confirmClass: { type: String, optional: true },
        cancel: { type: Function, optional: true },
        cancelLabel: { optional: true },
        dismiss: { type: Function, optional: true },
    };
    static defaultProps = {
        confirmLabel: _t("Ok"),
        cancelLabel: _t("Cancel"),
        confirmClass: "btn-primary",
        title: _t("Confirmation"),
    };

    /** Whether an answer is being worked on: a second one is ignored. */
    isProcess = false;

    setup() {
        this.modalRef = useChildRef();
        this.env.dialogData.dismiss = this._dismiss.bind(this);
    }

    _cancel() {
        return this.execButton(this.props.cancel);
    }

    _confirm() {
        return this.execButton(this.props.confirm);
    }

    _dismiss() {
        return this.execButton(this.props.dismiss || this.props.cancel);
    }

    setButtonsDisabled(disabled) {
        this.isProcess = disabled;
        for (const button of this.modalRef.el?.querySelectorAll(".modal-footer button") || []) {
            button.disabled = disabled;
        }
    }

    /** Do what a button stands for and close; the question stays when the answer to it is false. */
    async execButton(callback) {
        if (this.isProcess) {
            return;
        }
        let isAnswered = true;
        this.setButtonsDisabled(true);
        try {
            isAnswered = (await callback?.()) !== false;
        } finally {
            if (isAnswered) {
                this.props.close();
            } else {
                this.setButtonsDisabled(false);
            }
        }
    }
}

/** A message to acknowledge. */
export class AlertDialog extends ConfirmationDialog {
    static template = "web.AlertDialog";
    static props = { ...ConfirmationDialog.props, contentClass: { type: String, optional: true } };
    static defaultProps = { ...ConfirmationDialog.defaultProps, title: _t("Alert") };
}
