import { useCommand } from "@web/core/commands/command_hook";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { TagsList } from "@web/core/tags_list/tags_list";
import { omit } from "@web/core/utils/objects";
import { imageUrl } from "@web/core/utils/urls";
import { archProps, dynamic, prop, propTypes } from "@web/views/fields/arch_props";
import {
    Many2ManyTagsField,
    many2ManyTagsField,
    TAGS_PROPS,
} from "@web/views/fields/many2many_tags/many2many_tags_field";
import { AvatarMany2XAutocomplete } from "@web/views/fields/relational_utils";
import { optional } from "@web/views/fields/standard_field_props";

/** Pictures that a cell or a card has room for; the others are a number. */
const LIST_LIMIT = 5;
const CARD_LIMIT = 3;
/** How many records the palette offers. */
const OFFERED = 80;

const ARCH_PROPS = {
    ...TAGS_PROPS,
    withCommand: prop(Boolean, ({ viewType }) => ["form", "list"].includes(viewType)),
};
// a card is never in edition: only modifiers block it
const CARD_PROPS = { ...TAGS_PROPS, readonly: dynamic("readonly", Boolean) };

/** Linked records as labels with pictures. */
export class Many2ManyTagsAvatarField extends Many2ManyTagsField {
    static template = "web.Many2ManyTagsAvatarField";
    static components = { ...Many2ManyTagsField.components, Many2XAutocomplete: AvatarMany2XAutocomplete };
    static props = { ...Many2ManyTagsField.props, ...propTypes(ARCH_PROPS) };

    setup() {
        super.setup();
        if (this.props.withCommand) {
            useCommand(_t("Assign to: %s", this.string).toString(), () => this.choice, {
                category: "smart_action",
                hotkey: "alt+i",
                isAvailable: () => !this.props.readonly,
            });
        }
    }

    /** What the palette offers: records that are not linked yet. */
    get choice() {
        const provide = async (_env, { searchValue = "" } = {}) => {
            const query = { name: searchValue, args: this.getDomain(), operator: "ilike", limit: OFFERED };
            const found = await this.orm.call(this.relation, "name_search", [], {
                ...query,
                context: this.props.context,
            });
            return found.map(([id, name]) => ({ name, action: () => this.list.addAndRemove({ add: [id] }) }));
        };
        return { placeholder: _t("Assign to: %s", this.string).toString(), providers: [{ provide }] };
    }

    getTagProps(record) {
        return { ...super.getTagProps(record), img: imageUrl(this.relation, record.resId, "avatar_128") };
    }
}

/** In lists: at most five pictures and the number of the others. */
export class ListMany2ManyTagsAvatarField extends Many2ManyTagsAvatarField {
    get visibleItemsLimit() {
        return this.props.readonly ? LIST_LIMIT : undefined;
    }
}

export const many2ManyTagsAvatarField = {
    ...many2ManyTagsField,
    component: Many2ManyTagsAvatarField,
    displayName: _t("Tags with avatar"),
    ...archProps(ARCH_PROPS),
};
export const listMany2ManyTagsAvatarField = { ...many2ManyTagsAvatarField, component: ListMany2ManyTagsAvatarField };

/** The choice in the popover of a card: each change is saved at once. */
export class Many2ManyTagsAvatarFieldPopover extends Many2ManyTagsAvatarField {
    static template = "web.Many2ManyTagsAvatarFieldPopover";
    static props = { ...Many2ManyTagsAvatarField.props, ...optional({ close: Function }) };

    update(records) {
        return this.store(super.update(records));
    }

    deleteTag(id) {
        return this.store(super.deleteTag(id));
    }

    /** @param {Promise<any>} change that the record is saved after */
    async store(change) {
        await change;
        await this.props.record.save({ reload: false });
    }
}

export const many2ManyTagsAvatarFieldPopover = {
    ...many2ManyTagsAvatarField,
    component: Many2ManyTagsAvatarFieldPopover,
};

/** Pictures of a card, and what assigns more. */
export class KanbanMany2ManyTagsAvatarFieldTagsList extends TagsList {
    static template = "web.KanbanMany2ManyTagsAvatarFieldTagsList";
    static props = {
        ...TagsList.props,
        ...optional({ assignLabel: String, openPopover: Function, readonly: Boolean }),
    };
}

/** On cards: at most three pictures, without names; a click assigns. */
export class KanbanMany2ManyTagsAvatarField extends Many2ManyTagsAvatarField {
    static template = "web.KanbanMany2ManyTagsAvatarField";
    static components = { ...Many2ManyTagsAvatarField.components, TagsList: KanbanMany2ManyTagsAvatarFieldTagsList };

    setup() {
        super.setup();
        const options = { popoverClass: "o_m2m_tags_avatar_popover p-2", position: "bottom-start" };
        this.popover = usePopover(Many2ManyTagsAvatarFieldPopover, options);
    }

    get visibleItemsLimit() {
        return CARD_LIMIT;
    }

    get assignLabel() {
        return _t("Assign: %s", this.string).toString();
    }

    /** @returns {any} */
    getTagProps(record) {
        return omit(super.getTagProps(record), "onDelete");
    }

    openPopover(ev) {
        if (!this.props.readonly) {
            const nothingMade = { canCreate: false, canCreateEdit: false, canQuickCreate: false };
            this.popover.open(ev.currentTarget, { ...this.props, ...nothingMade, readonly: false });
        }
    }
}

export const kanbanMany2ManyTagsAvatarField = {
    ...many2ManyTagsAvatarField,
    component: KanbanMany2ManyTagsAvatarField,
    ...archProps(CARD_PROPS),
};

registry
    .category("fields")
    .add("kanban.many2many_tags_avatar", kanbanMany2ManyTagsAvatarField)
    .add("kanban.many2many_avatar_user", kanbanMany2ManyTagsAvatarField)
    .add("many2many_tags_avatar", many2ManyTagsAvatarField)
    .add("many2many_tags_avatar_popover", many2ManyTagsAvatarFieldPopover)
    .add("many2many_avatar_user", many2ManyTagsAvatarField)
    .add("list.many2many_tags_avatar", listMany2ManyTagsAvatarField)
    .add("list.many2many_avatar_user", listMany2ManyTagsAvatarField);
