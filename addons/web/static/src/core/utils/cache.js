/** Results of a function by key. */
export class Cache {
    /** @param {Function} getValue @param {Function} [getKey] default: arguments joined */
    constructor(getValue, getKey = (...path) => path.join("|")) {
        this.values = new Map();
        this.getValue = getValue;
        this.getKey = getKey;
    }

    read(...path) {
        const key = this.getKey(...path);
        if (!this.values.has(key)) {
            this.values.set(key, this.getValue(...path));
        }
        return this.values.get(key);
    }

    clear(...path) {
        this.values.delete(this.getKey(...path));
    }

    invalidate() {
        this.values.clear();
    }
}
