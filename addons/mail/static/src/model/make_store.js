import { reactive } from "@odoo/owl";
import { modelRegistry } from "@mail/model/misc";
import { deriveModel, readFields, takeFields } from "@mail/model/record";
import { begin, fill, prepare } from "@mail/model/record_proxy";
import { Store as BaseStore } from "@mail/model/store";
import { MAKE_UPDATE } from "@mail/model/update_cycle";

/** @returns {Object<string, Object>} a model of its own for each class of the registry, by name */
function deriveModels(env, localRegistry) {
    const Models = {};
    for (const Class of localRegistry.getAll()) {
        const name = Class.getName();
        if (name in Models) {
            throw new Error(`There are two models with the name "${name}".`);
        }
        Models[name] = deriveModel(Class, env);
    }
    Models.Store ??= deriveModel(BaseStore, env);
    return Models;
}

function checkInverse(Models, name, field) {
    const where = `${name}.${field.name}`;
    const Target = Models[field.target];
    if (!Target) {
        throw new Error(`${where} leads to the model "${field.target}", which is not registered.`);
    }
    if (!field.inverse) {
        return;
    }
    const other = Target._fields.get(field.inverse);
    const there = `${field.target}.${field.inverse}`;
    if (!other?.isRelation) {
        throw new Error(`${where} has ${there} as its other side, which is no relation.`);
    }
    if (other.target !== name) {
        throw new Error(`${where} has ${there} as its other side, which leads to "${other.target}".`);
    }
    if (other.inverse && other.inverse !== field.name) {
        throw new Error(`${where} has ${there} as its other side, the other side of which is "${other.inverse}".`);
    }
    other.inverse = field.name;
}

function checkModel(Models, name) {
    const { _fields, _idNames } = Models[name];
    for (const field of _fields.values()) {
        if (field.isRelation) {
            checkInverse(Models, name, field);
        }
        if (field.kind === "many" && _idNames.includes(field.name)) {
            throw new Error(`${name}.${field.name} cannot be an id, as it is a list.`);
        }
    }
}

/**
 * Make a store, with a model for each class that is registered.
 *
 * @param {Object} env environment of the page
 * @param {{localRegistry?: Object}} [options] `localRegistry`: of classes, instead of the usual one
 * @returns {BaseStore}
 */
export function makeStore(env, { localRegistry = modelRegistry } = {}) {
    const Models = deriveModels(env, localRegistry);
    const raw = new Models.Store.Class();
    const record = prepare(raw, Models.Store);
    const store = reactive(record);
    record._.store = store;
    record._.recordByLocalId = reactive(new Map());
    Object.defineProperty(raw, "Models", { value: Models });
    for (const [name, Model] of Object.entries(Models)) {
        Object.defineProperty(Model, "store", { value: store });
        raw[name] = Model;
    }
    raw.localId = Models.Store.localId({});
    store.setup();
    const definitions = takeFields(Models.Store, raw);
    const others = Object.values(Models).filter((Model) => Model !== Models.Store);
    others.forEach(readFields);
    Object.keys(Models).forEach((name) => checkModel(Models, name));
    MAKE_UPDATE(() => {
        fill(record, definitions);
        reactive(Models.Store).records[raw.localId] = record;
        record._.recordByLocalId.set(raw.localId, record);
        begin(record);
    });
    store.storeReady = true;
    return store;
}
