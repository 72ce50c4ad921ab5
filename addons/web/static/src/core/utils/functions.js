let nextId = 1;

/** Remember results by first argument. */
export function memoize(func) {
    const results = new Map();
    const remembering = function (key, ...rest) {
        if (!results.has(key)) {
            results.set(key, func.call(this, key, ...rest));
        }
        return results.get(key);
    };
    // stack traces tell whose results are remembered
    return Object.defineProperty(remembering, "name", { value: `remembering ${func.name}` });
}

/** Page-wide unique text. */
export function uniqueId(prefix = "") {
    return `${prefix}${nextId++}`;
}

uniqueId.nextId = 0;
