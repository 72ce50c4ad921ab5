import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { FileInput } from "@web/core/file_input/file_input";
import { _t } from "@web/core/l10n/translation";
import { useChildRef, useService } from "@web/core/utils/hooks";

/** Pictures that may be the cover of a card. */
const PICTURES = "image/*";

/** Chooses the picture on a card among the attachments of its record. */
export class KanbanCoverImageDialog extends Component {
    static template = "web.KanbanCoverImageDialog";
    static components = { Dialog, FileInput };
    static props = {
        record: Object,
        fieldName: String,
        autoOpen: { type: Boolean, optional: true },
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.modalRef = useChildRef();
        this.attachments = [];
        this.state = useState({ selectedId: this.coverId });
        onWillStart(() => this.loadAttachments());
    }

    /** @returns {number|false} id of the attachment that is the cover now */
    get coverId() {
        const { fieldName, record } = this.props;
        return record.data[fieldName] ? record.data[fieldName][0] : false;
    }

    get dialogTitle() {
        return _t("Set a Cover Image").toString();
    }

    get acceptedFileExtensions() {
        return PICTURES;
    }

    async loadAttachments() {
        const { resId, resModel } = this.props.record;
        const domain = [
            ["res_model", "=", resModel],
            ["res_id", "=", resId],
            ["mimetype", "ilike", "image"],
        ];
        this.attachments = await this.orm.searchRead("ir.attachment", domain, ["id", "name"]);
    }

    selectAttachment({ id }) {
        this.state.selectedId = this.state.selectedId === id ? false : id;
    }

    /** What was sent is the cover. */
    async onUpload([attachment]) {
        if (attachment?.error) {
            throw new Error(attachment.error);
        }
        if (attachment) {
            await this.saveCover(attachment.id);
        }
    }

    setCover() {
        return this.saveCover(this.state.selectedId);
    }

    removeCover() {
        return this.saveCover(false);
    }

    async saveCover(id) {
        const { close, fieldName, record } = this.props;
        await record.update({ [fieldName]: id ? [id, ""] : false }, { save: true });
        close();
    }
}
