/** Same keys with identical values (or equal by `compare`). */
export function shallowEqual(a, b, compare = (x, y) => x === y) {
    const keysA = Object.keys(a);
    return keysA.length === Object.keys(b).length && keysA.every((key) => key in b && compare(a[key], b[key]));
}

/** Structural equality of plain data. */
export function deepEqual(a, b) {
    if (a === b) {
        return true;
    }
    if (!a || !b || typeof a !== "object" || typeof b !== "object" || Array.isArray(a) !== Array.isArray(b)) {
        return false;
    }
    const keysA = Object.keys(a);
    return keysA.length === Object.keys(b).length && keysA.every((key) => key in b && deepEqual(a[key], b[key]));
}

/** Copy of plain JSON data. */
export function deepCopy(object) {
    return object === undefined ? undefined : JSON.parse(JSON.stringify(object));
}

/** @returns {boolean} whether it is an object and not an array, date... */
export function isObject(object) {
    return Boolean(object) && (typeof object === "object" || typeof object === "function");
}

/** Copy without some keys. */
export function omit(object, ...keys) {
    return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** Copy with only some keys. @returns {any} */
export function pick(object, ...keys) {
    const picked = {};
    for (const key of keys) {
        if (key in object) {
            picked[key] = object[key];
        }
    }
    return picked;
}

/** Copy of `target` in which `extension` is merged key by key, deeply for plain objects. */
export function deepMerge(target, extension) {
    if (!isObject(target) && !isObject(extension)) {
        return;
    }
    const result = { ...(target || {}) };
    for (const [key, value] of Object.entries(extension || {})) {
        const both = isObject(result[key]) && isObject(value) && !Array.isArray(value) && typeof value !== "function";
        result[key] = both ? deepMerge(result[key], value) : value;
    }
    return result;
}

/** Read `a.b.c` in nested objects; undefined when a step is missing. */
export function getDeep(object, path) {
    return path.split(".").reduce((value, key) => value?.[key], object);
}
