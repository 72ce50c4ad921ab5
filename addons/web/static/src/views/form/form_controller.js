import { Component, onError, onRendered, onWillStart, status, useEffect, useRef, useState } from "@odoo/owl";
import { ConfirmationDialog, deleteConfirmationMessage } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { createElement } from "@web/core/utils/xml";
import { useModel } from "@web/model/model";
import { addFieldDependencies, extractFieldsFromArchInfo, FetchRecordError } from "@web/model/relational_model/utils";
import { ActionMenus } from "@web/search/action_menus/action_menus";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { usePager } from "@web/search/pager_hook";
import { Field } from "@web/views/fields/field";
import { ButtonBox } from "@web/views/form/button_box/button_box";
import { FormStatusIndicator } from "@web/views/form/form_status_indicator/form_status_indicator";
import { loadSubViews } from "@web/views/form/sub_views";
import { standardViewProps } from "@web/views/standard_view_props";
import { ViewButton } from "@web/views/view_button/view_button";
import { executeButtonCallback, useViewButtons } from "@web/views/view_button/view_button_hook";
import { useSetupAction } from "@web/views/view_hook";

/** A form view: breadcrumb actions, pager, save and discard, and the form. */
export class FormController extends Component {
    static template = "web.FormView";
    static components = { FormStatusIndicator, Layout, ButtonBox, ViewButton, Field, ActionMenus, CogMenu };
    static props = {
        ...standardViewProps,
        discardRecord: { type: Function, optional: true },
        mode: { type: String, optional: true },
        saveRecord: { type: Function, optional: true },
        removeRecord: { type: Function, optional: true },
        Model: Function,
        Renderer: Function,
        Compiler: Function,
        archInfo: Object,
        buttonTemplate: String,
        preventCreate: { type: Boolean, optional: true },
        preventEdit: { type: Boolean, optional: true },
        onDiscard: { type: Function, optional: true },
        onSave: { type: Function, optional: true },
        resId: { type: [Number, Boolean], optional: true },
        resIds: { type: Array, optional: true },
    };
    static defaultProps = { preventCreate: false, preventEdit: false, updateActionState: () => {} };

    setup() {
        this.evaluateBooleanExpr = evaluateBooleanExpr;
        this.dialogService = useService("dialog");
        this.actionService = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.viewService = useService("view");
        this.ui = useService("ui");
        this.rootRef = useRef("root");
        useBus(this.ui.bus, "resize", () => this.render());
        this.archInfo = this.props.archInfo;
        const { create, edit } = this.archInfo.activeActions;
        this.canCreate = create && !this.props.preventCreate;
        this.canEdit = edit && !this.props.preventEdit;
        this.display = { ...this.props.display };
        this.footerArchInfo = this.env.inDialog ? this.extractFooters() : null;
        this.notebookPages = this.props.state?.activeNotebookPages || {};
        const beforeFirstLoad = async () => {
            await loadSubViews(
                this.archInfo.fieldNodes,
                this.props.fields,
                this.props.context,
                this.props.resModel,
                this.viewService,
                this.env.isSmall
            );
            const { activeFields, fields } = extractFieldsFromArchInfo(this.archInfo, this.props.fields);
            if (this.display.controlPanel) {
                addFieldDependencies(activeFields, fields, [{ name: "display_name", type: "char", readonly: true }]);
            }
            this.model.config.activeFields = activeFields;
            this.model.config.fields = fields;
        };
        this.model = useState(useModel(this.props.Model, this.modelParams, { beforeFirstLoad }));
        onError((error) => this.onRenderingError(error));
        useViewButtons(this.rootRef, {
            beforeExecuteAction: this.beforeExecuteActionButton.bind(this),
            afterExecuteAction: this.afterExecuteActionButton.bind(this),
            reload: () => this.model.load(),
        });
        useSetupAction({
            rootRef: this.rootRef,
            beforeVisibilityChange: () => this.beforeVisibilityChange(),
            beforeLeave: (options) => this.beforeLeave(options),
            beforeUnload: (ev) => this.beforeUnload(ev),
            getLocalState: () => ({
                modelState: { resId: this.model.root.resId, resIds: this.model.root.resIds },
                activeNotebookPages: this.notebookPages,
                scrollTop: this.rootRef.el?.querySelector(".o_content")?.scrollTop,
            }),
        });
        usePager(() => this.pagerProps());
        useHotkey("alt+s", () => this.saveButtonClicked(), {
            bypassEditableProtection: true,
            isAvailable: () => !this.env.inDialog || status(this) === "mounted",
        });
        useHotkey("alt+n", () => this.canCreate && this.create(), {
            bypassEditableProtection: true,
            isAvailable: () => !this.env.inDialog,
        });
        useEffect(
            () => {
                this.updateURL();
            },
            () => [this.model.root.resId, this.model.root.isNew]
        );
        onRendered(() => this.env.config.setDisplayName(this.displayName()));
        onWillStart(async () => {
            this.isInternalUser = await user.hasGroup("base.group_user");
        });
    }

    get modelParams() {
        const { state, context } = this.props;
        let mode = this.props.mode || "edit";
        if (!this.canEdit && this.props.resId) {
            mode = "readonly";
        }
        const saved = state?.modelState;
        const resId = saved ? saved.resId : this.props.resId || false;
        return {
            config: {
                resModel: this.props.resModel,
                resId: resId || false,
                resIds: (saved ? saved.resIds : this.props.resIds) || (resId ? [resId] : []),
                fields: this.props.fields,
                activeFields: {},
                isMonoRecord: true,
                mode,
                context,
            },
            state: this.props.state?.modelState,
            hooks: {
                onRecordSaved: this.onRecordSaved.bind(this),
                onWillSaveRecord: this.onWillSaveRecord.bind(this),
            },
        };
    }

    /** In dialogs the footers of the arch replace the usual buttons. */
    extractFooters() {
        const { xmlDoc } = this.archInfo;
        const footers = [...xmlDoc.querySelectorAll("footer")].filter((footer) => !footer.closest("field"));
        if (!footers.length) {
            return null;
        }
        const container = createElement("div", { class: "o_form_footer d-flex flex-wrap gap-1" });
        for (const footer of footers) {
            footer.remove();
            container.append(...footer.childNodes);
        }
        this.keepsButtons = footers.some((footer) => footer.getAttribute("replace") === "0");
        return { ...this.archInfo, xmlDoc: container, disableAutofocus: true };
    }

    get className() {
        const result = {};
        for (const name of (this.props.className || "").split(" ").filter(Boolean)) {
            result[name] = true;
        }
        const { size } = this.ui;
        if (size <= 1) {
            result.o_xxs_form_view = !this.env.inDialog;
        } else if (!this.env.inDialog && size === 6) {
            result.o_xxl_form_view = true;
        }
        return result;
    }

    get rendererProps() {
        return {
            record: this.model.root,
            Compiler: this.props.Compiler,
            archInfo: this.archInfo,
            activeNotebookPages: this.notebookPages,
            onNotebookPageChange: (notebookId, page) => {
                if (page) {
                    this.notebookPages[notebookId] = page;
                }
            },
        };
    }

    pagerProps() {
        const { root } = this.model;
        if (root.isNew) {
            return undefined;
        }
        const { resIds } = root;
        return {
            offset: resIds.indexOf(root.resId),
            limit: 1,
            total: resIds.length,
            onUpdate: ({ offset }) => this.onPagerUpdate({ offset, resIds }),
        };
    }

    onRenderingError(error) {
        if (error.cause instanceof FetchRecordError || error instanceof FetchRecordError) {
            this.env.config.historyBack();
        }
        throw error;
    }

    displayName() {
        const { root } = this.model;
        return root.isNew ? _t("New").toString() : root.data.display_name || "";
    }

    updateURL() {
        this.props.updateActionState({ resId: this.model.root.resId || "new" });
    }

    async onRecordSaved() {}

    async onWillSaveRecord() {}

    async onPagerUpdate({ offset, resIds }) {
        const dirty = await this.model.root.isDirty();
        try {
            if (dirty) {
                await this.model.root.save({ nextId: resIds[offset] });
            } else {
                await this.model.load({ resId: resIds[offset] });
            }
        } catch (error) {
            if (error instanceof FetchRecordError) {
                this.notification.add(error.message, { type: "danger" });
                return;
            }
            throw error;
        }
    }

    // ------------------------------------------------------------------ leaving

    beforeVisibilityChange() {
        if (document.visibilityState === "hidden" && !this.env.inDialog && this.model.root.dirty) {
            return this.model.root.save();
        }
    }

    async beforeLeave({ forceLeave } = {}) {
        if (this.model.root.dirty || (await this.model.root.isDirty())) {
            return this.save({
                reload: false,
                onError: (error, options) => this.onSaveError(error, options, forceLeave),
                leaving: true,
            });
        }
        return true;
    }

    async beforeUnload(ev) {
        const { root } = this.model;
        if (root.dirty && !this.env.inDialog) {
            const saved = await root.urgentSave();
            if (!saved) {
                ev.preventDefault();
                ev.returnValue = "Unsaved changes";
            }
        }
    }

    /** Ask what to do with changes that the server refuses while the user goes elsewhere. */
    async onSaveError(error, { discard }, forceLeave) {
        if (forceLeave) {
            await discard();
            return true;
        }
        const message = error.data?.message || error.message;
        return new Promise((resolve) => {
            this.dialogService.add(ConfirmationDialog, {
                title: _t("The changes could not be saved"),
                body: `${message}\n\n${_t("Stay here to correct them, or discard them?")}`,
                confirmLabel: _t("Stay here"),
                cancelLabel: _t("Discard changes"),
                confirm: () => resolve(false),
                cancel: async () => {
                    await discard();
                    resolve(true);
                },
                dismiss: () => resolve(false),
            });
        });
    }

    // ------------------------------------------------------------------ buttons

    async save(params = {}) {
        if (this.props.saveRecord && !params.leaving) {
            return this.props.saveRecord(this.model.root, params);
        }
        return this.model.root.save(params);
    }

    async beforeExecuteActionButton(clickParams) {
        const { root } = this.model;
        if (clickParams.special !== "cancel") {
            let saved;
            if (clickParams.special === "save" && this.props.saveRecord) {
                saved = await this.props.saveRecord(root, clickParams);
            } else {
                saved = await root.save({ reload: !(this.env.inDialog && clickParams.close) });
            }
            if (saved !== false && this.props.onSave) {
                this.props.onSave(root, clickParams);
            }
            return saved;
        }
        if (this.props.onDiscard) {
            this.props.onDiscard(root);
        }
        return true;
    }

    async afterExecuteActionButton() {}

    async create() {
        const dirty = await this.model.root.isDirty();
        const canProceed = !dirty || (await this.save({ leaving: true }));
        if (canProceed) {
            await executeButtonCallback(this.rootRef.el, () => this.model.load({ resId: false }));
        }
    }

    async edit() {
        await this.model.root.switchMode("edit");
    }

    async saveButtonClicked(params = {}) {
        return executeButtonCallback(this.rootRef.el, async () => {
            const saved = await this.save(params);
            if (saved && this.props.onSave && !this.props.saveRecord) {
                this.props.onSave(this.model.root, params);
            }
            return saved;
        });
    }

    async discard() {
        if (this.props.discardRecord) {
            await this.props.discardRecord(this.model.root);
            return;
        }
        await this.model.root.discard();
        if (this.props.onDiscard) {
            this.props.onDiscard(this.model.root);
        }
        if (this.model.root.isNew && !this.env.inDialog) {
            this.env.config.historyBack();
        }
    }

    // ------------------------------------------------------------------ cog menu

    getStaticActionMenuItems() {
        const { activeActions } = this.archInfo;
        const { root } = this.model;
        const hasActive = ["active", "x_active"].some(
            (name) => name in root.activeFields && !root.fields[name].readonly
        );
        const isSaved = () => !root.isNew;
        return {
            archive: {
                isAvailable: () => hasActive && isSaved() && root.isActive,
                sequence: 10,
                description: _t("Archive"),
                icon: "fa fa-archive",
                callback: () => this.confirmArchive(),
            },
            unarchive: {
                isAvailable: () => hasActive && isSaved() && !root.isActive,
                sequence: 20,
                description: _t("Unarchive"),
                icon: "fa fa-folder-open",
                callback: () => root.unarchive(),
            },
            duplicate: {
                isAvailable: () => activeActions.create && activeActions.duplicate && isSaved(),
                sequence: 30,
                description: _t("Duplicate"),
                icon: "fa fa-clone",
                callback: () => this.duplicateRecord(),
            },
            delete: {
                isAvailable: () => activeActions.delete && isSaved(),
                sequence: 40,
                description: _t("Delete"),
                icon: "fa fa-trash-o",
                class: "text-danger",
                callback: () => this.deleteRecord(),
                skipSave: true,
            },
        };
    }

    get actionMenuItems() {
        const { actionMenus } = this.props.info;
        const entries = Object.entries(this.getStaticActionMenuItems())
            .filter(([, item]) => item.isAvailable === undefined || item.isAvailable())
            .sort(([, a], [, b]) => (a.sequence || 0) - (b.sequence || 0))
            .map(([key, item]) => ({ key, groupNumber: 100, ...item }));
        return { action: [...entries, ...(actionMenus?.action || [])], print: actionMenus?.print || [] };
    }

    get cogMenuProps() {
        return {
            getActiveIds: () => (this.model.root.isNew ? [] : [this.model.root.resId]),
            context: this.props.context,
            items: this.props.info.actionMenus ? this.actionMenuItems : {},
            isDomainSelected: false,
            resModel: this.model.root.resModel,
            domain: this.props.domain,
            onActionExecuted: () => this.model.load({ resId: this.model.root.resId, resIds: this.model.root.resIds }),
            shouldExecuteAction: (item) => this.shouldExecuteAction(item),
        };
    }

    async shouldExecuteAction(item) {
        const { root } = this.model;
        if (!item.skipSave && ((await root.isDirty()) || root.isNew)) {
            return root.save();
        }
        return true;
    }

    confirmArchive() {
        this.dialogService.add(ConfirmationDialog, {
            title: _t("Archive"),
            body: _t("Do you want to archive this record?"),
            confirmLabel: _t("Archive"),
            confirm: () => this.model.root.archive(),
            cancel: () => {},
        });
    }

    async duplicateRecord() {
        await this.model.root.duplicate();
    }

    get deleteConfirmationDialogProps() {
        return {
            title: _t("Delete"),
            body: deleteConfirmationMessage,
            confirm: async () => {
                await this.model.root.delete();
                if (!this.model.root.resId) {
                    this.env.config.historyBack();
                }
            },
            confirmLabel: _t("Delete"),
            confirmClass: "btn-danger",
            cancel: () => {},
            cancelLabel: _t("No, keep it"),
        };
    }

    async deleteRecord() {
        this.dialogService.add(ConfirmationDialog, this.deleteConfirmationDialogProps);
    }
}
