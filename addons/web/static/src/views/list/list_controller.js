import { onWillStart, useEffect, useSubEnv } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { rpc } from "@web/core/network/rpc";
import { evaluateBooleanExpr, evaluateExpr } from "@web/core/py_js/py";
import { useBus } from "@web/core/utils/hooks";
import { extractFieldsFromArchInfo } from "@web/model/relational_model/utils";
import { user } from "@web/core/user";
import { LaterExportDataDialog } from "@web/views/later_dialogs";
import { ListCogMenu } from "@web/views/list/list_cog_menu";
import { ListConfirmationDialog } from "@web/views/list/list_confirmation_dialog";
import { archivingQuestion, deletionQuestion } from "@web/views/questions";
import { RecordListController } from "@web/views/records_controller";
import { openActionParams } from "@web/views/utils";
import { executeButtonCallback } from "@web/views/view_button/view_button_hook";

/** A list view: buttons, pager, selection, and the list. */
export class ListController extends RecordListController {
    static template = "web.ListView";
    static components = { ...RecordListController.components, CogMenu: ListCogMenu };
    static props = { ...RecordListController.props, allowSelectors: { type: Boolean, optional: true } };
    static defaultProps = { ...RecordListController.defaultProps, allowSelectors: true, editable: true };

    setup() {
        super.setup();
        const { create, edit } = this.activeActions;
        /** Where new lines of an editable list are put, "top" or "bottom"; else lines are edited elsewhere. */
        this.editable = this.props.editable && (create || edit) && this.archInfo.editable;
        /** Whether optional columns are shown, by the names of their fields; the list fills it. */
        this.optionalActiveFields = {};
        this.onOpenFormView = this.openRecord.bind(this);
        useSubEnv({ onOpenRecord: this.onOpenFormView });
        useBus(this.env.searchModel, "direct-export-data", () => this.onDirectExportData());
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
        Object.assign(params.hooks, {
            onAskMultiSaveConfirmation: (record, names, lines) => this.askMultiSave(record, names, lines),
            onRecordSaved: (record, changes) => this.onRecordSaved(record, changes),
            onSavedMulti: (records) => this.onSavedMulti(records),
            onWillSaveMulti: (record, changes, lines) => this.onWillSaveMulti(record, changes, lines),
            onWillSaveRecord: (record, changes) => this.onWillSaveRecord(record, changes),
            onWillSetInvalidField: (record, fieldName) => this.onWillSetInvalidField(record, fieldName),
        });
        return {
            ...params,
            defaultGroupBy,
            groupByInfo: this.groupByInfo,
            groupsLimit,
            multiEdit: this.archInfo.multiEdit,
        };
    }

    /** What is read of the records behind groups, by the field that is grouped by. */
    get groupByInfo() {
        const { fields, relatedModels } = this.props;
        const infos = Object.entries(this.archInfo.groupBy.fields).map(([name, { fieldNodes }]) => [
            name,
            extractFieldsFromArchInfo({ fieldNodes }, { ...relatedModels[fields[name].relation].fields }),
        ]);
        return Object.fromEntries(infos);
    }

    // what extensions do around saving; false keeps a line from being saved or from being called invalid
    /** @overload @param {Object} record @param {Object} changes @returns {Promise<void>} */
    async onRecordSaved() {}

    /** @overload @param {Object[]} records @returns {Promise<void>} */
    async onSavedMulti() {}

    /** @overload @param {Object} record @param {Object} changes @param {Object[]} lines @returns {Promise<boolean|void>} */
    async onWillSaveMulti() {}

    /** @overload @param {Object} record @param {Object} changes @returns {Promise<boolean|void>} */
    async onWillSaveRecord() {}

    /** @overload @param {Object} record @param {string} fieldName @returns {Promise<boolean|void>} */
    async onWillSetInvalidField() {}

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

    /** Ids of the selected records: some of the page, or all that the search finds. @returns {Promise<number[]>} */
    getSelectedResIds() {
        return this.model.root.getResIds(true);
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

    /** Made up lines have no pages. */
    pagerProps() {
        return this.model.useSampleModel ? undefined : super.pagerProps();
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

    /**
     * @param {Object} record
     * @param {boolean|{force?: boolean}} [force] in its form, even where the arch names an action for it
     */
    async openRecord(record, force = {}) {
        const options = typeof force === "object" ? force : { force };
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
        await this.model.leaveSampleMode();
        const list = group?.list || this.model.root;
        if (!this.editable || list.isGrouped) {
            await super.createRecord();
            return;
        }
        if (await this.model.root.leaveEditMode()) {
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
        const { delete: canDelete, duplicate: canDuplicate, edit: canEdit } = this.activeActions;
        const active = this.props.fields.active || this.props.fields.x_active;
        const canArchive = () => Boolean(active) && !active.readonly && canEdit;
        return this.standardMenuItems({
            export: { sequence: 10, isAvailable: () => this.isExportEnable, callback: () => this.onExportData() },
            archive: {
                sequence: 20,
                isAvailable: canArchive,
                callback: () => this.ask(this.archiveDialogProps),
            },
            unarchive: { sequence: 30, isAvailable: canArchive, callback: () => this.toggleArchiveState(false) },
            duplicate: { sequence: 35, isAvailable: () => canDuplicate, callback: () => this.duplicateRecords() },
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

    /** Whether the user sees a column of the arch now. */
    isColumnShown({ column_invisible: isInvisible, name, optional }) {
        return !(isInvisible && this.evalViewModifier(isInvisible)) && (!optional || this.optionalActiveFields[name]);
    }

    /** Fields that the export proposes: those of the columns that are shown. */
    get defaultExportList() {
        const columns = this.archInfo.columns
            .filter(({ type, widget }) => type === "field" && widget !== "handle")
            .filter((column) => this.isColumnShown(column));
        return columns.map(({ name }) => this.props.fields[name]).filter(({ exportable }) => exportable !== false);
    }

    // ------------------------------------------------------------------ export

    /** Let the user choose what is exported of the selection. */
    onExportData() {
        const methods = ["downloadExport", "getExportedFields"].map(
            (name) =>
                (...args) =>
                    this[name](...args)
        );
        const [download, getExportedFields] = methods;
        const given = { download, getExportedFields, context: this.props.context, root: this.model.root };
        this.dialogService.add(LaterExportDataDialog, { ...given, defaultExportList: this.defaultExportList });
    }

    /** Export the columns that are shown of all records that the search finds. */
    onDirectExportData() {
        return this.downloadExport(this.defaultExportList, false, "xlsx");
    }

    /**
     * @param {Object[]} fields as the server describes them for exports, or descriptions of the model's fields
     * @param {boolean} importCompat with external ids, so that the file can be imported
     * @param {string} format "xlsx" or "csv"
     */
    async downloadExport(fields, importCompat, format) {
        const { root } = this.model;
        /** @type {Object[]} */
        const columns = fields.map(({ field_type: fieldType, id, label, name, store, string, type }) => ({
            name: name || id,
            label: label || string,
            store,
            type: fieldType || type,
        }));
        if (importCompat && !columns.some(({ name }) => name === "id")) {
            columns.unshift({ name: "id", label: _t("External ID").toString() });
        }
        const ids = root.isDomainSelected ? [] : this.selectedIds;
        const data = {
            import_compat: importCompat,
            context: this.props.context,
            domain: root.domain,
            fields: columns,
            groupby: root.groupBy || [],
            ids: ids.length ? ids : false,
            model: root.resModel,
        };
        await download({ url: `/web/export/${format}`, data: { data: JSON.stringify(data) } });
    }

    /**
     * @param {string} model
     * @param {boolean} importCompat
     * @param {Object} [parentParams] of the field whose fields are asked for
     * @returns {Promise<Object[]>} what can be exported
     */
    getExportedFields(model, importCompat, parentParams) {
        const { domain } = this.model.root;
        return rpc("/web/export/get_fields", { ...parentParams, model, domain, import_compat: importCompat });
    }

    // ------------------------------------------------------------------ what is done with the selection

    get archiveDialogProps() {
        return archivingQuestion(() => this.toggleArchiveState(true), true);
    }

    /** @param {boolean} isArchived what the selected records are to be */
    toggleArchiveState(isArchived) {
        const { root } = this.model;
        return isArchived ? root.archive(true) : root.unarchive(true);
    }

    duplicateRecords() {
        return this.model.root.duplicateRecords();
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
