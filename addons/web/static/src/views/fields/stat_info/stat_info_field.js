import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr, digits, option, propTypes, string } from "@web/views/fields/arch_props";
import { getField, getValue, neverEmpty } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { digits, labelField: option("label_field", String), noLabel: attr("nolabel", Boolean), string };

/** Number and label inside a stat button. */
export class StatInfoField extends Component {
    static template = "web.StatInfoField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    get formattedValue() {
        const field = getField(this.props);
        const { digits, record } = this.props;
        const format = registry.category("formatters").get(field.type);
        return format(getValue(this.props) || 0, { digits, field, data: record.data });
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
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
    fieldDependencies: ({ options }) => (options.label_field ? [{ name: options.label_field, type: "char" }] : []),
};

registry.category("fields").add("statinfo", statInfoField);
