import { Component, useState } from "@odoo/owl";
import { ActivityMailTemplate } from "@mail/core/web/activity_mail_template";
import { ActivityMarkAsDone } from "@mail/core/web/activity_markasdone_popover";
import { FileInput } from "@web/core/file_input/file_input";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { imageUrl } from "@web/core/utils/urls";

/** An activity in the list that a button of a record opens. */
export class ActivityListPopoverItem extends Component {
    static template = "mail.ActivityListPopoverItem";
    static components = { ActivityMailTemplate, ActivityMarkAsDone, FileInput };
    static props = {
        activity: Object,
        onActivityChanged: { type: Function, optional: true },
        onClickDoneAndScheduleNext: { type: Function, optional: true },
        onClickEditActivityButton: { type: Function, optional: true },
    };
    static defaultProps = { onActivityChanged: () => {}, onClickEditActivityButton: () => {} };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ hasMarkDoneView: false });
        this.closeMarkAsDone = () => {
            this.state.hasMarkDoneView = false;
        };
    }

    get activityAssigneeAvatar() {
        const { user_id: user } = this.props.activity;
        return imageUrl("res.users", user?.[0], "avatar_128");
    }

    get delayLabel() {
        const { daysLeft } = this.props.activity;
        const texts = { "-1": _t("Yesterday"), 0: _t("Today"), 1: _t("Tomorrow") };
        const text = texts[daysLeft] || (daysLeft < 0 ? _t("%s days late", -daysLeft) : _t("In %s days", daysLeft));
        return text.toString();
    }

    /** Whether files are what has to be done. */
    get hasFileUploader() {
        return this.props.activity.activity_category === "upload_file";
    }

    get hasEditButton() {
        return this.props.activity.can_write;
    }

    get hasMarkDoneButton() {
        return this.props.activity.can_write && !this.hasFileUploader;
    }

    onClickMarkAsDone() {
        this.state.hasMarkDoneView = !this.state.hasMarkDoneView;
    }

    async onClickEditActivityButton() {
        this.props.onClickEditActivityButton();
        await this.props.activity.edit();
        this.props.onActivityChanged();
    }

    /** The files belong to the activity: it is done. */
    async onFileUploaded() {
        const { activity, onActivityChanged } = this.props;
        await activity.markAsDone();
        activity.remove();
        onActivityChanged();
    }

    async unlink() {
        const { activity, onActivityChanged } = this.props;
        await this.orm.unlink("mail.activity", [activity.id]);
        activity.remove();
        onActivityChanged();
    }
}
