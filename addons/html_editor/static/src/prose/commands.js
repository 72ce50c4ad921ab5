/** Changes of the document that several plugins make. */
import { NodeSelection } from "prosemirror-state";
import { isBlank } from "@html_editor/prose/attributes";
import { schema } from "@html_editor/prose/schema";

/** @typedef {import("prosemirror-state").Command} Command */

/** @param {import("prosemirror-state").EditorState} state @returns {Object[]} attributes of style of the text, in turn */
export function textStyles(state) {
    const { empty, from, to, $from } = state.selection;
    const styleIn = (marks) => schema.marks.text_style.isInSet(marks)?.attrs.attrs || {};
    if (empty) {
        return [styleIn(state.storedMarks || $from.marks())];
    }
    const found = [];
    state.doc.nodesBetween(from, to, (node) => {
        if (node.isText) {
            found.push(styleIn(node.marks));
        }
    });
    return found;
}

/**
 * Change the look of the text that is selected, or is written next.
 *
 * @param {(attrs: Record<string, string>) => Record<string, string>} change
 * @returns {Command}
 */
export function changeTextStyle(change) {
    const type = schema.marks.text_style;
    const next = (marks) => {
        const mark = type.isInSet(marks);
        const attrs = change(mark?.attrs.attrs || {});
        return isBlank(attrs) ? null : type.create({ tag: mark?.attrs.tag || "span", attrs });
    };
    return (state, dispatch) => {
        const { empty, from, to, $from } = state.selection;
        const { tr } = state;
        if (empty) {
            const mark = next(state.storedMarks || $from.marks());
            dispatch?.(mark ? tr.addStoredMark(mark) : tr.removeStoredMark(type));
            return true;
        }
        state.doc.nodesBetween(from, to, (node, position) => {
            if (!node.isInline) {
                return;
            }
            const [start, end] = [Math.max(from, position), Math.min(to, position + node.nodeSize)];
            const mark = next(node.marks);
            if (mark) {
                tr.addMark(start, end, mark);
            } else {
                tr.removeMark(start, end, type);
            }
        });
        dispatch?.(tr.scrollIntoView());
        return true;
    };
}

/**
 * Change the attributes of the blocks of text that the selection touches.
 *
 * @param {(attrs: Record<string, string>, node: import("prosemirror-model").Node) => Record<string, string>} change
 * @returns {Command}
 */
export function changeBlocks(change) {
    return (state, dispatch) => {
        const { tr } = state;
        for (const { from, to } of rangesOf(state.selection)) {
            state.doc.nodesBetween(from, to, (node, position) => {
                if (node.isTextblock) {
                    tr.setNodeMarkup(position, null, { ...node.attrs, attrs: change(node.attrs.attrs, node) });
                }
            });
        }
        if (tr.docChanged) {
            dispatch?.(tr);
        }
        return tr.docChanged;
    };
}

const rangesOf = (selection) => selection.ranges.map(({ $from, $to }) => ({ from: $from.pos, to: $to.pos }));

/** @param {import("prosemirror-state").EditorState} state @returns {import("prosemirror-model").Node[]} */
export function textBlocks(state) {
    const found = [];
    for (const { from, to } of rangesOf(state.selection)) {
        state.doc.nodesBetween(from, to, (node) => {
            if (node.isTextblock) {
                found.push(node);
            }
        });
    }
    return found;
}

/**
 * @param {import("prosemirror-state").EditorState} state
 * @param {(node: import("prosemirror-model").Node) => boolean} isWanted
 * @returns {{node: import("prosemirror-model").Node, depth: number, position: number}|null} the nearest around the selection
 */
export function ancestor(state, isWanted) {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth--) {
        const node = $from.node(depth);
        if (isWanted(node)) {
            return { node, depth, position: $from.before(depth) };
        }
    }
    return null;
}

/** @param {import("prosemirror-state").EditorState} state @param {string} name @returns {boolean} */
export function isMarked(state, name) {
    const { empty, from, to, $from } = state.selection;
    const type = schema.marks[name];
    return empty ? Boolean(type.isInSet(state.storedMarks || $from.marks())) : state.doc.rangeHasMark(from, to, type);
}

/** @param {import("prosemirror-state").EditorState} state @param {string} name @returns {any} the node that is selected */
export function selectedNode(state, name) {
    const { selection } = state;
    return selection instanceof NodeSelection && selection.node.type.name === name ? selection.node : null;
}

/**
 * Put a block in the place of the empty line that the cursor is in, or below the line.
 *
 * @param {import("prosemirror-model").Node} block
 * @param {{writeInside?: boolean}} [options] whether the cursor goes into the block
 * @returns {Command}
 */
export function insertBlock(block, { writeInside = false } = {}) {
    return (state, dispatch) => {
        const { $from } = state.selection;
        const { tr } = state;
        const isLine = $from.parent.isTextblock && $from.depth > 0;
        const isFree = isLine && !$from.parent.childCount;
        const start = isFree ? $from.before() : isLine ? $from.after() : state.selection.to;
        if (isFree) {
            tr.replaceRangeWith(start, $from.after(), block);
        } else {
            tr.insert(start, block);
        }
        const end = start + block.nodeSize;
        if (!tr.doc.resolve(Math.min(end, tr.doc.content.size)).nodeAfter) {
            tr.insert(end, schema.nodes.paragraph.create());
        }
        const place = tr.doc.resolve(writeInside ? start + 1 : end + 1);
        tr.setSelection(near(tr, place));
        dispatch?.(tr.scrollIntoView());
        return true;
    };
}

function near(tr, place) {
    return /** @type {any} */ (tr.selection.constructor).near?.(place) || tr.selection;
}
