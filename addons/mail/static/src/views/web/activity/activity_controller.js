import { ActivityModel } from "@mail/views/web/activity/activity_model";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { RecordListController } from "@web/views/records_controller";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";

/** Activities of records with what surrounds them. */
export class ActivityController extends RecordListController {
    static template = "mail.ActivityController";
    static props = {
        ...RecordListController.props,
        Model: { type: Function, optional: true },
        buttonTemplate: { type: String, optional: true },
    };
    static defaultProps = { ...RecordListController.defaultProps, Model: ActivityModel };

    setup() {
        super.setup();
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.store = useService("mail.store");
    }

    get modelParams() {
        return { ...super.modelParams, limit: this.props.limit || ActivityModel.DEFAULT_LIMIT };
    }

    get rendererProps() {
        const { activity_res_ids, activity_types, grouped_activities } = this.model.activityData;
        return {
            activityResIds: activity_res_ids,
            activityTypes: activity_types,
            archInfo: this.archInfo,
            fields: this.props.fields,
            groupedActivities: grouped_activities,
            onEmptyCell: (resId, typeId) => this.openActivityFormView(resId, typeId),
            onReloadData: () => this.model.load(),
            onScheduleActivity: () => this.scheduleActivity(),
            onSendMailTemplate: (templateId, resIds) => this.sendMailTemplate(templateId, resIds),
            openRecord: (record) => this.openRecord(record),
            records: this.model.root.records,
            resModel: this.props.resModel,
            viewId: this.env.config.viewId,
        };
    }

    /** Choose records that something is to be done about. */
    scheduleActivity() {
        this.dialog.add(SelectCreateDialog, {
            context: this.props.context,
            domain: this.props.domain,
            multiSelect: true,
            noCreate: !this.activeActions.create,
            onSelected: async (resIds) => {
                await this.store.scheduleActivity(this.props.resModel, resIds);
                await this.model.load();
            },
            resModel: this.props.resModel,
            searchViewId: this.env.searchModel?.searchViewId || false,
            title: _t("About what?").toString(),
        });
    }

    /** Plan something of a kind about a record. */
    openActivityFormView(resId, activityTypeId) {
        const action = {
            type: "ir.actions.act_window",
            name: _t("Schedule an activity").toString(),
            res_model: "mail.activity",
            res_id: false,
            view_mode: "form",
            views: [[false, "form"]],
            target: "new",
            context: {
                default_activity_type_id: activityTypeId,
                default_res_id: resId,
                default_res_model: this.props.resModel,
            },
        };
        return this.action.doAction(action, { onClose: () => this.model.load() });
    }

    async sendMailTemplate(templateId, resIds) {
        await this.orm.call(this.props.resModel, "activity_send_mail", [resIds, templateId], {});
        this.env.services.notification.add(_t("Written to %s records", resIds.length), { type: "success" });
        await this.model.load();
    }
}
