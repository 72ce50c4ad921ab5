import { markRaw, markup, toRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { knownValues, settleConflict, storedByOthers } from "@web/model/relational_model/save_conflict";
import { RecordValues } from "@web/model/relational_model/record_values";
import { undoOfSave } from "@web/model/relational_model/undo_save";
import {
    callByBeacon,
    getFieldContext,
    getFieldsSpec,
    isX2Many,
    toServerValue,
} from "@web/model/relational_model/utils";

/** A record on screen: values of the server, changes of the user, validity. */
export class Record extends RecordValues {
    static type = "Record";

    get canBeAbandoned() {
        return this.isNew && !this.dirty && this._manuallyAdded;
    }

    get hasChanges() {
        return Object.keys(this._changes).length > 0;
    }

    /** Whether what is changed is meant for all selected lines. */
    get isMultiEdited() {
        const { multiEdit, root } = this.model;
        return Boolean(multiEdit && this.selected && root.selection.length > 1);
    }

    // ------------------------------------------------------------------ public: reading

    isFieldInvalid(fieldName) {
        return this._invalidFields.has(fieldName);
    }

    async isDirty() {
        await this.model._askChanges();
        return this.dirty;
    }

    /** Whether the values of another line may be written on this one: no field is readonly or left without its value. */
    takes(changes) {
        return Object.entries(changes).every(
            ([name, value]) =>
                !this._isReadonly(name) &&
                (value !== false || this.fields[name].type === "boolean" || !this._isRequired(name))
        );
    }

    /**
     * Values as the server understands them.
     *
     * @param {{withReadonly?: boolean}} [options]
     * @returns {Promise<Object>}
     */
    async getChanges({ withReadonly } = {}) {
        return this._onceTyped(() => this._getChanges(this._changes, { withReadonly }));
    }

    /** @param {{displayNotification?: boolean}} [options] whether the user is told @returns {Promise<boolean>} */
    async checkValidity(options) {
        await this.model._askChanges();
        return this._checkValidity(options);
    }

    // ------------------------------------------------------------------ public: changing

    /**
     * Change values, run the onchanges, maybe save.
     *
     * @param {Object} changes
     * @param {{save?: boolean}} [options]
     * @returns {Promise<boolean|void>} whether it is saved, nothing when that was not asked for
     */
    async update(changes, { save = false } = {}) {
        const { model } = this;
        if (model._urgentSave) {
            return this._update(changes);
        }
        const isForMany = save && this.isMultiEdited;
        const isSaved = save && this.canSaveOnUpdate;
        const saved = await model.mutex.exec(async () => {
            await this._update(changes, { withoutOnchange: isSaved });
            return isSaved && !isForMany ? this._save() : undefined;
        });
        return isForMany ? model.root.multiSave(this) : saved;
    }

    /** Lines are saved with the record that has them. */
    get canSaveOnUpdate() {
        return !this._parentRecord;
    }

    /** @returns {Promise<boolean>} whether it is saved */
    save(options) {
        return this._onceTyped(() => this._save(options));
    }

    /** Save while the page closes; nothing can be awaited, nor be asked, so changes for several lines are not. */
    async urgentSave() {
        if (this.isMultiEdited) {
            return false;
        }
        const { model } = this;
        model._urgentSave = true;
        try {
            model.bus.trigger("WILL_SAVE_URGENTLY");
            return await this._save({ reload: false });
        } finally {
            model._urgentSave = false;
        }
    }

    /**
     * Know what is stored by now.
     *
     * @param {Object} serverValues
     * @param {{isKept?: boolean}} [options] whether what was changed here is still to be saved
     */
    takeStored(serverValues, { isKept = false } = {}) {
        return this._inTurn(() => {
            for (const name of Object.keys(serverValues)) {
                delete this._readBefore[name];
                if (!isKept) {
                    delete this._changes[name];
                }
            }
            this._setStored(serverValues);
            this.dirty = this.dirty && this.hasChanges;
        });
    }

    discard() {
        this.model._closeUrgentSaveNotification();
        return this._onceTyped(() => this._discard());
    }

    load(params = {}) {
        return this._inTurn(() => this._load(params));
    }

    switchMode(mode) {
        return this._inTurn(() => this._switchMode(mode));
    }

    toggleSelection(selected = !this.selected) {
        return this._inTurn(() => {
            this.selected = selected;
            if (!selected && this.model.root.isDomainSelected) {
                this.model.root.isDomainSelected = false;
            }
        });
    }

    archive() {
        return this._archive(true);
    }

    unarchive() {
        return this._archive(false);
    }

    _archive(isArchived) {
        return this._inTurn(() => this._setArchived([this.resId], isArchived, () => this._load()));
    }

    /** Copy on the server and show the copy, which comes after this record. */
    duplicate() {
        return this._inTurn(async () => {
            const { resId, resIds } = this;
            const [copyId] = await this._callMethod("copy", [resId]);
            const withCopy = resIds.toSpliced(resIds.indexOf(resId) + 1, 0, copyId);
            await this.model.load({ mode: "edit", resId: copyId, resIds: withCopy });
        });
    }

    /** Delete on the server; the next record of the pager is loaded. */
    delete() {
        return this._inTurn(async () => {
            const done = await this.model.orm.unlink(this.resModel, [this.resId], { context: this.context });
            if (!done) {
                return false;
            }
            const resIds = this.resIds.filter((id) => id !== this.resId);
            const index = Math.min(this.resIds.indexOf(this.resId), resIds.length - 1);
            if (resIds.length) {
                await this.model.load({ resId: resIds[index], resIds });
            } else {
                this.model._updateConfig(this.config, { resId: false, resIds: [] });
                this.dirty = false;
                this._setData({});
            }
            return true;
        });
    }

    async setInvalidField(fieldName) {
        if ((await this.model.hooks.onWillSetInvalidField?.(this, fieldName)) === false) {
            return;
        }
        this.dirty = true;
        this._invalidFields.add(fieldName);
        this.model.hooks.onDisplaySaveError?.();
    }

    async resetFieldValidity(fieldName) {
        this.dirty = true;
        this._invalidFields.delete(fieldName);
    }

    openInvalidFieldsNotification() {
        this._displayInvalidFields();
    }

    // ------------------------------------------------------------------ update

    /**
     * @param {Object} changes
     * @param {{withoutOnchange?: boolean, withoutParentUpdate?: boolean, fromList?: boolean}} [options]
     */
    async _update(changes, options = {}) {
        if (this.model._urgentSave) {
            this._takeAtOnce(changes, options);
            return;
        }
        const undo = this._makeUndo();
        this.dirty = true;
        try {
            await this._takeChanges(changes, options);
        } catch (error) {
            undo();
            throw error;
        }
        this._tellChange();
        await this.model.hooks.onRecordChanged?.(this, this._getChanges(this._changes, { withReadonly: true }));
    }

    /** The page closes: nothing can be asked any more, so what is typed is all that is known. */
    _takeAtOnce(changes, /** @type {{withoutParentUpdate?: boolean}} */ { withoutParentUpdate }) {
        this.dirty = true;
        // records that would have to be created first are left out
        const isKnown = ([name, value]) => this.fields[name]?.type !== "many2one" || !value || Boolean(value[0]);
        const prepared = Object.fromEntries(Object.entries(changes).filter(isKnown));
        this._coerce(prepared);
        this._applyChanges(prepared);
        if (!withoutParentUpdate) {
            this._onUpdate({ withoutOnchange: true });
        }
    }

    _tellChange() {
        this.model.bus.trigger("RECORD:CHANGED", { record: this });
    }

    /** @param {Object} changes @param {Object} options as in `_update` */
    async _takeChanges(changes, { withoutOnchange, withoutParentUpdate, fromList }) {
        const prepared = { ...changes };
        await this._completeMany2Ones(prepared);
        for (const value of Object.values(prepared)) {
            if (value?.isLuxonDateTime) {
                markRaw(value);
            }
        }
        this._coerce(prepared);
        let onchangeValues = {};
        const triggers = Object.keys(prepared).filter((name) => this.activeFields[name]?.onChange);
        if (fromList) {
            // the list holds its new content already
            this._applyChanges(prepared);
        }
        // what follows on this line is none of the others' business
        if (triggers.length && !withoutOnchange && !this.isMultiEdited) {
            try {
                onchangeValues = await this._getOnchangeValues(prepared);
            } catch (error) {
                if (!(error instanceof ConnectionLostError)) {
                    throw error;
                }
                // what was typed stays; what follows from it is asked for with the next change, or when it is saved
                triggers.forEach((name) => this._unanswered.add(name));
            }
        }
        this._applyChanges(prepared);
        this._applyServerValues(onchangeValues);
        if (!withoutParentUpdate) {
            await this._onUpdate({ withoutOnchange });
        }
    }

    _coerce(changes) {
        for (const [name, value] of Object.entries(changes)) {
            const type = this.fields[name]?.type;
            if (type === "html" && typeof value === "string") {
                changes[name] = markup(value);
            } else if (isX2Many(this.fields[name]) && Array.isArray(value)) {
                const list = this.data[name];
                list._applyCommands(value);
                changes[name] = list;
            }
        }
    }

    async _completeMany2Ones(changes) {
        const tasks = Object.entries(changes)
            .filter(([name, value]) => this.fields[name]?.type === "many2one" && Array.isArray(value))
            .map(async ([name, value]) => {
                changes[name] = await this._completeMany2One(name, value);
            });
        await Promise.all(tasks);
    }

    async _completeMany2One(name, [id, displayName]) {
        const { relation } = this.fields[name];
        const context = getFieldContext(this, name);
        if (!id && displayName !== undefined) {
            const created = await this.model.orm.call(relation, "name_create", [displayName], { context });
            return created || false;
        }
        if (id && displayName === undefined) {
            const [row] = await this.model.orm.webRead(relation, [id], {
                context,
                specification: { display_name: {} },
            });
            return [id, row?.display_name ?? ""];
        }
        return id ? [id, displayName ?? ""] : false;
    }

    async _getOnchangeValues(changes) {
        const { fields, activeFields } = this;
        const values = this._getChanges({ ...this._changes, ...changes }, { withReadonly: true });
        Object.assign(values, this._relationToParent());
        const result = await this.model.orm.call(
            this.resModel,
            "onchange",
            [
                this._ids,
                values,
                [...new Set([...this._unanswered, ...Object.keys(changes)])],
                getFieldsSpec(activeFields, fields, this.evalContext, { withInvisible: true }),
            ],
            { context: this.context }
        );
        this._unanswered.clear();
        if (result?.warning) {
            this.model._onchangeWarning(result.warning);
        }
        return result?.value || {};
    }

    _relationToParent() {
        const { relationField } = this.config;
        const parent = this._parentRecord;
        if (!relationField || !parent) {
            return {};
        }
        const values = parent._getChanges(parent._changes, { withReadonly: true });
        if (!parent.isNew) {
            values.id = parent.resId;
        }
        return { [relationField]: values };
    }

    /**
     * @param {Object} [changes]
     * @param {{withReadonly?: boolean}} [options]
     * @returns {Object} values for the server
     */
    _getChanges(changes = this._changes, { withReadonly } = {}) {
        const source = this.isNew ? { ...this._values, ...changes } : changes;
        const result = {};
        for (const [name, value] of Object.entries(source)) {
            const field = this.fields[name];
            if (name === "id" || !field) {
                continue;
            }
            const active = this.activeFields[name];
            if (!withReadonly && active && !active.forceSave && this._isReadonly(name)) {
                continue;
            }
            if (isX2Many(field)) {
                const commands = value._getCommands({ withReadonly });
                if (commands.length || this.isNew) {
                    result[name] = commands;
                }
            } else {
                result[name] = toServerValue(field, value);
            }
        }
        return result;
    }

    // ------------------------------------------------------------------ save, discard, load

    /**
     * @param {Object} [options]
     * @param {boolean} [options.reload] read the values again with the same request
     * @param {number} [options.nextId] record to show then
     * @param {(error: Error, ways: {discard: Function, retry: Function}) => any} [options.onError] takes the error;
     *     what it gives is given
     * @returns {Promise<boolean>} whether it is saved
     */
    async _save(options = {}) {
        const { hooks, _urgentSave: isUrgent } = this.model;
        this._lastSave = undefined;
        this.model._closeUrgentSaveNotification();
        if (options.nextId && this.isNew) {
            throw new Error("A new record cannot be saved together with the reading of another");
        }
        this._lists.forEach((list) => list._abandonRecords());
        if (!this._checkValidity({ displayNotification: !isUrgent })) {
            hooks.onDisplaySaveError?.();
            return false;
        }
        const changes = this._getChanges();
        const isUnchanged = !this.isNew && Object.keys(changes).length === 0;
        if (isUnchanged) {
            await (options.nextId ? this.model.load({ resId: options.nextId }) : this._forgetChanges());
            return true;
        }
        if (isUrgent && this.model.useSendBeaconToSaveUrgently) {
            return this._sendBeacon(changes);
        }
        return (await hooks.onWillSaveRecord?.(this, changes)) !== false && this._send(changes, options);
    }

    /** Write the changes, and read what is shown then by the same request. See `_save`. */
    async _send(changes, options) {
        const { reload = true, onError, nextId } = options;
        const isCreation = this.isNew;
        const specification = reload ? getFieldsSpec(this.activeFields, this.fields, this.evalContext) : {};
        const kwargs = { context: this.context, specification, ...(nextId && { next_id: nextId }) };
        let rows;
        try {
            if (this._unanswered.size) {
                this._applyServerValues(await this._getOnchangeValues({}));
                changes = this._getChanges();
            }
            this._lastSave = this._before(changes);
            kwargs.context = { ...this.context, ...this._known(changes) };
            rows = await this.model.orm.webSave(this.resModel, this._ids, changes, kwargs);
        } catch (error) {
            this._lastSave = undefined;
            const stored = storedByOthers(error);
            if (stored) {
                return (await settleConflict(this, stored)) && this._saveSettled(options);
            }
            if (!onError) {
                await this._showStored(error);
                throw error;
            }
            return onError(error, { discard: () => this._discard(), retry: () => this._save(options) });
        }
        await this._afterSave(rows, changes, { reload, creation: isCreation, nextId });
        return true;
    }

    /** What takes the last save back, once. @returns {((orm: Object) => Promise<any>)|undefined} nothing where that cannot be done */
    takeUndo() {
        const saved = this._lastSave;
        this._lastSave = undefined;
        return saved && undoOfSave(this, saved);
    }

    /** What there is before the changes are saved, to take them back. */
    _before(changes) {
        const { web_save_known: told } = this._known(changes);
        const lists = Object.keys(changes).filter((name) => isX2Many(this.fields[name]));
        const linesBefore = Object.fromEntries(lists.map((name) => [name, this.data[name].resIds]));
        return told && { changes, known: told.values, linesBefore, resId: this.resId };
    }

    /** What the server is told to see whether somebody else has changed the same meanwhile. */
    _known(changes) {
        if (this.isNew || this._isOutdated) {
            return {};
        }
        const { resId: id, resModel: model } = this;
        return { web_save_known: { id, model, values: knownValues(this, changes) } };
    }

    /** Save what the user wants to keep; when that is nothing, what others stored is shown. */
    async _saveSettled(options) {
        if (Object.keys(this._getChanges()).length || options.nextId) {
            return this._save(options);
        }
        this._forgetChanges();
        await this._load();
        return true;
    }

    /** Nobody is about to correct what a refused save had: show what is stored. */
    async _showStored(error) {
        if (!this.isInEdition && !this.isNew && !(error instanceof ConnectionLostError)) {
            await this._load().catch(() => this._discard());
        }
    }

    /** The record for methods of the server, which a new one is not yet. */
    get _ids() {
        return this.resId ? [this.resId] : [];
    }

    async _afterSave(records, changes, { reload, creation, nextId }) {
        if (creation) {
            const resIds = [...(this.resIds || []), records[0].id];
            this.model._updateConfig(this.config, { resId: records[0].id, resIds });
        }
        this._tellChange();
        await this.model.hooks.onRecordSaved?.(this, changes);
        if (nextId) {
            this.model._updateConfig(this.config, { resId: nextId });
        }
        if (reload) {
            const pages = nextId ? {} : this._pages();
            this._setData(records[0]);
            await this._showPages(pages);
        } else {
            this._values = markRaw({ ...this._values, ...this._changes });
            this._isOutdated = true;
            this._forgetChanges();
        }
        if (this.config.isRoot) {
            await this.model.hooks.onRootLoaded?.(this);
        }
    }

    /** Pages of the lines that the user went to, `{name: {offset, limit}}`. */
    _pages() {
        const lists = Object.entries(this.data).filter(([name]) => isX2Many(this.fields[name]));
        return Object.fromEntries(
            lists
                .filter(([name, { offset, limit }]) => offset || limit !== this._pageSize(name))
                .map(([name, { offset, limit }]) => [name, { offset, limit }])
        );
    }

    _showPages(pages) {
        return Promise.all(Object.entries(pages).map(([name, page]) => this.data[name]._showPage(page)));
    }

    _forgetChanges() {
        this._unanswered.clear();
        this._changes = markRaw({});
        this.dirty = false;
        this._lists.forEach((list) => list._clearCommands());
    }

    /** Save without waiting for an answer. @returns {boolean} false: the browser does not take that much */
    _sendBeacon(changes) {
        const kwargs = { context: { ...user.context, ...this.context }, specification: {} };
        const isSent = callByBeacon(this.resModel, "web_save", [this._ids, changes], kwargs);
        if (isSent) {
            this._forgetChanges();
        } else {
            const message = _t("Your changes are too many to be saved while leaving. Save them first.");
            this.model._closeUrgentSaveNotification = this.model.notification.add(message, { sticky: true });
        }
        return isSent;
    }

    _addSavePoint() {
        this._savePoint = markRaw({ dirty: this.dirty, changes: { ...this._changes }, data: { ...toRaw(this.data) } });
        this._lists.forEach((list) => list._addSavePoint());
    }

    /** Go back to the save point, or to what is stored. */
    _discard() {
        this._lists.forEach((list) => list._discard());
        this._unanswered.clear();
        const { changes = {}, data = this._values, dirty = false } = this._savePoint || {};
        this._savePoint = undefined;
        this._changes = markRaw({ ...changes });
        this.data = { ...data };
        this.dirty = dirty;
        this._setEvalContext();
        this._closeInvalidFieldsNotification();
        this._invalidFields.clear();
        this._tellChange();
        this.model.hooks.onRecordDiscarded?.(this);
    }

    async _load(nextConfig = {}) {
        if ("resId" in nextConfig && this.resId && nextConfig.resId !== this.resId) {
            throw new Error("A record cannot become another; load the model");
        }
        await this.model._reloadRecord(this, nextConfig);
    }

    /** Fields are judged where they are edited. */
    _switchMode(mode) {
        this.model._updateConfig(this.config, { mode });
        if (!this.isInEdition) {
            this._invalidFields.clear();
        }
    }

    /** Values as sent to other requests; used by lists to copy a line. */
    _rawValues() {
        return { ...this._values, ...this._changes };
    }
}
