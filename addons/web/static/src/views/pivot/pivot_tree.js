/**
 * The groups of rows or of columns: a tree whose root is everything.
 *
 * @typedef {{root: {labels: string[], values: any[]}, directSubTrees: Map<any, Tree>, sortedKeys?: any[]}} Tree
 */

/** @returns {Tree} */
export function makeTree() {
    return { root: { labels: [], values: [] }, directSubTrees: new Map() };
}

/** Put a group in the tree, and those above it. @param {Tree} tree @param {string[]} labels @param {any[]} values */
export function addGroup(tree, labels, values) {
    let current = tree;
    values.forEach((value, index) => {
        if (!current.directSubTrees.has(value)) {
            const root = { labels: labels.slice(0, index + 1), values: values.slice(0, index + 1) };
            current.directSubTrees.set(value, { root, directSubTrees: new Map() });
            delete current.sortedKeys;
        }
        current = current.directSubTrees.get(value);
    });
}

/** @returns {Tree|undefined} the part of the tree below a group */
export function findTree(tree, values) {
    return values.reduce((current, value) => current?.directSubTrees.get(value), tree);
}

/** The parts of a tree in the order in which they are shown. @param {Tree} tree @returns {Tree[]} */
export function subTrees(tree) {
    const keys = tree.sortedKeys || [...tree.directSubTrees.keys()];
    return keys.map((key) => tree.directSubTrees.get(key));
}

/** How many levels there are below the root. @param {Tree} tree @returns {number} */
export function depth(tree) {
    return Math.max(0, ...[...tree.directSubTrees.values()].map((sub) => depth(sub) + 1));
}

/** The groups that have none below them. @param {Tree} tree @returns {Tree[]} */
export function leaves(tree) {
    return tree.directSubTrees.size ? subTrees(tree).flatMap((sub) => leaves(sub)) : [tree];
}

/** Close what was closed in an earlier tree. @param {Tree} tree @param {Tree} earlier */
export function prune(tree, earlier) {
    if (!earlier.directSubTrees.size) {
        tree.directSubTrees.clear();
        delete tree.sortedKeys;
        return;
    }
    for (const [value, sub] of tree.directSubTrees) {
        const before = earlier.directSubTrees.get(value);
        if (before) {
            prune(sub, before);
        } else {
            // what is new comes closed
            sub.directSubTrees.clear();
        }
    }
}

/** Order all levels of a tree by the value of each group. @param {Tree} tree @param {(tree: Tree) => number} valueOf */
export function sortTree(tree, valueOf, order) {
    const sign = order === "desc" ? -1 : 1;
    const keys = [...tree.directSubTrees.keys()];
    const entries = keys.map((key) => ({ key, value: valueOf(tree.directSubTrees.get(key)) }));
    tree.sortedKeys = entries.sort((first, second) => sign * (first.value - second.value)).map(({ key }) => key);
    tree.directSubTrees.forEach((sub) => sortTree(sub, valueOf, order));
}

/** Keys of cells and groups. */
export function keyOf(rowValues, colValues) {
    return JSON.stringify([rowValues, colValues]);
}
