import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { isBinarySize } from "@web/core/utils/files";
import { url } from "@web/core/utils/urls";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { getValue, setValue } from "@web/views/fields/field_value";
import { FileUploader } from "@web/views/fields/file_handler";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { fileNameField: option("filename", String), previewImage: option("preview_image", String) };

/** PDF file in the viewer of the browser; the field `<name>_page` of the record tells its page. */
export class PdfViewerField extends Component {
    static template = "web.PdfViewerField";
    static components = { FileUploader };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.state = useState({ objectUrl: "" });
    }

    get value() {
        return getValue(this.props);
    }

    /** @returns {string|null} address of the file with the page to begin with */
    get url() {
        const { name, previewImage, record } = this.props;
        if (!this.state.objectUrl && !this.value) {
            return null;
        }
        const page = record.data[`${name}_page`] || 1;
        const { resId: id, resModel: model } = record;
        const isStored = isBinarySize(this.value) && !this.state.objectUrl;
        const content = isStored ? url("/web/content", { model, id, field: previewImage || name }) : this.shownUrl;
        return `${content}#page=${page}`;
    }

    get shownUrl() {
        return this.state.objectUrl || `data:application/pdf;base64,${this.value}`;
    }

    onFileUploaded({ data, objectUrl }) {
        this.state.objectUrl = objectUrl || "";
        return setValue(this.props, data);
    }

    onFileRemove() {
        this.state.objectUrl = "";
        return setValue(this.props, false);
    }
}

export const pdfViewerField = {
    component: PdfViewerField,
    displayName: _t("PDF Viewer"),
    supportedTypes: ["binary"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("pdf_viewer", pdfViewerField);
