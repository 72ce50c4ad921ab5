import { Component } from "@odoo/owl";
import { FileUploadProgressBar } from "@web/core/file_upload/file_upload_progress_bar";
import { _t } from "@web/core/l10n/translation";
import { humanNumber } from "@web/core/utils/numbers";

/** An upload among records. */
export class FileUploadProgressRecord extends Component {
    static template = "";
    static components = { FileUploadProgressBar };
    static props = { fileUpload: Object, selector: { type: String, optional: true } };

    /** What is said of the progress: percent while it is sent, then that the server works on it. */
    getProgressTexts() {
        const { loaded, progress, total } = this.props.fileUpload;
        const percent = Math.round(progress * 100);
        const sizes = { done: humanNumber(loaded), all: humanNumber(total) };
        return percent === 100
            ? { left: _t("Processing...").toString(), right: "" }
            : {
                  left: _t("Uploading... (%s)", `${percent}%`).toString(),
                  right: _t("(%(done)s/%(all)sB)", sizes).toString(),
              };
    }
}

/** An upload as a card. */
export class FileUploadProgressKanbanRecord extends FileUploadProgressRecord {
    static template = "web.FileUploadProgressKanbanRecord";
}

/** An upload as a row of a list. */
export class FileUploadProgressDataRow extends FileUploadProgressRecord {
    static template = "web.FileUploadProgressDataRow";
}
