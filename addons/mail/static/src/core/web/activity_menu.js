import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Filters of the record's search that show what a number counts. */
const FILTERS = {
    all: ["activities_overdue", "activities_today"],
    overdue: ["activities_overdue"],
    today: ["activities_today"],
    upcoming_all: ["activities_upcoming_all"],
};
const WITHOUT_DOCUMENT = "mail.activity";

/** What the user has to do, by kind of record; each number leads to the records. */
export class ActivityMenu extends Component {
    static template = "mail.ActivityMenu";
    static components = { Dropdown };
    static props = [];

    setup() {
        this.dropdown = useDropdownState();
        this.action = useService("action");
        this.store = useState(useService("mail.store"));
    }

    get groups() {
        return this.store.activityGroups || [];
    }

    /** @returns {string} what is said to those who do not see the number */
    get label() {
        const { activityCounter: counter } = this.store;
        return (counter ? _t("Activities: %s to do", counter) : _t("Activities")).toString();
    }

    onBeforeOpen() {
        return this.store.fetchData({ systray_get_activities: true });
    }

    /** Types of views that show the records of a group. @returns {[false, string][]} */
    availableViews(_group) {
        return [
            [false, "kanban"],
            [false, "list"],
            [false, "form"],
            [false, "activity"],
        ];
    }

    /** @returns {{color: string, count: number, filter: string, text: string}[]} the numbers of a group */
    numbersOf({ overdue_count: late, planned_count: later, today_count: today }) {
        const number = (filter, count, color, text) => ({ color, count, filter, text: text.toString() });
        return [
            number("overdue", late, "danger", _t("%s late", late)),
            number("today", today, "warning", _t("%s today", today)),
            number("upcoming_all", later, "success", _t("%s later", later)),
        ];
    }

    /**
     * Show the records that the user has to do something about.
     *
     * @param {Object} group
     * @param {"all"|"overdue"|"today"|"upcoming_all"} [filter]
     */
    openActivityGroup(group, filter = "all") {
        this.dropdown.close();
        if (group.model === WITHOUT_DOCUMENT) {
            return this.action.doAction("mail.mail_activity_without_access_action", {
                additionalContext: { active_ids: group.activity_ids, active_model: WITHOUT_DOCUMENT },
                clearBreadcrumbs: true,
            });
        }
        const own = [["activity_user_id", "=", user.userId]];
        const chosen = Object.fromEntries(FILTERS[filter].map((name) => [`search_default_${name}`, 1]));
        const action = {
            type: "ir.actions.act_window",
            name: group.name,
            res_model: group.model,
            domain: group.domain ? Domain.and([own, group.domain]).toList() : own,
            context: { force_search_count: 1, ...chosen },
            search_view_id: [false],
            views: this.availableViews(group),
        };
        return this.action.doAction(action, { clearBreadcrumbs: true, viewType: group.view_type });
    }

    openMyActivities() {
        this.dropdown.close();
        return this.action.doAction("mail.mail_activity_action_my", { clearBreadcrumbs: true });
    }
}

registry.category("systray").add("mail.activity_menu", { Component: ActivityMenu }, { sequence: 20 });
