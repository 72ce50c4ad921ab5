import { Component, useRef, xml } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { checkFileSize } from "@web/core/utils/files";
import { post } from "@web/core/network/http_service";

/** Button (default slot) that sends files as attachments. */
export class FileInput extends Component {
    static template = xml`
        <span class="o_file_input" t-on-click.prevent="() => this.fileInputRef.el.click()">
            <t t-slot="default"><button class="btn btn-primary">Choose File</button></t>
            <input type="file" name="ufile" class="o_input_file d-none" t-att-multiple="props.multiUpload" t-att-accept="props.acceptedFileExtensions"
                   t-ref="file-input" t-on-change="onFileInputChange" t-on-click.stop=""/>
        </span>`;
    static defaultProps = {
        acceptedFileExtensions: "*",
        multiUpload: false,
        onUpload: () => {},
        route: "/web/binary/upload_attachment",
        resModel: "ir.ui.view",
        resId: 0,
    };
    static props = {
        acceptedFileExtensions: { type: String, optional: true },
        multiUpload: { type: Boolean, optional: true },
        onUpload: { type: Function, optional: true },
        route: { type: String, optional: true },
        resId: { type: Number, optional: true },
        resModel: { type: String, optional: true },
        slots: { optional: true },
        beforeOpen: { optional: true },
        onWillUploadFiles: { optional: true },
        autoOpen: { optional: true },
        hidden: { optional: true },
    };

    setup() {
        /** @type {{el: HTMLInputElement|null}} */
        this.fileInputRef = useRef("file-input");
        this.notification = useService("notification");
    }

    async onFileInputChange() {
        const files = [...this.fileInputRef.el.files].filter((file) => checkFileSize(file.size, this.notification));
        if (!files.length) {
            return;
        }
        const { route, resModel, resId } = this.props;
        const params = { csrf_token: globalThis.odoo.csrf_token, ufile: files };
        if (resModel) {
            Object.assign(params, { model: resModel, id: resId });
        }
        const answer = JSON.parse(await post(route, params, "text"));
        this.fileInputRef.el.value = "";
        if (answer.error) {
            throw new Error(answer.error);
        }
        this.props.onUpload(answer, files);
    }
}
