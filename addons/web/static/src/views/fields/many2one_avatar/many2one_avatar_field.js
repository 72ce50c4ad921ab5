import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { imageUrl } from "@web/core/utils/urls";
import { Many2OneField, many2OneField } from "@web/views/fields/many2one/many2one_field";
import { AvatarMany2XAutocomplete } from "@web/views/fields/relational_utils";

class Many2OneWithAvatars extends Many2OneField {
    static components = { ...Many2OneField.components, Many2XAutocomplete: AvatarMany2XAutocomplete };
}

/** Link to a record shown with its picture. */
export class Many2OneAvatarField extends Component {
    static template = "web.Many2OneAvatarField";
    static components = { Many2OneField: Many2OneWithAvatars };
    static props = { ...Many2OneField.props };

    get relation() {
        return this.props.relation || this.props.record.fields[this.props.name].relation;
    }

    get many2OneProps() {
        return { ...this.props };
    }

    get avatarUrl() {
        const value = this.props.record.data[this.props.name];
        return value && imageUrl(this.relation, value[0], "avatar_128");
    }
}

export const many2OneAvatarField = {
    ...many2OneField,
    component: Many2OneAvatarField,
    displayName: _t("Avatar"),
    extractProps: (info, dynamicInfo) => {
        const props = many2OneField.extractProps(info, dynamicInfo);
        props.canOpen = info.viewType === "form" && props.canOpen;
        return props;
    },
};

/** On cards the picture is enough. */
export class KanbanMany2OneAvatarField extends Many2OneAvatarField {
    static template = "web.KanbanMany2OneAvatarField";
    static props = { ...Many2OneAvatarField.props, displayAvatarName: { type: Boolean, optional: true } };

    get displayName() {
        const value = this.props.record.data[this.props.name];
        return value ? value[1] : "";
    }
}

export const kanbanMany2OneAvatarField = {
    ...many2OneAvatarField,
    component: KanbanMany2OneAvatarField,
    extractProps: (info, dynamicInfo) => ({
        ...many2OneAvatarField.extractProps(info, dynamicInfo),
        displayAvatarName: Boolean(info.options.display_avatar_name),
    }),
};

registry
    .category("fields")
    .add("kanban.many2one_avatar", kanbanMany2OneAvatarField)
    .add("kanban.many2one_avatar_user", kanbanMany2OneAvatarField)
    .add("many2one_avatar", many2OneAvatarField)
    .add("many2one_avatar_user", many2OneAvatarField)
    .add("many2one_avatar_employee", many2OneAvatarField);
