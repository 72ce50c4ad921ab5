import { Component } from "@odoo/owl";
import { FileInput } from "@web/core/file_input/file_input";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useX2ManyCrud } from "@web/views/fields/relational_utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Attachments. */
export class Many2ManyBinaryField extends Component {
    static template = "web.Many2ManyBinaryField";
    static components = { FileInput };
    static props = {
        ...standardFieldProps,
        acceptedFileExtensions: { type: String, optional: true },
        className: { type: String, optional: true },
        numberOfFiles: { type: Number, optional: true },
    };

    setup() {
        this.notification = useService("notification");
        this.operations = useX2ManyCrud(() => this.props.record.data[this.props.name], true);
    }

    get files() {
        return this.props.record.data[this.props.name].records.map((record) => ({ ...record.data, id: record.resId }));
    }

    async onFileUploaded(files) {
        const failed = files.find((file) => file.error);
        if (failed) {
            this.notification.add(failed.error, { title: _t("Uploading error"), type: "danger" });
            return;
        }
        await this.operations.saveRecord(files.map((file) => file.id));
    }

    onFileRemove(id) {
        const record = this.props.record.data[this.props.name].records.find((item) => item.resId === id);
        return this.operations.removeRecord(record);
    }
}

export const many2ManyBinaryField = {
    component: Many2ManyBinaryField,
    displayName: _t("Files"),
    supportedTypes: ["many2many"],
    isEmpty: () => false,
    relatedFields: [
        { name: "name", type: "char" },
        { name: "mimetype", type: "char" },
    ],
    extractProps: ({ attrs, options }) => ({
        acceptedFileExtensions: options.accepted_file_extensions,
        className: attrs.class,
        numberOfFiles: options.number_of_files,
    }),
};

registry.category("fields").add("many2many_binary", many2ManyBinaryField);
