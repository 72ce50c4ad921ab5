import { markRaw, markup, toRaw } from "@odoo/owl";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { _t } from "@web/core/l10n/translation";
import { escape } from "@web/core/utils/strings";
import { user } from "@web/core/user";
import { DataPoint } from "@web/model/relational_model/datapoint";
import {
    callByBeacon,
    getBasicEvalContext,
    getFieldContext,
    getFieldsSpec,
    isX2Many,
    parseServerValue,
    toEvalValue,
    toServerValue,
} from "@web/model/relational_model/utils";

/** A record on screen: values of the server, changes of the user, validity. */
export class Record extends DataPoint {
    static type = "Record";

    /**
     * @param {Object} _config
     * @param {Object} data
     * @param {{dirty?: boolean, manuallyAdded?: boolean, onUpdate?: Function, parentRecord?: Record, virtualId?: string}}
     *     [options] the last four are of lines
     */
    setup(_config, data, { dirty = false, manuallyAdded = false, onUpdate, parentRecord, virtualId } = {}) {
        this._parentRecord = parentRecord;
        this._virtualId = virtualId || false;
        this._onUpdate = onUpdate || (() => {});
        this._manuallyAdded = manuallyAdded;
        /** Names of fields that cannot be saved as they are; some because they have no value. */
        this._invalidFields = new Set();
        this._unsetRequiredFields = new Set();
        this._closeInvalidFieldsNotification = () => {};
        /** What the record was when a dialog was opened for it. */
        this._savePoint = undefined;
        this.selected = false;
        this.dirty = false;
        this.data = {};
        this.evalContext = {};
        this.evalContextWithVirtualIds = {};
        this._setData(data);
        this.dirty = dirty;
    }

    get isNew() {
        return !this.config.resId;
    }

    get resId() {
        return this.config.resId;
    }

    get resIds() {
        return this.config.resIds;
    }

    get isInEdition() {
        return this.config.mode === "edit";
    }

    get isActive() {
        for (const name of ["active", "x_active"]) {
            if (name in this.activeFields) {
                return Boolean(this.data[name]);
            }
        }
        return true;
    }

    get isValid() {
        return !this._invalidFields.size;
    }

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
        const saved = await model.mutex.exec(async () => {
            await this._update(changes, { withoutOnchange: save });
            return save && !isForMany && this.canSaveOnUpdate ? this._save() : undefined;
        });
        return isForMany ? model.root.multiSave(this) : saved;
    }

    get canSaveOnUpdate() {
        return true;
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

    // ------------------------------------------------------------------ data

    _setData(data, { keepChanges = false } = {}) {
        // the contexts of lines may use the values of the record, so these are known first
        this.data = this._parseScalars(data);
        this._setEvalContext();
        const values = this._parseValues(data);
        this._values = markRaw(values);
        if (!keepChanges) {
            this._changes = markRaw({});
        }
        this.dirty = keepChanges && this.dirty;
        this.data = { ...this._values, ...this._changes };
        this._savePoint = undefined;
        this._invalidFields.clear();
        this._setEvalContext();
    }

    _parseScalars(data) {
        const names = Object.keys(this.activeFields).filter(
            (name) => name in data && this.fields[name] && !isX2Many(this.fields[name])
        );
        return Object.fromEntries(names.map((name) => [name, parseServerValue(this.fields[name], data[name])]));
    }

    _parseValues(data, current = {}) {
        const values = {};
        for (const name of Object.keys(this.activeFields)) {
            const field = this.fields[name];
            if (!field || (!(name in data) && name in current)) {
                continue;
            }
            if (isX2Many(field)) {
                values[name] = this._createStaticList(name, data[name] || []);
            } else {
                values[name] = parseServerValue(field, name in data ? data[name] : this._defaultValue(field));
            }
        }
        if ("id" in data) {
            values.id = data.id;
        }
        return values;
    }

    _defaultValue(field) {
        return ["integer", "float", "monetary"].includes(field.type) ? 0 : false;
    }

    _createStaticList(name, data) {
        const field = this.fields[name];
        const active = this.activeFields[name];
        const related = active.related || { activeFields: {}, fields: {} };
        const rows = data.map((item) => (Number.isInteger(item) ? { id: item } : item));
        const isCommands = rows.length > 0 && Array.isArray(rows[0]);
        const config = {
            resModel: field.relation,
            activeFields: related.activeFields,
            fields: related.fields,
            relationField: field.relation_field || false,
            offset: 0,
            resIds: isCommands ? [] : rows.map((row) => row.id),
            orderBy: active.defaultOrderBy || [],
            limit: this._pageSize(name),
            context: {},
            mode: "readonly",
        };
        const list = new this.model.classes.StaticList(this.model, config, isCommands ? [] : rows, {
            parent: this,
            fieldName: name,
            onUpdate: (/** @type {{withoutOnchange?: boolean}} */ { withoutOnchange } = {}) =>
                this._update(
                    { [name]: this.data[name] },
                    { withoutOnchange: withoutOnchange || !active.onChange, fromList: true }
                ),
        });
        if (isCommands) {
            list._applyCommands(rows);
        }
        return list;
    }

    _setEvalContext() {
        /** @type {Object<string, any>} */
        const values = getBasicEvalContext(this.config);
        for (const name of Object.keys(this.activeFields)) {
            if (this.fields[name] && name in this.data) {
                values[name] = toEvalValue(this.fields[name], this.data[name]);
            }
        }
        values.id = this.resId || false;
        values.active_id = this.resId || false;
        values.active_ids = this.resId ? [this.resId] : [];
        values.active_model = this.resModel;
        if (this._parentRecord) {
            values.parent = this._parentRecord.evalContext;
        }
        Object.assign(this.evalContext, values);
        const virtual = { ...values };
        for (const name of Object.keys(this.activeFields)) {
            if (isX2Many(this.fields[name]) && this.data[name]) {
                virtual[name] = [...this.data[name]._currentIds];
            }
        }
        if (this._parentRecord) {
            virtual.parent = this._parentRecord.evalContextWithVirtualIds;
        }
        Object.assign(this.evalContextWithVirtualIds, virtual);
    }

    _applyChanges(changes) {
        Object.assign(this._changes, changes);
        Object.assign(this.data, changes);
        this._setEvalContext();
        for (const name of Object.keys(changes)) {
            this._invalidFields.delete(name);
        }
    }

    /** Values (of an onchange) of the server onto the record. */
    _applyServerValues(serverValues) {
        const changes = {};
        for (const [name, value] of Object.entries(serverValues)) {
            const field = this.fields[name];
            if (!field || !(name in this.activeFields)) {
                continue;
            }
            if (isX2Many(field)) {
                this.data[name]._applyCommands(value);
                changes[name] = this.data[name];
            } else {
                changes[name] = parseServerValue(field, value);
            }
        }
        this._applyChanges(changes);
        return changes;
    }

    // ------------------------------------------------------------------ update

    /**
     * @param {Object} changes
     * @param {{withoutOnchange?: boolean, withoutParentUpdate?: boolean, fromList?: boolean}} [options]
     */
    async _update(changes, { withoutOnchange, withoutParentUpdate, fromList } = {}) {
        this.dirty = true;
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
        const isAsked = triggers.length && !withoutOnchange && !this.isMultiEdited;
        if (isAsked && !this.model._urgentSave) {
            try {
                onchangeValues = await this._getOnchangeValues(prepared);
            } catch (error) {
                if (fromList) {
                    this._setEvalContext();
                }
                throw error;
            }
        }
        this._applyChanges(prepared);
        this._applyServerValues(onchangeValues);
        if (!withoutParentUpdate) {
            await this._onUpdate({ withoutOnchange });
        }
        await this.model.hooks.onRecordChanged?.(this, this._getChanges(this._changes, { withReadonly: true }));
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
                Object.keys(changes),
                getFieldsSpec(activeFields, fields, this.evalContext, { withInvisible: true }),
            ],
            { context: this.context }
        );
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

    // ------------------------------------------------------------------ modifiers, validity

    _isInvisible(fieldName) {
        const { invisible } = this.activeFields[fieldName];
        return invisible
            ? evaluateBooleanExpr(String(invisible === true ? "True" : invisible), this.evalContextWithVirtualIds)
            : false;
    }

    _isReadonly(fieldName) {
        const { readonly } = this.activeFields[fieldName];
        return readonly
            ? evaluateBooleanExpr(String(readonly === true ? "True" : readonly), this.evalContextWithVirtualIds)
            : false;
    }

    _isRequired(fieldName) {
        const { required } = this.activeFields[fieldName];
        return required
            ? evaluateBooleanExpr(String(required === true ? "True" : required), this.evalContextWithVirtualIds)
            : false;
    }

    _isEmpty(fieldName) {
        const field = this.fields[fieldName];
        const value = this.data[fieldName];
        switch (field.type) {
            case "boolean":
            case "float":
            case "integer":
            case "monetary":
                return false;
            case "one2many":
            case "many2many":
                return value.count === 0;
            case "html":
                return !value || value.toString().trim() === "" || value.toString() === "<p><br></p>";
            case "json":
                return !value || !Object.keys(value).length;
        }
        return !value || (typeof value === "string" && !value.trim());
    }

    /** @param {{displayNotification?: boolean}} [options] @returns {boolean} */
    _checkValidity({ displayNotification } = {}) {
        const unset = new Set();
        for (const name of Object.keys(this.activeFields)) {
            const field = this.fields[name];
            if (!field || (this._isInvisible(name) && !isX2Many(field))) {
                continue;
            }
            if (this._isRequired(name) && this._isEmpty(name) && !this._isInvisible(name)) {
                unset.add(name);
            }
            if (isX2Many(field) && this.data[name] && !this._checkLines(this.data[name])) {
                unset.add(name);
            }
        }
        for (const name of this._unsetRequiredFields) {
            this._invalidFields.delete(name);
        }
        this._unsetRequiredFields = unset;
        unset.forEach((name) => this._invalidFields.add(name));
        if (displayNotification && !this.isValid) {
            this._displayInvalidFields();
        }
        return this.isValid;
    }

    _checkLines(list) {
        return list._changedRecords().every((record) => record.canBeAbandoned || record._checkValidity());
    }

    _displayInvalidFields() {
        const labels = [...this._invalidFields].map((name) => this.fields[name].string || name);
        const list = `<ul>${labels.map((label) => `<li>${escape(label)}</li>`).join("")}</ul>`;
        const { notification } = this.model;
        this._closeInvalidFieldsNotification();
        this._closeInvalidFieldsNotification = notification.add(markup(list), {
            type: "danger",
            title: _t("Invalid fields: "),
        });
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
        const isSent = isUrgent && this._sendBeacon(changes);
        return isSent || ((await hooks.onWillSaveRecord?.(this, changes)) !== false && this._send(changes, options));
    }

    /** Write the changes, and read what is shown then by the same request. See `_save`. */
    async _send(changes, options) {
        const { reload = true, onError, nextId } = options;
        const isCreation = this.isNew;
        const specification = reload ? getFieldsSpec(this.activeFields, this.fields, this.evalContext) : {};
        const kwargs = { context: { ...this.context }, specification, ...(nextId && { next_id: nextId }) };
        let rows;
        try {
            rows = await this.model.orm.webSave(this.resModel, this._ids, changes, kwargs);
        } catch (error) {
            if (!onError) {
                throw error;
            }
            return onError(error, { discard: () => this._discard(), retry: () => this._save(options) });
        }
        await this._afterSave(rows, changes, { reload, creation: isCreation, nextId });
        return true;
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

    /** Lines that lists and cards show at once; other widgets show all. */
    _pageSize(name) {
        return this.activeFields[name].limit || Number.MAX_SAFE_INTEGER;
    }

    /** The lines that the record has. @returns {import("./static_list").StaticList[]} */
    get _lists() {
        const names = Object.keys(this.activeFields).filter((name) => isX2Many(this.fields[name]));
        return names.map((name) => this.data[name]).filter(Boolean);
    }

    _forgetChanges() {
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
        const { changes = {}, data = this._values, dirty = false } = this._savePoint || {};
        this._savePoint = undefined;
        this._changes = markRaw({ ...changes });
        this.data = { ...data };
        this.dirty = dirty;
        this._setEvalContext();
        this._closeInvalidFieldsNotification();
        this._invalidFields.clear();
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
