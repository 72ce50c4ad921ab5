import { FormController } from "@web/views/form/form_controller";
import { useAskRecurrenceUpdatePolicy } from "@calendar/views/ask_recurrence_update_policy_hook";

/** What is no change of the event itself: the user's own answer, and what is asked here. */
const NOT_ASKED = ["current_status", "recurrence_update"];
/** A change of these makes another series. */
const RULE = [
    ...["rrule_type", "rrule_type_ui", "interval", "count", "end_type", "until", "event_tz"],
    ...["mon", "tue", "wed", "thu", "fri", "sat", "sun", "month_by", "day", "weekday", "byday"],
];

/** The form of an event: of one of a series, the user says which events changes are for. */
export class CalendarFormController extends FormController {
    setup() {
        super.setup();
        this.askRecurrenceUpdatePolicy = useAskRecurrenceUpdatePolicy();
    }

    async onWillSaveRecord(record, changes) {
        const names = Object.keys(changes).filter((name) => !NOT_ASKED.includes(name));
        const isOfSeries = record.resId && record.data.recurrence_id;
        if (isOfSeries && names.length && !("recurrence_update" in changes)) {
            const policies = names.some((name) => RULE.includes(name)) ? ["future_events", "all_events"] : undefined;
            const policy = await this.askRecurrenceUpdatePolicy(policies);
            if (!policy) {
                return false;
            }
            changes.recurrence_update = policy;
        }
        return super.onWillSaveRecord(record, changes);
    }
}
