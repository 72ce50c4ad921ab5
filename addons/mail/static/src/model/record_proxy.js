import { markRaw, markup, reactive } from "@odoo/owl";
import { Derived } from "@mail/model/derived";
import { bare, FieldDefinition, isSame, toMoment } from "@mail/model/misc";
import { makeList } from "@mail/model/record_list";
import { assign, tellUpdate } from "@mail/model/relations";
import { later, MAKE_UPDATE } from "@mail/model/update_cycle";

const { DateTime } = luxon;

/** What a record is made of besides its values. */
class Internals {
    constructor(Model) {
        this.isRecord = true;
        this.Model = Model;
        this.store = Model.store;
        /** @type {Map<string, Object>} the fields by name */
        this.fields = Model._fields;
        /** @type {Map<Object, Set<string>>} records that lead here, and by which fields */
        this.uses = new Map();
        /** @type {Map<string, Derived>} */
        this.computes = new Map();
        /** @type {Map<string, Derived>} */
        this.sorts = new Map();
        this.isDeleted = false;
    }
}

/** Values of luxon are compared and shown, not observed. */
function unobserved(value) {
    return DateTime.isDateTime(value) ? markRaw(value) : value;
}

function attrValue(field, value, { html = false } = {}) {
    if (field.type) {
        return unobserved(toMoment(field.type, value));
    }
    // what is not trusted is text, whoever was trusted before
    return field.html && html && typeof value === "string" ? markup(value) : unobserved(value);
}

/**
 * Give a field a value.
 *
 * @param {Object} record without proxies of observers
 * @param {Object} field
 * @param {any} value
 * @param {{html?: boolean}} [options]
 */
export function write(record, field, value, options) {
    if (field.isRelation) {
        assign(record, field, value, options);
        return;
    }
    const kept = attrValue(field, value, options);
    if (isSame(record._values[field.name], kept)) {
        return;
    }
    MAKE_UPDATE(() => {
        reactive(record._values)[field.name] = kept;
        tellUpdate(record, field);
        record._.sorts.get(field.name)?.invalidate();
    });
}

/** The value of a field for whoever reads the record through `receiver`. */
function read(record, field, receiver) {
    for (const derived of [record._.computes.get(field.name), record._.sorts.get(field.name)]) {
        if (derived) {
            derived.ensure();
            // those who only look do not hear of changes
            derived.isObserved ||= receiver !== record && receiver !== reactive(record);
        }
    }
    return receiver._values[field.name];
}

function isMethod(record, key, value) {
    return typeof value === "function" && key !== "constructor" && !Object.hasOwn(record, key);
}

/** Methods that are read from a record belong to it, whoever calls them. */
function makeBinder() {
    const bound = new WeakMap();
    return (receiver, key, method) => {
        if (!bound.has(receiver)) {
            bound.set(receiver, new Map());
        }
        const known = bound.get(receiver).get(key);
        if (known?.method === method) {
            return known.bound;
        }
        const made = { method, bound: method.bind(receiver) };
        bound.get(receiver).set(key, made);
        return made.bound;
    };
}

function makeProxy(raw) {
    const bind = makeBinder();
    return new Proxy(raw, {
        get(target, key, receiver) {
            const value = Reflect.get(target, key, receiver);
            return isMethod(target, key, value) ? bind(receiver, key, value) : value;
        },
    });
}

/**
 * How records of a model read and write a field. What observers see is read from `_values`: a property that cannot be
 * configured is not observed itself.
 */
export function accessorOf(field) {
    return {
        get() {
            return read(bare(this), field, this);
        },
        set(value) {
            write(bare(this), field, value);
        },
    };
}

function compute(record, field, observed) {
    const value = field.compute.call(observed);
    MAKE_UPDATE(() => write(record, field, value));
}

function sort(record, field, observed, callback) {
    const compare = (a, b) => field.sort.call(observed, a, b);
    const items = observed._values[field.name];
    if (field.kind === "many") {
        const sorted = [...items].sort(compare).map(bare);
        record._values[field.name]._.arrange(sorted);
        return;
    }
    if (Array.isArray(items)) {
        const sorted = [...reactive(items, callback)].sort(compare).map(bare);
        const before = bare(items);
        if (sorted.some((item, index) => bare(before[index]) !== item)) {
            write(record, field, sorted);
        }
    }
}

/** A field is worked out at once when somebody may wait for the other side of it. */
function isEager(field) {
    return Boolean(field.eager || (field.isRelation && field.inverse));
}

function addDerived(record, field) {
    const { computes, sorts } = record._;
    if (field.compute) {
        const run = (observed) => compute(record, field, observed);
        computes.set(field.name, new Derived("compute", record, field.name, isEager(field), run));
    }
    if (field.sort) {
        const run = (observed, callback) => sort(record, field, observed, callback);
        sorts.set(field.name, new Derived("sort", record, field.name, isEager(field), run));
    }
}

/** Definitions of fields that the class and its `setup` put on an instance. @returns {Map<string, FieldDefinition>} */
export function takeDefinitions(raw) {
    const found = new Map();
    for (const [name, value] of Object.entries(raw)) {
        if (value instanceof FieldDefinition) {
            found.set(name, value);
            delete raw[name];
        }
    }
    return found;
}

/** Prepare an instance of a class of records before `setup`. */
export function prepare(raw, Model) {
    Object.defineProperty(raw, "_", { value: new Internals(Model) });
    // the environment is not observed
    Object.defineProperty(raw, "env", { value: Model.env });
    raw._values = {};
    raw._.proxy = makeProxy(raw);
    return raw._.proxy;
}

/** Give the fields of a record their first values. @param {Map<string, FieldDefinition>} own definitions of the instance */
export function fill(record, own) {
    Object.defineProperties(record, record._.Model._accessors);
    for (const field of record._.fields.values()) {
        const { name } = field;
        if (field.kind === "many") {
            record._values[name] = makeList(record, field);
        } else if (field.kind === "attr") {
            record._values[name] = attrValue(field, own.get(name)?.default);
        }
    }
    record._.fields.forEach((field) => addDerived(record, field));
}

/** Have everything that belongs to a new record happen at the end of the cycle. */
export function begin(record) {
    const { computes, sorts, fields } = record._;
    for (const derived of [...computes.values(), ...sorts.values()]) {
        if (derived.isEager) {
            derived.schedule();
        }
    }
    fields.forEach((field) => tellUpdate(record, field));
}

/** Call a function when values of an object change. @returns {() => void} function that ends it */
export function observe(target, names, callback) {
    let isOver = false;
    const keys = [names].flat();
    const look = () => keys.forEach((key) => touch(observed[key]));
    const observed = reactive(target, () => {
        if (!isOver) {
            look();
            later("onChange", look, "callback", () => !isOver && callback(observed));
        }
    });
    look();
    return () => {
        isOver = true;
    };
}

/** Read what is in a list, too. */
function touch(value) {
    if (Array.isArray(value)) {
        return [...value].length;
    }
    return value instanceof Object ? Object.keys(value).length : value;
}
