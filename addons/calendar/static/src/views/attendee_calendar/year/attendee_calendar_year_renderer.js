import { CalendarYearRenderer } from "@web/views/calendar/calendar_year/calendar_year_renderer";

/** Twelve months of people: an event is named once, whoever comes. */
export class AttendeeCalendarYearRenderer extends CalendarYearRenderer {
    convertRecordToEvent(record) {
        return { ...super.convertRecordToEvent(record), id: record.cardId };
    }

    recordsOn(date) {
        return [...new Map(super.recordsOn(date).map((record) => [record.id, record])).values()];
    }
}
