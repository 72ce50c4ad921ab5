import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { isBinarySize, toBase64Length } from "@web/core/utils/files";
import { archProps, attr, option, propTypes } from "@web/views/fields/arch_props";
import { getValue } from "@web/views/fields/field_value";
import { FileUploader } from "@web/views/fields/file_handler";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export const MAX_FILENAME_SIZE_BYTES = 0xff;

const ARCH_PROPS = {
    acceptedFileExtensions: option("accepted_file_extensions", String),
    fileNameField: attr("filename"),
};

/** File kept in a field. */
export class BinaryField extends Component {
    static template = "web.BinaryField";
    static components = { FileUploader };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { acceptedFileExtensions: "*" };

    get fileName() {
        const { record, fileNameField } = this.props;
        const name = record.data[fileNameField] || getValue(this.props) || "";
        return name.slice(0, toBase64Length(MAX_FILENAME_SIZE_BYTES));
    }

    /** Keep a file, or none; its name goes with it where the record has a field for that. */
    update({ data, name = "" }) {
        const { fileNameField, name: ownName, record } = this.props;
        const isNamed = fileNameField in record.fields;
        return record.update({ ...(isNamed && { [fileNameField]: name }), [ownName]: data || false });
    }

    getDownloadData() {
        const { record, name: field } = this.props;
        const value = getValue(this.props);
        return {
            model: record.resModel,
            id: record.resId,
            field,
            filename: this.fileName,
            filename_field: this.fileName,
            download: true,
            // what the server has already need not be sent
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
    ...archProps(ARCH_PROPS),
    fieldDependencies: ({ attrs }) => (attrs.filename ? [{ name: attrs.filename, type: "char", readonly: false }] : []),
};

export const listBinaryField = { ...binaryField, component: ListBinaryField };

registry.category("fields").add("binary", binaryField).add("list.binary", listBinaryField);
