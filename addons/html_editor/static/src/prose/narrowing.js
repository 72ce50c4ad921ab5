import { ReplaceStep } from "prosemirror-transform";

/** Whether a transaction puts a whole document in the place of another. */
function replacesAll({ before, steps }) {
    const [step] = steps;
    return steps.length === 1 && step instanceof ReplaceStep && step.from === 0 && step.to === before.content.size;
}

/**
 * What a transaction changes and nothing around it, so that places in the rest of the document stay where they are.
 *
 * @param {import("prosemirror-state").EditorState} state
 * @param {import("prosemirror-state").Transaction} tr
 * @returns {import("prosemirror-state").Transaction} the same, where it does not replace the whole document
 */
export function narrowed(state, tr) {
    if (!replacesAll(tr)) {
        return tr;
    }
    const small = state.tr;
    const start = state.doc.content.findDiffStart(tr.doc.content);
    if (start !== null) {
        const ends = state.doc.content.findDiffEnd(tr.doc.content);
        // what is repeated may be found from both sides
        const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
        small.replace(start, ends.a + overlap, tr.doc.slice(start, ends.b + overlap));
    }
    if (!small.doc.eq(tr.doc)) {
        return tr;
    }
    const { meta } = /** @type {any} */ (tr);
    Object.entries(meta).forEach(([key, value]) => small.setMeta(key, value));
    if (tr.selectionSet) {
        const Selection = /** @type {any} */ (tr.selection.constructor);
        small.setSelection(Selection.fromJSON(small.doc, tr.selection.toJSON()));
    }
    return tr.scrolledIntoView ? small.scrollIntoView() : small;
}
