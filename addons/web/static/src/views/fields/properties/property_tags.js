import { Component } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { ColorList } from "@web/core/colorlist/colorlist";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { TagsList } from "@web/core/tags_list/tags_list";
import { uuid } from "@web/core/utils/strings";
import { getField, getValue, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Input that proposes tags, and to create one. */
export class PropertyTagAutoComplete extends AutoComplete {}

/** Colours for a tag, in a popover. */
class PropertyTagsColorListPopover extends Component {
    static template = "web.PropertyTagsColorListPopover";
    static components = { ColorList };
    static props = { close: Function, colorIndex: Number, onSelect: Function };

    get colors() {
        return ColorList.COLORS.map((_color, index) => index);
    }

    select(color) {
        this.props.onSelect(color);
        this.props.close();
    }
}

/** Tags of a property: those chosen, or all that there are where the definition is edited. */
export class PropertyTags extends Component {
    static template = "web.PropertyTags";
    static components = { PropertyTagAutoComplete, TagsList };
    static props = {
        canChangeTags: { type: Boolean, optional: true },
        checkDefinitionWriteAccess: { type: Function, optional: true },
        deleteAction: { type: String, optional: true },
        id: { type: String, optional: true },
        onTagsChange: { type: Function, optional: true },
        onValueChange: { type: Function, optional: true },
        readonly: { type: Boolean, optional: true },
        selectedTags: { type: Array, optional: true },
        tags: { type: Array, optional: true },
    };
    static defaultProps = {
        canChangeTags: false,
        deleteAction: "value",
        onTagsChange: () => {},
        onValueChange: () => {},
        readonly: false,
        selectedTags: [],
        tags: [],
    };

    setup() {
        this.popover = usePopover(PropertyTagsColorListPopover);
    }

    get placeholder() {
        return (this.props.canChangeTags ? _t("Add or find a tag") : _t("Find a tag")).toString();
    }

    /** Tags that are shown; what was removed from the definition is gone. */
    get tagListItems() {
        const { canChangeTags, readonly, selectedTags, tags } = this.props;
        return tags
            .filter(([key]) => selectedTags.includes(key))
            .map(([id, text, colorIndex]) => ({
                id,
                text,
                colorIndex: colorIndex || 0,
                onClick: (ev) => canChangeTags && !readonly && this.openColors(ev, id, colorIndex),
                onDelete: readonly ? undefined : () => this.remove(id),
            }));
    }

    get sources() {
        return [{ options: (text) => this.proposals(text) }];
    }

    proposals(text) {
        const { canChangeTags, selectedTags, tags } = this.props;
        const wanted = text.toLowerCase();
        const others = tags.filter(
            ([key, label]) => !selectedTags.includes(key) && label.toLowerCase().includes(wanted)
        );
        const options = others.map(([value, label]) => ({ value, label, action: () => this.choose(value) }));
        const isNew = text && !tags.some(([, label]) => label.toLowerCase() === wanted);
        if (canChangeTags && isNew) {
            options.push({ value: "", label: _t('Create "%s"', text).toString(), action: () => this.create(text) });
        }
        return options.length ? options : [{ label: _t("No tag of this name").toString(), unselectable: true }];
    }

    onSelect(option) {
        return option.action();
    }

    choose(key) {
        this.props.onValueChange([...this.props.selectedTags, key]);
    }

    /** A tag is part of the definition: it is there for all records. */
    async create(label) {
        if (!(await this.mayChange())) {
            return;
        }
        const key = uuid().replaceAll("-", "").slice(0, 16);
        const color = 1 + Math.floor(Math.random() * (ColorList.COLORS.length - 1));
        this.props.onTagsChange([...this.props.tags, [key, label, color]]);
        this.props.onValueChange([...this.props.selectedTags, key]);
    }

    async mayChange() {
        const { checkDefinitionWriteAccess: check } = this.props;
        return !check || (await check());
    }

    async remove(key) {
        if (this.props.deleteAction === "tags") {
            if (await this.mayChange()) {
                this.props.onTagsChange(this.props.tags.filter(([other]) => other !== key));
            }
            return;
        }
        this.props.onValueChange(this.props.selectedTags.filter((other) => other !== key));
    }

    openColors(ev, key, colorIndex) {
        this.popover.open(ev.currentTarget, {
            colorIndex: colorIndex || 0,
            onSelect: (color) => this.paint(key, color),
        });
    }

    async paint(key, color) {
        if (await this.mayChange()) {
            this.props.onTagsChange(this.props.tags.map((tag) => (tag[0] === key ? [tag[0], tag[1], color] : tag)));
        }
    }
}

/** Tags of a property in a column of its own. */
export class PropertyTagsField extends Component {
    static template = "web.PropertyTagsField";
    static components = { PropertyTags };
    static props = { ...standardFieldProps };

    get tagsProps() {
        return {
            onValueChange: (value) => setValue(this.props, value),
            readonly: Boolean(this.props.readonly),
            selectedTags: getValue(this.props) || [],
            tags: getField(this.props).tags || [],
        };
    }
}

export const propertyTagsField = { component: PropertyTagsField };

registry.category("fields").add("property_tags", propertyTagsField);
