import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, propTypes } from "@web/views/fields/arch_props";
import { isUnset } from "@web/views/fields/field_value";
import { formatInteger } from "@web/views/fields/formatters";
import { NUMBER_PROPS, PlainNumberField } from "@web/views/fields/numeric_field_hook";
import { parseInteger } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Whole number. */
export class IntegerField extends PlainNumberField {
    static template = "web.IntegerField";
    static props = { ...standardFieldProps, ...propTypes(NUMBER_PROPS) };

    parse(text) {
        return parseInteger(text);
    }

    format(value, options) {
        return formatInteger(value, options);
    }
}

export const integerField = {
    component: IntegerField,
    displayName: _t("Integer"),
    supportedTypes: ["integer"],
    isEmpty: isUnset,
    ...archProps(NUMBER_PROPS),
};

registry.category("fields").add("integer", integerField);
