let nextId = 1;

/** Remember results by first argument. */
export function memoize(func) {
    const cache = new Map();
    const name = func.name ? `${func.name} (memoized)` : "memoized";
    return {
        [name](...args) {
            if (!cache.has(args[0])) {
                cache.set(args[0], func.call(this, ...args));
            }
            return cache.get(args[0]);
        },
    }[name];
}

/** Page-wide unique text. */
export function uniqueId(prefix = "") {
    return `${prefix}${nextId++}`;
}

uniqueId.nextId = 0;
