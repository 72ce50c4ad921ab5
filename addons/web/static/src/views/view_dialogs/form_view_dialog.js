import { Component, useSubEnv } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useChildRef, useService } from "@web/core/utils/hooks";
import { View } from "@web/views/view";

/** Form of a record in a dialog. */
export class FormViewDialog extends Component {
    static template = "web.FormViewDialog";
    static components = { Dialog, View };
    static props = {
        close: Function,
        resModel: String,
        context: { type: Object, optional: true },
        nextRecordsContext: { type: Object, optional: true },
        readonly: { type: Boolean, optional: true },
        onRecordSaved: { type: Function, optional: true },
        onRecordSave: { type: Function, optional: true },
        onRecordDiscarded: { type: Function, optional: true },
        removeRecord: { type: Function, optional: true },
        resId: { type: [Number, Boolean], optional: true },
        title: { optional: true },
        viewId: { type: [Number, Boolean], optional: true },
        preventCreate: { type: Boolean, optional: true },
        preventEdit: { type: Boolean, optional: true },
        isToMany: { type: Boolean, optional: true },
        size: { type: String, optional: true },
        mode: { type: String, optional: true },
        canExpand: { type: Boolean, optional: true },
    };
    static defaultProps = {
        onRecordSaved: () => {},
        preventCreate: false,
        preventEdit: false,
        isToMany: false,
        size: "lg",
        canExpand: true,
    };

    setup() {
        this.actionService = useService("action");
        this.modalRef = useChildRef();
        this.env.dialogData.dismiss = () => this.discardRecord();
        const { isToMany, resId, context, resModel, viewId, preventCreate, preventEdit } = this.props;
        const buttonTemplate = isToMany ? "web.FormViewDialog.ToMany.buttons" : "web.FormViewDialog.ToOne.buttons";
        this.currentResId = resId;
        useSubEnv({
            config: { breadcrumbs: [], setDisplayName: () => {}, getDisplayName: () => "", viewSwitcherEntries: [] },
        });
        this.viewProps = {
            type: "form",
            buttonTemplate,
            context: context || {},
            display: { controlPanel: false },
            mode: this.props.mode || (this.props.readonly ? "readonly" : "edit"),
            resId: resId || false,
            resModel,
            viewId: viewId || false,
            preventCreate,
            preventEdit,
            discardRecord: () => this.discardRecord(),
            saveRecord: async (record, { saveAndNew }) => {
                const saved = this.props.onRecordSave
                    ? await this.props.onRecordSave(record, {})
                    : await record.save({ reload: true });
                if (saved) {
                    this.currentResId = record.resId;
                    await this.props.onRecordSaved(record);
                    await this.onRecordSaved(record, saveAndNew);
                }
                return saved;
            },
            onSave: () => {},
            removeRecord:
                this.props.removeRecord &&
                (async () => {
                    await this.props.removeRecord();
                    this.props.close();
                }),
        };
    }

    async onRecordSaved(record, saveAndNew) {
        if (saveAndNew) {
            this.currentResId = false;
            await record.model.load({
                resId: false,
                context: this.props.nextRecordsContext || this.props.context || {},
            });
        } else {
            this.props.close();
        }
    }

    async discardRecord() {
        await this.props.onRecordDiscarded?.();
        this.props.close();
    }

    get onExpand() {
        if (!this.props.canExpand || !this.props.resId || this.props.isToMany) {
            return undefined;
        }
        return async () => {
            await this.actionService.doAction({
                type: "ir.actions.act_window",
                res_model: this.props.resModel,
                res_id: this.currentResId,
                views: [[false, "form"]],
            });
        };
    }
}
