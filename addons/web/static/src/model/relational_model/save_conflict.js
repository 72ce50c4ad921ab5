import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SaveConflictDialog } from "@web/model/relational_model/save_conflict_dialog";
import { isX2Many, parseServerValue, toServerValue } from "@web/model/relational_model/utils";

const CONFLICT = "odoo.addons.web.exceptions.SaveConflict";
const formatters = registry.category("formatters");

/** What is stored where somebody else was faster. @returns {Object|undefined} for another error */
export function storedByOthers(error) {
    return error?.exceptionName === CONFLICT ? error.data.context : undefined;
}

/**
 * What the server gave of what is changed, for the server to see whether that is still so. Files are not told: their
 * contents are not read.
 *
 * @param {import("./record").Record} record
 * @param {Object} changes values to write
 * @returns {Object} `{field: value, field of lines: {id: {field: value}}}`
 */
export function knownValues(record, changes) {
    const { _values: values, fields } = record;
    const known = {};
    for (const [name, change] of Object.entries(changes)) {
        const field = fields[name];
        if (isX2Many(field)) {
            known[name] = Object.fromEntries(
                change
                    .filter(([, id, data]) => data && Number.isInteger(id) && record.data[name]._cache[id])
                    .map(([, id, data]) => [id, knownValues(record.data[name]._cache[id], data)])
            );
        } else if (name in values && field.type !== "binary") {
            known[name] = record._readBefore[name] ?? toServerValue(field, values[name]);
        }
    }
    return known;
}

/** A value in words, in one line or several. */
function inWords(record, name, value) {
    const field = record.fields[name];
    if (field.type === "html") {
        return new DOMParser().parseFromString(String(value || ""), "text/html").body.innerText.trim();
    }
    if (field.type === "boolean") {
        return (value ? _t("Yes") : _t("No")).toString();
    }
    if (field.type === "properties") {
        return (value || []).map((property) => `${property.string}: ${property.value || ""}`).join("\n");
    }
    const format = formatters.get(field.type, (other) => other);
    return String(format(value, { field, data: record.data }) ?? "");
}

/** What the user chooses of for one record, or one line of it. */
function entriesOf(record, values, key, label) {
    return Object.entries(values)
        .filter(([name]) => name in record.fields && name in record.activeFields)
        .map(([name, value]) => {
            const theirs = inWords(record, name, parseServerValue(record.fields[name], value));
            return {
                key: `${key}${name}`,
                label: `${label}${record.fields[name].string || name}`,
                mine: inWords(record, name, record.data[name]) || _t("(empty)").toString(),
                theirs: theirs || _t("(empty)").toString(),
                isLost: false,
                keep: (isMine) => takeStored(record, name, value, isMine),
            };
        });
}

/** Know what is stored; where the user's value is not kept, it is shown. */
function takeStored(record, name, value, isMine) {
    if (!isMine) {
        delete record._changes[name];
    }
    delete record._readBefore[name];
    record._setStored({ [name]: value });
}

/** What somebody else deleted: a line that the user changed. */
function entryOfGoneLine(record, name, id) {
    const list = record.data[name];
    const line = list._cache[id];
    const changed = line ? Object.keys(line._changes).filter((key) => !isX2Many(line.fields[key])) : [];
    const mine = changed.map((key) => `${line.fields[key].string || key}: ${inWords(line, key, line.data[key])}`);
    const label = line?.data.display_name || line?.data.name;
    return {
        key: `${name}.${id}`,
        label: `${record.fields[name].string}: ${(Array.isArray(label) ? label[1] : label) || _t("a line")}`,
        mine: mine.join("\n") || _t("Changed").toString(),
        theirs: _t("Deleted").toString(),
        isLost: !line,
        keep: (isMine) => (isMine ? list._makeNew(id) : list._remove(id)),
    };
}

/** @returns {Object[]} one entry for each value that two have changed */
function makeEntries(record, { lines, values }) {
    const ofLines = Object.entries(lines).flatMap(([name, notes]) =>
        Object.entries(notes).flatMap(([id, note]) => {
            const line = record.data[name]._cache[id];
            const title = record.fields[name].string || name;
            return note
                ? entriesOf(line, note.values, `${name}.${id}.`, `${title}: ${note.name} – `)
                : [entryOfGoneLine(record, name, Number(id))];
        })
    );
    return [...entriesOf(record, values, "", ""), ...ofLines];
}

/**
 * Keep both where a field can join them, as texts that several people write at once: it puts a promise of the joined
 * value into `joined`, under its name.
 */
async function joinValues(record, { values }) {
    const joined = {};
    record.model.bus.trigger("SAVE_CONFLICT", { record, values, joined });
    for (const [name, promise] of Object.entries(joined)) {
        const value = await promise;
        if (value !== undefined) {
            takeStored(record, name, values[name], true);
            record._applyChanges({ [name]: value });
            delete values[name];
        }
    }
}

/**
 * Let the user choose between his values and those that are stored by now, and take over what he chose.
 *
 * @param {import("./record").Record} record
 * @param {Object} stored see `storedByOthers`
 * @returns {Promise<boolean>} false: the user goes on editing, and nothing has changed
 */
export async function settleConflict(record, stored) {
    await joinValues(record, stored);
    const entries = makeEntries(record, stored);
    if (!entries.length) {
        return true;
    }
    const when = stored.write_date && formatDateTime(deserializeDateTime(stored.write_date));
    const isMine = await new Promise((resolve) => {
        const props = { entries, resolve, who: stored.write_uid?.display_name, when: when || undefined };
        record.model.dialog.add(SaveConflictDialog, props, { onClose: () => resolve(null) });
    });
    if (!isMine) {
        return false;
    }
    entries.forEach(({ key, keep }) => keep(isMine[key]));
    return true;
}
