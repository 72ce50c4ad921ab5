import { Component } from "@odoo/owl";
import { FormLabel } from "@web/views/form/form_label";

/** One option of a settings page: field on the left, label, help and details on the right. */
export class Setting extends Component {
    static template = "web.Setting";
    static components = { FormLabel };
    /** @type {Object} */
    static props = {
        id: { type: String, optional: true },
        title: { type: String, optional: true },
        fieldId: { type: String, optional: true },
        help: { type: String, optional: true },
        fieldName: { type: String, optional: true },
        fieldInfo: { type: Object, optional: true },
        class: { type: String, optional: true },
        record: { type: Object, optional: true },
        documentation: { type: String, optional: true },
        string: { type: String, optional: true },
        companyDependent: { type: Boolean, optional: true },
        slots: { type: Object, optional: true },
        "*": true,
    };

    get isBoolean() {
        return this.props.fieldName && this.props.record.fields[this.props.fieldName].type === "boolean";
    }

    get label() {
        return this.props.string || this.props.fieldInfo?.string || "";
    }
}
