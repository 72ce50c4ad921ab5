import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { useService } from "@web/core/utils/hooks";
import { url } from "@web/core/utils/urls";
import { hasTouch } from "@web/core/browser/feature_detection";

/** Files: pictures with a preview, all others as cards. */
export class AttachmentList extends Component {
    static template = "mail.AttachmentList";
    static components = {};
    static props = {
        attachments: Array,
        imagesHeight: { type: Number, optional: true },
        messageSearch: { type: Object, optional: true },
        unlinkAttachment: { type: Function, optional: true },
    };
    static defaultProps = { imagesHeight: 160 };

    setup() {
        this.dialog = useService("dialog");
        this.fileViewer = useFileViewer();
    }

    get images() {
        return this.props.attachments.filter((file) => file.isImage);
    }

    get cards() {
        return this.props.attachments.filter((file) => !file.isImage);
    }

    /** Files that are heard; modules that play them say which. */
    get voices() {
        return [];
    }

    get canDelete() {
        return Boolean(this.props.unlinkAttachment);
    }

    get showsActions() {
        return hasTouch() || Boolean(this.env.inChatter);
    }

    /** Address of a small picture; of what was just picked, the file itself. */
    getImageUrl(file) {
        if (file.uploading && file.tmpUrl) {
            return file.tmpUrl;
        }
        const { imagesHeight: height } = this.props;
        return url(file.urlRoute, { ...file.urlQueryParams, height: height * 2, width: height * 4 });
    }

    onClick(file) {
        this.fileViewer.open(file, this.props.attachments);
    }

    /** Ask first, unless nobody has seen the file. */
    onClickUnlink(file) {
        if (file.composer) {
            return this.props.unlinkAttachment(file);
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Delete the file?"),
            body: _t("“%s” will be gone for everybody.", file.name),
            confirmLabel: _t("Delete"),
            confirmClass: "btn-danger",
            cancel: () => {},
            confirm: () => this.props.unlinkAttachment(file),
        });
    }
}
