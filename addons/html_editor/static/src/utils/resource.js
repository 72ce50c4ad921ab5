const SEQUENCE = Symbol("sequence");
const USUAL = 10;

/**
 * Give an item a place in its list; those with smaller numbers come first, and 10 is that of items without.
 *
 * @template T
 * @param {number} sequence
 * @param {T} object
 * @returns {{object: T}}
 */
export function withSequence(sequence, object) {
    if (typeof sequence !== "number") {
        throw new Error("The sequence of a resource has to be a number");
    }
    return /** @type {any} */ ({ [SEQUENCE]: sequence, object });
}

/**
 * Join what several owners add to the same lists.
 *
 * @param {Object[]} owners each `{list: item or items}`
 * @returns {Record<string, any[]>} frozen lists in their order
 */
export function joinResources(owners) {
    const lists = {};
    for (const resources of owners) {
        for (const [name, items] of Object.entries(resources || {})) {
            (lists[name] ??= []).push(...[items].flat());
        }
    }
    const placed = (item) => (item?.[SEQUENCE] === undefined ? { place: USUAL, item } : null) || fromWrapped(item);
    const ordered = ([name, items]) => [
        name,
        Object.freeze(
            items
                .map(placed)
                .sort((a, b) => a.place - b.place)
                .map(({ item }) => item)
        ),
    ];
    return Object.freeze(Object.fromEntries(Object.entries(lists).map(ordered)));
}

function fromWrapped(wrapped) {
    return { place: wrapped[SEQUENCE], item: wrapped.object };
}
