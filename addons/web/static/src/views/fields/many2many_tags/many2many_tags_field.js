import { Component } from "@odoo/owl";
import { ColorList } from "@web/core/colorlist/colorlist";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { TagsList } from "@web/core/tags_list/tags_list";
import { useService } from "@web/core/utils/hooks";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { Many2XAutocomplete, useOpenMany2XRecord, useX2ManyCrud } from "@web/views/fields/relational_utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

class Many2ManyTagsFieldColorListPopover extends Component {
    static template = "web.Many2ManyTagsFieldColorListPopover";
    static components = { ColorList };
    static props = { tag: Object, colors: Array, switchTagColor: Function, close: Function };
}

/** Linked records as labels. */
export class Many2ManyTagsField extends Component {
    static template = "web.Many2ManyTagsField";
    static components = { TagsList, Many2XAutocomplete };
    static RECORD_COLORS = Array.from({ length: 12 }, (_, index) => index);
    static SEARCH_MORE_LIMIT = 320;
    static props = {
        ...standardFieldProps,
        canCreate: { type: Boolean, optional: true },
        canQuickCreate: { type: Boolean, optional: true },
        canCreateEdit: { type: Boolean, optional: true },
        colorField: { type: String, optional: true },
        createDomain: { type: [Array, Boolean], optional: true },
        domain: { type: [Array, Function], optional: true },
        context: { type: Object, optional: true },
        placeholder: { type: String, optional: true },
        nameCreateField: { type: String, optional: true },
        searchLimit: { type: Number, optional: true },
        string: { type: String, optional: true },
        noSearchMore: { type: Boolean, optional: true },
    };
    static defaultProps = {
        canCreate: true,
        canQuickCreate: true,
        canCreateEdit: true,
        nameCreateField: "name",
        context: {},
    };

    setup() {
        this.orm = useService("orm");
        const { saveRecord, removeRecord } = useX2ManyCrud(() => this.list, true);
        this.saveRecord = saveRecord;
        this.removeRecord = removeRecord;
        this.openMany2xRecord = useOpenMany2XRecord({
            resModel: this.relation,
            activeActions: { create: false, write: true },
            isToMany: true,
            onRecordSaved: async () => this.props.record.load?.(),
            fieldString: this.string,
        });
        this.update = (records) => {
            const ids = (records || []).filter(Boolean).map(({ id }) => id);
            return this.list.addAndRemove({ add: ids });
        };
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get relation() {
        return this.props.record.fields[this.props.name].relation;
    }

    get string() {
        return this.props.string || this.props.record.fields[this.props.name].string || "";
    }

    get activeActions() {
        return {
            type: "many2many",
            create: this.props.canCreate,
            createEdit: this.props.canCreateEdit,
            link: true,
            unlink: true,
        };
    }

    get quickCreate() {
        if (!this.props.canQuickCreate) {
            return null;
        }
        return async (name) => {
            const [id] = await this.orm.call(this.relation, "name_create", [name], { context: this.props.context });
            await this.list.addAndRemove({ add: [id] });
        };
    }

    get tags() {
        return this.list.records.map((record) => this.getTagProps(record));
    }

    get visibleItemsLimit() {
        return undefined;
    }

    getTagProps(record) {
        return {
            id: record.id,
            resId: record.resId,
            text: record.data.display_name,
            colorIndex: record.data[this.props.colorField],
            canEdit: false,
            onDelete: this.props.readonly ? undefined : () => this.deleteTag(record.id),
            onKeydown: (ev) => this.onTagKeydown(ev),
        };
    }

    getDomain() {
        const domain = getFieldDomain(this.props.record, this.props.name, this.props.domain);
        const ids = this.list.currentIds;
        return Domain.and([domain, Domain.not([["id", "in", ids]])]).toList({});
    }

    deleteTag(id) {
        const record = this.list.records.find((item) => item.id === id);
        return this.removeRecord(record);
    }

    onTagKeydown(ev) {
        if (this.props.readonly) {
            return;
        }
        if (["Backspace", "Delete"].includes(ev.key) && this.list.records.length) {
            const tags = [...ev.currentTarget.parentElement.querySelectorAll(".o_tag")];
            this.deleteTag(this.list.records[Math.max(tags.indexOf(ev.currentTarget), 0)].id);
        }
    }

    onInputKeydown(ev) {
        const isEmpty = ev.target.tagName === "INPUT" && !ev.target.value;
        if (ev.key === "Backspace" && isEmpty && this.list.records.length) {
            this.deleteTag(this.list.records.at(-1).id);
        }
    }
}

export const many2ManyTagsField = {
    component: Many2ManyTagsField,
    displayName: _t("Tags"),
    supportedTypes: ["many2many", "one2many"],
    relatedFields: ({ options }) => {
        const relatedFields = [{ name: "display_name", type: "char" }];
        if (options.color_field) {
            relatedFields.push({ name: options.color_field, type: "integer", readonly: false });
        }
        return relatedFields;
    },
    isEmpty: (record, fieldName) => !record.data[fieldName]?.count,
    extractProps({ attrs, options, string }, dynamicInfo) {
        const hasCreatePermission = attrs.can_create ? evaluateBooleanExpr(attrs.can_create) : true;
        const noCreate = Boolean(options.no_create);
        const canCreate = noCreate ? false : hasCreatePermission;
        return {
            colorField: options.color_field,
            nameCreateField: options.create_name_field,
            canCreate,
            canQuickCreate: canCreate && !options.no_quick_create,
            canCreateEdit: canCreate && !options.no_create_edit,
            createDomain: options.create,
            context: dynamicInfo.context,
            domain: dynamicInfo.domain,
            placeholder: attrs.placeholder,
            string,
        };
    },
};

/** Labels whose colour can be changed where they are. */
export class Many2ManyTagsFieldColorEditable extends Many2ManyTagsField {
    static props = {
        ...Many2ManyTagsField.props,
        canEditColor: { type: Boolean, optional: true },
        onTagClick: { type: String, optional: true },
    };
    static defaultProps = { ...Many2ManyTagsField.defaultProps, canEditColor: true };

    setup() {
        super.setup();
        this.popover = usePopover(Many2ManyTagsFieldColorListPopover);
    }

    getTagProps(record) {
        const props = super.getTagProps(record);
        props.onClick = (ev) => this.onTagClick(ev, record);
        return props;
    }

    onTagClick(ev, record) {
        if (!this.props.canEditColor || !this.props.colorField || this.props.readonly) {
            return;
        }
        this.popover.open(ev.currentTarget, {
            colors: this.constructor.RECORD_COLORS,
            tag: { id: record.id, colorIndex: record.data[this.props.colorField] },
            switchTagColor: async (colorIndex) => {
                await this.orm.write(this.relation, [record.resId], { [this.props.colorField]: colorIndex });
                record._applyServerValues({ [this.props.colorField]: colorIndex });
                this.popover.close();
            },
        });
    }
}

export const many2ManyTagsFieldColorEditable = {
    ...many2ManyTagsField,
    component: Many2ManyTagsFieldColorEditable,
    extractProps: (info, dynamicInfo) => ({
        ...many2ManyTagsField.extractProps(info, dynamicInfo),
        canEditColor: !info.options.no_edit_color,
    }),
};

registry
    .category("fields")
    .add("many2many_tags", many2ManyTagsField)
    .add("calendar.one2many", many2ManyTagsField)
    .add("calendar.many2many", many2ManyTagsField)
    .add("form.many2many_tags", many2ManyTagsFieldColorEditable);
