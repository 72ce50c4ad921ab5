import { Component, status, useComponent, useEffect, useEnv, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { makeContext } from "@web/core/context";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { parseXML } from "@web/core/utils/xml";
import { useBus, useChildRef, useForwardRefToParent, useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { useViewButtons } from "@web/views/view_button/view_button_hook";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { loadSubViews } from "@web/views/form/sub_views";
import { extractFieldsFromArchInfo } from "@web/model/relational_model/utils";

/** Which actions on the lines of a relation are allowed now: `{type, canCreate, canDelete, onDelete...}`. */
export function useActiveActions({
    fieldType,
    crudOptions = {},
    subViewActiveActions = {},
    getEvalParams = () => ({}),
}) {
    const compute = () => {
        const { evalContext = {}, readonly } = getEvalParams() || {};
        const allowed = (name, fallback) => {
            const option = crudOptions[name];
            const isSet = option !== undefined && option !== null;
            const value = isSet
                ? typeof option === "string"
                    ? evaluateBooleanExpr(option, evalContext)
                    : Boolean(option)
                : true;
            return value && (fallback === undefined || fallback);
        };
        const view = subViewActiveActions || {};
        const isMany2Many = fieldType === "many2many";
        const canCreate = !readonly && allowed("create", view.create);
        const canDelete = !readonly && allowed("delete", view.delete);
        const result = {
            type: fieldType,
            create: canCreate,
            delete: canDelete,
            edit: view.edit ?? true,
            write: allowed("write", undefined),
            createEdit: canCreate && allowed("createEdit", undefined),
            link: !readonly && isMany2Many && allowed("link", view.link),
            unlink: !readonly && allowed("unlink", view.unlink),
        };
        result.canCreate = result.create;
        result.canDelete = result.delete;
        result.canLink = result.link;
        result.canUnlink = result.unlink;
        const canRemove = isMany2Many ? result.unlink : result.delete;
        result.onDelete = canRemove ? crudOptions.onDelete : null;
        return result;
    };
    const state = useState(compute());
    const component = useComponent();
    useEffect(() => {
        Object.assign(state, compute());
    });
    return { get: compute, state, component };
}

/** Dialog to choose records (and maybe create one). */
export function useSelectCreate({ resModel, activeActions, onSelected, onCreateEdit, onUnselect }) {
    const addDialog = useOwnedDialogs();
    return ({ domain, context, filters, title }) => {
        addDialog(SelectCreateDialog, {
            title: title || _t("Select records"),
            noCreate: !activeActions.create,
            multiSelect: "link" in activeActions ? activeActions.link : false,
            resModel,
            context,
            domain,
            onSelected,
            onCreateEdit: () => onCreateEdit({ context }),
            dynamicFilters: filters,
            onUnselect,
        });
    };
}

/** Dialog of the record behind a many2one. */
export function useOpenMany2XRecord({
    resModel,
    onRecordSaved,
    onRecordDiscarded,
    fieldString,
    activeActions,
    isToMany,
    onClose = () => {},
}) {
    const orm = useService("orm");
    const addDialog = useOwnedDialogs();
    return async ({ resId = false, forceModel = null, title, context }, immediate = false) => {
        const model = forceModel || resModel;
        let viewId;
        if (resId) {
            viewId = await orm.call(model, "get_formview_id", [[resId]], { context });
        }
        const record = activeActions || {};
        const canSave = resId ? record.write !== false : record.create !== false;
        addDialog(
            FormViewDialog,
            {
                title: title || (resId ? _t("Open: %s", fieldString) : _t("Create %s", fieldString)),
                preventCreate: !resId && !canSave,
                preventEdit: Boolean(resId) && !canSave,
                isToMany,
                context,
                mode: canSave ? "edit" : "readonly",
                resId,
                resModel: model,
                viewId,
                onRecordSaved,
                onRecordDiscarded,
            },
            { onClose }
        );
        return immediate;
    };
}

/** Choice of one record by typing its name; creation and search on request. */
export class Many2XAutocomplete extends Component {
    static template = "web.Many2XAutocomplete";
    static components = { AutoComplete };
    static props = {
        value: { type: String, optional: true },
        activeActions: Object,
        context: { type: Object, optional: true },
        nameCreateField: { type: String, optional: true },
        setInputFloats: { type: Function, optional: true },
        update: Function,
        resModel: String,
        getDomain: Function,
        searchLimit: { type: Number, optional: true },
        quickCreate: { type: [Function, { value: null }], optional: true },
        noSearchMore: { type: Boolean, optional: true },
        searchMoreLimit: { type: Number, optional: true },
        fieldString: String,
        id: { type: String, optional: true },
        placeholder: { type: String, optional: true },
        autoSelect: { type: Boolean, optional: true },
        isToMany: { type: Boolean, optional: true },
        autocomplete_container: { type: Function, optional: true },
        dropdown: { type: Boolean, optional: true },
        autofocus: { type: Boolean, optional: true },
        otherSources: { type: Array, optional: true },
        autocomplete: { optional: true },
        slots: { optional: true },
    };
    static defaultProps = {
        searchLimit: 7,
        searchMoreLimit: 320,
        nameCreateField: "name",
        value: "",
        setInputFloats: () => {},
        quickCreate: null,
        context: {},
    };

    setup() {
        this.orm = useService("orm");
        this.autoCompleteContainer = useForwardRefToParent("autocomplete_container");
        const { activeActions, resModel, update, isToMany, fieldString } = this.props;
        this.openMany2X = useOpenMany2XRecord({
            resModel,
            activeActions,
            isToMany,
            onRecordSaved: (record) =>
                update([{ ...record.data, id: record.resId, display_name: record.data.display_name }]),
            onRecordDiscarded: () => {
                if (!isToMany) {
                    this.props.update(false);
                }
            },
            fieldString,
            onClose: () => this.focusInput(),
        });
        this.selectCreate = useSelectCreate({
            resModel,
            activeActions,
            onSelected: (resIds) => update(resIds.map((id) => ({ id }))),
            onCreateEdit: ({ context }) => this.openMany2X({ context }),
            onUnselect: isToMany ? undefined : () => update(),
        });
        this.lastProm = null;
    }

    focusInput() {
        const input = this.autoCompleteContainer.el?.querySelector("input");
        input?.focus();
    }

    get sources() {
        return [this.optionsSource, ...(this.props.otherSources || [])];
    }

    get optionsSource() {
        return {
            placeholder: _t("Loading...").toString(),
            options: (request) => this.loadOptionsSource(request),
            optionTemplate: this.optionTemplate,
        };
    }

    get optionTemplate() {
        return undefined;
    }

    get activeActions() {
        return this.props.activeActions || {};
    }

    getCreationContext(value) {
        return makeContext([this.props.context, value && { [`default_${this.props.nameCreateField}`]: value }]);
    }

    search(name) {
        return this.orm.call(this.props.resModel, "name_search", [], {
            name,
            operator: "ilike",
            args: this.props.getDomain(),
            limit: this.props.searchLimit + 1,
            context: this.props.context,
        });
    }

    mapRecordToOption([value, label]) {
        return { value, label: label ? label.split("\n")[0] : _t("Unnamed").toString(), displayName: label };
    }

    async loadOptionsSource(request) {
        this.lastProm?.abort?.(false);
        this.lastProm = this.search(request);
        const records = await this.lastProm;
        const options = records.map((result) => this.mapRecordToOption(result));
        const hasMore = records.length > this.props.searchLimit;
        if (hasMore) {
            options.pop();
        }
        const canQuickCreate = this.props.quickCreate && request.length;
        if (canQuickCreate) {
            options.push({
                label: _t('Create "%s"', request).toString(),
                classList: "o_m2o_dropdown_option o_m2o_dropdown_option_create",
                action: (params) => this.onQuickCreate(request, params),
            });
        }
        if (
            !this.props.noSearchMore &&
            (records.length > 0 || !request.length) &&
            (hasMore || records.length === 0 || !request.length || options.length >= this.props.searchLimit)
        ) {
            if (hasMore || this.env.isSmall) {
                options.push({
                    label: this.SearchMoreButtonLabel,
                    action: () => this.onSearchMore(request),
                    classList: "o_m2o_dropdown_option o_m2o_dropdown_option_search_more",
                });
            }
        }
        const canCreateEdit =
            "createEdit" in this.activeActions ? this.activeActions.createEdit : this.activeActions.create;
        if (!request.length && !this.props.value && (this.props.quickCreate || canCreateEdit) && !records.length) {
            options.push({ label: _t("Start typing..."), classList: "o_m2o_start_typing", unselectable: true });
        }
        if (request.length && canCreateEdit) {
            options.push({
                label: _t("Create and edit...").toString(),
                classList: "o_m2o_dropdown_option o_m2o_dropdown_option_create_edit",
                action: () => this.openMany2X({ context: this.getCreationContext(request) }),
            });
        }
        if (!records.length && !this.activeActions.create && !canQuickCreate) {
            options.push({ label: _t("No records").toString(), classList: "o_m2o_no_result", unselectable: true });
        }
        return options;
    }

    get SearchMoreButtonLabel() {
        return _t("Search More...").toString();
    }

    async onQuickCreate(request) {
        try {
            await this.props.quickCreate(request);
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            // the name alone was not enough: let the user fill the rest in
            await this.openMany2X({ context: this.getCreationContext(request) });
        }
    }

    async onSearchMore(request) {
        const { resModel, getDomain, context, fieldString } = this.props;
        const domain = getDomain();
        let dynamicFilters = [];
        if (request.length) {
            const found = await this.orm.call(resModel, "name_search", [], {
                name: request,
                args: domain,
                operator: "ilike",
                limit: this.props.searchMoreLimit,
                context,
            });
            dynamicFilters = [
                {
                    description: _t("Quick search: %s", request).toString(),
                    domain: [["id", "in", found.map(([id]) => id)]],
                },
            ];
        }
        this.selectCreate({ domain, context, filters: dynamicFilters, title: _t("Search: %s", fieldString) });
    }

    onSelect(option, params = {}) {
        if (option.action) {
            return option.action(params);
        }
        this.props.update([{ id: option.value, display_name: option.displayName }], params);
    }

    onInput({ inputValue }) {
        if (!this.props.value || this.props.value !== inputValue) {
            this.props.setInputFloats(true);
        }
    }

    onBlur({ inputValue }) {
        this.props.setInputFloats(false);
        if (!inputValue && this.props.value && !this.props.isToMany) {
            this.props.update(false);
        }
    }

    async onChange({ inputValue }) {
        if (!inputValue.length && !this.props.isToMany) {
            this.props.update(false);
        }
    }
}

/** The same, with the pictures of the records beside their names. */
export class AvatarMany2XAutocomplete extends Many2XAutocomplete {
    get optionTemplate() {
        return "web.AvatarMany2XAutocomplete";
    }

    mapRecordToOption(result) {
        return { ...super.mapRecordToOption(result), resModel: this.props.resModel };
    }
}

/** Dialog with the form of one line of a relation. */
export class X2ManyFieldDialog extends Component {
    static template = "web.X2ManyFieldDialog";
    static components = { Dialog };
    static props = {
        archInfo: Object,
        close: Function,
        record: Object,
        addNew: { optional: true },
        save: Function,
        title: { optional: true },
        delete: { optional: true },
        deleteButtonLabel: { optional: true },
        config: { optional: true },
        controls: { optional: true },
        canCreate: { optional: true },
        FormRenderer: Function,
        Compiler: { optional: true },
    };

    setup() {
        this.record = useState(this.props.record);
        this.modalRef = useChildRef();
        this.readonly = !this.props.record.isInEdition;
        this.canCreate = this.props.addNew && this.props.canCreate;
        useViewButtons(this.modalRef, {
            reload: () => this.props.record.load(),
            beforeExecuteAction: (params) => this.beforeExecuteActionButton(params),
        });
        this.env.dialogData.dismiss = () => this.discard();
        useBus(this.record.model.bus, "update", () => status(this) !== "destroyed" && this.render(true));
    }

    async beforeExecuteActionButton(clickParams) {
        if (clickParams.special === "cancel") {
            await this.discard();
            return false;
        }
        if (clickParams.special === "save") {
            await this.save({ saveAndNew: false });
            return false;
        }
        return true;
    }

    async discard() {
        if (this.record.isInEdition) {
            await this.record.discard();
            await this.record.switchMode("readonly");
        }
        this.props.close();
    }

    async save({ saveAndNew }) {
        if (!(await this.record.checkValidity({ displayNotification: true }))) {
            return false;
        }
        await this.props.save(this.record);
        if (saveAndNew) {
            const record = await this.props.addNew();
            this.props.close();
            return record;
        }
        this.props.close();
        return true;
    }

    async remove() {
        await this.props.delete();
        this.props.close();
    }
}

async function formArchInfo({ list, resModel, env, viewService, activeField }) {
    let formInfo = activeField?.views?.form;
    let fields;
    if (!formInfo) {
        const description = await viewService.loadViews({ context: list.context, resModel, views: [[false, "form"]] });
        const { ArchParser } = registry.category("views").get("form");
        formInfo = new ArchParser().parse(parseXML(description.views.form.arch), description.relatedModels, resModel);
        fields = description.fields;
    } else {
        fields = formInfo.fields || list.fields;
    }
    await loadSubViews(formInfo.fieldNodes, fields, {}, resModel, viewService, env.isSmall);
    return { formInfo, fields };
}

/** Function that opens a line of a relation in a dialog: `({record, mode, title, context, onClose})`. */
export function useOpenX2ManyRecord({
    resModel,
    activeField,
    activeActions,
    getList,
    updateRecord,
    saveRecord,
    isMany2Many,
}) {
    const viewService = useService("view");
    const env = useEnv();
    const addDialog = useOwnedDialogs();
    const component = useComponent();
    return async function openRecord({ record, mode, context, title, controls, onClose }) {
        const list = getList();
        const { formInfo, fields } = await formArchInfo({ list, resModel, env, viewService, activeField });
        const { activeFields } = extractFieldsFromArchInfo(formInfo, fields);
        const params = {
            activeFields,
            fields: { ...fields },
            context,
            mode: mode === "readonly" ? "readonly" : "edit",
        };
        const isNew = !record;
        const target = await list.extendRecord(params, record);
        if (mode === "readonly" && record) {
            await target.switchMode("readonly");
        }
        const { FormRenderer } = await import("@web/views/form/form_renderer");
        const actions = activeActions?.get ? activeActions.get() : activeActions;
        addDialog(
            X2ManyFieldDialog,
            {
                config: env.config,
                archInfo: formInfo,
                record: target,
                FormRenderer,
                controls,
                title: title || component.props.string || "",
                canCreate: Boolean(actions?.create),
                addNew: () => openRecord({ context, mode: "edit", title, onClose }),
                save: async (saved) => {
                    await (isNew ? saveRecord(saved) : updateRecord(saved));
                },
                delete: actions?.onDelete && record ? () => actions.onDelete(record) : undefined,
                deleteButtonLabel: isMany2Many ? _t("Remove") : _t("Delete"),
            },
            { onClose }
        );
        return target;
    };
}

/** Functions to save, update and remove lines. */
export function useX2ManyCrud(getList, isMany2Many) {
    const saveRecord = isMany2Many
        ? async (object) => {
              const list = getList();
              if (Array.isArray(object)) {
                  return list.addAndRemove({ add: object });
              }
              // a record of another table is created on its own, then linked
              const saved = await object.save({ reload: false });
              return saved ? list.linkTo(object.resId) : false;
          }
        : async (record) => getList().validateExtendedRecord(record);
    const updateRecord = isMany2Many
        ? async (record) => {
              const list = getList();
              const saved = await record.save();
              if (saved) {
                  record._savePoint = undefined;
                  await record.switchMode("readonly");
              }
              return list;
          }
        : (record) => getList().validateExtendedRecord(record);
    const removeRecord = (record) => {
        const list = getList();
        return isMany2Many ? list.forget(record) : list.delete(record);
    };
    return { saveRecord, updateRecord, removeRecord };
}

/** Function that adds a line in place: `({context, editable})`. */
export function useAddInlineRecord({ addNew }) {
    let creating = false;
    return async ({ context, editable }) => {
        if (creating) {
            return;
        }
        creating = true;
        try {
            await addNew({ context, mode: "edit", position: editable });
        } finally {
            creating = false;
        }
    };
}
