import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatSelection } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Value in a label whose colour depends on it. */
export class LabelSelectionField extends Component {
    static template = "web.LabelSelectionField";
    static props = { ...standardFieldProps, classesObj: { type: Object, optional: true } };
    static defaultProps = { classesObj: {} };

    get className() {
        return this.props.classesObj[this.props.record.data[this.props.name]] || "primary";
    }

    get string() {
        const { record, name } = this.props;
        return formatSelection(record.data[name], { selection: record.fields[name].selection });
    }
}

export const labelSelectionField = {
    component: LabelSelectionField,
    displayName: _t("Label Selection"),
    supportedTypes: ["selection"],
    extractProps: ({ options }) => ({ classesObj: options.classes }),
};

registry.category("fields").add("label_selection", labelSelectionField);
