import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { ActivityMenu } from "@mail/core/web/activity_menu";

/** The group of today's meetings. */
const MEETING = "meeting";

/** Meetings of today have a line each instead of numbers. */
patch(ActivityMenu.prototype, {
    numbersOf(group) {
        return group.type === MEETING ? [] : super.numbersOf(group);
    },

    /** @returns {{id: number, name: string, time: string}[]} the meetings of a group */
    meetingsOf({ meetings = [] }) {
        const timeOf = (start) => formatDateTime(deserializeDateTime(start), { format: localization.shortTimeFormat });
        return meetings.map(({ allday, id, name, start }) => ({
            id,
            name,
            time: allday ? _t("All day").toString() : timeOf(start),
        }));
    },

    openMeeting(id) {
        this.dropdown.close();
        const form = { res_model: "calendar.event", views: [[false, "form"]] };
        return this.action.doAction({ ...form, res_id: id, type: "ir.actions.act_window" });
    },

    openActivityGroup(group, filter) {
        if (group.type !== MEETING) {
            return super.openActivityGroup(group, filter);
        }
        this.dropdown.close();
        const context = { initial_date: new Date().toISOString().slice(0, 10), search_default_mymeetings: 1 };
        return this.action.doAction("calendar.action_calendar_event", {
            additionalContext: context,
            clearBreadcrumbs: true,
        });
    },
});
