import { getDomainDisplayedOperators } from "@web/core/domain_selector/domain_selector_operator_editor";

/** Operators that an expression about the values of a record can have. */
const POSSIBLE = [
    "<",
    "<=",
    ">",
    ">=",
    "between",
    "within",
    "in",
    "not in",
    "=",
    "!=",
    "set",
    "not_set",
    "starts_with",
    "ends_with",
    "is",
    "is_not",
];

/** @param {Object|null} fieldDef @returns {string[]} operators that a rule about the field is offered */
export function getExpressionDisplayedOperators(fieldDef) {
    return getDomainDisplayedOperators(fieldDef).filter((operator) => POSSIBLE.includes(operator));
}
