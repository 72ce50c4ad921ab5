const EQUALITY = ["=", "!="];
const LIKENESS = ["ilike", "not ilike"];
const MEMBERSHIP = ["in", "not in"];
const PRESENCE = ["set", "not_set"];
const ENDS = ["starts_with", "ends_with"];
const ORDER = [">", ">=", "<", "<=", "between"];
const TEXT = [...EQUALITY, ...LIKENESS, ...MEMBERSHIP, ...PRESENCE, ...ENDS];
const MOMENT = [...EQUALITY, ...ORDER, "within", ...PRESENCE];
const NUMBER = [...EQUALITY, ...ORDER, ...LIKENESS, ...PRESENCE];
const RELATION = [...MEMBERSHIP, ...EQUALITY, ...LIKENESS, ...PRESENCE, ...ENDS, "any", "not any"];

const OPERATORS = {
    boolean: ["is", "is_not"],
    selection: [...EQUALITY, ...MEMBERSHIP, ...PRESENCE],
    char: TEXT,
    text: TEXT,
    html: TEXT,
    date: MOMENT,
    datetime: MOMENT,
    integer: NUMBER,
    float: NUMBER,
    monetary: NUMBER,
    many2one: RELATION,
    many2many: RELATION,
    one2many: RELATION,
    json: [...EQUALITY, ...LIKENESS, ...PRESENCE],
    properties: PRESENCE,
};
const PROPERTY_OPERATORS = {
    many2many: [...MEMBERSHIP, ...PRESENCE],
    many2one: [...EQUALITY, ...PRESENCE],
    selection: [...EQUALITY, ...PRESENCE],
    tags: [...MEMBERSHIP, ...PRESENCE],
};
const OTHER = [
    ...EQUALITY,
    ...ORDER.filter((operator) => operator !== "between"),
    ...LIKENESS,
    "like",
    "not like",
    "=like",
    "=ilike",
    "child_of",
    "parent_of",
    ...MEMBERSHIP,
    ...PRESENCE,
];

/** @param {Object|null} fieldDef @returns {string[]} operators that a rule about the field is offered */
export function getDomainDisplayedOperators(fieldDef) {
    if (!fieldDef) {
        return ["="];
    }
    const { is_property: isProperty, type } = fieldDef;
    return (isProperty && PROPERTY_OPERATORS[type]) || OPERATORS[type] || OTHER;
}
