import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useInputText } from "@web/core/utils/input_text";
import { archProps, attr, flag, option, prop, propTypes } from "@web/views/fields/arch_props";
import { neverEmpty } from "@web/views/fields/field_value";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { parseFloat } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const editable = flag("editable");
const maximumEditable = flag("edit_max_value");
const ARCH_PROPS = {
    title: attr("title"),
    currentValueField: option("current_value", String),
    maxValueField: option("max_value", [String, Number]),
    isEditable: prop(Boolean, (info, { readonly }) => editable.read(info) && !readonly, "editable"),
    isCurrentValueEditable: prop(Boolean, (info) => editable.read(info) && !maximumEditable.read(info)),
    isMaxValueEditable: maximumEditable,
    overflowClass: option("overflow_class", String, "bg-secondary"),
};

/** Bar of a value compared to a maximum. */
export class ProgressBarField extends Component {
    static template = "web.ProgressBarField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        const recordId = () => this.props.record.id;
        useInputText("current", () => this.format(this.currentValue), recordId);
        useInputText("maximum", () => this.format(this.maxValue), recordId);
    }

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

    /** A maximum that never changes says nothing: the value is told in percents. */
    get isPercentage() {
        return typeof this.props.maxValueField !== "string";
    }

    get canChangeCurrent() {
        return this.props.isEditable && this.props.isCurrentValueEditable;
    }

    get canChangeMaximum() {
        const { isEditable, isMaxValueEditable } = this.props;
        return isEditable && isMaxValueEditable && !this.isPercentage;
    }

    format(value) {
        return Number.isInteger(value)
            ? formatInteger(value)
            : formatFloat(value, { digits: [16, 2], trailingZeros: false });
    }

    /** Keep what is typed for one of both fields; where the record is only read, it is saved at once. */
    async onChange(fieldName, ev) {
        const { name, readonly, record } = this.props;
        let value;
        try {
            value = parseFloat(ev.target.value);
        } catch {
            await record.setInvalidField(name);
            return;
        }
        const isWhole = record.fields[fieldName].type === "integer";
        await record.update({ [fieldName]: isWhole ? Math.floor(value) : value }, { save: Boolean(readonly) });
        ev.target.value = this.format(record.data[fieldName] || 0);
    }

    /** The name of what an input holds, for screen readers. */
    inputLabel(fieldName) {
        return this.props.record.fields[fieldName]?.string || "";
    }
}

export const progressBarField = {
    component: ProgressBarField,
    displayName: _t("Progress Bar"),
    supportedTypes: ["integer", "float"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
    fieldDependencies: ({ options }) => {
        const names = [options.max_value, options.current_value].filter((name) => typeof name === "string");
        return names.map((name) => ({ name, type: "float" }));
    },
};

registry.category("fields").add("progressbar", progressBarField);
