import { Component, useRef, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { checkFileSize } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Button that attaches files to the record, and lets its model do something with them. */
export class AttachDocumentWidget extends Component {
    static template = xml`
        <button
            type="button"
            class="btn o_attachment_button"
            t-att-class="props.highlight ? 'btn-primary' : 'btn-secondary'"
            t-on-click="chooseFiles"
        ><i class="fa fa-paperclip me-1"/><t t-esc="props.string"/></button>
        <input type="file" multiple="multiple" class="o_input_file d-none" t-ref="files" t-on-change="onFilesChosen"/>`;
    static props = {
        ...standardWidgetProps,
        string: { type: String, optional: true },
        action: { type: String, optional: true },
        highlight: { type: Boolean, optional: true },
    };

    setup() {
        this.http = useService("http");
        this.notification = useService("notification");
        this.orm = useService("orm");
        /** @type {{el: any}} */
        this.filesRef = useRef("files");
    }

    /** Files belong to a stored record. */
    async chooseFiles() {
        if (await this.props.record.save()) {
            this.filesRef.el.click();
        }
    }

    async onFilesChosen(ev) {
        const ufile = [...ev.target.files].filter((file) => checkFileSize(file.size, this.notification));
        ev.target.value = null;
        if (!ufile.length) {
            return;
        }
        const { resId, resModel } = this.props.record;
        const params = { csrf_token: odoo.csrf_token, model: resModel, id: resId, ufile };
        const answer = await this.http.post("/web/binary/upload_attachment", params, "text");
        await this.onFilesUploaded(JSON.parse(answer));
    }

    async onFilesUploaded(files) {
        const failed = files.find(({ error }) => error);
        if (failed) {
            this.notification.add(failed.error, { type: "danger" });
            return;
        }
        const { action, record } = this.props;
        if (action) {
            await this.orm.call(record.resModel, action, [[record.resId]], {
                attachment_ids: files.map(({ id }) => id),
            });
        }
        await record.load();
    }
}

export const attachDocumentWidget = {
    component: AttachDocumentWidget,
    extractProps: ({ attrs: { action, highlight, string } }) => ({ action, highlight: Boolean(highlight), string }),
};

registry.category("view_widgets").add("attach_document", attachDocumentWidget);
