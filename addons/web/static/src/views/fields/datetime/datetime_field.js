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
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { evalModifier } from "@web/views/utils";

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
    rounding: prop(
        Number,
        ({ options: { rounding } }) => (rounding || rounding === 0) && parseInt(rounding, 10),
        "rounding"
    ),
    warnFuture: flag("warn_future"),
    // what is written
    condensed: flag("condensed"),
    showSeconds: flag("show_seconds", true),
    showTime: flag("show_time", true),
};

/** Date, or date with time, or a range of two fields. */
export class DateTimeField extends Component {
    static template = "web.DateTimeField";
    static props = { ...standardFieldProps, ...propTypes(DATE_PROPS) };
    static defaultProps = { showSeconds: true, showTime: true };

    setup() {
        /** @type {{el: any}} */
        this.startRef = useRef("start-date");
        /** @type {{el: any}} */
        this.endRef = useRef("end-date");
        this.state = useState({ draft: undefined });
        this.popover = usePopover(DateTimePicker, {
            arrow: false,
            // one goes on typing
            setActiveElement: false,
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

    /** Whether both ends are shown: when they have to be, or when both are set. */
    get isRange() {
        const { alwaysRange, required } = this.props;
        return Boolean(this.endField) && (alwaysRange || required || this.values.every(Boolean));
    }

    /** Which end an input alone stands for: the one that is set, else that of the field itself. */
    get singleIndex() {
        const [start, end] = this.values;
        const own = this.startField === this.props.name ? 0 : 1;
        return !this.endField || start ? 0 : end ? 1 : own;
    }

    /** Ends that have an input. */
    get shownIndexes() {
        return this.isRange ? [0, 1] : [this.singleIndex];
    }

    shows(index) {
        return this.shownIndexes.includes(index);
    }

    /** Whether the other end can be added. */
    get canAddOther() {
        return Boolean(this.endField) && !this.isRange && this.values.some(Boolean);
    }

    get endLabel() {
        return this.props.record.fields[this.endField]?.string || "";
    }

    get addLabel() {
        return (this.values[0] ? _t("Add end date") : _t("Add start date")).toString();
    }

    /** The other end is an hour away until something else is chosen. */
    async addOther() {
        const [start, end] = this.values;
        const values = start ? [start, start.plus({ hours: 1 })] : [end.minus({ hours: 1 }), end];
        await this.apply(values);
        const { el } = start ? this.endRef : this.startRef;
        el?.focus();
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
        const { condensed, showSeconds, showTime } = this.props;
        return this.type === "date"
            ? formatDate(value, { condensed })
            : formatDateTime(value, { condensed, showSeconds, showTime });
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
        return this.props.warnFuture && this.values.some((value) => value && value > today().endOf("day"));
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
            value: this.isRange ? this.values : this.values[index],
            focusedDateIndex: this.isRange ? index : 0,
            range: this.isRange,
            type: this.type === "datetime" && this.props.showTime ? "datetime" : "date",
            minDate: this.limit(this.props.minDate),
            maxDate: this.limit(this.props.maxDate),
            minPrecision: this.props.minPrecision,
            maxPrecision: this.props.maxPrecision,
            rounding: this.props.rounding,
            onSelect: (value, unit) => this.onSelect(value, unit),
        };
    }

    async onSelect(value, unit) {
        if (this.isRange) {
            this.state.draft = value;
        } else {
            const values = [...this.values];
            values[this.index] = value;
            this.state.draft = values;
        }
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
        if (!el.value.trim() && this.props.required) {
            // what has to be there cannot be taken away
            el.value = this.text(index);
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
        for (const index of this.shownIndexes) {
            await this.onInputChange(index);
        }
    }

    onKeydown(ev) {
        if (["Enter", "Tab"].includes(ev.key)) {
            this.popover.close();
        } else if (ev.key === "ArrowDown" && !this.popover.isOpen) {
            this.open(ev.target === this.endRef.el ? 1 : 0);
        }
    }
}

export const dateField = {
    component: DateTimeField,
    displayName: _t("Date"),
    supportedTypes: ["date"],
    ...archProps(DATE_PROPS),
    fieldDependencies: ({ name, type, options }) => {
        const { [START_DATE_FIELD_OPTION]: start, [END_DATE_FIELD_OPTION]: end } = options;
        if (start && end) {
            console.warn(`The field "${name}" is one end of a period: only one of the options tells the other end`);
        }
        const partner = start || end;
        return partner ? [{ name: partner, type, readonly: false }] : [];
    },
};

export const dateTimeField = { ...dateField, displayName: _t("Date & Time"), supportedTypes: ["datetime"] };

export const dateRangeField = {
    ...dateTimeField,
    displayName: _t("Date Range"),
    supportedTypes: ["date", "datetime"],
    listViewWidth: ({ type }) => (type === "datetime" ? 294 : 180),
    /** One end alone is not enough where the period is required. */
    isValid: (record, fieldName, { options, required }) => {
        const partner = options[START_DATE_FIELD_OPTION] || options[END_DATE_FIELD_OPTION];
        const isHalf = Boolean(partner) && !record.data[partner] !== !record.data[fieldName];
        if (isHalf && evalModifier(required, record.evalContextWithVirtualIds)) {
            return false;
        }
        return !record.isFieldInvalid(fieldName);
    },
};

registry.category("fields").add("date", dateField).add("daterange", dateRangeField).add("datetime", dateTimeField);
