import { Component, onPatched, useEffect } from "@odoo/owl";
import { DateTime, Settings } from "luxon";
import { getLocalWeekNumber } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { renderToFragment } from "@web/core/utils/render";
import { getColor } from "@web/views/calendar/colors";
import { scaleProps, useCalendarPopover, useClickHandler, useFullCalendar } from "@web/views/calendar/hooks";
import { CalendarCommonPopover } from "@web/views/calendar/calendar_common/calendar_common_popover";
import { makeWeekColumn } from "@web/views/calendar/calendar_common/calendar_common_week_column";

/** What FullCalendar calls the scales. */
const VIEWS = { day: "timeGridDay", week: "timeGridWeek", month: "dayGridMonth" };
/** Events up to this many hours have room for one line. */
const SHORT = 0.25;
const SNAP_MINUTES = 15;
const LONG_PRESS = 500;
/** The hour that is at the top at first, where the current one is not shown. */
const FIRST_HOUR = 6;

/** The locale of the user, as the standard of browsers writes it. */
export function fullCalendarLocale() {
    return Settings.defaultLocale || "en";
}

/** Days, a week or a month with their events. */
export class CalendarCommonRenderer extends Component {
    static template = "web.CalendarCommonRenderer";
    static components = { Popover: CalendarCommonPopover };
    static eventTemplate = "web.CalendarCommonRenderer.event";
    static headerTemplate = "web.CalendarCommonRendererHeader";
    static props = scaleProps;

    setup() {
        this.ownClass = /** @type {typeof CalendarCommonRenderer} */ (this.constructor);
        this.notification = useService("notification");
        this.popover = useCalendarPopover(this.ownClass.components.Popover);
        this.click = useClickHandler(this.onClick, this.onDblClick);
        this.fc = useFullCalendar("fullCalendar", this.options);
        useBus(this.props.model.bus, "SCROLL_TO_CURRENT_HOUR", () => this.scrollToCurrentHour());
        useEffect(
            () => {
                this.fc.api.gotoDate(this.props.model.date.toISODate());
                this.updateSize();
            },
            () => [this.props.model.date.toISODate()]
        );
        useEffect(
            (isVisible) => this.fc.api.setOption("weekends", isVisible),
            () => [this.isWeekendVisible]
        );
        onPatched(() => this.popover.close());
    }

    get isWeekendVisible() {
        return this.props.isWeekendVisible !== false || this.props.model.scale === "day";
    }

    // ------------------------------------------------------------------ options

    /** What FullCalendar is told. */
    get options() {
        const { model } = this.props;
        return {
            ...this.languageOptions,
            ...this.interactionOptions,
            allDaySlot: model.hasAllDaySlot,
            dayCellClassNames: this.getDayCellClassNames,
            dayCellDidMount: this.onDayCellDidMount,
            dayHeaderContent: this.getHeaderContent,
            dayHeaderClassNames: this.getDayCellClassNames,
            dayMaxEventRows: model.eventLimit,
            eventClassNames: this.eventClassNames,
            eventContent: this.onEventContent,
            eventDidMount: this.onEventDidMount,
            eventInteractive: true,
            events: (_span, successCb) => successCb(this.mapRecordsToEvents()),
            eventDisplay: "block",
            firstDay: model.firstDayOfWeek,
            headerToolbar: false,
            height: "100%",
            initialDate: model.date.toISODate(),
            initialView: VIEWS[model.scale],
            nowIndicator: true,
            scrollTime: `${Math.max(0, this.firstHour - 1)}:00:00`,
            slotEventOverlap: true,
            timeZone: Settings.defaultZone.name,
            viewDidMount: this.viewDidMount,
            weekends: this.isWeekendVisible,
            weekNumbers: model.scale === "month" && !this.env.isSmall,
            weekNumberCalculation: (date) => getLocalWeekNumber(DateTime.fromJSDate(date)),
            // the library puts it into the cell of a day: it is no part of what that holds, and is drawn before it
            weekNumberContent: () => "",
            weekNumberDidMount: ({ el, num }) => {
                el.setAttribute("data-week", num);
                el.setAttribute("aria-label", `${_t("Week")} ${num}`);
            },
            windowResize: this.onWindowResize,
        };
    }

    get languageOptions() {
        const { shortTimeFormat } = localization;
        const has12Hours = shortTimeFormat.includes("h");
        const hours = { hour: "numeric", minute: "2-digit", omitZeroMinute: has12Hours, hour12: has12Hours };
        return {
            allDayText: _t("All day").toString(),
            direction: localization.direction,
            locale: fullCalendarLocale(),
            moreLinkDidMount: ({ el }) => el.setAttribute("role", "button"),
            moreLinkText: (count) => _t("%s more", count).toString(),
            moreLinkHint: (count) => _t("Show %s more events", count).toString(),
            closeHint: _t("Close").toString(),
            slotLabelFormat: hours,
            weekText: "",
            weekTextLong: _t("Week").toString(),
        };
    }

    get interactionOptions() {
        const { model } = this.props;
        return {
            dateClick: this.onDateClick,
            dragScroll: true,
            editable: model.canEdit,
            eventClick: this.onEventClick,
            eventDragStart: this.onEventDragStart,
            eventDrop: this.onEventDrop,
            eventMouseEnter: this.onEventMouseEnter,
            eventMouseLeave: this.onEventMouseLeave,
            eventResizableFromStart: true,
            eventResize: this.onEventResize,
            eventResizeStart: this.onEventResizeStart,
            eventStartEditable: model.canEdit,
            longPressDelay: LONG_PRESS,
            select: this.onSelect,
            selectAllow: this.isSelectionAllowed,
            selectMinDistance: 5,
            selectMirror: true,
            selectable: model.canCreate,
            snapDuration: { minutes: SNAP_MINUTES },
            unselectAuto: false,
        };
    }

    get firstHour() {
        return this.props.model.rangeStart <= DateTime.local() && DateTime.local() <= this.props.model.rangeEnd
            ? DateTime.local().hour
            : FIRST_HOUR + 1;
    }

    // ------------------------------------------------------------------ events

    /** @returns {Object[]} all records, for FullCalendar */
    mapRecordsToEvents() {
        return Object.values(this.props.model.records).map(this.convertRecordToEvent, this);
    }

    /** @returns {Object} a record, for FullCalendar; there the last day is the one after it */
    convertRecordToEvent(record) {
        const { id, title, start, end, isAllDay } = record;
        return {
            id,
            title,
            start: isAllDay ? start.toISODate() : start.toISO(),
            end: isAllDay ? end.plus({ days: 1 }).toISODate() : end.toISO(),
            allDay: isAllDay,
            editable: this.isEventEditable(record),
        };
    }

    /** Whether an event can be moved. @param {Object} _record */
    isEventEditable(_record) {
        return this.props.model.canEdit;
    }

    /** @returns {Object|undefined} the record of an event of FullCalendar */
    recordOf(event) {
        return this.props.model.records[event.id];
    }

    /** @returns {Object} what became of an event of FullCalendar, for `updateRecord` and `createRecord` of the model */
    fcEventToRecord({ id, allDay, date, start, end }) {
        const record = {
            start: DateTime.fromJSDate(date || start),
            isAllDay: Boolean(allDay),
        };
        if (end) {
            record.end = DateTime.fromJSDate(end);
            if (allDay) {
                record.end = record.end.minus({ days: 1 });
            }
        }
        if (id) {
            const known = this.props.model.records[id];
            record.id = known.id;
            record.end ??= record.start.plus(known.end.diff(known.start));
        }
        return record;
    }

    /** What an event looks like. */
    onEventContent({ event }) {
        const record = this.recordOf(event);
        if (!record) {
            // it is being drawn
            return true;
        }
        const fragment = renderToFragment(this.ownClass.eventTemplate, {
            ...record,
            startTime: this.getStartTime(record),
            endTime: this.getEndTime(record),
        });
        return { domNodes: [...fragment.childNodes] };
    }

    getStartTime(record) {
        return record.start.toFormat(localization.shortTimeFormat);
    }

    getEndTime(record) {
        return record.end.toFormat(localization.shortTimeFormat);
    }

    /** @returns {string[]} */
    eventClassNames({ event }) {
        const record = this.recordOf(event);
        if (!record) {
            return ["o_event"];
        }
        const color = getColor(record.colorIndex);
        const conditions = {
            o_event: true,
            [typeof color === "number" ? `o_calendar_color_${color}` : "o_calendar_color_0"]: typeof color !== "string",
            o_event_hatched: record.isHatched,
            o_event_striked: record.isStriked,
            o_event_oneliner: !record.isAllDay && record.duration <= SHORT,
            o_event_allday: record.isAllDay,
            o_event_dot: record.isMonth && !record.isAllDay && record.start.hasSame(record.end, "day"),
            o_past_event: (record.isAllDay ? record.end.endOf("day") : record.end) < DateTime.local(),
        };
        return Object.keys(conditions).filter((name) => conditions[name]);
    }

    onEventDidMount({ el, event }) {
        const record = this.recordOf(event);
        el.dataset.eventId = event.id;
        if (!record) {
            return;
        }
        el.setAttribute("role", "button");
        el.setAttribute("aria-label", this.eventLabel(record));
        const color = getColor(record.colorIndex);
        if (typeof color === "string") {
            el.style.backgroundColor = color;
        }
    }

    /** What an event is, for those who do not see where it stands. */
    eventLabel({ title, start, end, isAllDay }) {
        const day = start.toLocaleString(DateTime.DATE_FULL);
        const format = localization.shortTimeFormat;
        return isAllDay ? `${title}, ${day}` : `${title}, ${day}, ${start.toFormat(format)} - ${end.toFormat(format)}`;
    }

    // ------------------------------------------------------------------ days

    /** Days on which nobody works look different. */
    getDayCellClassNames({ date }) {
        const day = DateTime.fromJSDate(date).toISODate();
        return this.props.model.unusualDays.includes(day) ? ["o_calendar_disabled"] : [];
    }

    /** A day of a month is called what it holds, not only its number. */
    onDayCellDidMount({ el, view }) {
        if (view.type === VIEWS.month) {
            el.removeAttribute("aria-labelledby");
        }
    }

    getHeaderContent({ date }) {
        const fragment = renderToFragment(this.ownClass.headerTemplate, this.headerTemplateProps(date));
        return { domNodes: [...fragment.childNodes] };
    }

    /** @param {Date} date @returns {Object} what the template of headers knows */
    headerTemplateProps(date) {
        const day = DateTime.fromJSDate(date);
        const { scale } = this.props.model;
        const { weekdayShort, weekdayLong } = day;
        return { weekdayShort, weekdayLong, day: day.day, scale, isToday: day.hasSame(DateTime.local(), "day") };
    }

    viewDidMount({ el, view }) {
        if (view.type === VIEWS.month) {
            makeWeekColumn({ el, showWeek: true, weekText: _t("Week").toString() });
        }
    }

    scrollToCurrentHour() {
        this.fc.api.scrollToTime(`${Math.max(0, DateTime.local().hour - 2)}:00:00`);
    }

    updateSize() {
        this.fc.api.updateSize();
    }

    onWindowResize() {
        this.updateSize();
    }

    // ------------------------------------------------------------------ clicks

    getPopoverProps(record) {
        const { createRecord, deleteRecord, editRecord, model } = this.props;
        return { record, model, createRecord, deleteRecord, editRecord };
    }

    openPopover(target, record) {
        const color = getColor(record.colorIndex);
        const colorClass = typeof color === "number" ? `o_calendar_color_${color}` : "";
        this.popover.open(target, this.getPopoverProps(record), `o_popover_calendar ${colorClass}`);
    }

    onEventClick(info) {
        info.jsEvent.preventDefault();
        if (info.jsEvent.type === "keydown" || info.jsEvent.detail === 0) {
            // keys have no second click
            this.onClick(info);
        } else {
            this.click.handle(info);
        }
    }

    onClick({ el, event }) {
        const record = this.recordOf(event);
        if (record) {
            this.openPopover(el, record);
        }
    }

    onDblClick({ event }) {
        const record = this.recordOf(event);
        if (record) {
            this.props.editRecord(record);
        }
    }

    onDateClick(info) {
        if (info.jsEvent?.defaultPrevented || !this.props.model.canCreate) {
            return;
        }
        this.create(info);
    }

    onSelect(info) {
        this.popover.close();
        this.create(info);
    }

    /** Hours of several days make no event; days do. */
    isSelectionAllowed({ allDay, end, start }) {
        const last = DateTime.fromJSDate(end).minus({ seconds: 1 });
        return allDay || DateTime.fromJSDate(start).hasSame(last, "day");
    }

    async create(info) {
        await this.props.createRecord(this.fcEventToRecord(info));
        this.fc.api?.unselect();
    }

    // ------------------------------------------------------------------ dragging

    onEventDragStart({ el, event }) {
        el.classList.add("o_cw_custom_hover");
        this.popover.close();
        this.fc.api.unselect();
        this.highlight(event, "o_cw_custom_highlight", true);
    }

    onEventDrop({ event }) {
        return this.props.model.updateRecord(this.fcEventToRecord(event), { moved: true });
    }

    onEventResizeStart({ event }) {
        this.popover.close();
        this.fc.api.unselect();
        this.highlight(event, "o_cw_custom_highlight", true);
    }

    onEventResize({ event }) {
        return this.props.model.updateRecord(this.fcEventToRecord(event));
    }

    /** All parts of an event that goes over several rows are pointed at together. */
    onEventMouseEnter({ event }) {
        this.highlight(event, "o_cw_custom_hover", true);
    }

    onEventMouseLeave({ event }) {
        this.highlight(event, "o_cw_custom_hover", false);
    }

    highlight({ id }, className, isOn) {
        for (const el of this.fc.el?.querySelectorAll(`.o_event[data-event-id="${id}"]`) || []) {
            el.classList.toggle(className, isOn);
        }
    }
}
