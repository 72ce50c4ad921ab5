import { x2ManyCommands } from "@web/core/orm_service";
import { knownValues } from "@web/model/relational_model/save_conflict";
import { isX2Many } from "@web/model/relational_model/utils";

const { CREATE, DELETE, LINK, UNLINK, UPDATE } = x2ManyCommands;

/** Whether what was written of properties changes what their parent defines, for all its records. */
function isDefining(field, change) {
    return (
        field.type === "properties" &&
        (change || []).some((property) => property.definition_changed || property.definition_deleted)
    );
}

/** @returns {any[]|undefined} the command that takes one back; nothing for one that cannot be taken back */
function oppositeOf([operation, id, data], line, known, isMany2Many) {
    if (operation === UPDATE && known && line) {
        const values = oppositeValues(line, data, known);
        return values && [UPDATE, id, values];
    }
    if (isMany2Many && [LINK, UNLINK].includes(operation)) {
        return [operation === LINK ? UNLINK : LINK, id, false];
    }
    return undefined;
}

/**
 * Values that take back what was written.
 *
 * @param {import("./record").Record} record
 * @param {Object} changes what was written
 * @param {Object} known what was known before, see `knownValues`
 * @param {Object<string, number[]>} [linesBefore] ids of lines before, by field: those that came are deleted
 * @returns {Object|undefined} nothing when lines or properties were deleted, or properties defined anew: nobody brings
 *     back what depends on them; nor when what there was is not known
 */
export function oppositeValues(record, changes, known, linesBefore = {}) {
    const result = {};
    for (const [name, change] of Object.entries(changes)) {
        const field = record.fields[name];
        if (!(name in known) || isDefining(field, change)) {
            return undefined;
        }
        if (!isX2Many(field)) {
            result[name] = known[name];
            continue;
        }
        const list = record.data[name];
        const isMany2Many = field.type === "many2many";
        const others = change.filter(([operation]) => operation !== CREATE);
        const commands = others.map((command) =>
            oppositeOf(command, list._cache[command[1]], known[name][command[1]], isMany2Many)
        );
        if (others.length < change.length) {
            const came = list.resIds.filter((id) => linesBefore[name] && !linesBefore[name].includes(id));
            const isComplete = came.length === change.length - others.length;
            commands.push(...(isComplete ? came.map((id) => [isMany2Many ? UNLINK : DELETE, id, false]) : [undefined]));
        }
        if (commands.includes(undefined)) {
            return undefined;
        }
        result[name] = commands;
    }
    return result;
}

/** What was written, as the server is told what is known of it. */
function writtenValues(record, changes) {
    const entries = Object.entries(changes).map(([name, change]) => [
        name,
        isX2Many(record.fields[name])
            ? Object.fromEntries(change.filter(([operation]) => operation === UPDATE).map(([, id, data]) => [id, data]))
            : change,
    ]);
    return Object.fromEntries(entries);
}

/**
 * What takes the last save of a record back, unless somebody else has changed the same meanwhile.
 *
 * @param {import("./record").Record} record as it is after it was saved
 * @param {{changes: Object, known: Object, linesBefore: Object, resId: number}} saved
 * @returns {((orm: Object) => Promise<any>)|undefined}
 */
export function undoOfSave(record, { changes, known, linesBefore, resId }) {
    const { context, resModel } = record;
    const isSame = record.resId === resId;
    const hasCome = Object.entries(changes).some(
        ([name, change]) => isX2Many(record.fields[name]) && change.some(([operation]) => operation === CREATE)
    );
    const values =
        !hasCome || (isSame && !record._isOutdated) ? oppositeValues(record, changes, known, linesBefore) : undefined;
    if (!values || !Object.keys(values).length) {
        return undefined;
    }
    const stored = isSame && !record._isOutdated ? knownValues(record, values) : writtenValues(record, changes);
    const told = { web_save_known: { id: resId, model: resModel, values: stored } };
    return (orm) => orm.webSave(resModel, [resId], values, { context: { ...context, ...told }, specification: {} });
}
