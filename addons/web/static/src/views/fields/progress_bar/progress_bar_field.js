import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { exprToBoolean } from "@web/core/utils/booleans";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { parseFloat } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Bar of a value compared to a maximum. */
export class ProgressBarField extends Component {
    static template = "web.ProgressBarField";
    static props = {
        ...standardFieldProps,
        maxValueField: { type: [String, Number], optional: true },
        currentValueField: { type: String, optional: true },
        isEditable: { type: Boolean, optional: true },
        isCurrentValueEditable: { type: Boolean, optional: true },
        isMaxValueEditable: { type: Boolean, optional: true },
        title: { type: String, optional: true },
        overflowClass: { type: String, optional: true },
    };

    get currentValueField() {
        return this.props.currentValueField || this.props.name;
    }

    get currentValue() {
        return this.props.record.data[this.currentValueField] || 0;
    }

    get maxValue() {
        const { maxValueField, record } = this.props;
        return typeof maxValueField === "string" ? record.data[maxValueField] || 100 : maxValueField || 100;
    }

    get width() {
        return Math.max(0, Math.min(100, (this.currentValue / (this.maxValue || 100)) * 100));
    }

    get isPercentage() {
        return !this.props.maxValueField;
    }

    format(value) {
        return Number.isInteger(value)
            ? formatInteger(value)
            : formatFloat(value, { digits: [16, 2], trailingZeros: false });
    }

    onChange(ev) {
        try {
            this.props.record.update({ [this.currentValueField]: parseFloat(ev.target.value) }, { save: true });
        } catch {
            this.props.record.setInvalidField(this.props.name);
        }
    }
}

export const progressBarField = {
    component: ProgressBarField,
    displayName: _t("Progress Bar"),
    supportedTypes: ["integer", "float"],
    isEmpty: () => false,
    extractProps: ({ attrs, options }, dynamicInfo) => ({
        maxValueField: options.max_value,
        currentValueField: options.current_value,
        isEditable: options.editable && !dynamicInfo.readonly,
        isCurrentValueEditable: exprToBoolean(options.editable) && !options.edit_max_value,
        isMaxValueEditable: options.edit_max_value,
        title: attrs.title,
        overflowClass: options.overflow_class || "bg-secondary",
    }),
    fieldDependencies: ({ options }) => {
        const names = [options.max_value, options.current_value].filter((name) => typeof name === "string");
        return names.map((name) => ({ name, type: "float" }));
    },
};

registry.category("fields").add("progressbar", progressBarField);
