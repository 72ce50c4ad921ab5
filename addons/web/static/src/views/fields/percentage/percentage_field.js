import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr, digits, propTypes } from "@web/views/fields/arch_props";
import { neverEmpty } from "@web/views/fields/field_value";
import { formatPercentage } from "@web/views/fields/formatters";
import { NumericField } from "@web/views/fields/numeric_field_hook";
import { parsePercentage } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { digits, placeholder: attr("placeholder") };

/** Ratio shown in percents. */
export class PercentageField extends NumericField {
    static template = "web.PercentageField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    parse(text) {
        return parsePercentage(text);
    }

    format(ratio) {
        return formatPercentage(ratio, { digits: this.digits, noSymbol: !this.props.readonly });
    }
}

export const percentageField = {
    component: PercentageField,
    displayName: _t("Percentage"),
    supportedTypes: ["integer", "float"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("percentage", percentageField);
