import { Component, useRef } from "@odoo/owl";
import { DateTime } from "luxon";
import { ActivityListPopover } from "@mail/core/web/activity_list_popover";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { imageUrl } from "@web/core/utils/urls";

/** More people are a number. */
const SHOWN_USERS = 2;

/** Activities of one kind of a record: the next day, how many, and who does them. */
export class ActivityCell extends Component {
    static template = "mail.ActivityCell";
    static props = {
        activityIds: { type: Array, element: Number },
        activityTypeId: Number,
        attachmentsInfo: { type: Object, optional: true },
        countByState: Object,
        reloadFunc: Function,
        reportingDate: String,
        resId: Number,
        resModel: String,
        state: String,
        userAssignedIds: { type: Array, element: Number },
    };

    setup() {
        this.contentRef = useRef("content");
        this.popover = usePopover(ActivityListPopover, { position: "bottom-start" });
    }

    get isDone() {
        return this.props.state === "done";
    }

    get dateText() {
        const day = deserializeDate(this.props.reportingDate);
        const isThisYear = day.year === DateTime.local().year;
        return isThisYear ? day.toLocaleString({ day: "numeric", month: "short" }) : formatDate(day);
    }

    get title() {
        const day = formatDate(deserializeDate(this.props.reportingDate));
        return (this.isDone ? _t("Done on %s", day) : _t("Due on %s", day)).toString();
    }

    /** @returns {number} activities that are not done */
    get ongoingCount() {
        const { done = 0, ...others } = this.props.countByState;
        return Object.values(others).reduce((sum, count) => sum + count, 0) || done;
    }

    get userPictures() {
        const ids = this.props.userAssignedIds;
        const shown = ids.length > SHOWN_USERS + 1 ? ids.slice(0, SHOWN_USERS) : ids;
        return shown.map((id) => ({ id, source: imageUrl("res.users", id, "avatar_128") }));
    }

    get otherUsers() {
        return this.props.userAssignedIds.length - this.userPictures.length;
    }

    get attachmentUrl() {
        const { attachmentsInfo } = this.props;
        return attachmentsInfo && `/web/content/${attachmentsInfo.most_recent_id}?download=true`;
    }

    onClick() {
        if (this.popover.isOpen) {
            this.popover.close();
            return;
        }
        const { activityIds, activityTypeId, reloadFunc, resId, resModel } = this.props;
        this.popover.open(this.contentRef.el, {
            activityIds,
            defaultActivityTypeId: activityTypeId,
            onActivityChanged: () => reloadFunc(),
            resId,
            resModel,
        });
    }
}
