import { onWillStart, useEffect, useSubEnv } from "@odoo/owl";
import { evaluateBooleanExpr, evaluateExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";
import { ListConfirmationDialog } from "@web/views/list/list_confirmation_dialog";
import { archivingQuestion, deletionQuestion } from "@web/views/questions";
import { RecordListController } from "@web/views/records_controller";
import { openActionParams } from "@web/views/utils";
import { executeButtonCallback } from "@web/views/view_button/view_button_hook";
import { useExportDialog } from "@web/views/view_dialogs/export_data_dialog";

/** A list view: buttons, pager, selection, and the list. */
export class ListController extends RecordListController {
    static template = "web.ListView";
    static props = { ...RecordListController.props, allowSelectors: { type: Boolean, optional: true } };
    static defaultProps = { ...RecordListController.defaultProps, allowSelectors: true, editable: true };

    setup() {
        super.setup();
        const { create, edit } = this.activeActions;
        /** Where new lines of an editable list are put, "top" or "bottom"; else lines are edited elsewhere. */
        this.editable = this.props.editable && (create || edit) && this.archInfo.editable;
        this.onOpenFormView = this.openRecord.bind(this);
        this.openExport = useExportDialog(this);
        useSubEnv({ onOpenRecord: this.onOpenFormView });
        useEffect(
            () => {
                this.props.onSelectionChanged?.(this.selectedIds);
            },
            () => [this.selectedIds.join()]
        );
        onWillStart(async () => {
            this.isExportEnable = await user.hasGroup("base.group_allow_export");
        });
    }

    get modelParams() {
        const { defaultGroupBy, groupsLimit, rawExpand } = this.archInfo;
        const params = super.modelParams;
        params.config.openGroupsByDefault = rawExpand ? evaluateExpr(rawExpand, this.props.context) : false;
        params.config.orderBy = params.state.root?.orderBy;
        params.hooks.onAskMultiSaveConfirmation = (record, names, lines) => this.askMultiSave(record, names, lines);
        return { ...params, defaultGroupBy, groupsLimit, multiEdit: this.archInfo.multiEdit };
    }

    get fieldDependencies() {
        return this.props.Renderer.fieldDependencies || [];
    }

    get actionCallbacks() {
        return {
            ...super.actionCallbacks,
            beforeLeave: () => this.model.root.leaveEditMode(),
            beforeUnload: (ev) => this.beforeUnload(ev),
            getOrderBy: () => this.model.root.orderBy,
        };
    }

    // ------------------------------------------------------------------ what is shown

    get editedRecord() {
        return this.model.root?.editedRecord;
    }

    get selectedIds() {
        return this.model.root.selection.map(({ resId }) => resId);
    }

    get nbSelected() {
        return this.model.root.selection.length;
    }

    get isDomainSelected() {
        return this.model.root.isDomainSelected;
    }

    get hasSelectedRecords() {
        return this.isDomainSelected || this.nbSelected > 0;
    }

    get isPageSelected() {
        return this.nbSelected > 0 && this.nbSelected === this.model.root.records.length;
    }

    get nbTotal() {
        const { count, isGrouped, recordCount } = this.model.root;
        return isGrouped ? recordCount : count;
    }

    /** The place of the search belongs to the actions while lines are selected. */
    get display() {
        const display = { ...this.props.display };
        if (display.controlPanel !== false) {
            display.controlPanel = { ...display.controlPanel, layoutActions: this.nbSelected === 0 };
        }
        return display;
    }

    evalViewModifier(modifier) {
        return evaluateBooleanExpr(modifier, this.model.root.evalContext);
    }

    /** @param {{offset: number, limit: number}} page @param {boolean} [hasNavigated] not only the limit is another */
    async showPage(page, hasNavigated) {
        if (!(await this.model.root.leaveEditMode())) {
            return;
        }
        await super.showPage(page);
        if (hasNavigated) {
            this.rootRef.el?.querySelector(".o_list_renderer")?.scrollTo({ top: 0 });
        }
    }

    // ------------------------------------------------------------------ lines

    async openRecord(record, options = {}) {
        const isStored = !(await record.isDirty()) || (await record.save());
        const { openAction } = this.archInfo;
        if (isStored && openAction && !options.force) {
            await this.actionService.doActionButton(openActionParams(openAction, record));
        } else if (isStored) {
            await super.openRecord(record, options);
        }
    }

    /**
     * Add a line where lines are edited in place, else show an empty form.
     *
     * @param {{group?: import("@web/model/relational_model/group").Group}} [options] the group that gets the line
     */
    async createRecord({ group } = {}) {
        const list = group?.list || this.model.root;
        if (!this.editable || list.isGrouped) {
            await super.createRecord();
            return;
        }
        if (await list.leaveEditMode()) {
            const atTop = this.editable === "top";
            await (group ? group.addNewRecord({}, atTop) : list.addNewRecord(atTop));
        }
        this.render(true);
    }

    /** End the edition of the line with the buttons blocked. */
    leaveLine(options) {
        return executeButtonCallback(this.rootRef.el, () => this.model.root.leaveEditMode(options));
    }

    onClickSave() {
        return this.leaveLine({});
    }

    onClickDiscard() {
        return this.leaveLine({ discard: true });
    }

    /** The field keeps the focus, so that what is typed is not committed just before it is discarded. */
    onMouseDownDiscard(ev) {
        ev.preventDefault();
    }

    /** What can be sent while the page closes is; else the browser asks. */
    beforeUnload(ev) {
        if (this.editedRecord?.dirty) {
            this.editedRecord.urgentSave();
            ev.returnValue = undefined;
        }
    }

    async beforeExecuteActionButton({ special }, record) {
        const { editedRecord } = this;
        const isConcerned = editedRecord && [undefined, editedRecord].includes(record);
        return isConcerned && special !== "cancel" ? this.model.root.saveLine(editedRecord) : true;
    }

    // ------------------------------------------------------------------ selection

    async onSelectDomain() {
        await this.model.root.selectDomain(true);
    }

    onUnselectAll() {
        const { root } = this.model;
        root.selection.forEach((record) => {
            record.selected = false;
        });
        root.selectDomain(false);
    }

    getStaticActionMenuItems() {
        const { root } = this.model;
        const { delete: canDelete, duplicate: canDuplicate, edit: canEdit } = this.activeActions;
        const active = this.props.fields.active || this.props.fields.x_active;
        const canArchive = () => Boolean(active) && !active.readonly && canEdit;
        return this.standardMenuItems({
            export: { sequence: 10, isAvailable: () => this.isExportEnable, callback: () => this.openExport() },
            archive: {
                sequence: 20,
                isAvailable: canArchive,
                callback: () => this.ask(archivingQuestion(() => root.archive(true), true)),
            },
            unarchive: { sequence: 30, isAvailable: canArchive, callback: () => root.unarchive(true) },
            duplicate: { sequence: 35, isAvailable: () => canDuplicate, callback: () => root.duplicateRecords() },
            delete: { sequence: 40, isAvailable: () => canDelete, callback: () => this.onDeleteSelectedRecords() },
        });
    }

    get actionMenuProps() {
        return {
            ...this.menuProps,
            getActiveIds: () => this.selectedIds,
            isDomainSelected: this.isDomainSelected,
            onActionExecuted: () => this.model.load(),
        };
    }

    /** Fields that the export proposes: those of the columns. */
    get defaultExportList() {
        const columns = this.archInfo.columns.filter(({ type, widget }) => type === "field" && widget !== "handle");
        return columns.map(({ name }) => this.props.fields[name]).filter(({ exportable }) => exportable !== false);
    }

    onDeleteSelectedRecords() {
        this.ask(this.deleteConfirmationDialogProps);
    }

    get deleteConfirmationDialogProps() {
        const isForMany = this.isDomainSelected || this.nbSelected > 1;
        return deletionQuestion(() => this.model.root.deleteRecords(), isForMany);
    }

    /**
     * Ask whether a change is meant for several lines.
     *
     * @param {import("@web/model/relational_model/record").Record} record the line with the new values
     * @param {string[]} names fields that were changed
     * @param {import("@web/model/relational_model/record").Record[]} lines those that will be written
     * @returns {Promise<boolean>} whether the user agrees; without a question when no other line is selected
     */
    async askMultiSave(record, names, lines) {
        if (this.nbSelected === 1) {
            return true;
        }
        const columns = this.archInfo.columns.filter((column) => names.includes(column.name));
        return new Promise((resolve) => {
            const props = {
                record,
                fields: columns.map(({ name, label, fieldId }) => ({
                    name,
                    label,
                    fieldNode: this.archInfo.fieldNodes[fieldId],
                })),
                nbRecords: this.nbSelected,
                nbValidRecords: lines.length,
                isDomainSelected: this.isDomainSelected,
                confirm: () => resolve(true),
                cancel: () => {},
            };
            // closed in whatever way: not agreed, unless it was
            this.dialogService.add(ListConfirmationDialog, props, { onClose: () => resolve(false) });
        });
    }
}
