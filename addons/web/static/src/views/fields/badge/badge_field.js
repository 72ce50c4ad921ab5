import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const formatters = registry.category("formatters");

/** Value in a coloured pill. */
export class BadgeField extends Component {
    static template = "web.BadgeField";
    static props = { ...standardFieldProps, decorations: { type: Object, optional: true } };
    static defaultProps = { decorations: {} };

    get formattedValue() {
        const { record, name } = this.props;
        const formatter = formatters.get(record.fields[name].type);
        return formatter(record.data[name], {
            selection: record.fields[name].selection,
            field: record.fields[name],
            data: record.data,
        });
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
    extractProps: ({ decorations }) => ({ decorations }),
};

registry.category("fields").add("badge", badgeField);
