import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { DateTime } from "luxon";
import { getStartOfLocalWeek, MAX_VALID_DATE, MIN_VALID_DATE, today } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { ensureArray } from "@web/core/utils/arrays";
import { range } from "@web/core/utils/numbers";

/** How exact a date can be, from the finest on. */
const PRECISIONS = ["days", "months", "years", "decades"];
/** What a page of each precision is moved by. */
const STEPS = { days: { months: 1 }, months: { years: 1 }, years: { years: 12 }, decades: { years: 120 } };

/** Calendar of one month (or months, or years) with an optional clock. */
export class DateTimePicker extends Component {
    static template = "web.DateTimePicker";
    static props = {
        focusedDateIndex: { type: Number, optional: true },
        value: { optional: true },
        type: { type: String, optional: true },
        range: { type: Boolean, optional: true },
        minDate: { optional: true },
        maxDate: { optional: true },
        minPrecision: { optional: true },
        maxPrecision: { optional: true },
        onSelect: { type: Function, optional: true },
        rounding: { type: Number, optional: true },
        showWeekNumbers: { type: Boolean, optional: true },
        isDateValid: { type: Function, optional: true },
        dayCellClass: { type: Function, optional: true },
        slots: { type: Object, optional: true },
        daysOfWeekFormat: { optional: true },
        close: { type: Function, optional: true },
        tz: { optional: true },
        onReset: { type: Function, optional: true },
    };
    static defaultProps = { focusedDateIndex: 0, type: "datetime", range: false, rounding: 5, onSelect: () => {} };

    setup() {
        this.state = useState({ precision: this.minPrecision, focus: this.focusOf(this.props) });
        onWillUpdateProps((nextProps) => {
            this.state.focus = this.focusOf(nextProps);
        });
    }

    get values() {
        return ensureArray(this.props.value ?? false).map((value) => value || false);
    }

    get minDate() {
        return this.props.minDate || MIN_VALID_DATE;
    }

    get maxDate() {
        return this.props.maxDate || MAX_VALID_DATE;
    }

    /** The finest that can be chosen. */
    get minPrecision() {
        return this.props.minPrecision || PRECISIONS[0];
    }

    /** The coarsest that is gone back to. */
    get maxPrecision() {
        return this.props.maxPrecision || PRECISIONS.at(-1);
    }

    /** First year of the page of years or decades. */
    get firstYear() {
        const years = this.state.precision === "decades" ? 120 : 12;
        return Math.floor(this.state.focus.year / years) * years;
    }

    get title() {
        const { focus, precision } = this.state;
        const formats = { days: "MMMM yyyy", months: "yyyy" };
        if (formats[precision]) {
            return focus.toFormat(formats[precision]);
        }
        return `${this.firstYear} - ${this.firstYear + (precision === "decades" ? 119 : 11)}`;
    }

    get weekdays() {
        const start = getStartOfLocalWeek(this.state.focus);
        return range(0, 7).map((days) => start.plus({ days }).toFormat("ccccc"));
    }

    get weeks() {
        const start = getStartOfLocalWeek(this.state.focus.startOf("month"));
        return range(0, 6).map((week) => range(0, 7).map((day) => this.dayItem(start.plus({ days: week * 7 + day }))));
    }

    get cells() {
        const { focus, precision } = this.state;
        if (precision === "months") {
            return range(1, 13).map((month) => ({
                date: focus.set({ day: 1, month }),
                label: focus.set({ day: 1, month }).toFormat("MMM"),
            }));
        }
        const step = precision === "decades" ? 10 : 1;
        const first = this.firstYear;
        return range(first, first + 12 * step, step).map((year) => ({
            date: focus.set({ day: 1, year }),
            label: step === 1 ? String(year) : `${year} - ${year + 9}`,
        }));
    }

    get String() {
        return String;
    }

    get time() {
        const value = this.values[this.props.focusedDateIndex];
        const hasSeconds = value && this.showSeconds;
        return {
            hour: value ? value.hour : 12,
            minute: value ? value.minute : 0,
            second: hasSeconds ? value.second : 0,
        };
    }

    /** Without a rounding even seconds are chosen. */
    get showSeconds() {
        return this.props.rounding === 0;
    }

    get hours() {
        return range(0, 24);
    }

    get seconds() {
        return range(0, 60);
    }

    get minutes() {
        const step = this.props.rounding || 1;
        const list = range(0, 60, step);
        const { minute } = this.time;
        return list.includes(minute) ? list : [...list, minute].sort((a, b) => a - b);
    }

    get weekStart() {
        return localization.weekStart;
    }

    focusOf(props) {
        const values = ensureArray(props.value ?? false);
        return values[props.focusedDateIndex] || values.find(Boolean) || today();
    }

    dayItem(date) {
        const [start, end] = this.values;
        const day = date.startOf("day");
        const isSame = (value) => value && value.hasSame(date, "day");
        return {
            date,
            label: date.day,
            isOut: date.month !== this.state.focus.month,
            isToday: date.hasSame(DateTime.local(), "day"),
            isSelected: isSame(start) || isSame(end),
            isBetween: this.props.range && start && end && day > start.startOf("day") && day < end.startOf("day"),
            isDisabled:
                day.endOf("day") < this.minDate || day > this.maxDate || this.props.isDateValid?.(date) === false,
            extraClass: this.props.dayCellClass?.(date) || "",
        };
    }

    move(direction) {
        const step = STEPS[this.state.precision];
        this.state.focus = direction > 0 ? this.state.focus.plus(step) : this.state.focus.minus(step);
    }

    zoomOut() {
        const { precision } = this.state;
        if (precision !== this.maxPrecision) {
            this.state.precision = PRECISIONS[PRECISIONS.indexOf(precision) + 1] || precision;
        }
    }

    /** Go to something finer, or take it where there is nothing finer. */
    zoomIn(date) {
        const { precision } = this.state;
        this.state.focus = date;
        if (precision === this.minPrecision) {
            this.selectDay({ date: date.startOf(precision === "months" ? "month" : "year") });
        } else {
            this.state.precision = PRECISIONS[PRECISIONS.indexOf(precision) - 1];
        }
    }

    selectDay(item) {
        if (!item.isDisabled) {
            const date = this.props.type === "date" ? item.date.startOf("day") : item.date.set(this.time);
            this.emit(date, "date");
        }
    }

    selectTime(unit, text) {
        const base = this.values[this.props.focusedDateIndex] || DateTime.local();
        this.emit(base.set({ ...this.time, [unit]: Number(text) }), "time");
    }

    emit(date, unit) {
        if (!this.props.range) {
            this.props.onSelect(date, unit);
            return;
        }
        const values = [...this.values];
        values[this.props.focusedDateIndex] = date;
        const [start, end] = values;
        if (start && end && start > end) {
            values[1 - this.props.focusedDateIndex] = date;
        }
        this.props.onSelect(values, unit);
    }
}
