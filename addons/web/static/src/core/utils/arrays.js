/** Wrap in an array what is neither array nor other non-text iterable. */
export function ensureArray(value) {
    return typeof value === "object" && value && Symbol.iterator in value ? [...value] : [value];
}

/** Values common to both lists. */
export function intersection(...arrays) {
    const [first, ...rest] = arrays;
    return unique(first || []).filter((item) => rest.every((list) => list.includes(item)));
}

function criterionFunction(criterion) {
    if (typeof criterion === "string") {
        return (item) => item[criterion];
    }
    return criterion || ((item) => item);
}

/** Items by text of a key or of a function's result. @returns {Object<string, any[]>} */
export function groupBy(iterable, criterion) {
    const getKey = criterionFunction(criterion);
    const groups = {};
    for (const item of iterable) {
        const key = String(getKey(item));
        (groups[key] ??= []).push(item);
    }
    return groups;
}

/** Sorted copy, by key or function. */
export function sortBy(iterable, criterion, order = "asc") {
    const getKey = criterionFunction(criterion);
    const sign = order === "desc" ? -1 : 1;
    return [...iterable].sort((a, b) => {
        const keyA = getKey(a);
        const keyB = getKey(b);
        return sign * (keyA > keyB ? 1 : keyA < keyB ? -1 : 0);
    });
}

/** Values in exactly one of both lists. */
export function symmetricalDifference(a, b) {
    const common = intersection(a, b);
    return [...a, ...b].filter((item) => !common.includes(item));
}

/** All combinations of one element of each list. */
export function cartesian(...lists) {
    if (!lists.length) {
        return [undefined];
    }
    if (lists.length === 1) {
        return lists[0];
    }
    return lists.reduce((sets, list) => sets.flatMap((set) => list.map((item) => [...set, item])), [[]]);
}

/** Starts of the list: [], [a], [a, b]... */
export function sections(iterable) {
    const array = [...iterable];
    return Array.from({ length: array.length + 1 }, (_, index) => array.slice(0, index));
}

/** Copy without repeated values. */
export function unique(iterable) {
    return [...new Set(iterable)];
}

/** Pairs (triples...) by position; stops at the shortest unless `fill`. */
export function zip(a, b, fill = false) {
    const length = fill ? Math.max(a.length, b.length) : Math.min(a.length, b.length);
    return Array.from({ length }, (_, index) => [a[index], b[index]]);
}

/** Call `fn` on the items of both lists by position. */
export function zipWith(a, b, fn) {
    return zip(a, b).map(([x, y]) => fn(x, y));
}

/** Cut in lists of `size`. */
export function slidingWindow(array, size) {
    return Array.from({ length: Math.max(array.length - size + 1, 0) }, (_, i) => array.slice(i, i + size));
}

/** Rotate the list by `step`. */
export function rotate(index, array, step = 1) {
    return (((index + step) % array.length) + array.length) % array.length;
}

/** Subset of the entries of an array for which key is an integer text. */
export function sum(values) {
    return values.reduce((total, value) => total + value, 0);
}

/** Whether a value can be looped over: lists, sets and the like, but no text. */
export function isIterable(value) {
    return Boolean(value && typeof value === "object" && Symbol.iterator in value);
}

/** Whether two lists have the same values in the same order. @param {(a: any, b: any) => boolean} [isSame] */
export function shallowEqual(first, second, isSame = (a, b) => a === b) {
    return first.length === second.length && first.every((item, index) => isSame(item, second[index]));
}
