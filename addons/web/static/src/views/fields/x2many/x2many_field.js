import { Component } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Pager } from "@web/core/pager/pager";
import { evaluateExpr } from "@web/core/py_js/py";
import { useService } from "@web/core/utils/hooks";
import { makeContext } from "@web/core/context";
import { getFieldDomain } from "@web/model/relational_model/utils";
import {
    useActiveActions,
    useAddInlineRecord,
    useOpenX2ManyRecord,
    useSelectCreate,
    useX2ManyCrud,
} from "@web/views/fields/relational_utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { computeViewClassName } from "@web/views/view_compiler";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { ListRenderer } from "@web/views/list/list_renderer";

/** Lines of a one2many or many2many as a list or as cards. */
export class X2ManyField extends Component {
    static template = "web.X2ManyField";
    static components = { Pager, KanbanRenderer, ListRenderer };
    static props = {
        ...standardFieldProps,
        addLabel: { type: String, optional: true },
        editable: { type: String, optional: true },
        viewMode: { type: String, optional: true },
        widget: { type: String, optional: true },
        crudOptions: { type: Object, optional: true },
        string: { type: String, optional: true },
        relatedFields: { type: Object, optional: true },
        views: { type: Object, optional: true },
        domain: { type: [Array, Function], optional: true },
        context: { type: Object },
    };

    setup() {
        this.field = this.props.record.fields[this.props.name];
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
        return this.props.string || this.field.string || "";
    }

    get activeField() {
        return {
            fields: this.list.fields,
            views: this.props.views,
            viewMode: this.props.viewMode,
            string: this.props.string,
        };
    }

    get activeActions() {
        return this.activeActionsHandle.state;
    }

    get isMany2Many() {
        return this.field.type === "many2many" || this.props.widget === "many2many";
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get nestedKeyOptionalFieldsData() {
        return { field: this.props.name, model: this.props.record.resModel, viewMode: "form" };
    }

    get pagerProps() {
        const { list } = this;
        return {
            offset: list.offset,
            limit: list.limit,
            total: list.count,
            onUpdate: async ({ offset, limit }) => {
                await list.load({ limit, offset });
            },
            withAccessKey: false,
        };
    }

    get displayControlPanelButtons() {
        return (
            this.props.viewMode === "kanban" &&
            ("link" in this.activeActions
                ? this.activeActions.link || this.activeActions.create
                : this.activeActions.create)
        );
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
        await this.props.record.save();
        return this.action.doAction({
            type: "ir.actions.act_window",
            views: [[false, "form"]],
            res_id: record.resId,
            res_model: this.list.resModel,
            context: this.props.context,
        });
    }

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
        return this._openRecord({
            record,
            context: this.props.context,
            mode: this.props.readonly || this.activeActions.write === false ? "readonly" : "edit",
        });
    }
}

export const x2ManyField = {
    component: X2ManyField,
    displayName: _t("Relational table"),
    supportedTypes: ["one2many", "many2many"],
    useSubView: true,
    isEmpty: () => false,
    extractProps: ({ attrs, relatedFields, viewMode, views, widget, options, string }, dynamicInfo) => {
        const props = {
            addLabel: attrs["add-label"],
            context: dynamicInfo.context,
            domain: dynamicInfo.domain,
            crudOptions: {
                create: options.create,
                delete: options.delete,
                link: options.link,
                unlink: options.unlink,
                write: options.write,
                createEdit: options.no_create_edit !== undefined ? !options.no_create_edit : undefined,
            },
            string,
        };
        if (viewMode) {
            Object.assign(props, { views, viewMode, relatedFields });
        }
        if (widget) {
            props.widget = widget;
        }
        return props;
    },
};

registry.category("fields").add("one2many", x2ManyField).add("many2many", x2ManyField);
