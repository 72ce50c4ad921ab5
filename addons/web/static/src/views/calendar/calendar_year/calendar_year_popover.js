import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { DateTime } from "luxon";
import { localization } from "@web/core/l10n/localization";
import { useActiveElement } from "@web/core/ui/ui_service";
import { groupBy } from "@web/core/utils/arrays";
import { getColor } from "@web/views/calendar/colors";
import { getFormattedDateSpan } from "@web/views/calendar/utils";

/** What is on a day of a year. */
export class CalendarYearPopover extends Component {
    static template = "web.CalendarYearPopover";
    static subTemplates = {
        popover: "web.CalendarYearPopover.popover",
        body: "web.CalendarYearPopover.body",
        footer: "web.CalendarYearPopover.footer",
        record: "web.CalendarYearPopover.record",
    };
    static components = { Dialog };
    static props = {
        close: Function,
        date: Object,
        model: Object,
        records: Array,
        createRecord: Function,
        deleteRecord: Function,
        editRecord: Function,
    };

    setup() {
        useActiveElement("popover");
    }

    get recordGroups() {
        return this.computeRecordGroups();
    }

    get dialogTitle() {
        return this.props.date.toLocaleString(DateTime.DATE_HUGE);
    }

    /** Records that take the same days together; those of one day come first. */
    computeRecordGroups() {
        const groups = groupBy(this.props.records, ({ start, end }) => getFormattedDateSpan(start, end));
        return Object.entries(groups)
            .map(([title, records]) => this.getRecordGroup(title, records))
            .sort((first, second) => first.days - second.days || first.start - second.start);
    }

    getRecordGroup(title, records) {
        const [{ start, end }] = records;
        const days = end.startOf("day").diff(start.startOf("day"), "days").days;
        return { title, records, days, start };
    }

    getRecordClass({ colorIndex }) {
        const color = getColor(colorIndex);
        return typeof color === "number" ? `o_calendar_color_${color}` : "";
    }

    getRecordStyle({ colorIndex }) {
        const color = getColor(colorIndex);
        return typeof color === "string" ? `background-color: ${color};` : "";
    }

    /** When a record begins, where it has hours. */
    getStartTime({ isTimeHidden, start }) {
        return isTimeHidden ? "" : start.toFormat(localization.shortTimeFormat);
    }

    onCreateButtonClick() {
        const { close, createRecord, date } = this.props;
        createRecord({ start: date, end: date, isAllDay: true });
        close();
    }

    onRecordClick(record) {
        const { close, editRecord } = this.props;
        editRecord(record);
        close();
    }
}
