import { Component, status, useComponent, useEffect, useEnv, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { makeContext } from "@web/core/context";
import { Dialog } from "@web/core/dialog/dialog";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { pick } from "@web/core/utils/objects";
import { parseXML } from "@web/core/utils/xml";
import { useBus, useChildRef, useForwardRefToParent, useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { useViewButtons } from "@web/views/view_button/view_button_hook";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { optional } from "@web/views/fields/standard_field_props";
import { loadSubViews } from "@web/views/form/sub_views";
import { extractFieldsFromArchInfo } from "@web/model/relational_model/utils";

const VALIDATION_ERROR = "odoo.exceptions.ValidationError";

/** Whether an option holds for a record: a boolean, a domain that the record matches, or an expression about it. */
function isTrueFor(option, evalContext) {
    if (Array.isArray(option)) {
        return new Domain(option).contains(evalContext);
    }
    return typeof option === "string" ? evaluateBooleanExpr(option, evalContext) : Boolean(option);
}

export { useSpecialData } from "@web/views/fields/special_data";

/**
 * Which actions on the lines of a relation are allowed now.
 *
 * @param {Object} params
 * @param {"one2many"|"many2many"} params.fieldType
 * @param {Object} [params.crudOptions] what the node says: booleans, or domains or expressions about the record; and
 *   `onDelete`
 * @param {Object} [params.subViewActiveActions] what the view of the lines says
 * @param {() => {evalContext?: Object, readonly?: boolean}} [params.getEvalParams]
 * @returns {{get: () => Object, state: Object, component: Component}} `state` is kept up to date
 */
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
            const value = option === undefined || option === null || isTrueFor(option, evalContext);
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

/**
 * Function that lets the user choose records of a model in a dialog, and maybe create one.
 *
 * @param {Object} params
 * @param {string} params.resModel
 * @param {{create?: boolean, link?: boolean}} params.activeActions `link`: several records may be chosen
 * @param {(ids: number[]) => any} params.onSelected
 * @param {(params: {context: Object}) => any} params.onCreateEdit
 * @param {() => any} [params.onUnselect]
 * @returns {(search: {domain: Array, context?: Object, filters?: Object[], title?: string}) => void}
 */
export function useSelectCreate({ resModel, activeActions, onSelected, onCreateEdit, onUnselect }) {
    const addDialog = useOwnedDialogs();
    return function chooseRecords({ domain, context, filters: dynamicFilters, title = _t("Select records") }) {
        const search = { resModel, domain, context, dynamicFilters };
        const creation = { noCreate: !activeActions.create, onCreateEdit: () => onCreateEdit({ context }) };
        const choice = { multiSelect: activeActions.link ?? false, onSelected, onUnselect };
        addDialog(SelectCreateDialog, { title, ...search, ...creation, ...choice });
    };
}

/**
 * Function that opens the record behind a link, or a new one, in a dialog.
 *
 * @param {Object} params
 * @param {string} params.resModel
 * @param {(record: Object) => any} [params.onRecordSaved]
 * @param {() => any} [params.onRecordDiscarded]
 * @param {string} params.fieldString what the link is called
 * @param {{create?: boolean, write?: boolean}} [params.activeActions]
 * @param {boolean} [params.isToMany]
 * @param {() => any} [params.onClose]
 * @returns {(target: {resId?: number, forceModel?: string, title?: string, context?: Object}, immediate?: boolean) =>
 *   Promise<boolean>}
 */
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
        activeActions: Object,
        fieldString: String,
        getDomain: Function,
        resModel: String,
        update: Function,
        ...optional({
            autocomplete: true,
            autocomplete_container: Function,
            autofocus: Boolean,
            autoSelect: Boolean,
            getOptionClassnames: Function,
            context: Object,
            dropdown: Boolean,
            id: String,
            isToMany: Boolean,
            nameCreateField: String,
            noSearchMore: Boolean,
            otherSources: Array,
            placeholder: String,
            quickCreate: [Function, { value: null }],
            searchLimit: Number,
            searchMoreLimit: Number,
            setInputFloats: Function,
            slots: true,
            value: String,
        }),
    };
    static defaultProps = {
        context: {},
        nameCreateField: "name",
        quickCreate: null,
        searchLimit: 7,
        searchMoreLimit: 320,
        setInputFloats: () => {},
        value: "",
    };

    setup() {
        this.orm = useService("orm");
        this.autoCompleteContainer = useForwardRefToParent("autocomplete_container");
        /** @type {(Promise<any> & {abort?: Function})|null} the search for what was typed last */
        this.lastProm = null;
        this.openMany2X = useOpenMany2XRecord({
            ...pick(this.props, "activeActions", "fieldString", "isToMany", "resModel"),
            onClose: () => this.focusInput(),
            onRecordDiscarded: () => this.clear(),
            onRecordSaved: ({ data, resId: id }) => this.props.update([{ ...data, id }]),
        });
        this.selectCreate = useSelectCreate({
            ...pick(this.props, "activeActions", "resModel"),
            onCreateEdit: (params) => this.openMany2X(params),
            onSelected: (ids) => this.props.update(ids.map((id) => ({ id }))),
            onUnselect: this.props.isToMany ? undefined : () => this.props.update(),
        });
    }

    /** Take the record back; one of many is taken back where it is shown. */
    clear() {
        if (!this.props.isToMany) {
            this.props.update(false);
        }
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

    /** @returns {Promise<[number, string][]>} records that may be chosen and whose name is like a text */
    findByName(name, limit) {
        const { context, getDomain, resModel } = this.props;
        const query = { name, limit, context, operator: "ilike", args: getDomain() };
        return this.orm.call(resModel, "name_search", [], query);
    }

    search(name) {
        // one more than are shown tells that there are more
        return this.findByName(name, this.props.searchLimit + 1);
    }

    mapRecordToOption([value, label]) {
        return {
            value,
            label: label ? label.split("\n")[0] : _t("Unnamed").toString(),
            displayName: label,
            classList: this.props.getOptionClassnames?.({ id: value, display_name: label }),
        };
    }

    async loadOptionsSource(request) {
        this.lastProm?.abort?.(false);
        this.lastProm = this.search(request);
        const found = await this.lastProm;
        const shown = found.slice(0, this.props.searchLimit);
        return [...shown.map((result) => this.mapRecordToOption(result)), ...this.otherOptions(request, found)];
    }

    /** What is offered below the records: other ways to get one, or a hint where there is none. */
    otherOptions(request, found) {
        const { quickCreate, value } = this.props;
        const { create, createEdit = create } = this.activeActions;
        const canQuickCreate = request && quickCreate;
        const isNothing = !found.length;
        const way = (name, label, action, more) => ({
            label: String(label),
            classList: `o_m2o_dropdown_option o_m2o_dropdown_option_${name}`,
            action,
            ...more,
        });
        const hint = (classList, label) => ({ label: String(label), classList, unselectable: true });
        return [
            canQuickCreate &&
                way("create", _t('Create "%s"', request), (params) => this.onQuickCreate(request, params), {
                    keepsText: true,
                }),
            this.offersSearch(request, found) &&
                way("search_more", this.SearchMoreButtonLabel, () => this.onSearchMore(request)),
            isNothing &&
                !request &&
                !value &&
                (quickCreate || createEdit) &&
                hint("o_m2o_start_typing", _t("Start typing...")),
            request &&
                createEdit &&
                way("create_edit", _t("Create and edit..."), () =>
                    this.openMany2X({ context: this.getCreationContext(request) })
                ),
            isNothing && !create && !canQuickCreate && hint("o_m2o_no_result", _t("No records")),
        ].filter(Boolean);
    }

    /** A dialog with the records helps where there are some; a phone has little room for the list of what is typed. */
    offersSearch(request, found) {
        return !this.props.noSearchMore && (found.length > 0 || (this.env.isSmall && !request));
    }

    get SearchMoreButtonLabel() {
        return _t("Search More...").toString();
    }

    async onQuickCreate(request, params) {
        try {
            await this.props.quickCreate(request, params);
        } catch (error) {
            if (!(error instanceof RPCError) || error.exceptionName !== VALIDATION_ERROR) {
                throw error;
            }
            // the name alone was not enough: let the user fill the rest in
            await this.openMany2X({ context: this.getCreationContext(request) });
        }
    }

    async onSearchMore(request) {
        const { context, fieldString, getDomain, searchMoreLimit } = this.props;
        const filters = [];
        if (request) {
            const ids = (await this.findByName(request, searchMoreLimit)).map(([id]) => id);
            filters.push({ description: String(_t("Quick search: %s", request)), domain: [["id", "in", ids]] });
        }
        this.selectCreate({ domain: getDomain(), context, filters, title: _t("Search: %s", fieldString) });
    }

    onSelect(option, params = {}) {
        const { action, displayName, value } = option;
        return action ? action(params) : this.props.update([{ id: value, display_name: displayName }], params);
    }

    /** The text floats while it is not the name of the record. */
    onInput({ inputValue }) {
        const { setInputFloats, value } = this.props;
        setInputFloats(inputValue !== value);
    }

    onBlur({ inputValue }) {
        this.props.setInputFloats(false);
        if (!inputValue && this.props.value) {
            this.clear();
        }
    }

    async onChange({ inputValue }) {
        if (!inputValue) {
            this.clear();
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
        const { addNew, canCreate, record } = this.props;
        this.canCreate = addNew && canCreate;
        this.readonly = !record.isInEdition;
        this.record = useState(record);
        this.modalRef = useChildRef();
        this.env.dialogData.dismiss = () => this.discard();
        useBus(record.model.bus, "update", () => status(this) !== "destroyed" && this.render(true));
        useViewButtons(this.modalRef, {
            beforeExecuteAction: (params) => this.beforeExecuteActionButton(params),
            reload: () => record.load(),
        });
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

    /** Do something and close, unless its result is that the user has to stay (`false`). */
    async closeAfter(action) {
        const result = await action();
        if (result !== false) {
            this.props.close();
        }
        return result;
    }

    discard() {
        return this.closeAfter(async () => {
            if (this.record.isInEdition) {
                await this.record.discard();
                await this.record.switchMode("readonly");
            }
        });
    }

    save({ saveAndNew }) {
        return this.closeAfter(async () => {
            if (!(await this.record.checkValidity({ displayNotification: true }))) {
                return false;
            }
            await this.props.save(this.record);
            return saveAndNew ? this.props.addNew() : true;
        });
    }

    remove() {
        return this.closeAfter(async () => {
            await this.props.delete();
        });
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

/**
 * Function that opens a line of a relation, or a new one, in a dialog.
 *
 * @param {Object} params
 * @param {string} params.resModel
 * @param {{views?: Object, fields: Object}} params.activeField
 * @param {Object} params.activeActions
 * @param {() => Object} params.getList
 * @param {Function} params.updateRecord
 * @param {Function} params.saveRecord
 * @param {boolean} params.isMany2Many
 * @returns {(line: {record?: Object, mode?: string, context?: Object, title?: string, controls?: Object,
 *   onClose?: () => any}) => Promise<Object>} resolves to the record of the dialog
 */
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

/** Operations on lines that belong to a record: they are kept with it. */
function ownLines(getList) {
    const keep = (record) => getList().validateExtendedRecord(record);
    return { saveRecord: keep, updateRecord: keep, removeRecord: (record) => getList().delete(record) };
}

/** Operations on records of their own: they are saved by themselves, and linked or not. */
function linkedRecords(getList) {
    const link = (ids) => getList().addAndRemove({ add: ids });
    const create = async (record) => {
        const isSaved = await record.save({ reload: false });
        return isSaved && getList().linkTo(record.resId);
    };
    return {
        /** Link records that are known by their ids, or one that is new. */
        saveRecord: (target) => (Array.isArray(target) ? link(target) : create(target)),
        async updateRecord(record) {
            if (await record.save()) {
                // what is saved is not undone by discarding
                record._savePoint = undefined;
                await record.switchMode("readonly");
            }
            return getList();
        },
        removeRecord: (record) => getList().forget(record),
    };
}

/**
 * How lines are saved, changed and removed.
 *
 * @param {() => Object} getList
 * @param {boolean} isMany2Many
 * @returns {{saveRecord: Function, updateRecord: Function, removeRecord: Function}}
 */
export function useX2ManyCrud(getList, isMany2Many) {
    return isMany2Many ? linkedRecords(getList) : ownLines(getList);
}

/**
 * Function that adds a line in place; asked again meanwhile, it adds no other.
 *
 * @param {{addNew: (params: Object) => Promise<any>}} params
 * @returns {(params: {context: Object, editable: string}) => Promise<any>}
 */
export function useAddInlineRecord({ addNew }) {
    let adding = null;
    return ({ context, editable: position }) => {
        adding ??= addNew({ context, position, mode: "edit" }).finally(() => {
            adding = null;
        });
        return adding;
    };
}
