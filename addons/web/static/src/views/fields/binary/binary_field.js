import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { isBinarySize, toBase64Length } from "@web/core/utils/files";
import { FileUploader } from "@web/views/fields/file_handler";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export const MAX_FILENAME_SIZE_BYTES = 0xff;

/** File kept in a field. */
export class BinaryField extends Component {
    static template = "web.BinaryField";
    static components = { FileUploader };
    static props = {
        ...standardFieldProps,
        acceptedFileExtensions: { type: String, optional: true },
        fileNameField: { type: String, optional: true },
    };
    static defaultProps = { acceptedFileExtensions: "*" };

    get fileName() {
        const { record, fileNameField, name } = this.props;
        const value = record.data[fileNameField] || record.data[name] || "";
        return value.slice(0, toBase64Length(MAX_FILENAME_SIZE_BYTES));
    }

    update({ data, name }) {
        const { fileNameField, record } = this.props;
        const changes = { [this.props.name]: data || false };
        if (fileNameField in record.fields && record.data[fileNameField] !== name) {
            changes[fileNameField] = name || "";
        }
        return record.update(changes);
    }

    getDownloadData() {
        const { record, name } = this.props;
        const value = record.data[name];
        return {
            model: record.resModel,
            id: record.resId,
            field: name,
            filename_field: this.fileName,
            filename: this.fileName || "",
            download: true,
            data: isBinarySize(value) ? null : value,
        };
    }

    async onFileDownload() {
        await download({ data: this.getDownloadData(), url: "/web/content" });
    }
}

/** File in a list: only its name and download. */
export class ListBinaryField extends BinaryField {}

export const binaryField = {
    component: BinaryField,
    displayName: _t("File"),
    supportedTypes: ["binary"],
    extractProps: ({ attrs, options }) => ({
        acceptedFileExtensions: options.accepted_file_extensions,
        fileNameField: attrs.filename,
    }),
    fieldDependencies: ({ attrs }) => (attrs.filename ? [{ name: attrs.filename, type: "char", readonly: false }] : []),
};

export const listBinaryField = { ...binaryField, component: ListBinaryField };

registry.category("fields").add("binary", binaryField).add("list.binary", listBinaryField);
