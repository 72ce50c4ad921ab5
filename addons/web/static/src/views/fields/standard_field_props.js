/** @typedef {{id?: string, name: string, readonly?: boolean, record: Object}} StandardFieldProps */

/** Props that every field component receives. */
export const standardFieldProps = {
    name: String,
    record: Object,
    ...optional({ id: String, readonly: Boolean }),
};

/**
 * Schema of props that may be left out.
 *
 * @param {Record<string, any>} types type of each prop; `true` where any value will do
 * @returns {Record<string, {type: any, optional: true}>}
 */
export function optional(types) {
    return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type, optional: true }]));
}
