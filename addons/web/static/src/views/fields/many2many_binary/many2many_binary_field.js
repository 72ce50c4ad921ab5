import { Component } from "@odoo/owl";
import { FileInput } from "@web/core/file_input/file_input";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { archProps, attr, option, propTypes } from "@web/views/fields/arch_props";
import { getValue, neverEmpty } from "@web/views/fields/field_value";
import { useX2ManyCrud } from "@web/views/fields/relational_utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = {
    className: attr("class"),
    acceptedFileExtensions: option("accepted_file_extensions", String),
    numberOfFiles: option("number_of_files", Number),
};

/** Attachments. */
export class Many2ManyBinaryField extends Component {
    static template = "web.Many2ManyBinaryField";
    static components = { FileInput };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.notification = useService("notification");
        this.operations = useX2ManyCrud(() => this.attachments, true);
    }

    get attachments() {
        return getValue(this.props);
    }

    get files() {
        return this.attachments.records.map(({ data, resId: id }) => ({ ...data, id }));
    }

    /** Whether there is room for another file. */
    get takesMore() {
        const { numberOfFiles, readonly } = this.props;
        return !readonly && (!numberOfFiles || this.files.length < numberOfFiles);
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
        return this.attachments.addAndRemove({ remove: [id] });
    }
}

export const many2ManyBinaryField = {
    component: Many2ManyBinaryField,
    displayName: _t("Files"),
    supportedTypes: ["many2many"],
    isEmpty: neverEmpty,
    relatedFields: ["name", "mimetype"].map((name) => ({ name, type: "char" })),
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("many2many_binary", many2ManyBinaryField);
