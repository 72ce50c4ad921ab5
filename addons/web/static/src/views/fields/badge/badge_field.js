import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { archProps, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { decorations: prop(Object, (info) => info.decorations) };

/** Value in a coloured pill. */
export class BadgeField extends Component {
    static template = "web.BadgeField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { decorations: {} };

    get formattedValue() {
        const field = getField(this.props);
        const format = registry.category("formatters").get(field.type);
        return format(getValue(this.props), { field, data: this.props.record.data });
    }

    get classFromDecoration() {
        const { evalContext } = this.props.record;
        for (const [name, expression] of Object.entries(this.props.decorations)) {
            if (evaluateBooleanExpr(expression, evalContext)) {
                return `text-bg-${name}`;
            }
        }
        return "";
    }
}

export const badgeField = {
    component: BadgeField,
    displayName: _t("Badge"),
    supportedTypes: ["selection", "many2one", "char"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("badge", badgeField);
