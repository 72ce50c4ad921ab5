import { Component, useRef, useState, xml } from "@odoo/owl";
import { checkFileSize } from "@web/core/utils/files";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { optional } from "@web/views/fields/standard_field_props";

/** Read a file: what the uploader tells about it, its content as base64. */
async function readFile(file) {
    const { name, size, type } = file;
    const [, data] = (await getDataURLFromFile(file)).split(",");
    return { data, name, size, type, objectUrl: type === "application/pdf" ? URL.createObjectURL(file) : null };
}

/** Lets the user choose files; their content is given as base64. */
export class FileUploader extends Component {
    static template = xml`
        <t t-if="state.isUploading">Uploading...</t>
        <span t-else="" class="o_file_uploader" t-on-click.prevent="onSelectFileButtonClick" style="display:contents"><t t-slot="toggler"/></span>
        <t t-slot="default"/>
        <input type="file" class="o_input_file d-none" t-att-name="props.inputName" t-ref="fileInput" t-att-multiple="props.multiUpload ? 'multiple' : false"
               t-att-accept="props.acceptedFileExtensions or '*'" t-on-change="onFileChange"/>`;
    static props = {
        onUploaded: Function,
        ...optional({
            acceptedFileExtensions: String,
            checkSize: Boolean,
            fileUploadClass: String,
            inputName: String,
            multiUpload: Boolean,
            onClick: Function,
            onUploadComplete: Function,
            showUploadingText: Boolean,
            slots: Object,
        }),
    };
    static defaultProps = { checkSize: true, showUploadingText: true };

    setup() {
        /** @type {{el: any}} */
        this.fileInputRef = useRef("fileInput");
        this.state = useState({ isUploading: false });
    }

    async onFileChange(ev) {
        const files = [...ev.target.files];
        if (!files.length) {
            return;
        }
        for (const file of files) {
            if (this.props.checkSize && !checkFileSize(file.size, this.env.services.notification)) {
                return;
            }
            this.state.isUploading = this.props.showUploadingText;
            await this.props.onUploaded(await readFile(file));
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
