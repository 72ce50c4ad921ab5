import { reactive } from "@odoo/owl";
import { bare, isCommands } from "@mail/model/misc";
import { later, MAKE_UPDATE, never } from "@mail/model/update_cycle";

/**
 * Links between records. Functions here take records and lists without the proxies of their observers (`bare`), and a field
 * with its name; whoever observes the values is told, the other side of a relation follows.
 */

/** The list of a field; lists exist from the beginning. */
function listOf(owner, field) {
    return owner._values[field.name];
}

function inverseOf(field, other) {
    return field.inverse ? other._.fields.get(field.inverse) : undefined;
}

/** Whether a record is what the field leads to, or among it. */
export function isLinked(owner, field, other) {
    return field.kind === "one" ? bare(owner._values[field.name]) === other : listOf(owner, field)._.members.has(other);
}

/** Tell hooks of a field at the end of the cycle; what is added and taken away in one cycle is no news. */
function tell(owner, field, kind, opposite, other) {
    const key = `${field.name} ${other.localId}`;
    if (field[kind] || field[opposite]) {
        if (!never(opposite, owner, key) && field[kind]) {
            later(kind, owner, key, () => field[kind].call(reactive(owner), reactive(other)));
        }
    }
    tellUpdate(owner, field);
}

/** Have the hook for any change of a field called at the end of the cycle. */
export function tellUpdate(owner, field) {
    if (field.onUpdate) {
        later("onUpdate", owner, field.name, () => field.onUpdate.call(reactive(owner)));
    }
}

function orderIsStale(owner, field) {
    const order = owner._.sorts.get(field.name);
    if (order) {
        order.invalidate();
    }
}

/**
 * Have a relation lead to a record.
 *
 * @param {Object} owner
 * @param {Object} field
 * @param {Object} other
 * @param {{at?: number, withInverse?: boolean}} [options] place in the list; whether the other side follows
 */
export function link(owner, field, other, { at, withInverse = true } = {}) {
    if (isLinked(owner, field, other)) {
        return;
    }
    if (field.kind === "one") {
        const previous = bare(owner._values[field.name]);
        if (previous) {
            unlink(owner, field, previous);
        }
        reactive(owner._values)[field.name] = other;
    } else {
        const list = listOf(owner, field);
        list._.insertAt(at ?? list.length, other);
    }
    const uses = other._.uses;
    uses.set(owner, (uses.get(owner) || new Set()).add(field.name));
    tell(owner, field, "onAdd", "onDelete", other);
    orderIsStale(owner, field);
    const inverse = withInverse && inverseOf(field, other);
    if (inverse) {
        link(other, inverse, owner, { withInverse: false });
    }
}

/** Have a relation no longer lead to a record. */
export function unlink(owner, field, other, { withInverse = true } = {}) {
    if (!isLinked(owner, field, other)) {
        return;
    }
    if (field.kind === "one") {
        reactive(owner._values)[field.name] = undefined;
    } else {
        listOf(owner, field)._.remove(other);
    }
    const uses = other._.uses;
    uses.get(owner)?.delete(field.name);
    if (!uses.get(owner)?.size) {
        uses.delete(owner);
    }
    tell(owner, field, "onDelete", "onAdd", other);
    const inverse = withInverse && inverseOf(field, other);
    if (inverse) {
        unlink(other, inverse, owner, { withInverse: false });
    }
}

/**
 * The record that a value of a relation stands for, which is made when there is none.
 *
 * @param {Object} owner
 * @param {Object} field
 * @param {any} value record, id, or values
 * @param {Object} [options] of `insert`
 * @returns {Object}
 */
export function resolve(owner, field, value, options) {
    const known = bare(value);
    if (known?._?.isRecord) {
        return known;
    }
    const Model = owner._.store.Models[field.target];
    return bare(Model.insert(withInverseId(owner, field, Model, value), options));
}

/** Values of a record whose id has the record that leads to it. */
function withInverseId(owner, field, Model, value) {
    const isPart = field.inverse && Model._idNames.includes(field.inverse);
    const isObject = typeof value === "object" && !Array.isArray(value);
    return isPart && isObject && !(field.inverse in value) ? { ...value, [field.inverse]: owner } : value;
}

function find(owner, field, value) {
    const known = bare(value);
    return known?._?.isRecord ? known : bare(owner._.store.Models[field.target].get(value));
}

function obey(owner, field, [name, value], options) {
    const withInverse = !name.endsWith(".noinv");
    for (const item of asArray(value)) {
        if (name.startsWith("ADD")) {
            link(owner, field, resolve(owner, field, item, options), { withInverse });
            continue;
        }
        const other = find(owner, field, item);
        if (other) {
            unlink(owner, field, other, { withInverse });
        }
    }
}

function asArray(value) {
    if (value === undefined || value === null || value === false) {
        return [];
    }
    return Array.isArray(value) ? [...value] : [value];
}

/** Have a list lead to these records, in this order. */
export function replace(owner, field, records) {
    const wanted = new Set(records);
    for (const other of [...listOf(owner, field)].map(bare)) {
        if (!wanted.has(other)) {
            unlink(owner, field, other);
        }
    }
    wanted.forEach((other) => link(owner, field, other));
    if (!field.sort) {
        listOf(owner, field)._.arrange([...wanted]);
    }
}

/**
 * Give a relation a value.
 *
 * @param {Object} owner
 * @param {Object} field
 * @param {any} value a record, an id, values, a list of these, commands, or nothing
 * @param {Object} [options] of `insert`
 */
export function assign(owner, field, value, options) {
    MAKE_UPDATE(() => {
        if (isCommands(value)) {
            const commands = field.kind === "one" ? value.slice(-1) : value;
            commands.forEach((command) => obey(owner, field, command, options));
            return;
        }
        const others = asArray(value).map((item) => resolve(owner, field, item, options));
        if (field.kind === "many") {
            replace(owner, field, others);
        } else if (others.length) {
            link(owner, field, others.at(-1));
        } else if (owner._values[field.name]) {
            unlink(owner, field, bare(owner._values[field.name]));
        }
    });
}

/** Take a record out of all relations that lead to it, and away from those it leads to. */
export function cutOff(record) {
    for (const [owner, names] of [...record._.uses]) {
        [...names].forEach((name) => unlink(owner, owner._.fields.get(name), record));
    }
    for (const field of record._.fields.values()) {
        if (field.isRelation) {
            const value = record._values[field.name];
            const others = field.kind === "many" ? [...value] : asArray(value);
            others.forEach((other) => unlink(record, field, bare(other)));
        }
    }
}
