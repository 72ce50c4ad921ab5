import { Component, onPatched, useEffect, useRef } from "@odoo/owl";
import { DateTime, Info, Settings } from "luxon";
import { localization } from "@web/core/l10n/localization";
import { range } from "@web/core/utils/numbers";
import { getColor } from "@web/views/calendar/colors";
import { scaleProps, useCalendarPopover, useFullCalendar } from "@web/views/calendar/hooks";
import { CalendarYearPopover } from "@web/views/calendar/calendar_year/calendar_year_popover";

/** Twelve months, whose days show whether there is something. */
export class CalendarYearRenderer extends Component {
    static template = "web.CalendarYearRenderer";
    static components = { Popover: CalendarYearPopover };
    static props = scaleProps;

    setup() {
        this.months = range(0, 12).map((index) => ({ index, name: Info.months("long")[index] }));
        this.rootRef = useRef("root");
        const { components } = /** @type {typeof CalendarYearRenderer} */ (this.constructor);
        this.popover = useCalendarPopover(components.Popover);
        this.fcs = this.months.map(({ index }) => useFullCalendar(`fullCalendar-${index}`, this.optionsOf(index)));
        useEffect(
            (year) => this.fcs.forEach((fc, index) => fc.api.gotoDate(this.firstDay(index, year))),
            () => [this.props.model.date.year]
        );
        useEffect(
            (weekends) => this.fcs.forEach((fc) => fc.api.setOption("weekends", weekends !== false)),
            () => [this.props.isWeekendVisible]
        );
        useEffect(() => this.markDays());
        onPatched(() => this.popover.close());
    }

    firstDay(index, year = this.props.model.date.year) {
        return DateTime.fromObject({ year, month: index + 1, day: 1 }).toISODate();
    }

    // ------------------------------------------------------------------ options

    /** What the calendar of a month is told. */
    optionsOf(index) {
        return { ...this.options, initialDate: this.firstDay(index) };
    }

    /** What each calendar is told. */
    get options() {
        const { model } = this.props;
        return {
            contentHeight: "auto",
            dateClick: this.onDateClick,
            dayCellClassNames: this.getDayCellClassNames,
            dayHeaderFormat: { weekday: "narrow" },
            direction: localization.direction,
            editable: false,
            eventClassNames: this.eventClassNames,
            eventDidMount: this.onEventDidMount,
            events: (_span, successCb) => successCb(this.mapRecordsToEvents()),
            firstDay: model.firstDayOfWeek,
            fixedWeekCount: false,
            headerToolbar: false,
            initialView: "dayGridMonth",
            locale: Settings.defaultLocale || "en",
            select: this.onSelect,
            selectMinDistance: 5,
            selectMirror: true,
            selectable: model.canCreate && !this.env.isSmall,
            showNonCurrentDates: false,
            timeZone: Settings.defaultZone.name,
            unselectAuto: false,
            weekends: this.props.isWeekendVisible !== false,
        };
    }

    mapRecordsToEvents() {
        return Object.values(this.props.model.records).map(this.convertRecordToEvent, this);
    }

    /** @returns {Object} a record as the background of its days */
    convertRecordToEvent({ id, title, start, end }) {
        return {
            id,
            title,
            start: start.toISODate(),
            end: end.plus({ days: 1 }).toISODate(),
            allDay: true,
            display: "background",
        };
    }

    eventClassNames({ event }) {
        const record = this.props.model.records[event.id];
        const color = record && getColor(record.colorIndex);
        const colorClass = typeof color === "string" ? [] : [`o_calendar_color_${color || 0}`];
        return [
            "o_event",
            ...colorClass,
            ...(record?.isHatched ? ["o_event_hatched"] : []),
            ...(record?.isStriked ? ["o_event_striked"] : []),
        ];
    }

    onEventDidMount({ el, event }) {
        el.dataset.eventId = event.id;
        const color = getColor(this.props.model.records[event.id]?.colorIndex);
        if (typeof color === "string") {
            el.style.backgroundColor = color;
        }
    }

    getDayCellClassNames({ date }) {
        const day = DateTime.fromJSDate(date).toISODate();
        return this.props.model.unusualDays.includes(day) ? ["o_calendar_disabled"] : [];
    }

    // ------------------------------------------------------------------ days

    /** Records of a day, those of one day first. */
    recordsOn(date) {
        const day = date.startOf("day");
        const found = Object.values(this.props.model.records).filter(
            ({ start, end }) => start.startOf("day") <= day && end.endOf("day") >= day
        );
        return found.sort((first, second) => first.start.toMillis() - second.start.toMillis());
    }

    /** Days can be reached by keys: one of all is in the order of tabs. */
    markDays() {
        /** @type {HTMLElement[]} */
        const days = [...this.rootRef.el.querySelectorAll(".fc-daygrid-day[data-date]:not(.fc-day-disabled)")];
        const current = this.props.model.date.toISODate();
        const first = days.find((day) => day.dataset.date === current) || days[0];
        for (const day of days) {
            const date = DateTime.fromISO(day.dataset.date);
            const count = this.recordsOn(date).length;
            const name = date.toLocaleString(DateTime.DATE_FULL);
            day.tabIndex = day === first ? 0 : -1;
            day.setAttribute("aria-label", count ? `${name} (${count})` : name);
        }
    }

    onKeydown(ev) {
        const cell = ev.target.closest(".fc-daygrid-day[data-date]");
        const steps = { ArrowUp: -7, ArrowDown: 7, ArrowLeft: -1, ArrowRight: 1 };
        if (!cell) {
            return;
        }
        const date = DateTime.fromISO(cell.dataset.date);
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.openDay(date, cell);
        } else if (ev.key in steps) {
            ev.preventDefault();
            const sign = localization.direction === "rtl" && ["ArrowLeft", "ArrowRight"].includes(ev.key) ? -1 : 1;
            const other = date.plus({ days: sign * steps[ev.key] }).toISODate();
            /** @type {HTMLElement|null} */
            const next = this.rootRef.el.querySelector(`.fc-daygrid-day[data-date="${other}"]`);
            if (next) {
                cell.tabIndex = -1;
                next.tabIndex = 0;
                next.focus();
            }
        }
    }

    // ------------------------------------------------------------------ clicks

    getPopoverProps(date, records) {
        const { createRecord, deleteRecord, editRecord, model } = this.props;
        return { date, records, model, createRecord, deleteRecord, editRecord };
    }

    openPopover(target, date, records) {
        this.popover.open(target, this.getPopoverProps(date, records), "o_cw_popover_year");
    }

    onDateClick({ date, dayEl }) {
        return this.openDay(DateTime.fromJSDate(date), dayEl);
    }

    /** What is on a day, or something new on it; on a small screen the day itself. */
    openDay(date, target) {
        if (this.env.isSmall) {
            return this.props.model.load({ date, scale: "day" });
        }
        const records = this.recordsOn(date);
        if (records.length) {
            return this.openPopover(target, date, records);
        }
        return this.create({ start: date, end: date, isAllDay: true });
    }

    onSelect({ start, end }) {
        this.popover.close();
        return this.create({
            start: DateTime.fromJSDate(start),
            end: DateTime.fromJSDate(end).minus({ days: 1 }),
            isAllDay: true,
        });
    }

    async create(record) {
        if (this.props.model.canCreate) {
            await this.props.createRecord(record);
        }
        this.fcs.forEach((fc) => fc.api?.unselect());
    }
}
