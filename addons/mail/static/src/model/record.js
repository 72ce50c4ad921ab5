import { markRaw, reactive } from "@odoo/owl";
import { bare, FieldDefinition, fromMoment, idText, modelRegistry, namesInId } from "@mail/model/misc";
import { accessorOf, begin, fill, observe, prepare, takeDefinitions, write } from "@mail/model/record_proxy";
import { cutOff } from "@mail/model/relations";
import { later, MAKE_UPDATE } from "@mail/model/update_cycle";

/** Properties that each record has for itself. */
const OWN = ["_values", "localId"];

/** Whether a property can be told as JSON. */
function isData(value) {
    if (!(value instanceof Object)) {
        return true;
    }
    return [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
}

function isNothing(value) {
    return value === undefined || value === null || value === false;
}

/** Values of a record as an object; a single id stands for itself. */
function asValues(Model, data) {
    if (typeof data === "object" && data !== null) {
        return data;
    }
    return typeof Model.id === "string" ? { [Model.id]: data } : {};
}

/**
 * Something that the page knows of: what the server tells of a record, or what is made here. There is one for each id.
 *
 * A class declares fields with `attr`, `one` and `many`; all else is an ordinary property.
 */
export class Record {
    /** Name or names (`AND`, `OR`) of the fields that tell records apart; without, there is one record. */
    static id;

    // ------------------------------------------------------------------ declarations

    /** Make the class known to the stores that are made. @param {Object} [localRegistry] instead of the usual registry */
    static register(localRegistry = modelRegistry) {
        localRegistry.add(this.name, this);
    }

    /** Name of the model. @returns {string} */
    static getName() {
        return this._name || this.name;
    }

    /**
     * A value.
     *
     * @param {any} [value] the first one
     * @param {{compute?: Function, eager?: boolean, html?: boolean, onUpdate?: Function, sort?: Function,
     *     type?: "date"|"datetime"}} [options]
     */
    static attr(value, options = {}) {
        return new FieldDefinition("attr", { ...options, default: value });
    }

    /**
     * A record, or none.
     *
     * @param {string} target name of its model
     * @param {{compute?: Function, eager?: boolean, inverse?: string, onAdd?: Function, onDelete?: Function,
     *     onUpdate?: Function}} [options]
     */
    static one(target, options = {}) {
        return new FieldDefinition("one", { ...options, target });
    }

    /** A list of records. Options as for `one`, and `sort`. */
    static many(target, options = {}) {
        return new FieldDefinition("many", { ...options, target });
    }

    static MAKE_UPDATE(change) {
        return MAKE_UPDATE(change);
    }

    /** Call a function when fields of a record change. @returns {() => void} function that ends it */
    static onChange(record, names, callback) {
        return observe(record, names, callback);
    }

    // ------------------------------------------------------------------ finding and making

    /** @param {any} data id or values @returns {string} what tells the record apart from all others */
    static localId(data) {
        const Model = bare(this);
        const values = asValues(Model, data);
        const textOf = (name) => {
            const value = values[name];
            const field = Model._fields.get(name);
            if (!field?.isRelation) {
                return value === undefined ? undefined : String(value);
            }
            if (isNothing(value)) {
                return undefined;
            }
            const other = bare(value);
            return `(${other._?.isRecord ? other.localId : Model.store.Models[field.target].localId(value)})`;
        };
        return `${Model.getName()},${idText(Model.id, textOf)}`;
    }

    /** @param {any} data id or values @returns {Object|undefined} the record, when it is known */
    static get(data) {
        if (bare(data)?._?.isRecord) {
            return data;
        }
        const record = this.records[bare(this).localId(data)];
        // whoever does not observe the model gets a record that tells of changes all the same
        return record && record === bare(record) ? reactive(record) : record;
    }

    /**
     * @param {any} data id or values, or a list of these
     * @param {{html?: boolean}} [options] `html`: texts with markup can be trusted
     * @returns {Object|Object[]} the record that is changed, or made
     */
    static insert(data, options = {}) {
        return MAKE_UPDATE(() =>
            Array.isArray(data) ? data.map((item) => this._insert(item, options)) : this._insert(data, options)
        );
    }

    static _insert(data, options) {
        if (bare(data)?._?.isRecord) {
            return data;
        }
        const record = this.get(data) || this.new(data);
        writeValues(bare(record), asValues(bare(this), data), options);
        return record;
    }

    /** Make a record. @param {any} data id or values */
    static new(data) {
        const Model = bare(this);
        return MAKE_UPDATE(() => {
            const values = asValues(Model, data);
            const record = construct(Model);
            writeValues(record, Object.fromEntries(Model._idNames.map((name) => [name, values[name]])), {});
            record.localId = Model.localId(values);
            reactive(Model).records[record.localId] = record;
            Model.store._.recordByLocalId.set(record.localId, record);
            begin(record);
            return reactive(record);
        });
    }

    // ------------------------------------------------------------------ records

    /** Called when a record is made, after its class fields; declares more fields, or sets properties. */
    setup() {}

    get Model() {
        return this._.Model;
    }

    get store() {
        return this._.store;
    }

    get _rawStore() {
        return bare(this._.store);
    }

    /** @param {Object} data values */
    update(data) {
        MAKE_UPDATE(() => writeValues(bare(this), asValues(this._.Model, data), {}));
    }

    /** Take the record out of all that leads to it, and forget it. */
    delete() {
        const record = bare(this);
        later("delete", record, "delete", () => {
            cutOff(record);
            later("hardDelete", record, "delete", () => {
                record._.isDeleted = true;
                delete reactive(record._.Model).records[record.localId];
                record._.store._.recordByLocalId.delete(record.localId);
            });
        });
    }

    exists() {
        return !this._.isDeleted;
    }

    eq(record) {
        return bare(this) === bare(record);
    }

    notEq(record) {
        return !this.eq(record);
    }

    /** Whether the record is in a list, or among the records of anything that can be gone through. */
    in(collection) {
        if (!collection) {
            return false;
        }
        return collection._?.members ? collection.includes(this) : [...collection].some((record) => this.eq(record));
    }

    notIn(collection) {
        return !this.in(collection);
    }

    /** @returns {Object} values of the fields that make the id, records by theirs */
    toIdData() {
        return Object.fromEntries(
            this._.Model._idNames
                .map((name) => [name, dataOf(this, this._.fields.get(name) || { name })])
                .filter(([, value]) => value !== undefined)
        );
    }

    /** @returns {Object} values of the fields as JSON, records by their ids; it can be inserted again */
    toData() {
        const plain = Object.entries(bare(this)).filter(([name, value]) => !OWN.includes(name) && isData(value));
        const fields = [...this._.fields.values()].map((field) => [field.name, dataOf(this, field)]);
        const entries = [...plain, ...fields, ...Object.entries(this.toIdData())];
        return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
}

function dataOf(record, field) {
    const value = record[field.name];
    if (field.kind === "many") {
        return value.map((other) => other.toIdData());
    }
    if (field.kind === "one") {
        return value?.toIdData();
    }
    const plain = fromMoment(field.type, value);
    // trusted texts are objects
    return plain instanceof String ? plain.toString() : bare(plain);
}

/** An instance of the model without values. */
function construct(Model) {
    const raw = new Model.Class();
    const record = prepare(raw, Model);
    reactive(record).setup();
    fill(record, takeDefinitions(raw));
    return record;
}

/** Set fields and properties; those of the id come first. */
function writeValues(record, values, options) {
    const ids = record._.Model._idNames;
    const names = Object.keys(values);
    const ordered = [...names.filter((name) => ids.includes(name)), ...names.filter((name) => !ids.includes(name))];
    for (const name of ordered) {
        const field = record._.fields.get(name);
        if (field) {
            write(record, field, values[name], options);
        } else if (name !== "_DELETE") {
            reactive(record)[name] = values[name];
        }
    }
}

/**
 * Derive a model for one store from a class.
 *
 * @param {typeof Record} Class
 * @param {Object} env
 * @returns {Object} what has the static methods of the class, and records of its own
 */
export function deriveModel(Class, env) {
    const Model = Object.create(Class);
    const own = { Class, env: markRaw(env), _fields: new Map(), _accessors: {}, _idNames: namesInId(Class.id) };
    for (const [name, value] of Object.entries(own)) {
        Object.defineProperty(Model, name, { value });
    }
    Model.records = {};
    return Model;
}

/** Find out which fields records of a model have. */
export function readFields(Model) {
    const raw = new Model.Class();
    const record = prepare(raw, Model);
    reactive(record).setup();
    takeFields(Model, raw);
}

/** Have the definitions on an instance be the fields of its model. */
export function takeFields(Model, raw) {
    const definitions = takeDefinitions(raw);
    for (const [name, definition] of definitions) {
        const { isRelation } = definition;
        const field = { ...definition, isRelation, name };
        Model._fields.set(name, field);
        Model._accessors[name] = accessorOf(field);
    }
    return definitions;
}
