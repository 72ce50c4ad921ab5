import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import {
    areDatesEqual,
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    parseDate,
    parseDateTime,
    today,
} from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { archProps, attr, dynamic, flag, option, prop, propTypes } from "@web/views/fields/arch_props";
import { getField } from "@web/views/fields/field_value";
import { optional, standardFieldProps } from "@web/views/fields/standard_field_props";

const START_DATE_FIELD_OPTION = "start_date_field";
const END_DATE_FIELD_OPTION = "end_date_field";

/** What nodes tell about dates. */
export const DATE_PROPS = {
    placeholder: attr("placeholder"),
    required: dynamic("required", Boolean),
    // the other end of a range, and whether it is always shown
    startDateField: option(START_DATE_FIELD_OPTION, String),
    endDateField: option(END_DATE_FIELD_OPTION, String),
    alwaysRange: flag("always_range"),
    // what may be chosen
    minDate: option("min_date", String),
    maxDate: option("max_date", String),
    minPrecision: option("min_precision", true),
    maxPrecision: option("max_precision", true),
    rounding: prop(Number, ({ options }) => options.rounding && parseInt(options.rounding, 10), "rounding"),
    warnFuture: flag("warn_future"),
    // what is written
    showSeconds: flag("show_seconds"),
    showTime: flag("show_time", true),
};

/** Date, or date with time, or a range of two fields. */
export class DateTimeField extends Component {
    static template = "web.DateTimeField";
    static props = { ...standardFieldProps, ...propTypes(DATE_PROPS), ...optional({ condensed: Boolean }) };
    static defaultProps = { showSeconds: false, showTime: true };

    setup() {
        /** @type {{el: any}} */
        this.startRef = useRef("start-date");
        /** @type {{el: any}} */
        this.endRef = useRef("end-date");
        this.state = useState({ picking: null, draft: undefined });
        this.popover = usePopover(DateTimePicker, {
            position: "bottom-start",
            popoverClass: "o_datetime_popover",
            onClose: () => this.commitDraft(),
        });
        this.shown = ["", ""];
        useEffect(() => this.showValues());
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(this.commitInputs()));
        useBus(this.props.record.model.bus, "WILL_SAVE_URGENTLY", () => this.commitInputs());
    }

    get startField() {
        return this.props.startDateField || this.props.name;
    }

    get endField() {
        return this.props.endDateField || (this.props.startDateField ? this.props.name : null);
    }

    get isRange() {
        return Boolean(this.endField) && (this.props.alwaysRange || this.relatedIsShown);
    }

    get relatedIsShown() {
        return Boolean(this.endField);
    }

    get type() {
        return getField(this.props).type;
    }

    get values() {
        const { data } = this.props.record;
        const saved = [data[this.startField], this.endField ? data[this.endField] : false];
        return this.state.draft || saved;
    }

    text(index) {
        const value = this.values[index];
        if (!value) {
            return "";
        }
        if (this.type === "date") {
            return formatDate(value);
        }
        return formatDateTime(value, { showSeconds: this.props.showSeconds, showTime: this.props.showTime });
    }

    /** Write the values in the inputs, but over nothing that is being typed. */
    showValues() {
        for (const [index, ref] of [this.startRef, this.endRef].entries()) {
            const text = this.text(index);
            const isTyped =
                ref.el &&
                ref.el === document.activeElement &&
                ref.el.value !== this.shown[index] &&
                text === this.shown[index];
            if (ref.el && !isTyped && !this.props.record.isFieldInvalid(index ? this.endField : this.startField)) {
                ref.el.value = text;
            }
            this.shown[index] = text;
        }
    }

    get isFuture() {
        return this.props.warnFuture && this.values[0] && this.values[0] > today().endOf("day");
    }

    limit(value) {
        if (!value) {
            return undefined;
        }
        if (value === "today") {
            return today();
        }
        return this.type === "date" ? deserializeDate(value) : deserializeDateTime(value);
    }

    open(index) {
        const ref = index ? this.endRef : this.startRef;
        if (this.popover.isOpen && this.index === index) {
            return;
        }
        this.index = index;
        this.popover.open(ref.el, this.pickerProps(index));
    }

    pickerProps(index) {
        return {
            value: this.isRange ? this.values : this.values[0],
            focusedDateIndex: this.isRange ? index : 0,
            range: this.isRange,
            type: this.type === "datetime" && this.props.showTime ? "datetime" : "date",
            minDate: this.limit(this.props.minDate),
            maxDate: this.limit(this.props.maxDate),
            rounding: this.props.rounding,
            onSelect: (value, unit) => this.onSelect(value, unit),
        };
    }

    async onSelect(value, unit) {
        this.state.draft = this.isRange ? value : [value, this.values[1]];
        const isLast = !this.isRange || this.index === 1;
        const withTime = this.type === "datetime" && this.props.showTime;
        if (unit === "date" && !withTime && isLast) {
            this.popover.close();
        } else {
            const ref = this.index ? this.endRef : this.startRef;
            if (unit === "date" && !withTime) {
                this.index = 1;
            }
            this.popover.open(ref.el, this.pickerProps(this.index));
        }
    }

    async commitDraft() {
        const { draft } = this.state;
        if (draft) {
            this.state.draft = undefined;
            await this.apply(draft);
        }
    }

    async apply(values) {
        const changes = {};
        const { data } = this.props.record;
        if (!areDatesEqual(values[0], data[this.startField])) {
            changes[this.startField] = values[0];
        }
        if (this.endField && !areDatesEqual(values[1], data[this.endField])) {
            changes[this.endField] = values[1];
        }
        if (Object.keys(changes).length) {
            await this.props.record.update(changes);
        }
    }

    parse(text) {
        return this.type === "date" ? parseDate(text) : parseDateTime(text);
    }

    async onInputChange(index) {
        const { el } = index ? this.endRef : this.startRef;
        if (!el || el.value === this.text(index)) {
            return;
        }
        let value;
        try {
            value = this.parse(el.value);
        } catch {
            await this.props.record.setInvalidField(index ? this.endField : this.startField);
            return;
        }
        const values = [...this.values];
        values[index] = value;
        this.state.draft = undefined;
        this.popover.close();
        await this.apply(values);
        el.value = this.text(index);
    }

    async commitInputs() {
        await this.commitDraft();
        for (const index of this.endField && this.isRange ? [0, 1] : [0]) {
            await this.onInputChange(index);
        }
    }

    onKeydown(ev) {
        if (["Enter", "Tab"].includes(ev.key)) {
            this.popover.close();
        } else if (ev.key === "ArrowDown" && !this.popover.isOpen) {
            this.open(this.index || 0);
        }
    }
}

export const dateField = {
    component: DateTimeField,
    displayName: _t("Date"),
    supportedTypes: ["date"],
    ...archProps(DATE_PROPS),
    fieldDependencies: ({ type, options }) => {
        const partner = options[START_DATE_FIELD_OPTION] || options[END_DATE_FIELD_OPTION];
        return partner ? [{ name: partner, type, readonly: false }] : [];
    },
};

export const dateTimeField = { ...dateField, displayName: _t("Date & Time"), supportedTypes: ["datetime"] };

export const dateRangeField = {
    ...dateTimeField,
    displayName: _t("Date Range"),
    supportedTypes: ["date", "datetime"],
    listViewWidth: ({ type }) => (type === "datetime" ? 294 : 180),
    isValid: (record, fieldName, fieldInfo) => {
        if (
            fieldInfo.widget === "daterange" &&
            !record.data[fieldInfo.options[END_DATE_FIELD_OPTION]] !== !record.data[fieldName]
        ) {
            return !fieldInfo.required;
        }
        return !record.isFieldInvalid(fieldName);
    },
};

registry.category("fields").add("date", dateField).add("daterange", dateRangeField).add("datetime", dateTimeField);
