/** Two changes of one document. */

/** What a document has in the place of what another had: from where to where, and where that ends in the new one. */
function difference(before, after) {
    const start = before.content.findDiffStart(after.content);
    if (start === null) {
        return null;
    }
    const ends = before.content.findDiffEnd(after.content);
    // what is repeated may be found from both sides
    const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
    return { start, end: ends.a + overlap, newEnd: ends.b + overlap };
}

/**
 * @param {import("prosemirror-model").Node} before
 * @param {import("prosemirror-model").Node} mine a document that was made of it
 * @param {import("prosemirror-model").Node} theirs another one
 * @returns {import("prosemirror-model").Node|null} one with what both have changed; nothing where they changed the same
 */
export function joinChanges(before, mine, theirs) {
    const [own, other] = [difference(before, mine), difference(before, theirs)];
    if (!own || mine.eq(theirs)) {
        return theirs;
    }
    if (!other) {
        return mine;
    }
    if (own.start < other.end && other.start < own.end) {
        return null;
    }
    if (own.start === other.start && own.end === own.start && other.end === other.start) {
        // both are put in at the same place: which comes first does not matter, but none may be lost
        return withSlice(theirs, other.newEnd, other.newEnd, mine.slice(own.start, own.newEnd));
    }
    const shift = own.start >= other.end ? other.newEnd - other.end : 0;
    return withSlice(theirs, own.start + shift, own.end + shift, mine.slice(own.start, own.newEnd));
}

function withSlice(doc, from, to, slice) {
    try {
        const joined = doc.replace(from, to, slice);
        joined.check();
        return joined;
    } catch (error) {
        if (error instanceof RangeError) {
            // the parts do not fit into each other
            return null;
        }
        throw error;
    }
}
