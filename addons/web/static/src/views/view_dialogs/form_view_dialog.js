import { Component, useSubEnv } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useChildRef, useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";
import { getDefaultConfig, View } from "@web/views/view";

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
        useSubEnv({ config: getDefaultConfig() });
        this.env.dialogData.dismiss = () => this.discardRecord();
        const { context = {}, isToMany, mode, readonly, removeRecord, resId = false, viewId = false } = this.props;
        /** The record in the form, which another follows after "save and new". */
        this.currentResId = resId;
        this.viewProps = {
            ...pick(this.props, "preventCreate", "preventEdit", "resModel"),
            type: "form",
            buttonTemplate: `web.FormViewDialog.${isToMany ? "ToMany" : "ToOne"}.buttons`,
            context,
            display: { controlPanel: false },
            mode: mode || (readonly ? "readonly" : "edit"),
            resId,
            viewId,
            discardRecord: () => this.discardRecord(),
            onSave: () => {},
            removeRecord: removeRecord && (() => this.removeRecord()),
            saveRecord: (record, options) => this.saveRecord(record, options),
        };
    }

    /** @returns {Promise<boolean>} whether it is saved; the dialog closes then, or shows the next record */
    async saveRecord(record, { saveAndNew = false }) {
        const { onRecordSave, onRecordSaved } = this.props;
        const saved = onRecordSave ? await onRecordSave(record, {}) : await record.save({ reload: true });
        if (saved) {
            this.currentResId = record.resId;
            await onRecordSaved(record);
            await this.onRecordSaved(record, saveAndNew);
        }
        return saved;
    }

    async onRecordSaved(record, saveAndNew) {
        if (!saveAndNew) {
            this.props.close();
            return;
        }
        this.currentResId = false;
        const { context = {}, nextRecordsContext = context } = this.props;
        await record.model.load({ resId: false, context: nextRecordsContext });
    }

    async discardRecord() {
        await this.props.onRecordDiscarded?.();
        this.props.close();
    }

    async removeRecord() {
        await this.props.removeRecord();
        this.props.close();
    }

    /** Shown as a button of the dialog where there is something to expand. @returns {Function|undefined} */
    get onExpand() {
        const { canExpand, isToMany, resId } = this.props;
        return canExpand && resId && !isToMany ? () => this.expand() : undefined;
    }

    /** Show the record in the page instead of the dialog. */
    async expand() {
        const target = { res_model: this.props.resModel, res_id: this.currentResId };
        await this.actionService.doAction({ ...target, type: "ir.actions.act_window", views: [[false, "form"]] });
    }
}
