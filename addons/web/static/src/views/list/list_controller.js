import { Component, onWillStart, useEffect, useRef, useState, useSubEnv } from "@odoo/owl";
import { useSelectionActions } from "@web/views/selection_actions";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { evaluateBooleanExpr, evaluateExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useModelWithSampleData } from "@web/model/model";
import { addFieldDependencies, extractFieldsFromArchInfo } from "@web/model/relational_model/utils";
import { ActionMenus } from "@web/search/action_menus/action_menus";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { usePager } from "@web/search/pager_hook";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { session } from "@web/session";
import { ListConfirmationDialog } from "@web/views/list/list_confirmation_dialog";
import { standardViewProps } from "@web/views/standard_view_props";
import { MultiRecordViewButton } from "@web/views/view_button/multi_record_view_button";
import { ViewButton } from "@web/views/view_button/view_button";
import { executeButtonCallback, useViewButtons } from "@web/views/view_button/view_button_hook";
import { useSetupAction } from "@web/views/view_hook";

/** A list view: buttons, pager, selection, and the list. */
export class ListController extends Component {
    static template = "web.ListView";
    static components = { ActionMenus, Layout, ViewButton, MultiRecordViewButton, SearchBar, CogMenu };
    static props = {
        ...standardViewProps,
        allowSelectors: { type: Boolean, optional: true },
        editable: { type: Boolean, optional: true },
        onSelectionChanged: { type: Function, optional: true },
        showButtons: { type: Boolean, optional: true },
        Model: Function,
        Renderer: Function,
        buttonTemplate: String,
        archInfo: Object,
    };
    static defaultProps = {
        allowSelectors: true,
        createRecord: () => {},
        editable: true,
        selectRecord: () => {},
        showButtons: true,
    };

    setup() {
        this.actionService = useService("action");
        this.dialogService = useService("dialog");
        this.orm = useService("orm");
        this.rootRef = useRef("root");
        this.archInfo = this.props.archInfo;
        this.activeActions = this.archInfo.activeActions;
        this.editable =
            this.props.editable && (this.activeActions.edit || this.activeActions.create)
                ? this.archInfo.editable
                : false;
        this.multiEdit = this.archInfo.multiEdit;
        this.onOpenFormView = this.openRecord.bind(this);
        this.model = useState(useModelWithSampleData(this.props.Model, this.modelParams));
        onWillStart(async () => {
            this.isExportEnable = await user.hasGroup("base.group_allow_export");
        });
        useEffect(
            () => {
                this.props.onSelectionChanged?.(this.selectedIds);
            },
            () => [this.selectedIds.join()]
        );
        useViewButtons(this.rootRef, {
            beforeExecuteAction: this.beforeExecuteActionButton.bind(this),
            afterExecuteAction: this.afterExecuteActionButton.bind(this),
            reload: () => this.model.load(),
        });
        useSetupAction({
            rootRef: this.rootRef,
            beforeLeave: () => this.model.root.leaveEditMode(),
            beforeUnload: (ev) => {
                if (this.editedRecord?.dirty) {
                    this.editedRecord.urgentSave();
                    ev.returnValue = undefined;
                }
            },
            getLocalState: () => ({
                modelState: this.model.exportState(),
                scrollTop: this.rootRef.el?.querySelector(".o_content")?.scrollTop,
            }),
            getOrderBy: () => this.model.root.orderBy,
        });
        usePager(() => {
            const { count, hasLimitedCount, isGrouped, limit, offset } = this.model.root;
            return {
                offset,
                limit,
                total: count,
                onUpdate: async ({ offset: newOffset, limit: newLimit }, hasNavigated) => {
                    if (this.editedRecord && !(await this.model.root.leaveEditMode())) {
                        return;
                    }
                    await this.model.load({ limit: newLimit, offset: newOffset });
                    if (hasNavigated) {
                        this.rootRef.el?.querySelector(".o_list_renderer")?.scrollTo({ top: 0 });
                    }
                },
                updateTotal: !isGrouped && hasLimitedCount ? () => this.model.root.fetchCount() : undefined,
            };
        });
        useSubEnv({ onOpenRecord: this.openRecord.bind(this) });
        useHotkey("alt+n", () => this.onClickCreate(), {
            bypassEditableProtection: true,
            isAvailable: () => this.activeActions.create && this.props.showButtons,
        });
        this.searchBarToggler = useSearchBarToggler();
        this.selectionActions = useSelectionActions(this);
    }

    get modelParams() {
        const { defaultGroupBy, rawExpand } = this.archInfo;
        const { activeFields, fields } = extractFieldsFromArchInfo(this.archInfo, this.props.fields);
        addFieldDependencies(activeFields, fields, this.fieldDependencies);
        const state = this.props.state?.modelState || {};
        return {
            config: {
                resModel: this.props.resModel,
                fields,
                activeFields,
                openGroupsByDefault: rawExpand ? evaluateExpr(rawExpand, this.props.context) : false,
                orderBy: state.root?.orderBy,
            },
            state,
            limit: this.archInfo.limit || this.props.limit,
            countLimit: this.archInfo.countLimit,
            defaultOrderBy: this.archInfo.defaultOrder,
            groupsLimit: this.archInfo.groupsLimit,
            multiEdit: this.multiEdit,
            activeIdsLimit: session.active_ids_limit,
            defaultGroupBy,
            hooks: { onAskMultiSaveConfirmation: (...args) => this.askMultiSave(...args) },
        };
    }

    get fieldDependencies() {
        return this.props.Renderer.fieldDependencies || [];
    }

    get editedRecord() {
        return this.model.root?.editedRecord;
    }

    get nbSelected() {
        return this.model.root.selection.length;
    }

    get selectedIds() {
        return this.model.root.selection.map((record) => record.resId);
    }

    get isPageSelected() {
        const { root } = this.model;
        return root.selection.length > 0 && root.selection.length === root.records.length;
    }

    get isDomainSelected() {
        return this.model.root.isDomainSelected;
    }

    get nbTotal() {
        const { root } = this.model;
        return root.isGrouped ? root.recordCount : root.count;
    }

    get nbRecordsTotal() {
        return this.nbTotal;
    }

    get display() {
        const { controlPanel } = this.props.display;
        if (controlPanel === false) {
            return this.props.display;
        }
        return { ...this.props.display, controlPanel: { ...controlPanel, layoutActions: !this.nbSelected } };
    }

    get className() {
        return this.props.className;
    }

    get defaultExportList() {
        return this.archInfo.columns
            .filter(
                (column) =>
                    column.type === "field" &&
                    column.widget !== "handle" &&
                    this.props.fields[column.name].exportable !== false
            )
            .map((column) => this.props.fields[column.name]);
    }

    get actionMenuItems() {
        return this.selectionActions.items;
    }

    get actionMenuProps() {
        return this.selectionActions.menuProps();
    }

    get hasSelectedRecords() {
        return this.nbSelected > 0 || this.isDomainSelected;
    }

    getStaticActionMenuItems() {
        return this.selectionActions.staticItems();
    }

    evalViewModifier(modifier) {
        return evaluateBooleanExpr(modifier, this.model.root.evalContext);
    }

    async openRecord(record, { force } = {}) {
        const dirty = await record.isDirty();
        if (dirty && !(await record.save())) {
            return;
        }
        if (this.archInfo.openAction && !force) {
            await this.actionService.doActionButton({
                name: this.archInfo.openAction.action,
                type: this.archInfo.openAction.type,
                resModel: record.resModel,
                resId: record.resId,
                resIds: record.resIds,
                context: record.context,
                onClose: () => record.model.root.load(),
            });
        } else {
            const activeIds = this.model.root.records.map((datapoint) => datapoint.resId);
            this.props.selectRecord(record.resId, { activeIds, force });
        }
    }

    async onClickCreate() {
        return executeButtonCallback(this.rootRef.el, () => this.createRecord());
    }

    async createRecord({ group } = {}) {
        const list = group?.list || this.model.root;
        if (this.editable && !list.isGrouped) {
            if (!(list instanceof this.model.constructor.DynamicRecordList)) {
                throw new Error("Lines can only be created in a list of records");
            }
            await list.leaveEditMode();
            if (!list.editedRecord) {
                await (group || list).addNewRecord(this.editable === "top");
            }
            this.render(true);
        } else {
            await this.props.createRecord();
        }
    }

    async onClickSave() {
        return executeButtonCallback(this.rootRef.el, async () => {
            const { editedRecord } = this;
            await (editedRecord && this.model.root.leaveEditMode());
        });
    }

    onClickDiscard() {
        return executeButtonCallback(this.rootRef.el, () => this.model.root.leaveEditMode({ discard: true }));
    }

    onMouseDownDiscard(ev) {
        ev.preventDefault();
    }

    async onSelectDomain() {
        await this.model.root.selectDomain(true);
    }

    onUnselectAll() {
        for (const record of this.model.root.selection) {
            record.selected = false;
        }
        this.model.root.selectDomain(false);
    }

    async onDeleteSelectedRecords() {
        this.dialogService.add(ConfirmationDialog, this.deleteConfirmationDialogProps);
    }

    get deleteConfirmationDialogProps() {
        const several = this.isDomainSelected || this.nbSelected > 1;
        return {
            title: _t("Delete"),
            body: several
                ? _t("These records will be deleted for good. Do you want to go on?")
                : _t("This record will be deleted for good. Do you want to go on?"),
            confirmLabel: _t("Delete"),
            confirmClass: "btn-danger",
            confirm: () => this.model.root.deleteRecords(),
            cancel: () => {},
            cancelLabel: _t("No, keep it"),
        };
    }

    /**
     * Ask whether a change is meant for several lines.
     *
     * @param {Record} record the line with the new values
     * @param {string[]} names fields that were changed
     * @param {Record[]} lines those that will be written
     * @returns {Promise<boolean>} whether the user agrees; without a question when no other line is selected
     */
    askMultiSave(record, names, lines) {
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

    async beforeExecuteActionButton(clickParams, record) {
        if (clickParams.special !== "cancel" && this.editedRecord && (!record || record === this.editedRecord)) {
            return this.model.root.saveLine(this.editedRecord);
        }
        return true;
    }

    async afterExecuteActionButton() {}
}
