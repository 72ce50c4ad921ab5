import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { neverEmpty } from "@web/views/fields/field_value";
import { formatFloatTime } from "@web/views/fields/formatters";
import { INPUT_PROPS, NumericField } from "@web/views/fields/numeric_field_hook";
import { parseFloatTime } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { ...INPUT_PROPS, displaySeconds: option("displaySeconds", Boolean) };

/** Hours, shown as 01:30. */
export class FloatTimeField extends NumericField {
    static template = "web.FloatTimeField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { inputType: "text" };

    parse(text) {
        return parseFloatTime(text);
    }

    format(hours) {
        return formatFloatTime(hours, this.props);
    }
}

export const floatTimeField = {
    component: FloatTimeField,
    displayName: _t("Time"),
    supportedTypes: ["float"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("float_time", floatTimeField);
