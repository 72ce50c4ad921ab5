import { reactive } from "@odoo/owl";
import { bare } from "@mail/model/misc";
import { assign, link, replace, resolve, unlink } from "@mail/model/relations";
import { MAKE_UPDATE } from "@mail/model/update_cycle";

const MUTATORS = ["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "add", "delete", "clear"];

/** The side of a list that relations write on. Whoever observes the list is told. */
class Writer {
    constructor(owner, field) {
        Object.assign(this, { owner, field });
        this.members = new Set();
        /** Whether what is written comes from here rather than by an index. */
        this.isWriting = false;
    }

    write(change) {
        this.isWriting = true;
        try {
            change(reactive(this.list));
        } finally {
            this.isWriting = false;
        }
    }

    insertAt(index, record) {
        this.members.add(record);
        this.write((list) => Array.prototype.splice.call(list, index, 0, record));
    }

    remove(record) {
        this.members.delete(record);
        const index = [...this.list].findIndex((other) => bare(other) === record);
        this.write((list) => Array.prototype.splice.call(list, index, 1));
    }

    /** Put the records into an order; nothing is written where it is that already. */
    arrange(records) {
        this.write((list) =>
            records.forEach((record, index) => {
                if (bare(this.list[index]) !== record) {
                    list[index] = record;
                }
            })
        );
    }

    /** Put a record in the place of another. */
    put(index, value) {
        const record = resolve(this.owner, this.field, value);
        const previous = bare(this.list[index]);
        if (previous === record) {
            return;
        }
        MAKE_UPDATE(() => {
            if (previous) {
                unlink(this.owner, this.field, previous);
            }
            link(this.owner, this.field, record, { at: index });
        });
    }
}

/** Records that a relation leads to. Reads as an array; what is changed changes the relation. */
export class RecordList extends Array {
    static get [Symbol.species]() {
        return Array;
    }

    /** Append records that are not in the list. @returns {number} the new length */
    push(...values) {
        return this.splice(this.length, 0, ...values) && this.length;
    }

    /** Put records that are not in the list at its beginning, in this order. @returns {number} the new length */
    unshift(...values) {
        return this.splice(0, 0, ...values) && this.length;
    }

    /** Take the last record out. */
    pop() {
        return this.splice(this.length - 1, 1)[0];
    }

    /** Take the first record out. */
    shift() {
        return this.splice(0, 1)[0];
    }

    /**
     * @param {number} start
     * @param {number} [count]
     * @param {...any} values records, ids or values to put there
     * @returns {Object[]} what was taken out
     */
    splice(start, count = this.length, ...values) {
        const { owner, field } = this._;
        const from = start < 0 ? Math.max(this.length + start, 0) : start;
        return MAKE_UPDATE(() => {
            const out = this.slice(from, from + count);
            out.forEach((record) => unlink(owner, field, bare(record)));
            values.forEach((value, index) => link(owner, field, resolve(owner, field, value), { at: from + index }));
            return out;
        });
    }

    /** Put the list into an order. @param {(a: Object, b: Object) => number} compare */
    sort(compare) {
        return MAKE_UPDATE(() => {
            this._.arrange([...this].sort(compare).map(bare));
            return this;
        });
    }

    reverse() {
        this._.arrange([...this].reverse().map(bare));
        return this;
    }

    /** Add records that are not in the list. @returns {Object|Object[]} the record, or the records */
    add(...values) {
        const { owner, field } = this._;
        return MAKE_UPDATE(() => {
            const records = values.map((value) => resolve(owner, field, value));
            records.forEach((record) => link(owner, field, record));
            const proxies = records.map((record) => reactive(record));
            return proxies.length === 1 ? proxies[0] : proxies;
        });
    }

    /** Take records out. @param {...any} values records or their ids */
    delete(...values) {
        const { owner, field } = this._;
        assign(owner, field, [["DELETE", values]]);
    }

    /** Take all records out. */
    clear() {
        const { owner, field } = this._;
        MAKE_UPDATE(() => replace(owner, field, []));
    }

    indexOf(record, ...from) {
        return Array.prototype.indexOf.call([...this].map(bare), bare(record), ...from);
    }

    lastIndexOf(record) {
        return [...this].map(bare).lastIndexOf(bare(record));
    }

    includes(record) {
        // whoever asks hears of changes
        return this.length > 0 && this._.members.has(bare(record));
    }
}

function isIndex(key) {
    return typeof key === "string" && /^\d+$/.test(key);
}

/**
 * @param {Object} owner
 * @param {Object} field
 * @returns {RecordList} an empty list of a relation
 */
export function makeList(owner, field) {
    const list = new RecordList();
    const writer = new Writer(owner, field);
    Object.defineProperty(list, "_", { value: writer });
    const bound = new WeakMap();
    writer.list = new Proxy(list, {
        get(target, key, receiver) {
            const value = Reflect.get(target, key, receiver);
            if (!MUTATORS.includes(key)) {
                return value;
            }
            if (!bound.has(receiver)) {
                bound.set(receiver, {});
            }
            return (bound.get(receiver)[key] ??= value.bind(receiver));
        },
        set(target, key, value, receiver) {
            if (writer.isWriting || !(isIndex(key) || key === "length")) {
                return Reflect.set(target, key, value, receiver);
            }
            if (key === "length") {
                MAKE_UPDATE(() => receiver.splice(value));
            } else {
                writer.put(Number(key), value);
            }
            return true;
        },
    });
    return writer.list;
}
