import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { imageUrl } from "@web/core/utils/urls";
import { archProps, dynamic, flag, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getLabel, getValue, setValue } from "@web/views/fields/field_value";
import { MANY2ONE_PROPS, Many2OneField, many2OneField } from "@web/views/fields/many2one/many2one_field";
import { AvatarMany2XAutocomplete } from "@web/views/fields/relational_utils";
import { omit } from "@web/core/utils/objects";

const ARCH_PROPS = {
    ...MANY2ONE_PROPS,
    // in a list or on a card, a click opens the record of the row or card
    canOpen: prop(Boolean, (info) => info.viewType === "form" && MANY2ONE_PROPS.canOpen.read(info), "no_open"),
};
// a card is never in edition: only modifiers block it
const CARD_PROPS = {
    ...ARCH_PROPS,
    displayAvatarName: flag("display_avatar_name"),
    readonly: dynamic("readonly", Boolean),
};

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

/** Choice of the record in a popover; nothing is made there. */
export class Many2OneFieldPopover extends Component {
    static template = "web.Many2OneFieldPopover";
    static components = { Many2OneField: Many2OneWithAvatars };
    static props = { ...Many2OneField.props, close: Function };

    get many2OneProps() {
        return {
            ...omit(this.props, "close"),
            autofocus: true,
            canCreate: false,
            canCreateEdit: false,
            canOpen: false,
            canQuickCreate: false,
            readonly: false,
        };
    }
}

/** On cards the picture is enough; a click assigns. */
export class KanbanMany2OneAvatarField extends Many2OneAvatarField {
    static template = "web.KanbanMany2OneAvatarField";
    static props = { ...Many2OneAvatarField.props, ...propTypes(CARD_PROPS) };

    setup() {
        super.setup();
        this.popover = usePopover(Many2OneFieldPopover, {
            popoverClass: "o_m2o_popover p-2",
            position: "bottom-start",
        });
    }

    get assignLabel() {
        return _t("Assign: %s", getLabel(this.props)).toString();
    }

    openPopover(ev) {
        if (this.props.readonly) {
            return;
        }
        this.popover.open(ev.currentTarget, {
            ...omit(this.props, "displayAvatarName"),
            update: (value) => this.assign(value),
        });
    }

    async assign(value) {
        this.popover.close();
        await setValue(this.props, value, { save: true });
    }

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
    .add("kanban.many2one_avatar_employee", kanbanMany2OneAvatarField)
    .add("many2one_avatar", many2OneAvatarField)
    .add("many2one_avatar_user", many2OneAvatarField)
    .add("many2one_avatar_employee", many2OneAvatarField);
