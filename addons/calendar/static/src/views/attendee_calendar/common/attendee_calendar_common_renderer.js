import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { AttendeeCalendarCommonPopover } from "@calendar/views/attendee_calendar/common/attendee_calendar_common_popover";

/** Days, a week or a month of people: cards look as their attendees answered. */
export class AttendeeCalendarCommonRenderer extends CalendarCommonRenderer {
    static components = { ...CalendarCommonRenderer.components, Popover: AttendeeCalendarCommonPopover };
    static eventTemplate = "calendar.AttendeeCalendarCommonRenderer.event";

    convertRecordToEvent(record) {
        return { ...super.convertRecordToEvent(record), id: record.cardId };
    }

    /** Who may not change an event does not move it. */
    isEventEditable(record) {
        return super.isEventEditable(record) && record.rawRecord.user_can_edit !== false;
    }

    eventClassNames(info) {
        const names = super.eventClassNames(info);
        const record = this.recordOf(info.event);
        if (!record) {
            return names;
        }
        if (record.rawRecord.is_highlighted) {
            names.push("o_event_highlight");
        }
        if (record.isAlone) {
            names.push("o_attendee_status_alone");
        } else if (record.attendeeStatus) {
            names.push(`o_attendee_status_${record.attendeeStatus}`);
        }
        return names;
    }
}
