/** Models of the mock server: records in memory, and the methods of the server that work on them. */

import { makeServerError } from "./mock_errors";
import { completedField, emptyValue, fieldInfo, isField } from "./mock_fields";
import { matches } from "./mock_domain";
import { readGroup } from "./mock_groups";
import { positional } from "./mock_kwargs";
import { getViews } from "./mock_views";
import { applyCommands, webRead } from "./mock_values";
import { selectMultiRange, selectRange } from "./mock_search_panel";

/** Fields that every model has. */
const AUTOMATIC = {
    id: { type: "integer", string: "ID", readonly: true, aggregator: undefined },
    display_name: { type: "char", string: "Display name", readonly: true, store: false, sortable: false },
    create_date: { type: "datetime", string: "Created on", readonly: true },
    create_uid: { type: "many2one", relation: "res.users", string: "Created by", readonly: true },
    write_date: { type: "datetime", string: "Last Modified on", readonly: true },
    write_uid: { type: "many2one", relation: "res.users", string: "Last Modified by", readonly: true },
};
const COMMON = { readonly: false, required: false, searchable: true, sortable: true, store: true, groupable: true };

/** `ResPartner` -> `res.partner`. */
function modelName(className) {
    return className.replace(/([a-z0-9])([A-Z])/g, "$1.$2").toLowerCase();
}

/** Attributes of classes that inherit from the same model are put together. */
const MERGED = ["_fields", "_views", "_onChanges", "_filters", "_toolbar"];

function compare(a, b) {
    if (a === false || a === undefined || b === false || b === undefined) {
        return (a === false || a === undefined ? 1 : 0) - (b === false || b === undefined ? 1 : 0);
    }
    return a > b ? 1 : a < b ? -1 : 0;
}

/**
 * A model: the list of its records. Subclasses define fields as properties, `_name`, `_inherit`, `_order`,
 * `_rec_name`, `_parent_name`, `_fold_name`, `_records`, `_views`, `_onChanges`, and methods that can be called.
 */
export class Model extends Array {
    constructor() {
        super();
        // what is made this way tells the attributes of a class only: fields may have names that lists use
        return Object.create(new.target.prototype);
    }

    static get [Symbol.species]() {
        return Array;
    }

    /** @returns {string} name of the model that a class defines */
    static getModelName() {
        const { _name, _inherit } = new this();
        return _name || _inherit || modelName(this.name);
    }

    /** Definition of the class: its attributes and fields. */
    static definition() {
        const instance = new this();
        const attributes = { _fields: {}, _views: {}, _onChanges: {}, _records: [], methods: this.prototype };
        for (const key of Object.keys(instance)) {
            const value = instance[key];
            if (isField(value)) {
                attributes._fields[key] = completedField(value, key);
            } else if (key.startsWith("_")) {
                attributes[key] = value;
            }
        }
        return attributes;
    }

    /**
     * Put a model of the server together.
     *
     * @param {string} name
     * @param {typeof Model[]} classes those that define and inherit it, in their order
     * @param {Object} env environment of the server
     * @returns {Model}
     */
    static assemble(name, classes, env) {
        const found = [];
        Object.setPrototypeOf(found, classes.length > 1 ? merged(classes) : classes[0].prototype);
        const own = { _name: name, _order: "id", _rec_name: null, _parent_name: "parent_id", _fold_name: "fold" };
        for (const cls of classes) {
            for (const [key, value] of Object.entries(cls.definition())) {
                if (key === "methods" || (key === "_name" && !value)) {
                    continue;
                }
                own[key] = MERGED.includes(key)
                    ? { ...own[key], ...value }
                    : key === "_records"
                      ? [...(own[key] || []), ...value]
                      : value;
            }
        }
        const automatic = Object.entries(AUTOMATIC).map(([key, field]) => [key, { ...COMMON, ...field, name: key }]);
        own._fields = { ...Object.fromEntries(automatic), ...own._fields };
        own._name = name;
        own.env = env;
        for (const [key, value] of Object.entries(own)) {
            Object.defineProperty(found, key, { value, writable: true, enumerable: false, configurable: true });
        }
        return /** @type {Model} */ (found);
    }

    /** Make the records that the classes define, without values. */
    _addRecords() {
        let next = 1;
        for (const values of this._records) {
            const id = values.id ?? next;
            next = Math.max(next, id) + 1;
            super.push({ id });
        }
    }

    /** Give the records their values, once those of all models are there. */
    _fillRecords() {
        this._records.forEach((values, index) => {
            const unknown = Object.keys(values).filter((key) => !this._fields[key]);
            if (unknown.length) {
                throw new Error(`Records of ${this._name} have values of unknown fields: ${unknown.join(", ")}`);
            }
            this._fill(this[index], values);
        });
    }

    /** Write values into a record; what is not given is as the model has it. */
    _fill(record, values) {
        for (const [name, field] of Object.entries(this._fields)) {
            if (name === "id" || name === "display_name" || field.compute || field.related) {
                continue;
            }
            const { default: initial } = field;
            record[name] ??=
                typeof initial === "function" ? initial.call(this, record) : (initial ?? emptyValue(field));
        }
        this._write([record], values);
    }

    _write(records, values) {
        for (const record of records) {
            for (const [name, value] of Object.entries(values)) {
                const field = this._fields[name];
                if (!field) {
                    throw makeServerError({
                        type: "ValueError",
                        errorName: "builtins.ValueError",
                        message: `Invalid field '${name}' on model '${this._name}'`,
                    });
                }
                if (name === "id") {
                    continue;
                }
                record[name] = ["one2many", "many2many"].includes(field.type)
                    ? applyCommands(this, record, field, value)
                    : field.relation && Array.isArray(value)
                      ? value[0]
                      : value;
            }
        }
    }

    /** Value of a field: of the record, or what is worked out. */
    valueOf(record, name) {
        const field = this._fields[name];
        if (name === "display_name" && !field.compute) {
            return record.display_name ?? this.displayName(record.id);
        }
        if (field?.related) {
            const path = [].concat(field.related).join(".").split(".");
            let [model, current] = [this, record];
            for (const step of path.slice(0, -1)) {
                const id = model.valueOf(current, step);
                model = this.env[model._fields[step].relation];
                current = model.find((other) => other.id === (Array.isArray(id) ? id[0] : id));
                if (!current) {
                    return emptyValue(field);
                }
            }
            return model.valueOf(current, path.at(-1));
        }
        if (field?.compute) {
            this._compute(record, field);
        }
        if (field?.type === "one2many") {
            return this._lines(record, field);
        }
        return record[name] ?? (field ? emptyValue(field) : false);
    }

    /** What is in a one2many field: the records that point to this one, those that were put there first. */
    _lines(record, field) {
        const known = record[field.name] || [];
        const inverse = field.relation_field || field.inverse_name;
        const related = this.env.has(field.relation) && this.env[field.relation];
        if (!inverse || !related?._fields[inverse]) {
            return known;
        }
        const pointing = [...related].filter((other) => other[inverse] === record.id).map(({ id }) => id);
        return [...known.filter((id) => pointing.includes(id)), ...pointing.filter((id) => !known.includes(id))];
    }

    _compute(record, { compute }) {
        const method = typeof compute === "string" ? this[compute] : compute;
        const only = [record];
        // a computation loops over what it is called on, and asks it for other models
        const target = new Proxy(this, {
            get: (model, key) => (key === Symbol.iterator ? () => only[Symbol.iterator]() : Reflect.get(model, key)),
        });
        method.call(target, record);
    }

    /** @returns {string} what a record is called */
    displayName(id) {
        const record = this.find((other) => other.id === id);
        if (!record) {
            return `${this._name},${id}`;
        }
        const { compute } = this._fields.display_name;
        if (compute) {
            this._compute(record, this._fields.display_name);
            return record.display_name;
        }
        const name = this._rec_name || ["name", "x_name"].find((key) => this._fields[key]);
        const value = record.display_name ?? (name ? this.valueOf(record, name) : `${this._name},${id}`);
        const relation = name && this._fields[name].relation;
        return relation && value ? this.env[relation].displayName(value) : value || "";
    }

    /** Position of a record in the order of its model. */
    positionOf(id) {
        return this.search([]).indexOf(id);
    }

    browse(ids) {
        const wanted = [].concat(ids ?? []);
        return wanted.map((id) => this.find((record) => record.id === id)).filter(Boolean);
    }

    exists(ids) {
        return this.browse(ids);
    }

    _existing(ids) {
        const found = this.browse(ids);
        const missing = [].concat(ids).filter((id) => !found.some((record) => record.id === id));
        if (missing.length) {
            throw makeServerError({
                type: "MissingError",
                message: `There is no record ${missing} of ${this._name} any more`,
            });
        }
        return found;
    }

    _sorted(records, order) {
        const clauses = (order || this._order || "id").split(",").map((clause) => clause.trim().split(/\s+/));
        const key = (record, name) => {
            const field = this._fields[name.split(".")[0]];
            const value = this.valueOf(record, name.split(".")[0]);
            return field?.relation && value ? this.env[field.relation].displayName([].concat(value)[0]) : value;
        };
        return [...records].sort((a, b) => {
            for (const [name, way = "asc"] of clauses) {
                const result = compare(key(a, name), key(b, name));
                if (result) {
                    return way.toLowerCase() === "desc" ? -result : result;
                }
            }
            return a.id - b.id;
        });
    }

    _matching(domain, { context } = {}) {
        const active = this._fields.active ? "active" : this._fields.x_active ? "x_active" : null;
        const isNamed = JSON.stringify(domain || []).includes('"active"');
        const hidesArchived = active && !isNamed && context?.active_test !== false;
        return [...this].filter((record) => (!hidesArchived || record[active]) && matches(this, record, domain));
    }

    // --- methods of the server ------------------------------------------------------------------------------------

    search(domain = [], offset = 0, limit, order, { context } = this._callContext()) {
        const records = this._sorted(this._matching(domain, { context }), order);
        return records.slice(offset || 0, limit ? (offset || 0) + limit : undefined).map((record) => record.id);
    }

    /** Context of the call that is being answered. */
    _callContext() {
        return { context: this.env?.context || {} };
    }

    search_count(domain = [], limit) {
        const count = this._matching(domain, this._callContext()).length;
        return limit ? Math.min(count, limit) : count;
    }

    search_read(domain, fields, offset, limit, order) {
        return this.read(this.search(domain, offset, limit, order), fields);
    }

    read(ids, fields, load = "_classic_read") {
        const names = fields?.length ? [...new Set(["id", ...fields])] : Object.keys(this._fields);
        return this._existing(ids).map((record) => {
            const result = {};
            for (const name of names) {
                const field = this._fields[name];
                if (!field) {
                    throw makeServerError({
                        errorName: "builtins.ValueError",
                        message: `Invalid field '${name}' on model '${this._name}'`,
                    });
                }
                const value = this.valueOf(record, name);
                const isPair = field.type === "many2one" && value && load === "_classic_read";
                const related = isPair && this.env.has(field.relation) && this.env[field.relation];
                result[name] = related ? [value, related.displayName(value)] : value;
            }
            return result;
        });
    }

    create(valuesList) {
        const isList = Array.isArray(valuesList);
        const ids = [].concat(valuesList).map((values) => {
            const id = Math.max(0, ...[...this].map((record) => record.id)) + 1;
            const record = { id };
            super.push(record);
            this._fill(record, values);
            return id;
        });
        return isList ? ids : ids[0];
    }

    write(ids, values) {
        this._write(this._existing([].concat(ids)), values);
        return true;
    }

    unlink(ids) {
        const gone = new Set([].concat(ids));
        for (let index = this.length - 1; index >= 0; index--) {
            if (gone.has(this[index].id)) {
                super.splice(index, 1);
            }
        }
        for (const model of Object.values(this.env.models)) {
            for (const [name, field] of Object.entries(model._fields)) {
                if (field.relation === this._name && field.type !== "many2one_reference" && !field.related) {
                    for (const record of [...model]) {
                        const value = record[name];
                        if (Array.isArray(value)) {
                            record[name] = value.filter((id) => !gone.has(id));
                        } else if (gone.has(value)) {
                            record[name] = false;
                        }
                    }
                }
            }
        }
        return true;
    }

    copy(ids, defaults = {}) {
        const originals = this._existing([].concat(ids));
        return originals.map((record) => {
            const { id: _id, display_name: _name, ...values } = structuredClone(record);
            const name = this._rec_name || "name";
            const copied = typeof values[name] === "string" ? { [name]: `${values[name]} (copy)` } : {};
            const lists = Object.entries(values).map(([key, value]) => [
                key,
                Array.isArray(value) && this._fields[key]?.type === "many2many" ? [[6, false, value]] : value,
            ]);
            const kept = lists.filter(([key]) => this._fields[key]?.type !== "one2many" && !this._fields[key]?.compute);
            return this.create({ ...Object.fromEntries(kept), ...copied, ...defaults });
        });
    }

    default_get(names) {
        const context = this.env.context || {};
        const result = {};
        for (const name of names || Object.keys(this._fields)) {
            const field = this._fields[name];
            if (!field || name === "id") {
                continue;
            }
            const given = context[`default_${name}`];
            const initial = typeof field.default === "function" ? field.default.call(this, {}) : field.default;
            const value = given ?? initial;
            if (value !== undefined) {
                result[name] = value;
            }
        }
        return result;
    }

    fields_get(names, attributes) {
        const chosen = Object.keys(this._fields).filter((name) => !names?.length || names.includes(name));
        return Object.fromEntries(
            chosen.map((name) => {
                const info = fieldInfo(this._fields[name]);
                const kept = Object.entries(info).filter(([key]) => !attributes?.length || attributes.includes(key));
                return [name, Object.fromEntries(kept)];
            })
        );
    }

    name_search(name = "", args = [], operator = "ilike", limit = 100) {
        const field = this._rec_name || "name";
        const isNamed = name && this._fields[field];
        const ids = this.search([...(args || []), ...(isNamed ? [[field, operator, name]] : [])]);
        const found = ids.map((id) => [id, this.displayName(id)]);
        const text = name && !isNamed ? name.toLowerCase() : "";
        return found.filter((pair) => pair[1].toLowerCase().includes(text)).slice(0, limit || undefined);
    }

    name_create(name) {
        const id = this.create({ [this._rec_name || "name"]: name });
        return [id, this.displayName(id)];
    }

    action_archive(ids) {
        return this.write(ids, { active: false });
    }

    action_unarchive(ids) {
        return this.write(ids, { active: true });
    }

    has_access() {
        return true;
    }

    check_access_rights() {
        return true;
    }

    get_formview_action(ids) {
        const [resId] = [].concat(ids);
        const views = [[false, "form"]];
        return { type: "ir.actions.act_window", res_model: this._name, res_id: resId, views, target: "current" };
    }

    get_formview_id() {
        return false;
    }

    get_views(views, options = {}) {
        return getViews(this, views, options);
    }

    read_group(domain, fields, groupby, offset, limit, orderby, lazy = true) {
        return readGroup(this, { domain, fields, groupby, offset, limit, orderby, lazy });
    }

    web_read_group(domain, fields, groupby, limit, offset = 0, orderby, lazy = true) {
        const all = readGroup(this, { domain, fields, groupby, orderby, lazy });
        return { groups: all.slice(offset || 0, limit ? (offset || 0) + limit : undefined), length: all.length };
    }

    read_progress_bar(domain, group_by, progress_bar) {
        const { field, colors } = progress_bar;
        const result = {};
        for (const group of readGroup(this, { domain, fields: [], groupby: group_by })) {
            const value = Array.isArray(group[group_by]) ? group[group_by][0] : group[group_by];
            const name = value === false ? "False" : String(value);
            const found = this._matching(group.__domain, { context: { active_test: false } });
            result[name] = Object.fromEntries(Object.keys(colors).map((color) => [color, 0]));
            for (const record of found) {
                const color = this.valueOf(record, field);
                if (color in result[name]) {
                    result[name][color]++;
                }
            }
        }
        return result;
    }

    web_read(ids, specification) {
        return webRead(this, this._existing(ids), specification);
    }

    web_search_read(domain, specification, offset, limit, order, count_limit) {
        const ids = this.search(domain, offset, limit, order);
        const length = this.search_count(domain, count_limit);
        return { length, records: webRead(this, this.browse(ids), specification) };
    }

    web_save(ids, values, specification) {
        const own = [].concat(ids ?? []);
        const saved = own.length ? (this.write(own, values), own) : [this.create(values)];
        return this.web_read(saved, specification);
    }

    web_save_multi(ids, list, specification) {
        ids.forEach((id, index) => this.write([id], list[index]));
        return this.web_read(ids, specification);
    }

    web_resequence(ids, specification, field_name = "sequence", offset = 0) {
        ids.forEach((id, index) => this.write([id], { [field_name]: index + (offset || 0) }));
        return this.web_read(ids, specification);
    }

    web_name_search(name, specification, domain, operator, limit) {
        const pairs = this.name_search(name, domain, operator, limit);
        return this.web_read(
            pairs.map(([id]) => id),
            specification
        );
    }

    onchange(ids, values, names, specification) {
        const [id] = [].concat(ids ?? []);
        const isFirst = !id && !names?.length;
        const known = id ? { ...this.browse([id])[0] } : { id: false };
        const given = isFirst ? { ...this.default_get(Object.keys(specification)), ...values } : values;
        this._fillDraft(known, given);
        const before = { ...known };
        const warnings = [];
        for (const name of isFirst ? Object.keys(this._onChanges) : [].concat(names)) {
            const change = this._onChanges[name] || this._fields[name]?.onChange;
            const answer = change?.call(this, known);
            answer?.warning && warnings.push(answer.warning);
        }
        const value = {};
        for (const name of Object.keys(specification)) {
            const field = this._fields[name];
            if (field && (isFirst || JSON.stringify(known[name]) !== JSON.stringify(before[name]) || field.compute)) {
                value[name] = this._draftValue(known, name, specification[name]);
            }
        }
        return { value, ...(warnings.length && { warning: { type: "dialog", ...warnings[0] } }) };
    }

    /** Give a record that is being edited its values; commands stay what they are. */
    _fillDraft(draft, values) {
        for (const [name, field] of Object.entries(this._fields)) {
            if (name !== "id" && !field.compute && !field.related) {
                draft[name] ??= emptyValue(field);
            }
        }
        for (const [name, value] of Object.entries(values || {})) {
            draft[name] = Array.isArray(value) && this._fields[name]?.type === "many2one" ? value[0] : value;
        }
    }

    _draftValue(draft, name, specification) {
        const field = this._fields[name];
        const value = name === "display_name" ? draft.display_name || false : this.valueOf(draft, name);
        if (["one2many", "many2many"].includes(field.type)) {
            const commands = value.map((item) => (Array.isArray(item) ? item : [4, item]));
            const related = this.env[field.relation];
            const spec = specification.fields || {};
            const withValues = ([code, id, more]) =>
                code === 4 ? [4, id, webRead(related, related.browse([id]), spec)[0]] : [code, id, more];
            const listed = commands.flatMap((command) =>
                command[0] === 6 ? command[2].map((id) => [4, id]) : [command]
            );
            return listed.map(withValues);
        }
        if (field.type === "many2one" && value) {
            const related = this.env[field.relation];
            return webRead(related, related.browse([value]), specification.fields || { display_name: {} })[0] || false;
        }
        return value;
    }

    search_panel_select_range(field_name, kwargs = {}) {
        return selectRange(this, field_name, kwargs);
    }

    search_panel_select_multi_range(field_name, kwargs = {}) {
        return selectMultiRange(this, field_name, kwargs);
    }
}

/** Names of the parameters of methods, for callers that name them. */
const PARAMETERS = {
    search: ["domain", "offset", "limit", "order"],
    search_count: ["domain", "limit"],
    search_read: ["domain", "fields", "offset", "limit", "order"],
    read: ["ids", "fields", "load"],
    create: ["vals_list"],
    write: ["ids", "vals"],
    unlink: ["ids"],
    copy: ["ids", "default"],
    default_get: ["fields"],
    fields_get: ["allfields", "attributes"],
    name_search: ["name", "args", "operator", "limit"],
    name_create: ["name"],
    action_archive: ["ids"],
    action_unarchive: ["ids"],
    get_views: ["views", "options"],
    read_group: ["domain", "fields", "groupby", "offset", "limit", "orderby", "lazy"],
    web_read_group: ["domain", "fields", "groupby", "limit", "offset", "orderby", "lazy"],
    read_progress_bar: ["domain", "group_by", "progress_bar"],
    web_read: ["ids", "specification"],
    web_search_read: ["domain", "specification", "offset", "limit", "order", "count_limit"],
    web_save: ["ids", "vals", "specification"],
    web_save_multi: ["ids", "vals_list", "specification"],
    web_resequence: ["ids", "specification", "field_name", "offset"],
    web_name_search: ["name", "specification", "domain", "operator", "limit"],
    onchange: ["ids", "values", "field_names", "fields_spec"],
};
for (const [name, parameters] of Object.entries(PARAMETERS)) {
    const method = Model.prototype[name];
    Model.prototype[name] = function (...args) {
        return method.apply(this, positional(args, parameters));
    };
}

/** A prototype with the methods of all classes that make up a model, the last ones first. */
function merged(classes) {
    let prototype = Model.prototype;
    for (const cls of classes) {
        const chain = [];
        for (let own = cls.prototype; own && own !== Model.prototype; own = Object.getPrototypeOf(own)) {
            chain.unshift(own);
        }
        for (const own of chain) {
            if (Object.prototype.isPrototypeOf.call(own, prototype)) {
                continue;
            }
            const next = Object.create(prototype);
            Object.defineProperties(next, Object.getOwnPropertyDescriptors(own));
            prototype = next;
        }
    }
    return prototype;
}

/** Models whose fields 18.0 asks the server for; here their classes have them. */
export class ServerModel extends Model {}
