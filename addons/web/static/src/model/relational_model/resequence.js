/** Whether each number is beyond the one before, in the direction of the order. */
function isStrict(numbers, asc) {
    return numbers.every((number, index) => {
        const before = numbers[index - 1];
        return Number.isFinite(number) && (index === 0 || (asc ? number > before : number < before));
    });
}

/**
 * Put a record, or a group, behind another one and have the server number them so. Where the numbers rise (or fall)
 * strictly, only those between the old and the new place are numbered anew, else all of them.
 *
 * @template T
 * @param {Object} params
 * @param {T[]} params.records in their order on screen; it is not changed
 * @param {string} params.resModel
 * @param {{webResequence: Function, read: Function}} params.orm
 * @param {string} params.movedId `id` of the one that moves
 * @param {string|null} [params.targetId] `id` of the one that it comes behind; none: it becomes the first
 * @param {string} [params.fieldName] field with the numbers
 * @param {boolean} [params.asc] whether the first one has the smallest number
 * @param {Object} [params.context]
 * @param {(record: T) => number|undefined} [params.getSequence] number of a record; unknown ones are all numbered anew
 * @param {(record: T) => number} [params.getResId] what the server knows it by; others are left out
 * @returns {{records: T[], saved: Promise<Object[]>}} the new order, and what the server has then: `{id, [fieldName]}`
 *     of those that were numbered
 */
export function resequence({
    records,
    resModel,
    orm,
    movedId,
    targetId = null,
    fieldName = "sequence",
    asc = true,
    context = {},
    getSequence = () => undefined,
    getResId = (record) => /** @type {any} */ (record).resId,
}) {
    const place = (id) => records.findIndex((record) => /** @type {any} */ (record).id === id);
    const from = place(movedId);
    const ordered = records.toSpliced(from, 1);
    const behind = targetId ? ordered.indexOf(records[place(targetId)]) : -1;
    const to = behind + 1;
    ordered.splice(to, 0, records[from]);
    const isOnlyBetween = isStrict(records.map(getSequence), asc);
    if (from === to && isOnlyBetween) {
        return { records: ordered, saved: Promise.resolve([]) };
    }
    const moved = isOnlyBetween ? ordered.slice(Math.min(from, to), Math.max(from, to) + 1) : ordered;
    const ids = moved.map(getResId).filter((id) => Number.isInteger(id));
    const numbers = moved.map(getSequence).filter((number) => Number.isFinite(number));
    const params = { context, field_name: fieldName, offset: numbers.length ? Math.min(...numbers) : 0 };
    return { records: ordered, saved: number(orm, resModel, asc ? ids : ids.reverse(), fieldName, params) };
}

/** Number the records, and read what they have then. */
async function number(orm, resModel, ids, fieldName, params) {
    const isNumbered = await orm.webResequence(resModel, ids, params);
    return isNumbered ? orm.read(resModel, ids, [fieldName], { context: params.context }) : [];
}
