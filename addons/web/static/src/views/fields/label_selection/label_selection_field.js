import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue } from "@web/views/fields/field_value";
import { formatSelection } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { classesObj: option("classes", Object) };

/** Value in a label whose colour depends on it. */
export class LabelSelectionField extends Component {
    static template = "web.LabelSelectionField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { classesObj: {} };

    get className() {
        return this.props.classesObj[getValue(this.props)] || "primary";
    }

    get string() {
        return formatSelection(getValue(this.props), { field: getField(this.props) });
    }
}

export const labelSelectionField = {
    component: LabelSelectionField,
    displayName: _t("Label Selection"),
    supportedTypes: ["selection"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("label_selection", labelSelectionField);
