import { Component } from "@odoo/owl";
import { ColorList } from "@web/core/colorlist/colorlist";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { TagsList } from "@web/core/tags_list/tags_list";
import { useService } from "@web/core/utils/hooks";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { archProps, dynamic, option, propTypes, unless } from "@web/views/fields/arch_props";
import { getField, getLabel, getValue } from "@web/views/fields/field_value";
import { RELATION_DEFAULTS, RELATION_PROPS } from "@web/views/fields/relation_props";
import { Many2XAutocomplete, useOpenMany2XRecord, useX2ManyCrud } from "@web/views/fields/relational_utils";
import { optional, standardFieldProps } from "@web/views/fields/standard_field_props";

const TAGS_PROPS = {
    ...RELATION_PROPS,
    colorField: option("color_field", String),
    context: dynamic("context", Object),
    createDomain: option("create", [Array, Boolean]),
};
const EDITABLE_TAGS_PROPS = { ...TAGS_PROPS, canEditColor: unless("no_edit_color") };

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
        ...propTypes(TAGS_PROPS),
        ...optional({ noSearchMore: Boolean, searchLimit: Number }),
    };
    static defaultProps = { ...RELATION_DEFAULTS };

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
        return getValue(this.props);
    }

    get relation() {
        return getField(this.props).relation;
    }

    get string() {
        return getLabel(this.props);
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
        const { data, id, resId } = record;
        const tag = { id, resId, text: data.display_name, colorIndex: data[this.props.colorField], canEdit: false };
        tag.onKeydown = (ev) => this.onTagKeydown(ev);
        if (!this.props.readonly) {
            tag.onDelete = () => this.deleteTag(id);
        }
        return tag;
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
    relatedFields: ({ options: { color_field: color } }) => [
        { name: "display_name", type: "char" },
        ...(color ? [{ name: color, type: "integer", readonly: false }] : []),
    ],
    isEmpty: (record, fieldName) => !record.data[fieldName]?.count,
    ...archProps(TAGS_PROPS),
};

/** Labels whose colour can be changed where they are. */
export class Many2ManyTagsFieldColorEditable extends Many2ManyTagsField {
    static props = {
        ...Many2ManyTagsField.props,
        ...propTypes(EDITABLE_TAGS_PROPS),
        ...optional({ onTagClick: String }),
    };
    static defaultProps = { ...Many2ManyTagsField.defaultProps, canEditColor: true };

    setup() {
        super.setup();
        this.popover = usePopover(Many2ManyTagsFieldColorListPopover);
    }

    getTagProps(record) {
        return { ...super.getTagProps(record), onClick: (ev) => this.onTagClick(ev, record) };
    }

    onTagClick(ev, record) {
        const { canEditColor, colorField, readonly } = this.props;
        if (canEditColor && colorField && !readonly) {
            this.popover.open(ev.currentTarget, {
                tag: this.getTagProps(record),
                colors: /** @type {typeof Many2ManyTagsField} */ (this.constructor).RECORD_COLORS,
                switchTagColor: (colorIndex) => this.paint(record, colorIndex),
            });
        }
    }

    /** Give a record another colour; this is saved at once, as it concerns all that have the tag. */
    async paint(record, colorIndex) {
        const values = { [this.props.colorField]: colorIndex };
        await this.orm.write(this.relation, [record.resId], values);
        record._applyServerValues(values);
        this.popover.close();
    }
}

export const many2ManyTagsFieldColorEditable = {
    ...many2ManyTagsField,
    component: Many2ManyTagsFieldColorEditable,
    ...archProps(EDITABLE_TAGS_PROPS),
};

registry
    .category("fields")
    .add("many2many_tags", many2ManyTagsField)
    .add("calendar.one2many", many2ManyTagsField)
    .add("calendar.many2many", many2ManyTagsField)
    .add("form.many2many_tags", many2ManyTagsFieldColorEditable);
