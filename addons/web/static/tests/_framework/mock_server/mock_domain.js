/** Which records of the mock server satisfy a domain. */

import { combineConditions, Domain } from "@web/core/domain";

const TEXT_OPERATORS = ["like", "ilike", "not like", "not ilike", "=like", "=ilike"];

/** What a path of names leads to, all values of it. */
function valuesAt(model, record, path) {
    const [name, ...rest] = path.split(".");
    const field = model._fields[name];
    if (name === "id") {
        return [record.id];
    }
    if (!field) {
        throw new Error(`The model ${model._name} has no field "${name}", which a domain names`);
    }
    const value = model.valueOf(record, name);
    if (!rest.length || !field.relation) {
        return [value];
    }
    const related = model.env[field.relation];
    const ids = Array.isArray(value) ? value : value ? [value] : [];
    return related.browse(ids).flatMap((other) => valuesAt(related, other, rest.join(".")));
}

/** Texts that a search in a relation looks at. */
function namesOf(model, path, values) {
    const names = path.split(".");
    const last = names.pop();
    const owner = names.reduce((current, name) => current.env[current._fields[name].relation], model);
    const field = owner._fields[last];
    if (!field?.relation || field.type === "reference") {
        return values;
    }
    const related = model.env[field.relation];
    return values.flat().map((id) => (id ? related.displayName(id) : false));
}

function matchesHierarchy(model, record, [path, operator, wanted]) {
    const field = path === "id" ? null : model._fields[path];
    const related = field ? model.env[field.relation] : model;
    const parent = related._parent_name;
    const ids = [].concat(wanted);
    const isChild = (id) => {
        for (let current = id; current; current = related.find((other) => other.id === current)?.[parent]) {
            if (ids.includes(current)) {
                return true;
            }
        }
        return false;
    };
    const isParent = (id) =>
        ids.some((start) => {
            for (let current = start; current; current = related.find((other) => other.id === current)?.[parent]) {
                if (current === id) {
                    return true;
                }
            }
            return false;
        });
    return valuesAt(model, record, path)
        .flat()
        .some((id) => (operator === "child_of" ? isChild(id) : isParent(id)));
}

function matchesLeaf(model, record, leaf) {
    const [path, operator, wanted] = leaf;
    if (typeof path !== "string") {
        return new Domain([leaf]).contains({});
    }
    if (["child_of", "parent_of"].includes(operator)) {
        return matchesHierarchy(model, record, leaf);
    }
    const values = valuesAt(model, record, path);
    if (["any", "not any"].includes(operator)) {
        const related = model.env[model._fields[path].relation];
        const found = related.browse(values.flat().filter(Boolean)).some((other) => matches(related, other, wanted));
        return (operator === "any") === found;
    }
    const isText = TEXT_OPERATORS.includes(operator) || (typeof wanted === "string" && model._fields[path]?.relation);
    const compared = isText ? namesOf(model, path, values) : values;
    const isNegative = operator.startsWith("not ") || ["!=", "<>"].includes(operator);
    const list = compared.length ? compared : [false];
    const test = (value) => new Domain([["value", operator, wanted]]).contains({ value });
    return isNegative ? list.every(test) : list.some(test);
}

/**
 * @param {Object} model of the mock server
 * @param {Object} record
 * @param {import("@web/core/domain").Domain|Array|string} domain
 * @returns {boolean} whether the record satisfies the domain
 */
export function matches(model, record, domain) {
    const list = new Domain(domain || []).toList({ uid: model.env.uid });
    return combineConditions(list, (leaf) => matchesLeaf(model, record, leaf));
}
