/** Paths of columns through the tree of fields that the server offers. */

/**
 * @typedef {{id: string, name: string, string: string, type: string, required: boolean, fields: OfferedField[],
 *  model_name?: string, comodel_name?: string}} OfferedField
 */

/**
 * @param {OfferedField[]} tree
 * @param {string[]} path names
 * @returns {OfferedField[]} the fields along a path, as far as they are there
 */
export function fieldsAlong(tree, path) {
    const found = [];
    let level = tree;
    for (const name of path) {
        const field = level.find((item) => item.name === name);
        if (!field) {
            break;
        }
        found.push(field);
        level = field.fields;
    }
    return found;
}

/**
 * @param {OfferedField[]} tree
 * @param {string[]} path
 * @returns {OfferedField[][]} what can be chosen: a list for each step of the path, and one for the step after it
 */
export function levelsOf(tree, path) {
    const levels = [tree, ...fieldsAlong(tree, path).map((field) => field.fields)];
    return levels.filter((fields) => fields.length);
}

/** The path of a column as calls have it; a line by itself says nothing of what goes into it. */
export function pathOf(column) {
    return column.path.length ? column.path.join("/") : false;
}

/** What a path leads to, in words. */
export function labelOf(tree, path) {
    return fieldsAlong(tree, path)
        .map((field) => field.string)
        .join(" / ");
}

/** The field whose values a column has: for identifiers, the relation that they belong to. */
export function valueField(tree, path) {
    const along = fieldsAlong(tree, path);
    const last = along.at(-1);
    return last?.type === "id" && along.length > 1 ? along.at(-2) : last;
}

/** The path under which the server knows what happens to unknown values of a column. */
export function choicePath(path) {
    return path.filter((name) => !["id", ".id"].includes(name)).join("/");
}
