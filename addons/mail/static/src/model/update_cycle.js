/**
 * Changes of records are made in cycles: what follows from them (computed values, orders, hooks) comes when the outermost
 * change is complete, so that whoever is told sees all of it.
 */

const KINDS = ["compute", "sort", "onAdd", "onDelete", "onUpdate", "onChange", "delete", "hardDelete"];
/** How often what follows may have something follow again before it is a loop. */
const MOST_ROUNDS = 1000;

/** @type {Object<string, Map<Object, Map<any, () => void>>>} jobs that wait, by kind, owner and name */
const waiting = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
let depth = 0;

function runKind(kind, errors) {
    const jobs = [...waiting[kind].values()].flatMap((byName) => [...byName.values()]);
    waiting[kind].clear();
    for (const job of jobs) {
        try {
            job();
        } catch (error) {
            errors.push(error);
        }
    }
}

function settle() {
    const errors = [];
    for (let round = 0; KINDS.some((kind) => waiting[kind].size); round++) {
        if (round > MOST_ROUNDS) {
            KINDS.forEach((kind) => waiting[kind].clear());
            throw new Error("Records keep changing each other.");
        }
        KINDS.forEach((kind) => runKind(kind, errors));
    }
    if (errors.length) {
        throw errors[0];
    }
}

/**
 * Change records; what follows comes at the end of the outermost change.
 *
 * @template T
 * @param {() => T} change
 * @returns {T}
 */
export function MAKE_UPDATE(change) {
    depth++;
    try {
        return change();
    } finally {
        try {
            // what was changed before an error has its consequences, too
            if (depth === 1) {
                settle();
            }
        } finally {
            depth--;
        }
    }
}

/**
 * Have something done at the end of the cycle, once for an owner and a name.
 *
 * @param {string} kind
 * @param {Object} owner
 * @param {any} name
 * @param {() => void} job
 */
export function later(kind, owner, name, job) {
    MAKE_UPDATE(() => {
        if (!waiting[kind].has(owner)) {
            waiting[kind].set(owner, new Map());
        }
        waiting[kind].get(owner).set(name, job);
    });
}

/** Take back what was to be done. @returns {boolean} whether it waited */
export function never(kind, owner, name) {
    return waiting[kind].get(owner)?.delete(name) || false;
}
