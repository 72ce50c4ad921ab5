const handled = new WeakMap();

/** Say that somebody dealt with the event under a name. */
export function markEventHandled(event, markName) {
    const names = handled.get(event) || new Set();
    names.add(markName);
    handled.set(event, names);
}

/** @returns {boolean} whether the event was marked with that name */
export function isEventHandled(event, markName) {
    return Boolean(handled.get(event)?.has(markName));
}

/** Index of the item of a list such that `get(item)` is `key`. */
export function indexBy(list, key) {
    return Object.fromEntries(list.map((item) => [item[key], item]));
}

/** Number of own keys. */
export function effectiveLength(object) {
    return Object.keys(object).length;
}
