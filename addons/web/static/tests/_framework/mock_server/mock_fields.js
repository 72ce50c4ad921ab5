/** Fields of the models of the mock server. */

const FIELD = Symbol("field");

/** Types whose values are written in a column, so that they can be searched, sorted and grouped by. */
const X2MANY = ["one2many", "many2many"];
const NUMBERS = ["float", "integer", "monetary"];
const NOT_GROUPABLE = ["binary", "html", "image", "json", "one2many", "properties", "properties_definition", "text"];

/** `partner_id` -> "Partner". */
function labelOf(name) {
    const text = name
        .replace(/_ids?$/, "")
        .replace(/_/g, " ")
        .trim();
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A function that makes the definitions of fields of a type. */
function maker(type, defaults = {}) {
    return (params = {}) => {
        const isComputed = Boolean(params.compute || params.related);
        return {
            [FIELD]: true,
            type,
            readonly: isComputed,
            required: false,
            searchable: true,
            sortable: !X2MANY.includes(type) && !isComputed,
            store: !isComputed,
            groupable: !NOT_GROUPABLE.includes(type),
            ...(NUMBERS.includes(type) && { aggregator: "sum" }),
            ...defaults,
            ...params,
        };
    };
}

/** Whether something defines a field. */
export function isField(value) {
    return Boolean(value?.[FIELD]);
}

/** @param {Object} definition @param {string} name @returns {Object} the field with its name and label */
export function completedField(definition, name) {
    return { string: labelOf(name), ...definition, name };
}

/** Description of a field as `fields_get` tells it. */
export function fieldInfo(field) {
    const hidden = ["compute", "default", "onChange", "inverse_fname_by_model_name"];
    const told = Object.entries(field).filter(([key, value]) => !hidden.includes(key) && typeof value !== "function");
    return Object.fromEntries(told);
}

/** What a field has when nobody gave it a value. */
export function emptyValue(field) {
    if (X2MANY.includes(field.type) || field.type === "properties") {
        return [];
    }
    return NUMBERS.includes(field.type) ? 0 : false;
}

export const fields = {
    Binary: maker("binary"),
    Boolean: maker("boolean"),
    Char: maker("char", { trim: true }),
    Date: maker("date"),
    Datetime: maker("datetime"),
    Float: maker("float"),
    Generic: (params = {}) => maker(params.type || "generic")(params),
    Html: maker("html"),
    Image: maker("binary"),
    Integer: maker("integer"),
    Json: maker("json"),
    Many2many: maker("many2many"),
    Many2one: maker("many2one"),
    Many2oneReference: maker("many2one_reference"),
    Monetary: maker("monetary", { currency_field: "currency_id" }),
    One2many: maker("one2many"),
    Properties: maker("properties"),
    PropertiesDefinition: maker("properties_definition"),
    Reference: maker("reference"),
    Selection: maker("selection"),
    Text: maker("text"),
};

/** Commands that change x2many fields. */
export const Command = {
    create: (values) => [0, false, values],
    update: (id, values) => [1, id, values],
    delete: (id) => [2, id, false],
    unlink: (id) => [3, id, false],
    link: (id) => [4, id, false],
    clear: () => [5, false, false],
    set: (ids) => [6, false, ids],
};
