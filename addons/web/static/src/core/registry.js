import { EventBus, validate } from "@odoo/owl";

/** Raised when a key is asked for that nobody added. */
export class KeyNotFoundError extends Error {}

/** Raised when a key is added twice without `force`. */
export class DuplicatedKeyError extends Error {}

/**
 * Ordered map of named things, the extension point of the client. Emits "UPDATE" on change;
 * `category(name)` gives nested registries, created on first use.
 */
export class Registry extends EventBus {
    constructor(name) {
        super();
        this.name = name;
        this.content = {};
        this.subRegistries = {};
        this.elements = null;
        this.entries = null;
        this.validationSchema = null;
    }

    /**
     * @param {string} key
     * @param {any} value
     * @param {{force?: boolean, sequence?: number}} [options]
     * @returns {Registry} this, for chaining
     * @throws {DuplicatedKeyError} the key exists and `force` is not set
     */
    add(key, value, { force = false, sequence } = {}) {
        if (this.validationSchema) {
            this._check(key, value);
        }
        const previous = this.content[key];
        if (previous && !force) {
            throw new DuplicatedKeyError(`"${key}" is already in the registry "${this.name || "root"}"`);
        }
        this.content[key] = [previous && sequence === undefined ? previous[0] : (sequence ?? 50), value];
        this._changed({ operation: "add", key, value });
        return this;
    }

    /** @returns {any} the value, or `defaultValue` when given; @throws {KeyNotFoundError} */
    get(key, ...defaultValue) {
        if (!Object.hasOwn(this.content, key)) {
            if (defaultValue.length) {
                return defaultValue[0];
            }
            throw new KeyNotFoundError(`No "${key}" in the registry "${this.name || "root"}"`);
        }
        return this.content[key][1];
    }

    /** @returns {boolean} whether the key is known */
    contains(key) {
        return Object.hasOwn(this.content, key);
    }

    /** @returns {any[]} values by sequence */
    getAll() {
        this.elements ??= this._sorted().map(([, item]) => item[1]);
        return this.elements.slice();
    }

    /** @returns {[string, any][]} key/value pairs by sequence */
    getEntries() {
        this.entries ??= this._sorted().map(([key, item]) => [key, item[1]]);
        return this.entries.slice();
    }

    /** Forget a key. */
    remove(key) {
        const value = this.content[key]?.[1];
        delete this.content[key];
        this._changed({ operation: "delete", key, value });
    }

    /** @returns {Registry} nested registry `name` */
    category(name) {
        this.subRegistries[name] ??= new Registry(name);
        return this.subRegistries[name];
    }

    /** Check present and future values against an Owl validation schema. */
    addValidation(schema) {
        this.validationSchema = schema;
        for (const [key, value] of this.getEntries()) {
            this._check(key, value);
        }
    }

    _check(key, value) {
        try {
            if (typeof this.validationSchema === "function") {
                if (!this.validationSchema(value)) {
                    throw new Error("refused by the registry's validation function");
                }
            } else {
                validate(value, this.validationSchema);
            }
        } catch (error) {
            throw new Error(`Invalid "${key}" for the registry "${this.name}": ${error.message}`, { cause: error });
        }
    }

    _sorted() {
        return Object.entries(this.content).sort((a, b) => a[1][0] - b[1][0]);
    }

    _changed(detail) {
        this.elements = null;
        this.entries = null;
        this.trigger("UPDATE", detail);
    }
}

export const registry = new Registry();
