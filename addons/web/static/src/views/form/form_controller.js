import { onError, onRendered, onWillStart, status, useEffect, useEnv } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { useDebugCategory } from "@web/core/debug/debug_context";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { connection, isServerAway } from "@web/core/network/connection";
import { RPCError } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useBus, useService, useWhileMounted } from "@web/core/utils/hooks";
import { createElement } from "@web/core/utils/xml";
import { FetchRecordError } from "@web/model/relational_model/utils";
import { Field } from "@web/views/fields/field";
import { ButtonBox } from "@web/views/form/button_box/button_box";
import { FormErrorDialog } from "@web/views/form/form_error_dialog/form_error_dialog";
import { DraftBanner } from "@web/views/form/draft_banner";
import { FormCogMenu } from "@web/views/form/form_cog_menu/form_cog_menu";
import { useFormDrafts } from "@web/views/form/form_drafts";
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
const PHONE = 2;
const LARGEST = 6;
const ACCESS_ERROR = "odoo.exceptions.AccessError";
const [DIALOG_OPENS, DIALOG_CLOSES] = ["ADD", "REMOVE"].map((what) => `FORM-CONTROLLER:FORM-IN-DIALOG:${what}`);

/**
 * Forms in dialogs tell the forms behind them, and these count them.
 *
 * @returns {() => boolean} whether a form is in a dialog now
 */
export function useFormViewInDialog() {
    const { bus, inDialog } = useEnv();
    let count = 0;
    useBus(bus, DIALOG_OPENS, () => count++);
    useBus(bus, DIALOG_CLOSES, () => count--);
    useWhileMounted(() => {
        if (!inDialog) {
            return () => {};
        }
        bus.trigger(DIALOG_OPENS);
        return () => bus.trigger(DIALOG_CLOSES);
    });
    return () => count > 0;
}

/** The company in which the server would have let the user do what it refused. */
function suggestedCompany({ data }) {
    return data?.context?.suggested_company;
}

/** A form view: breadcrumb actions, pager, save and discard, and the form. */
export class FormController extends RecordsController {
    static template = "web.FormView";
    static components = {
        ...RecordsController.components,
        ButtonBox,
        DraftBanner,
        Field,
        FormCogMenu,
        FormStatusIndicator,
    };
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
        this.hasFormInDialog = useFormViewInDialog();
        this.drafts = useFormDrafts(this);
        if (!this.env.inDialog) {
            useDebugCategory("form", { component: this });
        }
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
        const { inDialog } = this.env;
        this.footerArchInfo = inDialog ? this.extractFooters() : null;
        this.buttonBoxArchInfo = this.extractButtonBox();
        this.headerArchInfo = inDialog ? null : this.copyHeader();
        /** Ids of copies that were not saved since they were made. */
        this.copies = new Set();
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
                onRecordSaved: (record, changes) => this.afterSaving(record, changes),
                onWillLoadRoot: this.onWillLoadRoot.bind(this),
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

    /** A part of the form that stands elsewhere, for a renderer of its own. */
    partInfo(xmlDoc) {
        return { ...this.archInfo, xmlDoc, disableAutofocus: true };
    }

    /** Stat buttons stand in the control panel; dialogs have none. */
    extractButtonBox() {
        const boxes = [...this.archInfo.xmlDoc.querySelectorAll("div[name='button_box']")];
        const box = boxes.find((element) => !element.closest("field"));
        box?.remove();
        return box && !this.env.inDialog ? this.partInfo(box) : null;
    }

    /** What the header has besides fields, for the menu of small screens. */
    copyHeader() {
        const header = [...this.archInfo.xmlDoc.children].find((child) => child.tagName === "header");
        const nodes = [...(header?.children || [])].filter((node) => node.matches(":not(field), field.btn"));
        if (!nodes.length) {
            return null;
        }
        const items = createElement("header_items");
        items.append(...nodes.map((node) => node.cloneNode(true)));
        return this.partInfo(items);
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
        return this.partInfo(container);
    }

    get className() {
        const { size } = this.ui;
        const isPage = !this.env.inDialog;
        return {
            [super.className || ""]: true,
            o_xxl_form_view: isPage && size === LARGEST,
            o_xxs_form_view: isPage && size <= SMALL,
            // there is no pointer that would show what can be edited
            o_field_highlight: size < PHONE || hasTouch(),
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
        const { cause } = error;
        const company = cause instanceof RPCError && cause.exceptionName === ACCESS_ERROR && suggestedCompany(cause);
        if (company) {
            const { activeCompanyIds, setCompanies } = this.env.services.company;
            return setCompanies([...activeCompanyIds, company.id]);
        }
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

    /** Called with what the model is about to load. */
    async onWillLoadRoot() {}

    /** Called with the record and the values that were sent. @param {...any} _saved */
    async onRecordSaved(..._saved) {}

    /** Texts of a copy that are changed for the first time are those of another record in every language. */
    async afterSaving(record, changes) {
        const translated = Object.entries(changes).filter(([name]) => record.fields[name]?.translate === true);
        if (this.copies.delete(record.resId) && translated.length) {
            await this.model.orm.call(record.resModel, "web_override_translations", [
                [record.resId],
                Object.fromEntries(translated),
            ]);
        }
        await this.onRecordSaved(record, changes);
    }

    /** Called with the record and the values to send. @returns {Promise<boolean|void>} false: they are not sent */
    async onWillSaveRecord() {}

    /** Show another record; what was changed is saved by the same request. */
    async onPagerUpdate({ offset, resIds }) {
        const { root } = this.model;
        const resId = resIds[offset];
        const name = this.displayName();
        const onError = async (error, options) => {
            const isLeft = await this.onSaveError(error, options, false);
            return isLeft && this.model.load({ resId });
        };
        const saveAndMove = async () => (await root.save({ nextId: resId, onError })) && this.offerUndo(name);
        const move = (await root.isDirty()) ? saveAndMove() : this.model.load({ resId });
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
        if (root.dirty && !this.hasFormInDialog() && document.visibilityState === "hidden") {
            return root.save();
        }
    }

    /** @returns {Promise<boolean>} false: something could not be saved, and the user wants to stay */
    async beforeLeave({ forceLeave = false } = {}) {
        const onError = (error, options) => this.onSaveError(error, options, forceLeave);
        const mayLeave = await this.saveIfDirty({ leaving: true, onError, reload: false });
        if (mayLeave) {
            this.offerUndo(this.displayName());
        }
        return mayLeave;
    }

    async beforeUnload(ev) {
        const { root } = this.model;
        if (root.dirty && connection.lost) {
            // nobody takes what is sent while leaving
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        } else if (root.dirty && !this.env.inDialog) {
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
        return new Promise((resolve) => {
            this.dialogService.add(FormErrorDialog, {
                data: error.data ?? undefined,
                message: isServerAway(error)
                    ? _t("The server does not answer. What you entered stays here until it is back.").toString()
                    : error.message,
                onDiscard: async () => {
                    await discard();
                    resolve(true);
                },
                onStayHere: () => resolve(false),
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

    /** Let the user take the last save back; what saves for a button does is not offered, as the button acts on it. */
    offerUndo(name) {
        const undo = !this.env.inDialog && this.model.root.takeUndo();
        if (undo) {
            this.model.offerUndo(_t("%s was saved.", name || _t("The record")), undo);
        }
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
        // the button acts on what was saved
        root.takeUndo();
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
        const onError = (error, options) => this.onSaveError(error, options, false);
        if (await this.saveIfDirty({ leaving: true, onError })) {
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
                this.offerUndo(this.displayName());
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
        if (record.isNew || this.env.inDialog) {
            this.env.config.historyBack();
        }
    }

    // ------------------------------------------------------------------ cog menu

    getStaticActionMenuItems() {
        const { root } = this.model;
        const { create, delete: canDelete, duplicate } = this.activeActions;
        const { archiveEnabled } = this;
        const stored = (condition) => () => !root.isNew && condition;
        const items = this.standardMenuItems({
            archive: {
                sequence: 10,
                isAvailable: stored(archiveEnabled && root.isActive),
                callback: () => this.ask(this.archiveDialogProps),
            },
            unarchive: {
                sequence: 20,
                isAvailable: stored(archiveEnabled && !root.isActive),
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
        return {
            ...items,
            addPropertyFieldValue: {
                sequence: 50,
                isAvailable: () => this.activeActions.addPropertyFieldValue ?? false,
                icon: "fa fa-cogs",
                description: _t("Add Properties"),
                callback: () => this.model.bus.trigger("PROPERTY_FIELD:ADD_PROPERTY_VALUE"),
            },
        };
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

    /** Whether records of the model can be archived, and by this view. */
    get archiveEnabled() {
        const { activeFields, fields } = this.model.root;
        return ["active", "x_active"].some((name) => name in activeFields && !fields[name].readonly);
    }

    get archiveDialogProps() {
        return archivingQuestion(() => this.model.root.archive());
    }

    async duplicateRecord() {
        await this.model.root.duplicate();
        this.copies.add(this.ids.resId);
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
