import { Component } from "@odoo/owl";
import { getValue, setValue } from "@web/views/fields/field_value";
import { PropertyValue } from "@web/views/fields/properties/property_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const NUMBERS = ["integer", "float"];

/** One property of the records of a list; its name is that of the field and its own. */
export class PropertyColumnField extends Component {
    static template = "web.PropertyColumnField";
    static components = { PropertyValue };
    static props = { ...standardFieldProps };

    get field() {
        const [name, propertyName] = this.props.name.split(".");
        return { name, propertyName, record: this.props.record };
    }

    get properties() {
        return getValue(this.field) || [];
    }

    /** The property of the record, whose parent may not define it. */
    get property() {
        const { propertyName } = this.field;
        return this.properties.find(({ name, definition_deleted: isDeleted }) => name === propertyName && !isDeleted);
    }

    get valueProps() {
        const { comodel, domain, name, selection, string, tags, type, value } = this.property;
        const onChange = (changed) => {
            const others = this.properties.map((item) => (item.name === name ? { ...item, value: changed } : item));
            return setValue(this.field, others);
        };
        const readonly = Boolean(this.props.readonly);
        return { canOpen: false, comodel, domain, onChange, readonly, selection, string, tags, type, value };
    }
}

const propertyColumnField = { component: PropertyColumnField, isEmpty: () => false };

/** All records of a list that are loaded. */
function recordsOf(list) {
    return list.isGrouped ? list.groups.flatMap((group) => recordsOf(group.list)) : list.records || [];
}

/**
 * The columns with one for each property in place of fields with properties; all of them are optional.
 *
 * @param {Object[]} columns
 * @param {Object} list its fields get those of the properties
 * @param {Object} fieldNodes of the arch, which get the nodes of the properties
 * @returns {Object[]}
 */
export function withPropertyColumns(columns, list, fieldNodes) {
    return columns.flatMap((column) => {
        const isProperties = column.type === "field" && list.fields[column.name]?.type === "properties";
        return isProperties ? propertyColumns(column, list, fieldNodes) : [column];
    });
}

function propertyColumns(column, list, fieldNodes) {
    const definitions = new Map();
    const { definition_record: link, string: fieldLabel } = list.fields[column.name];
    const definedBy = new Map();
    for (const { data } of recordsOf(list)) {
        for (const property of data[column.name] || []) {
            if (property.type !== "separator") {
                definitions.set(property.name, property);
                const [id = column.name, name = fieldLabel] = data[link] || [];
                definedBy.set(property.name, { id, name });
            }
        }
    }
    return [...definitions.values()].map((property) => {
        const name = `${column.name}.${property.name}`;
        const fieldId = `${column.fieldId}.${property.name}`;
        const info = { ...fieldNodes[column.fieldId], field: propertyColumnField, name, widget: "property" };
        const { selection, string, tags, type } = property;
        const isGiven = name in list.fields;
        if (!isGiven) {
            list.fields[name] = { name, propertyName: property.name, selection, sortable: false, string, tags, type };
        }
        fieldNodes[fieldId] ??= info;
        return {
            ...column,
            field: info.field,
            name,
            widget: info.widget,
            attrs: NUMBERS.includes(type) ? { ...column.attrs, sum: string } : column.attrs,
            fieldId,
            fieldType: NUMBERS.includes(type) ? type : "properties",
            hasLabel: true,
            id: `${column.id}.${property.name}`,
            label: string,
            optional: "hide",
            definedBy: definedBy.get(property.name),
        };
    });
}
