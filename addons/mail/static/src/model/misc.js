import { toRaw } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";

const { DateTime } = luxon;

/** Classes of records, by the name of the class. */
export const modelRegistry = registry.category("discuss.model");

/** What fields are before a store is made of the classes that declare them. */
export class FieldDefinition {
    /**
     * @param {"attr"|"one"|"many"} kind
     * @param {Object} options
     */
    constructor(kind, options) {
        Object.assign(this, options, { kind });
    }

    get isRelation() {
        return this.kind !== "attr";
    }
}

/** An id that is made of several parts. */
class IdExpression {
    constructor(operator, parts) {
        Object.assign(this, { operator, parts });
    }
}

/** An id that has all of these parts. @param {...(string|IdExpression)} parts */
export const AND = (...parts) => new IdExpression("AND", parts);

/** An id that is whatever part there is. @param {...(string|IdExpression)} parts */
export const OR = (...parts) => new IdExpression("OR", parts);

/** Names of the fields in an id. @returns {string[]} */
export function namesInId(expression) {
    if (!expression) {
        return [];
    }
    return typeof expression === "string" ? [expression] : expression.parts.flatMap(namesInId);
}

/**
 * @param {string|IdExpression|undefined} expression
 * @param {(name: string) => string|undefined} partOf the text of a field's value; undefined when there is none
 * @returns {string} the part of a local id behind the name of the model
 */
export function idText(expression, partOf) {
    if (!expression || typeof expression === "string") {
        return `${expression && partOf(expression)}`;
    }
    const { operator, parts } = expression;
    const texts = parts.map((part) => {
        if (typeof part === "string") {
            return partOf(part);
        }
        const present = namesInId(part).some((name) => partOf(name) !== undefined);
        return present ? `(${idText(part, partOf)})` : undefined;
    });
    const used = operator === "OR" ? texts.filter((text) => text !== undefined) : texts;
    return used.join(` ${operator} `);
}

const COMMANDS = ["ADD", "DELETE", "ADD.noinv", "DELETE.noinv"];

/** Whether a value of a relation says what to add and to take away, rather than what it is. */
export function isCommands(value) {
    return Array.isArray(value) && value.length > 0 && value.every((item) => COMMANDS.includes(item?.[0]));
}

/** What is behind the proxies through which a record or a list is observed. */
export const bare = toRaw;

/** Whether two values of a field are the same to whoever reads them. */
export function isSame(a, b) {
    if (a === b) {
        return true;
    }
    if (DateTime.isDateTime(a) && DateTime.isDateTime(b)) {
        return +a === +b;
    }
    // trusted texts are objects
    return a instanceof String && b instanceof String && a.valueOf() === b.valueOf();
}

/** A value of a field of days or moments as the field keeps it; texts are those of the server. */
export function toMoment(type, value) {
    if (!value) {
        return undefined;
    }
    if (typeof value !== "string") {
        return value;
    }
    return type === "date" ? deserializeDate(value) : deserializeDateTime(value);
}

/** The text of the server for a value that a field of days or moments keeps. */
export function fromMoment(type, value) {
    if (!DateTime.isDateTime(value)) {
        return value;
    }
    return type === "date" ? serializeDate(value) : serializeDateTime(value);
}
