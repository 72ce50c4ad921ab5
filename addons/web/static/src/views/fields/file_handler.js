import { Component, useRef, useState, xml } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { checkFileSize } from "@web/core/utils/files";
import { getDataURLFromFile } from "@web/core/utils/urls";

/** Lets the user choose files; their content is given as base64. */
export class FileUploader extends Component {
    static template = xml`
        <t t-if="state.isUploading">Uploading...</t>
        <span t-else="" class="o_file_uploader" t-on-click.prevent="onSelectFileButtonClick" style="display:contents"><t t-slot="toggler"/></span>
        <t t-slot="default"/>
        <input type="file" class="o_input_file d-none" t-att-name="props.inputName" t-ref="fileInput" t-att-multiple="props.multiUpload ? 'multiple' : false"
               t-att-accept="props.acceptedFileExtensions or '*'" t-on-change="onFileChange"/>`;
    static props = {
        onClick: { type: Function, optional: true },
        onUploaded: Function,
        onUploadComplete: { type: Function, optional: true },
        multiUpload: { type: Boolean, optional: true },
        checkSize: { type: Boolean, optional: true },
        inputName: { type: String, optional: true },
        fileUploadClass: { type: String, optional: true },
        acceptedFileExtensions: { type: String, optional: true },
        slots: { type: Object, optional: true },
        showUploadingText: { type: Boolean, optional: true },
    };
    static defaultProps = { checkSize: true, showUploadingText: true };

    setup() {
        this.notification = useService("notification");
        this.fileInputRef = useRef("fileInput");
        this.state = useState({ isUploading: false });
    }

    async onFileChange(ev) {
        const files = [...ev.target.files];
        if (!files.length) {
            return;
        }
        for (const file of files) {
            if (this.props.checkSize && !checkFileSize(file.size, this.notification)) {
                return;
            }
            this.state.isUploading = this.props.showUploadingText;
            const data = await getDataURLFromFile(file);
            await this.props.onUploaded({
                name: file.name,
                size: file.size,
                type: file.type,
                data: data.split(",")[1],
                objectUrl: file.type === "application/pdf" ? URL.createObjectURL(file) : null,
            });
            this.state.isUploading = false;
        }
        this.fileInputRef.el.value = null;
        await this.props.onUploadComplete?.({});
    }

    async onSelectFileButtonClick(ev) {
        if ((await this.props.onClick?.(ev)) !== false) {
            this.fileInputRef.el.click();
        }
    }
}
