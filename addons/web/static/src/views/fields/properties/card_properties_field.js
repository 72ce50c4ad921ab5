import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { getValue } from "@web/views/fields/field_value";
import { PropertyValue } from "@web/views/fields/properties/property_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Properties with a value that are meant for cards, to be read. */
export class CardPropertiesField extends Component {
    static template = "web.CardPropertiesField";
    static components = { PropertyValue };
    static props = { ...standardFieldProps };

    get propertiesList() {
        return (getValue(this.props) || []).filter(
            ({ type, value, view_in_cards: isForCards }) =>
                isForCards && type !== "separator" && (Array.isArray(value) ? value.length : value || value === 0)
        );
    }

    valueProps({ comodel, selection, string, tags, type, value }) {
        return {
            // a card is opened as a whole
            canOpen: false,
            comodel: comodel || false,
            readonly: true,
            selection: selection || [],
            string: string || "",
            tags: tags || [],
            type,
            value,
        };
    }
}

export const cardPropertiesField = { component: CardPropertiesField };

registry
    .category("fields")
    .add("kanban.properties", cardPropertiesField)
    .add("calendar.properties", cardPropertiesField)
    .add("hierarchy.properties", cardPropertiesField);
