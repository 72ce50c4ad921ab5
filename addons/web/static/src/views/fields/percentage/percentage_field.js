import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { digitsOf } from "@web/views/fields/float/float_field";
import { formatPercentage } from "@web/views/fields/formatters";
import { useNumericField } from "@web/views/fields/numeric_field_hook";
import { parsePercentage } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Ratio shown in percents. */
export class PercentageField extends Component {
    static template = "web.PercentageField";
    static props = {
        ...standardFieldProps,
        digits: { type: Array, optional: true },
        placeholder: { type: String, optional: true },
    };

    setup() {
        useNumericField(this, (value) => parsePercentage(value));
    }

    get formattedValue() {
        const digits = this.props.digits || this.props.record.fields[this.props.name].digits;
        return formatPercentage(this.props.record.data[this.props.name], { digits, noSymbol: !this.props.readonly });
    }
}

export const percentageField = {
    component: PercentageField,
    displayName: _t("Percentage"),
    supportedTypes: ["integer", "float"],
    isEmpty: () => false,
    extractProps: (info) => ({ digits: digitsOf(info), placeholder: info.attrs.placeholder }),
};

registry.category("fields").add("percentage", percentageField);
