import { Component } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { ColorList } from "@web/core/colorlist/colorlist";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useTagNavigation } from "@web/core/record_selectors/tag_navigation_hook";
import { TagsList } from "@web/core/tags_list/tags_list";
import { useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { archProps, dynamic, flag, option, prop, propTypes, unless } from "@web/views/fields/arch_props";
import { getField, getLabel, getValue } from "@web/views/fields/field_value";
import { granted, RELATION_DEFAULTS, RELATION_PROPS } from "@web/views/fields/relation_props";
import {
    Many2XAutocomplete,
    useActiveActions,
    useOpenMany2XRecord,
    useX2ManyCrud,
} from "@web/views/fields/relational_utils";
import { optional, standardFieldProps } from "@web/views/fields/standard_field_props";

const editTags = flag("edit_tags");
const canWrite = granted("can_write");

/** What nodes tell about labels. */
export const TAGS_PROPS = {
    ...RELATION_PROPS,
    colorField: option("color_field", String),
    context: dynamic("context", Object),
    createDomain: option("create", [Array, Boolean, String]),
};
const EDITABLE_TAGS_PROPS = {
    ...TAGS_PROPS,
    canEditColor: unless("no_edit_color"),
    canEditTags: prop(Boolean, (info) => editTags.read(info) && canWrite.read(info), "edit_tags"),
};

class Many2ManyTagsFieldColorListPopover extends Component {
    static template = "web.Many2ManyTagsFieldColorListPopover";
    static components = { CheckBox, ColorList };
    static props = { tag: Object, colors: Array, switchTagColor: Function, hideTag: Function, close: Function };
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

    /** @type {(record: Object) => Promise<any>} */
    removeRecord;

    setup() {
        this.orm = useService("orm");
        Object.assign(
            this,
            pick(
                useX2ManyCrud(() => this.list, true),
                "saveRecord",
                "removeRecord"
            )
        );
        this.allowed = useActiveActions(this.rights);
        this.onTagKeydown = useTagNavigation("tags", (index) => this.deleteTagAt(index));
        this.openMany2xRecord = useOpenMany2XRecord(this.dialogParams);
    }

    /** What decides on which records may be made. @returns {Parameters<typeof useActiveActions>[0]} */
    get rights() {
        const { canCreate, canCreateEdit: createEdit, createDomain } = this.props;
        return {
            fieldType: "many2many",
            crudOptions: { create: canCreate && createDomain, createEdit },
            getEvalParams: () => ({ evalContext: this.props.record.evalContext, readonly: this.props.readonly }),
        };
    }

    /** How the record behind a label is opened; the label may be called otherwise then. */
    get dialogParams() {
        return {
            activeActions: { create: false, write: true },
            fieldString: this.string,
            isToMany: true,
            onRecordSaved: () => this.props.record.load?.(),
            resModel: this.relation,
        };
    }

    /** Link what was chosen. */
    update(records) {
        const ids = (records || []).filter(Boolean).map(({ id }) => id);
        return this.list.addAndRemove({ add: ids });
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
        const { create, createEdit } = this.allowed.get();
        return { type: "many2many", create, createEdit, link: true, unlink: true };
    }

    get quickCreate() {
        if (!this.props.canQuickCreate || !this.activeActions.create) {
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
        if (!this.props.readonly) {
            tag.onKeydown = this.onTagKeydown;
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

    deleteTagAt(index) {
        const record = this.list.records[index];
        return record && this.deleteTag(record.id);
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
        this.popover = usePopover(Many2ManyTagsFieldColorListPopover, { position: "bottom-start" });
        /** Colours of labels before they were hidden, by id. */
        this.lastColors = new Map();
    }

    getTagProps(record) {
        return { ...super.getTagProps(record), onClick: (ev) => this.onTagClick(ev, record) };
    }

    /** Edit the record behind the label, or choose its colour, as the view says. */
    onTagClick(ev, record) {
        if (this.props.canEditTags) {
            this.editTag(record);
        } else if (this.canPaint) {
            this.chooseColor(ev.currentTarget, record);
        }
    }

    get canPaint() {
        const { canEditColor, colorField, readonly } = this.props;
        return Boolean(canEditColor && colorField && !readonly);
    }

    editTag({ data, resId }) {
        const title = _t("Edit: %s", data.display_name);
        return this.openMany2xRecord({ resId, context: this.props.context, title });
    }

    chooseColor(target, record) {
        const { RECORD_COLORS: colors } = Many2ManyTagsField;
        this.popover.open(target, {
            colors,
            hideTag: () => this.toggleHidden(record),
            switchTagColor: (colorIndex) => this.paint(record, colorIndex),
            tag: this.getTagProps(record),
        });
    }

    /** Labels without a colour are not on cards; the last colour comes back with them. */
    toggleHidden(record) {
        const color = record.data[this.props.colorField];
        if (color) {
            this.lastColors.set(record.resId, color);
        }
        return this.paint(record, color ? 0 : this.lastColors.get(record.resId) || 1);
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
