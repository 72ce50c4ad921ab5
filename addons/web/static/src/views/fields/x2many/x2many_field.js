import { Component } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Pager } from "@web/core/pager/pager";
import { evaluateExpr } from "@web/core/py_js/py";
import { useService } from "@web/core/utils/hooks";
import { makeContext } from "@web/core/context";
import { pick } from "@web/core/utils/objects";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { archProps, attr, domain, dynamic, prop, propTypes, string } from "@web/views/fields/arch_props";
import { getField, getLabel, getValue, neverEmpty } from "@web/views/fields/field_value";
import { formatX2many } from "@web/views/fields/formatters";
import {
    useActiveActions,
    useAddInlineRecord,
    useOpenX2ManyRecord,
    useSelectCreate,
    useX2ManyCrud,
} from "@web/views/fields/relational_utils";
import { optional, standardFieldProps } from "@web/views/fields/standard_field_props";
import { computeViewClassName } from "@web/views/view_compiler";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { ListRenderer } from "@web/views/list/list_renderer";

/** What the user may do with the lines: booleans, or domains for the record that has them. */
function crudOptions({ options }) {
    const { no_create_edit: refused, ...others } = pick(options, "no_create_edit", ...CRUD_OPTIONS);
    return refused === undefined ? others : { ...others, createEdit: !refused };
}

const CRUD_OPTIONS = ["create", "delete", "link", "unlink", "write"];
const ARCH_PROPS = {
    domain,
    string,
    addLabel: attr("add-label"),
    context: dynamic("context", Object),
    crudOptions: prop(Object, crudOptions, "no_create_edit", ...CRUD_OPTIONS),
    relatedFields: prop(Object, (info) => info.relatedFields),
    viewMode: prop(String, (info) => info.viewMode),
    views: prop(Object, (info) => info.views),
    widget: prop(String, (info) => info.widget ?? undefined),
};

/** Lines of a one2many or many2many as a list or as cards. */
export class X2ManyField extends Component {
    static template = "web.X2ManyField";
    static components = { Pager, KanbanRenderer, ListRenderer };
    static props = {
        ...standardFieldProps,
        ...propTypes(ARCH_PROPS),
        ...optional({ editable: String }),
        context: Object,
    };

    setup() {
        this.field = getField(this.props);
        this.action = useService("action");
        const { viewMode, views, addLabel } = this.props;
        this.archInfo = views?.[viewMode] || {};
        this.className = this.archInfo.xmlDoc ? computeViewClassName(viewMode, this.archInfo.xmlDoc) : "";
        this.creates = this.archInfo.creates || [];
        if (!this.creates.length) {
            this.creates = [{ type: "create", string: addLabel || _t("Add"), class: "o-kanban-button-new" }];
        }
        this.addInLine = useAddInlineRecord({ addNew: (params) => this.list.addNewRecord(params) });
        this.setupDialogs(useX2ManyCrud(() => this.list, this.isMany2Many));
    }

    /** What happens in dialogs: a line is opened, or records to be linked are chosen. */
    setupDialogs({ saveRecord, updateRecord, removeRecord }) {
        const { isMany2Many } = this;
        const { resModel } = this.list;
        const activeActions = useActiveActions({
            fieldType: isMany2Many ? "many2many" : "one2many",
            subViewActiveActions: this.archInfo.activeActions,
            crudOptions: { ...this.props.crudOptions, onDelete: removeRecord, edit: this.props.record.isInEdition },
            getEvalParams: () => ({ evalContext: this.props.record.evalContext, readonly: this.props.readonly }),
        });
        this.activeActionsHandle = activeActions;
        const open = useOpenX2ManyRecord({
            resModel,
            isMany2Many,
            activeActions,
            activeField: this.activeField,
            getList: () => this.list,
            updateRecord,
            saveRecord,
        });
        this._openRecord = (params) =>
            open({ ...params, title: params.record ? _t("Open: %s", this.title) : _t("Create %s", this.title) });
        const choose = useSelectCreate({
            resModel,
            activeActions: activeActions.state,
            onSelected: (ids) => saveRecord(ids),
            onCreateEdit: ({ context }) => this._openRecord({ context }),
        });
        this.selectCreate = (params) => {
            const allowed = getFieldDomain(this.props.record, this.props.name, this.props.domain);
            const others = [["id", "not in", this.list.resIds]];
            return choose({
                ...params,
                domain: Domain.and([allowed, others]).toList({}),
                title: _t("Add: %s", this.title),
            });
        };
    }

    get title() {
        return getLabel(this.props);
    }

    get activeField() {
        return { fields: this.list.fields, ...pick(this.props, "string", "viewMode", "views") };
    }

    get activeActions() {
        return this.activeActionsHandle.state;
    }

    get isMany2Many() {
        return this.field.type === "many2many" || this.props.widget === "many2many";
    }

    get list() {
        return getValue(this.props);
    }

    /** How many lines there are, for views that know no more of them. */
    get count() {
        return formatX2many(this.list);
    }

    get nestedKeyOptionalFieldsData() {
        return { field: this.props.name, model: this.props.record.resModel, viewMode: "form" };
    }

    get pagerProps() {
        return {
            ...pick(this.list, "limit", "offset"),
            total: this.list.count,
            onUpdate: ({ limit, offset }) => this.list.load({ limit, offset }),
            withAccessKey: false,
        };
    }

    get displayControlPanelButtons() {
        const { create, link } = this.activeActions;
        return this.props.viewMode === "kanban" && Boolean(link || create);
    }

    /** Buttons above cards; a list has its own at the end of its lines. */
    get cardCreates() {
        return this.displayControlPanelButtons ? this.creates : [];
    }

    get needsPager() {
        return this.list.count > this.list.limit;
    }

    get rendererProps() {
        const { archInfo } = this;
        const props = {
            archInfo,
            list: this.list,
            openRecord: this.openRecord.bind(this),
            evalViewModifier: (modifier) => evaluateExpr(modifier, this.list.evalContext),
        };
        if (this.props.viewMode === "kanban") {
            return {
                ...props,
                readonly: this.props.readonly,
                deleteRecord: this.activeActions.onDelete ? (record) => this.activeActions.onDelete(record) : undefined,
                addLabel: this.props.addLabel,
            };
        }
        const editable =
            this.activeActions.edit !== false && !this.props.readonly && (archInfo.editable || this.props.editable);
        return {
            ...props,
            editable: editable || null,
            activeActions: this.activeActions,
            allowSelectors: false,
            addLabel: this.props.addLabel,
            onAdd: this.onAdd.bind(this),
            cycleOnTab: false,
            nestedKeyOptionalFieldsData: this.nestedKeyOptionalFieldsData,
            readonly: this.props.readonly,
        };
    }

    async switchToForm(record) {
        const { context, record: parent } = this.props;
        await parent.save();
        const target = { res_id: record.resId, res_model: record.resModel };
        return this.action.doAction({ type: "ir.actions.act_window", ...target, context, views: [[false, "form"]] });
    }

    /** @param {{context?: Object, editable?: string}} [params] */
    async onAdd({ context, editable } = {}) {
        const fullContext = makeContext([this.props.context, context]);
        if (this.isMany2Many) {
            return this.selectCreate({ context: fullContext });
        }
        if (editable) {
            const left = await this.list.leaveEditMode();
            return left && this.addInLine({ context: fullContext, editable });
        }
        return this._openRecord({ context: fullContext });
    }

    async openRecord(record) {
        const { context, readonly } = this.props;
        const mayWrite = !readonly && this.activeActions.write !== false;
        return this._openRecord({ record, context, mode: mayWrite ? "edit" : "readonly" });
    }
}

export const x2ManyField = {
    component: X2ManyField,
    displayName: _t("Relational table"),
    supportedTypes: ["one2many", "many2many"],
    useSubView: true,
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("one2many", x2ManyField).add("many2many", x2ManyField);
