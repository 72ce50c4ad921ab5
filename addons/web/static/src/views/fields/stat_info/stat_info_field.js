import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { exprToBoolean } from "@web/core/utils/booleans";
import { digitsOf } from "@web/views/fields/float/float_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Number and label inside a stat button. */
export class StatInfoField extends Component {
    static template = "web.StatInfoField";
    static props = {
        ...standardFieldProps,
        labelField: { type: String, optional: true },
        noLabel: { type: Boolean, optional: true },
        digits: { type: Array, optional: true },
        string: { type: String, optional: true },
    };

    get formattedValue() {
        const { record, name, digits } = this.props;
        const field = record.fields[name];
        const formatter = registry.category("formatters").get(field.type);
        return formatter(record.data[name] || 0, { digits, field, data: record.data });
    }

    get label() {
        const { labelField, record, string } = this.props;
        return labelField ? record.data[labelField] : string;
    }
}

export const statInfoField = {
    component: StatInfoField,
    displayName: _t("Stat Info"),
    supportedTypes: ["float", "integer", "monetary"],
    isEmpty: () => false,
    extractProps: (info) => ({
        digits: digitsOf(info),
        labelField: info.options.label_field,
        noLabel: exprToBoolean(info.attrs.nolabel),
        string: info.string,
    }),
    fieldDependencies: ({ options }) => (options.label_field ? [{ name: options.label_field, type: "char" }] : []),
};

registry.category("fields").add("statinfo", statInfoField);
