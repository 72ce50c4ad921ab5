import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { useAskRecurrenceUpdatePolicy } from "@calendar/views/ask_recurrence_update_policy_hook";

/** Events in rows: of one of a series, the user says which events a change is for. */
export class CalendarListController extends ListController {
    setup() {
        super.setup();
        this.askRecurrenceUpdatePolicy = useAskRecurrenceUpdatePolicy();
    }

    async onWillSaveRecord(record, changes) {
        if (record.resId && record.data.recurrency && !("recurrence_update" in changes)) {
            const policy = await this.askRecurrenceUpdatePolicy();
            if (!policy) {
                return false;
            }
            changes.recurrence_update = policy;
        }
        return super.onWillSaveRecord?.(record, changes);
    }
}

export const CalendarListView = { ...listView, Controller: CalendarListController };

registry.category("views").add("calendar_list_view", CalendarListView);
