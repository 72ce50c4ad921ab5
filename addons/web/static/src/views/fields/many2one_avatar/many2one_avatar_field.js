import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { imageUrl } from "@web/core/utils/urls";
import { archProps, flag, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue } from "@web/views/fields/field_value";
import { MANY2ONE_PROPS, Many2OneField, many2OneField } from "@web/views/fields/many2one/many2one_field";
import { AvatarMany2XAutocomplete } from "@web/views/fields/relational_utils";

const ARCH_PROPS = {
    ...MANY2ONE_PROPS,
    // in a list or on a card, a click opens the record of the row or card
    canOpen: prop(Boolean, (info) => info.viewType === "form" && MANY2ONE_PROPS.canOpen.read(info), "no_open"),
};
const CARD_PROPS = { ...ARCH_PROPS, displayAvatarName: flag("display_avatar_name") };

class Many2OneWithAvatars extends Many2OneField {
    static components = { ...Many2OneField.components, Many2XAutocomplete: AvatarMany2XAutocomplete };
}

/** Link to a record shown with its picture. */
export class Many2OneAvatarField extends Component {
    static template = "web.Many2OneAvatarField";
    static components = { Many2OneField: Many2OneWithAvatars };
    static props = { ...Many2OneField.props };

    get relation() {
        return this.props.relation || getField(this.props).relation;
    }

    get many2OneProps() {
        return { ...this.props };
    }

    get avatarUrl() {
        const value = getValue(this.props);
        return value && imageUrl(this.relation, value[0], "avatar_128");
    }
}

export const many2OneAvatarField = {
    ...many2OneField,
    component: Many2OneAvatarField,
    displayName: _t("Avatar"),
    ...archProps(ARCH_PROPS),
};

/** On cards the picture is enough. */
export class KanbanMany2OneAvatarField extends Many2OneAvatarField {
    static template = "web.KanbanMany2OneAvatarField";
    static props = { ...Many2OneAvatarField.props, ...propTypes(CARD_PROPS) };

    get displayName() {
        const value = getValue(this.props);
        return value ? value[1] : "";
    }
}

export const kanbanMany2OneAvatarField = {
    ...many2OneAvatarField,
    component: KanbanMany2OneAvatarField,
    ...archProps(CARD_PROPS),
};

registry
    .category("fields")
    .add("kanban.many2one_avatar", kanbanMany2OneAvatarField)
    .add("kanban.many2one_avatar_user", kanbanMany2OneAvatarField)
    .add("many2one_avatar", many2OneAvatarField)
    .add("many2one_avatar_user", many2OneAvatarField)
    .add("many2one_avatar_employee", many2OneAvatarField);
