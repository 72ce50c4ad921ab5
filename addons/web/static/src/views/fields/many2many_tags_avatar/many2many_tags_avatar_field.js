import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { imageUrl } from "@web/core/utils/urls";
import { Many2ManyTagsField, many2ManyTagsField } from "@web/views/fields/many2many_tags/many2many_tags_field";
import { AvatarMany2XAutocomplete } from "@web/views/fields/relational_utils";

/** Linked records as labels with pictures. */
export class Many2ManyTagsAvatarField extends Many2ManyTagsField {
    static template = "web.Many2ManyTagsAvatarField";
    static components = { ...Many2ManyTagsField.components, Many2XAutocomplete: AvatarMany2XAutocomplete };

    getTagProps(record) {
        return { ...super.getTagProps(record), img: imageUrl(this.relation, record.resId, "avatar_128") };
    }
}

/** In lists: at most five pictures. */
export class ListMany2ManyTagsAvatarField extends Many2ManyTagsAvatarField {
    get visibleItemsLimit() {
        return this.props.readonly ? 5 : undefined;
    }
}

export const many2ManyTagsAvatarField = {
    ...many2ManyTagsField,
    component: Many2ManyTagsAvatarField,
    displayName: _t("Tags with avatar"),
};
export const listMany2ManyTagsAvatarField = { ...many2ManyTagsAvatarField, component: ListMany2ManyTagsAvatarField };

registry
    .category("fields")
    .add("many2many_tags_avatar", many2ManyTagsAvatarField)
    .add("many2many_avatar_user", many2ManyTagsAvatarField)
    .add("list.many2many_tags_avatar", listMany2ManyTagsAvatarField);
