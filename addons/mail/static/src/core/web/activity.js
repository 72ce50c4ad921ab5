import { Component, useState } from "@odoo/owl";
import { ActivityMailTemplate } from "@mail/core/web/activity_mail_template";
import { ActivityMarkAsDone } from "@mail/core/web/activity_markasdone_popover";
import { FileInput } from "@web/core/file_input/file_input";
import { formatDate, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { useService } from "@web/core/utils/hooks";
import { imageUrl } from "@web/core/utils/urls";

/** Something to do, among those of a document: it is done, changed or called off. */
export class Activity extends Component {
    static template = "mail.Activity";
    static components = { ActivityMailTemplate, FileInput };
    static props = {
        activity: Object,
        onActivityChanged: { type: Function, optional: true },
        reloadParentView: { type: Function, optional: true },
    };
    static defaultProps = { onActivityChanged: () => {}, reloadParentView: () => {} };

    setup() {
        this.storeService = useState(useService("mail.store"));
        this.orm = useService("orm");
        this.state = useState({ showDetails: false });
        this.markDonePopover = usePopover(ActivityMarkAsDone, { position: "bottom-start" });
    }

    /** What it is, in few words. */
    get displayName() {
        const { display_name: name, summary } = this.props.activity;
        return summary || name || "";
    }

    /** Days until it is due. */
    get delay() {
        return this.props.activity.daysLeft;
    }

    /** @returns {string} when it is due, as people say it */
    get delayText() {
        const texts = { "-1": _t("Yesterday"), 0: _t("Today"), 1: _t("Tomorrow") };
        const { delay } = this;
        const text = texts[delay] || (delay < 0 ? _t("%s days late", -delay) : _t("In %s days", delay));
        return text.toString();
    }

    /** @returns {string} class of the colour */
    get delayClass() {
        return { overdue: "text-danger", today: "text-warning" }[this.props.activity.state] || "text-success";
    }

    /** @returns {{label: string, value: string}[]} what is good to know and mostly needs no room */
    get details() {
        const { activity } = this.props;
        const found = [
            [_t("Kind"), activity.activity_type_id?.[1]],
            [_t("Planned by"), activity.create_uid?.[1]],
            [_t("Planned on"), activity.create_date && formatDateTime(activity.create_date)],
            [_t("Due on"), activity.date_deadline && formatDate(activity.date_deadline)],
        ];
        return found
            .filter(([, value]) => value)
            .map(([label, value]) => ({ label: label.toString(), value: value.toString() }));
    }

    /** @returns {string|undefined} where the person is who has it to do */
    get personUrl() {
        const { persona } = this.props.activity;
        return persona && `/odoo/res.partner/${persona.id}`;
    }

    get avatarUrl() {
        const { persona, user_id: user } = this.props.activity;
        return persona?.avatarUrl || imageUrl("res.users", user?.[0], "avatar_128");
    }

    /** The document, where clients know it. */
    get thread() {
        const { res_id: id, res_model: model } = this.props.activity;
        return this.storeService.Thread?.insert({ id, model });
    }

    /** Tell the page that the document changed. */
    async tellChanged() {
        await this.props.onActivityChanged(this.thread || this.documentOf(this.props.activity));
        await this.props.reloadParentView();
    }

    documentOf({ res_id: id, res_model: model }) {
        return { id, model };
    }

    toggleDetails() {
        this.state.showDetails = !this.state.showDetails;
    }

    onClickMarkAsDone(ev) {
        if (this.markDonePopover.isOpen) {
            this.markDonePopover.close();
            return;
        }
        const { activity } = this.props;
        const { thread } = this;
        const { onActivityChanged, reloadParentView } = this.props;
        this.markDonePopover.open(ev.currentTarget, {
            activity,
            hasHeader: true,
            onActivityChanged: async (changed) => {
                await onActivityChanged(thread || changed);
                await reloadParentView();
            },
        });
    }

    /** The files that were asked for are there, and belong to the activity: it is done. */
    async onFileUploaded() {
        const { activity } = this.props;
        const changed = this.thread || this.documentOf(activity);
        await activity.markAsDone();
        activity.remove();
        await this.props.onActivityChanged(changed);
        await this.props.reloadParentView();
    }

    async edit() {
        await this.props.activity.edit();
        await this.tellChanged();
    }

    async unlink() {
        const { activity } = this.props;
        const changed = this.thread || this.documentOf(activity);
        await this.orm.unlink("mail.activity", [activity.id]);
        activity.remove();
        await this.props.onActivityChanged(changed);
        await this.props.reloadParentView();
    }
}
