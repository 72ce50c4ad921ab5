import { Component } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** How far an upload is, and a button that ends it. */
export class FileUploadProgressBar extends Component {
    static template = "web.FileUploadProgressBar";
    static props = { fileUpload: Object };

    setup() {
        this.dialog = useService("dialog");
    }

    get percent() {
        return Math.round(this.props.fileUpload.progress * 100);
    }

    onCancel() {
        const { fileUpload } = this.props;
        this.dialog.add(ConfirmationDialog, {
            body: _t("Stop the upload of %s?", fileUpload.title),
            confirmLabel: _t("Stop"),
            confirm: () => fileUpload.xhr.abort(),
            cancel: () => {},
        });
    }
}
