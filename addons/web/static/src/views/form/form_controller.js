import { onError, onRendered, onWillStart, status, useEffect } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { createElement } from "@web/core/utils/xml";
import { FetchRecordError } from "@web/model/relational_model/utils";
import { Field } from "@web/views/fields/field";
import { ButtonBox } from "@web/views/form/button_box/button_box";
import { FormStatusIndicator } from "@web/views/form/form_status_indicator/form_status_indicator";
import { loadSubViews } from "@web/views/form/sub_views";
import { archivingQuestion, deletionQuestion } from "@web/views/questions";
import { RecordsController } from "@web/views/records_controller";
import { executeButtonCallback } from "@web/views/view_button/view_button_hook";

export { loadSubViews };

const optional = (type) => ({ type, optional: true });
const DISPLAY_NAME = { name: "display_name", type: "char", readonly: true };
/** Sizes of the screen, see the service `ui`. */
const SMALL = 1;
const LARGEST = 6;

/** A form view: breadcrumb actions, pager, save and discard, and the form. */
export class FormController extends RecordsController {
    static template = "web.FormView";
    static components = { ...RecordsController.components, ButtonBox, Field, FormStatusIndicator };
    static props = {
        ...RecordsController.props,
        Compiler: Function,
        mode: optional(String),
        resId: optional([Number, Boolean]),
        resIds: optional(Array),
        ...Object.fromEntries(["preventCreate", "preventEdit"].map((name) => [name, optional(Boolean)])),
        ...Object.fromEntries(
            ["discardRecord", "onDiscard", "onSave", "removeRecord", "saveRecord"].map((name) => [
                name,
                optional(Function),
            ])
        ),
    };
    static defaultProps = { preventCreate: false, preventEdit: false, updateActionState: () => {} };

    setup() {
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.viewService = useService("view");
        this.prepare();
        super.setup();
        onError((error) => this.onRenderingError(error));
        useBus(this.ui.bus, "resize", () => this.render());
        useHotkey("alt+s", () => this.saveButtonClicked(), {
            bypassEditableProtection: true,
            isAvailable: () => !this.env.inDialog || status(this) === "mounted",
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

    /** What follows from the arch and the props alone, before there is a model. */
    prepare() {
        const { archInfo, display, preventCreate, preventEdit, state } = this.props;
        this.archInfo = archInfo;
        this.canCreate = archInfo.activeActions.create && !preventCreate;
        this.canEdit = archInfo.activeActions.edit && !preventEdit;
        this.display = { ...display };
        this.footerArchInfo = this.env.inDialog ? this.extractFooters() : null;
        this.notebookPages = state?.activeNotebookPages || {};
    }

    get modelParams() {
        const { context, fields, mode = "edit", resModel, state } = this.props;
        const { resId, resIds } = state?.modelState || this.props;
        return {
            config: {
                activeFields: {},
                context,
                fields,
                isMonoRecord: true,
                mode: this.canEdit || !this.props.resId ? mode : "readonly",
                resId: resId || false,
                resIds: resIds || (resId ? [resId] : []),
                resModel,
            },
            hooks: {
                onRecordSaved: this.onRecordSaved.bind(this),
                onWillSaveRecord: this.onWillSaveRecord.bind(this),
            },
            state: state?.modelState,
        };
    }

    get actionCallbacks() {
        return {
            beforeLeave: (options) => this.beforeLeave(options),
            beforeUnload: (ev) => this.beforeUnload(ev),
            beforeVisibilityChange: () => this.beforeVisibilityChange(),
            getLocalState: () => ({ activeNotebookPages: this.notebookPages, modelState: this.ids }),
        };
    }

    /** The record that is shown, and those that the pager goes to. */
    get ids() {
        const { resId, resIds } = this.model.root;
        return { resId, resIds };
    }

    get offersCreation() {
        return this.canCreate && !this.env.inDialog;
    }

    /** Descriptions of the views of lines come first: they tell which fields of the lines are read. */
    async beforeFirstLoad() {
        const { context, fields, resModel } = this.props;
        const { fieldNodes } = this.archInfo;
        await loadSubViews(fieldNodes, fields, context, resModel, this.viewService, this.env.isSmall);
        // the breadcrumb shows the name
        Object.assign(this.model.config, this.fieldsToRead(this.display.controlPanel ? [DISPLAY_NAME] : []));
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
        const { size } = this.ui;
        const isPage = !this.env.inDialog;
        return {
            [super.className || ""]: true,
            o_xxl_form_view: isPage && size === LARGEST,
            o_xxs_form_view: isPage && size <= SMALL,
        };
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
        const { resId, resIds } = this.ids;
        return resId
            ? {
                  limit: 1,
                  offset: resIds.indexOf(resId),
                  onUpdate: ({ offset }) => this.onPagerUpdate({ offset, resIds }),
                  total: resIds.length,
              }
            : undefined;
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

    /** Called with the record and the values that were sent. */
    async onRecordSaved() {}

    /** Called with the record and the values to send. @returns {Promise<boolean|void>} false: they are not sent */
    async onWillSaveRecord() {}

    /** Show another record; what was changed is saved by the same request. */
    async onPagerUpdate({ offset, resIds }) {
        const { root } = this.model;
        const resId = resIds[offset];
        const move = (await root.isDirty()) ? root.save({ nextId: resId }) : this.model.load({ resId });
        await move.catch((error) => {
            if (!(error instanceof FetchRecordError)) {
                throw error;
            }
            this.notification.add(error.message, { type: "danger" });
        });
    }

    // ------------------------------------------------------------------ leaving

    beforeVisibilityChange() {
        const { root } = this.model;
        if (root.dirty && !this.env.inDialog && document.visibilityState === "hidden") {
            return root.save();
        }
    }

    /** @returns {Promise<boolean>} false: something could not be saved, and the user wants to stay */
    async beforeLeave({ forceLeave = false } = {}) {
        const onError = (error, options) => this.onSaveError(error, options, forceLeave);
        return this.saveIfDirty({ leaving: true, onError, reload: false });
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

    // ------------------------------------------------------------------ saving, discarding

    /** Save for the user: the parent of a dialog may do that in its way, but not while the page is left. */
    async save(params = {}) {
        const { saveRecord } = this.props;
        const { root } = this.model;
        return saveRecord && !params.leaving ? saveRecord(root, params) : root.save(params);
    }

    /** @returns {Promise<boolean>} false: there is something that could not be saved */
    async saveIfDirty(params) {
        return !(await this.model.root.isDirty()) || this.save(params);
    }

    /** Buttons act on what is stored: save before them, or tell the parent that the user cancels. */
    async beforeExecuteActionButton(clickParams) {
        const { onDiscard, onSave, saveRecord } = this.props;
        const { root } = this.model;
        const { close, special } = clickParams;
        if (special === "cancel") {
            onDiscard?.(root);
            return true;
        }
        const saved = await (special === "save" && saveRecord
            ? saveRecord(root, clickParams)
            : root.save({ reload: !close || !this.env.inDialog }));
        if (saved !== false) {
            onSave?.(root, clickParams);
        }
        return saved;
    }

    onClickCreate() {
        return this.create();
    }

    /** Show an empty form, unless what was changed here cannot be saved. */
    async create() {
        if (await this.saveIfDirty({ leaving: true })) {
            await executeButtonCallback(this.rootRef.el, () => this.model.load({ resId: false }));
        }
    }

    async edit() {
        await this.model.root.switchMode("edit");
    }

    async saveButtonClicked(params = {}) {
        return executeButtonCallback(this.rootRef.el, async () => {
            const saved = await this.save(params);
            if (saved && !this.props.saveRecord) {
                this.props.onSave?.(this.model.root, params);
            }
            return saved;
        });
    }

    async discard() {
        const discard = this.props.discardRecord || ((record) => this.discardHere(record));
        await discard(this.model.root);
    }

    /** Drop the changes; a page without a record has nothing to show then. */
    async discardHere(record) {
        await record.discard();
        this.props.onDiscard?.(record);
        if (record.isNew && !this.env.inDialog) {
            this.env.config.historyBack();
        }
    }

    // ------------------------------------------------------------------ cog menu

    getStaticActionMenuItems() {
        const { root } = this.model;
        const { create, delete: canDelete, duplicate } = this.activeActions;
        const hasActive = ["active", "x_active"].some(
            (name) => name in root.activeFields && !root.fields[name].readonly
        );
        const stored = (condition) => () => !root.isNew && condition;
        return this.standardMenuItems({
            archive: {
                sequence: 10,
                isAvailable: stored(hasActive && root.isActive),
                callback: () => this.confirmArchive(),
            },
            unarchive: {
                sequence: 20,
                isAvailable: stored(hasActive && !root.isActive),
                callback: () => root.unarchive(),
            },
            duplicate: {
                sequence: 30,
                isAvailable: stored(create && duplicate),
                callback: () => this.duplicateRecord(),
            },
            delete: {
                sequence: 40,
                isAvailable: stored(canDelete),
                callback: () => this.deleteRecord(),
                skipSave: true,
            },
        });
    }

    get cogMenuProps() {
        const { menuProps } = this;
        return {
            ...menuProps,
            getActiveIds: () => [this.ids.resId].filter(Boolean),
            isDomainSelected: false,
            items: this.props.info.actionMenus ? menuProps.items : {},
            onActionExecuted: () => this.model.load(this.ids),
            shouldExecuteAction: (item) => this.shouldExecuteAction(item),
        };
    }

    /** Actions find the record as it is shown. */
    async shouldExecuteAction({ skipSave }) {
        const { root } = this.model;
        return skipSave || (root.isNew ? root.save() : this.saveIfDirty({ leaving: true }));
    }

    confirmArchive() {
        this.ask(archivingQuestion(() => this.model.root.archive()));
    }

    async duplicateRecord() {
        await this.model.root.duplicate();
    }

    deleteRecord() {
        this.ask(this.deleteConfirmationDialogProps);
    }

    /** After a deletion the next record is shown; there may be none. */
    get deleteConfirmationDialogProps() {
        const isLast = this.ids.resIds.length < 2;
        return deletionQuestion(async () => {
            if ((await this.model.root.delete()) && isLast) {
                this.env.config.historyBack();
            }
        });
    }
}
