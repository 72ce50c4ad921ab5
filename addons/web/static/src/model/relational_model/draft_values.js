import { x2ManyCommands } from "@web/core/orm_service";
import { knownValues } from "@web/model/relational_model/save_conflict";
import { isSameValue, isX2Many, parseServerValue, toServerValue } from "@web/model/relational_model/utils";

const { CREATE, DELETE, LINK, UNLINK, UPDATE } = x2ManyCommands;
/** Names of fields that nobody wants to find on a disk, whatever their widget is. */
const SECRET = /passw|passphrase|secret|token|api_?key/i;

/** A value as `web_read` gives it. */
function asRead(field, value) {
    switch (field.type) {
        case "many2one":
            return value ? { id: value[0], display_name: value[1] } : false;
        case "many2one_reference":
            return value ? { id: value.resId, display_name: value.displayName } : false;
        case "reference":
            return value ? { id: { id: value.resId, model: value.resModel }, display_name: value.displayName } : false;
    }
    return toServerValue(field, value);
}

function linesOf(list, isSecret) {
    return list._commands
        .filter(([operation, id]) => operation !== UPDATE || list._cache[id])
        .map(([operation, id]) => {
            const line = list._cache[id];
            if (operation === CREATE) {
                return [CREATE, false, valuesOf(line, { ...line._values, ...line._changes }, isSecret)];
            }
            return [operation, id, operation === UPDATE ? valuesOf(line, line._changes, isSecret) : false];
        })
        .filter(([operation, , data]) => operation !== UPDATE || Object.keys(data).length);
}

function valuesOf(record, changes, isSecret) {
    const { fields, resModel } = record;
    const names = Object.keys(changes).filter(
        (name) => name !== "id" && fields[name] && fields[name].type !== "binary" && !isSecret(resModel, name)
    );
    return Object.fromEntries(
        names.map((name) => [
            name,
            isX2Many(fields[name]) ? linesOf(changes[name], isSecret) : asRead(fields[name], changes[name]),
        ])
    );
}

/**
 * What is changed and not saved, in a form that can be stored: without files and secrets.
 *
 * @param {import("./record").Record} record
 * @param {(resModel: string, name: string) => boolean} isShownAsSecret whether a view hides what is typed in a field
 * @returns {{values: Object, known: Object, lines: Object<string, number[]>}} what is changed as `web_read` and
 *     `onchange` give it; what the server had then; ids of the lines
 */
export function draftOf(record, isShownAsSecret) {
    const isSecret = (resModel, name) => SECRET.test(name) || isShownAsSecret(resModel, name);
    const values = valuesOf(record, record._changes, isSecret);
    const names = Object.keys(values);
    const plain = names.filter((name) => !isX2Many(record.fields[name]));
    const changes = Object.fromEntries(plain.map((name) => [name, null]));
    return {
        values,
        known: record.isNew ? {} : knownValues(record, changes),
        lines: Object.fromEntries(
            names.filter((name) => !plain.includes(name)).map((name) => [name, record.data[name]._initialIds])
        ),
    };
}

/** Whether all lines are as a draft wants them. */
function hasLines(list, commands, idsBefore) {
    const { resIds } = list;
    const hasNewOnes = resIds.some((id) => !idsBefore.includes(id));
    return commands.every(([operation, id, data]) => {
        switch (operation) {
            case CREATE:
                return hasNewOnes;
            case UPDATE:
                return !list._cache[id] || isStored(list._cache[id], { values: data, lines: {} });
            case DELETE:
            case UNLINK:
                return !resIds.includes(id);
        }
        return operation !== LINK || resIds.includes(id);
    });
}

/**
 * Whether a draft has nothing that the record does not have: it was saved, or somebody else wanted the same.
 *
 * @param {import("./record").Record} record
 * @param {{values: Object, lines: Object<string, number[]>}} draft
 * @returns {boolean}
 */
export function isStored(record, { values, lines }) {
    return Object.entries(values).every(([name, value]) => {
        const field = record.fields[name];
        if (!field || !(name in record.activeFields)) {
            return true;
        }
        return isX2Many(field)
            ? hasLines(record.data[name], value, lines[name] || [])
            : isSameValue(field, record.data[name], parseServerValue(field, value));
    });
}

/** Commands to lines that are still there, which are read first. */
async function possibleCommands(list, commands) {
    const present = commands.filter(
        ([operation, id]) => ![UPDATE, DELETE, UNLINK].includes(operation) || list.resIds.includes(id)
    );
    await list._loadMissing(present.filter(([operation]) => operation === UPDATE).map(([, id]) => id));
    return present;
}

/**
 * Change a record as a draft has it. What others have stored since then meets the user when he saves.
 *
 * @param {import("./record").Record} record
 * @param {{values: Object, known: Object}} draft
 */
export async function applyDraft(record, { values, known }) {
    await record._inTurn(async () => {
        const wanted = {};
        for (const [name, value] of Object.entries(values)) {
            if (name in record.activeFields && record.fields[name]) {
                const list = isX2Many(record.fields[name]) && record.data[name];
                wanted[name] = list ? await possibleCommands(list, value) : value;
            }
        }
        record._applyServerValues(wanted);
        record._readBefore = known;
        record.dirty = true;
        const lists = Object.keys(wanted).filter((name) => isX2Many(record.fields[name]));
        await Promise.all(lists.map((name) => record.data[name]._loadPage()));
        record._setEvalContext();
    });
    record.model.bus.trigger("RECORD:CHANGED", { record });
}
