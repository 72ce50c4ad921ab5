import { useService } from "@web/core/utils/hooks";
import { user } from "@web/core/user";
import { _t } from "@web/core/l10n/translation";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { CalendarCommonPopover } from "@web/views/calendar/calendar_common/calendar_common_popover";

/** What users answer. */
const ANSWERS = [
    ["accepted", _t("Yes")],
    ["tentative", _t("Maybe")],
    ["declined", _t("No")],
];

/** What an event tells when it is clicked, where those who are invited answer. */
export class AttendeeCalendarCommonPopover extends CalendarCommonPopover {
    static components = { ...CalendarCommonPopover.components, Dropdown, DropdownItem };
    static subTemplates = {
        ...CalendarCommonPopover.subTemplates,
        footer: "calendar.AttendeeCalendarCommonPopover.footer",
    };

    setup() {
        super.setup();
        this.actionService = useService("action");
        this.answers = ANSWERS.map(([value, label]) => ({ value, label: label.toString() }));
    }

    get isCurrentUserOrganizer() {
        return this.props.record.isCurrentUserOrganizer;
    }

    get isCurrentUserAttendee() {
        return this.props.record.isCurrentUserAttendee;
    }

    /** Whether the user is asked: on the own card, and where somebody else comes, too. */
    get displayAttendeeAnswerChoice() {
        const { attendeeId, rawRecord } = this.props.record;
        return this.isCurrentUserAttendee && attendeeId === user.partnerId && rawRecord.attendees_count > 1;
    }

    get isEventEditable() {
        return this.props.record.rawRecord.user_can_edit !== false;
    }

    /** Organizers delete on their own card, others do not come. */
    get isEventDeletable() {
        return super.isEventDeletable && (this.isDeletion || this.isCurrentUserAttendee);
    }

    get isDeletion() {
        return this.isCurrentUserOrganizer && this.props.record.attendeeId === user.partnerId;
    }

    get hasFooter() {
        return super.hasFooter || this.displayAttendeeAnswerChoice;
    }

    get deleteLabel() {
        return (this.isDeletion ? _t("Delete") : _t("Decline")).toString();
    }

    get answerLabel() {
        const answer = this.answers.find(({ value }) => value === this.props.record.ownStatus);
        return answer ? _t("Coming: %s", answer.label).toString() : _t("Will you come?").toString();
    }

    async changeAttendeeStatus(status) {
        const { close, model, record } = this.props;
        if (record.ownStatus !== status) {
            close();
            await model.changeAttendeeStatus(record, status);
        }
    }
}
