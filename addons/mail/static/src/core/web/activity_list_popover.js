import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { ActivityListPopoverItem } from "@mail/core/web/activity_list_popover_item";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** States in the order in which they matter. */
const STATES = ["overdue", "today", "planned"];

/** What has to be done about a record, or about those that are chosen, and a button to plan more. */
export class ActivityListPopover extends Component {
    static template = "mail.ActivityListPopover";
    static components = { ActivityListPopoverItem };
    static props = {
        activityIds: Array,
        close: { type: Function, optional: true },
        defaultActivityTypeId: { type: [Number, Boolean], optional: true },
        onActivityChanged: { type: Function, optional: true },
        resId: { type: Number, optional: true },
        resIds: { type: Array, element: Number, optional: true },
        resModel: String,
    };
    static defaultProps = { close: () => {}, onActivityChanged: () => {} };

    setup() {
        this.state = useState({ isLoaded: false });
        this.store = useState(useService("mail.store"));
        this.orm = useService("orm");
        const ask = (props) => {
            this.updateFromProps(props);
        };
        ask(this.props);
        onWillUpdateProps(ask);
    }

    /** @returns {Object[]} the next one first */
    get activities() {
        const shown = new Set(this.props.activityIds);
        return Object.values(this.store.Activity.records)
            .filter(({ active, id }) => active && shown.has(id))
            .sort((a, b) => a.daysLeft - b.daysLeft || a.id - b.id);
    }

    /** @returns {{activities: Object[], label: string, state: string}[]} activities by what they need */
    get groups() {
        const labels = { overdue: _t("Late"), today: _t("Today"), planned: _t("Planned") };
        const { activities } = this;
        return STATES.map((state) => ({
            activities: activities.filter((activity) => activity.state === state),
            label: labels[state].toString(),
            state,
        })).filter((group) => group.activities.length);
    }

    /** Ask for what is not known yet. */
    async updateFromProps({ activityIds }) {
        if (activityIds.length) {
            const data = await this.orm.silent.call("mail.activity", "activity_format", [activityIds]);
            this.store.insert(data, { html: true });
        }
        this.state.isLoaded = true;
    }

    async onClickAddActivityButton() {
        const { close, defaultActivityTypeId, onActivityChanged, resId, resIds, resModel } = this.props;
        close();
        const ids = resIds?.length ? resIds : [resId];
        await this.store.scheduleActivity(resModel, ids, defaultActivityTypeId || undefined);
        onActivityChanged();
    }

    /** What comes next is asked for in a dialog. */
    onClickDoneAndScheduleNext() {
        this.props.close();
    }

    onActivityChanged() {
        if (!this.activities.length) {
            this.props.close();
        }
        this.props.onActivityChanged();
    }
}
