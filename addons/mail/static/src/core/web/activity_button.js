import { Component, useRef } from "@odoo/owl";
import { LaterActivityListPopover } from "@mail/core/web/later/later";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";

/** What the button reads of the record, by type. */
const READ = {
    char: ["activity_exception_icon", "activity_summary", "activity_type_icon"],
    many2one: ["activity_type_id"],
    selection: ["activity_exception_decoration", "activity_state"],
};

/** Fields of the record that the button and those who use it read. */
export const ACTIVITY_DEPENDENCIES = Object.entries(READ).flatMap(([type, names]) =>
    names.map((name) => ({
        name,
        type,
        ...(type === "many2one" && { relation: "mail.activity.type" }),
        ...(type === "selection" && { selection: [] }),
    }))
);

const COLORS = { overdue: "text-danger", planned: "text-success", today: "text-warning" };

/** Button of a record: whether something has to be done about it, and what. */
export class ActivityButton extends Component {
    static template = "mail.ActivityButton";
    static props = { record: Object };

    setup() {
        this.buttonRef = useRef("button");
        this.popover = usePopover(LaterActivityListPopover, { position: "bottom-start" });
    }

    get buttonClass() {
        const { data } = this.props.record;
        if (data.activity_exception_decoration) {
            return `text-${data.activity_exception_decoration} ${data.activity_exception_icon || "fa-warning"}`;
        }
        if (!data.activity_state) {
            return "fa-clock-o text-muted";
        }
        return `${COLORS[data.activity_state]} ${data.activity_type_icon || "fa-tasks"}`;
    }

    get title() {
        const { data } = this.props.record;
        if (data.activity_exception_decoration) {
            return _t("Needs attention").toString();
        }
        const what = data.activity_summary || data.activity_type_id?.[1];
        return data.activity_state && what ? what : _t("Show activities").toString();
    }

    /** Records whose activities are shown: all that are chosen, when this is one of them. */
    get shownRecords() {
        const { record } = this.props;
        const selection = record.model.root.selection || [];
        return selection.length > 1 && selection.some(({ resId }) => resId === record.resId) ? selection : [record];
    }

    async onClick() {
        if (this.popover.isOpen) {
            this.popover.close();
            return;
        }
        const { record } = this.props;
        const records = this.shownRecords;
        this.popover.open(this.buttonRef.el, {
            activityIds: records.flatMap(({ data }) => data.activity_ids.currentIds),
            onActivityChanged: () => this.reload(records),
            resId: record.resId,
            resIds: records.length > 1 ? records.map(({ resId }) => resId) : undefined,
            resModel: record.resModel,
        });
    }

    /** Show what became of the records; the list stays open while something is in it. */
    async reload(records) {
        const { model } = this.props.record;
        await (records.length > 1 ? model.load() : this.props.record.load());
    }
}
