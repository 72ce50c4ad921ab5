import { markRaw, markup, toRaw } from "@odoo/owl";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { escape } from "@web/core/utils/strings";
import { user } from "@web/core/user";
import { DataPoint } from "@web/model/relational_model/datapoint";
import {
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

    setup(config, data, options = {}) {
        this._manuallyAdded = options.manuallyAdded === true;
        this._onUpdate = options.onUpdate || (() => {});
        this._parentRecord = options.parentRecord;
        this._virtualId = options.virtualId || false;
        this._savePoint = undefined;
        this._invalidFields = new Set();
        this._unsetRequiredFields = new Set();
        this._closeInvalidFieldsNotification = () => {};
        this.evalContext = {};
        this.evalContextWithVirtualIds = {};
        this.selected = false;
        this.dirty = false;
        this.data = {};
        this._setData(data);
        if (options.dirty) {
            this.dirty = true;
        }
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

    /** Values as the server understands them. */
    async getChanges({ withReadonly } = {}) {
        await this.model._askChanges();
        return this.model.mutex.exec(() => this._getChanges(this._changes, { withReadonly }));
    }

    async checkValidity({ displayNotification } = {}) {
        if (!this._urgentSave) {
            await this.model._askChanges();
        }
        return this._checkValidity({ displayNotification });
    }

    // ------------------------------------------------------------------ public: changing

    /**
     * Change values, run the onchanges, maybe save.
     *
     * @param {Object} changes
     * @param {{save?: boolean}} [options]
     * @returns {Promise<boolean|undefined>} whether it is saved, nothing when that was not asked for
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
    async save(options) {
        await this.model._askChanges();
        return this.model.mutex.exec(() => this._save(options));
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

    async discard() {
        if (this.model._closeUrgentSaveNotification) {
            this.model._closeUrgentSaveNotification();
        }
        await this.model._askChanges();
        return this.model.mutex.exec(() => this._discard());
    }

    load(params = {}) {
        return this.model.mutex.exec(() => this._load(params));
    }

    switchMode(mode) {
        return this.model.mutex.exec(() => this._switchMode(mode));
    }

    toggleSelection(selected) {
        return this.model.mutex.exec(() => {
            this.selected = typeof selected === "boolean" ? selected : !this.selected;
            if (!this.selected && this.model.root.isDomainSelected) {
                this.model.root.isDomainSelected = false;
            }
        });
    }

    archive() {
        return this.model.mutex.exec(() => this._toggleArchive(true));
    }

    unarchive() {
        return this.model.mutex.exec(() => this._toggleArchive(false));
    }

    async duplicate() {
        return this.model.mutex.exec(async () => {
            const [resId] = await this.model.orm.call(this.resModel, "copy", [[this.resId]], { context: this.context });
            const resIds = [...this.resIds];
            resIds.splice(resIds.indexOf(this.resId) + 1, 0, resId);
            await this.model.load({ resId, resIds, mode: "edit" });
        });
    }

    /** Delete on the server; the next record of the pager is loaded. */
    async delete() {
        return this.model.mutex.exec(async () => {
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
        const list = new this.model.constructor.StaticList(this.model, config, isCommands ? [] : rows, {
            parent: this,
            fieldName: name,
            onUpdate: ({ withoutOnchange } = {}) =>
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
        const basic = getBasicEvalContext(this.config);
        const values = { ...basic };
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
                this.resId ? [this.resId] : [],
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

    _getChanges(changes = this._changes, { withReadonly } = {}) {
        const source = this.isNew ? { ...this._values, ...changes } : changes;
        const result = {};
        for (const [name, value] of Object.entries(source)) {
            const field = this.fields[name];
            if (name === "id" || !field || field.relatedPropertyField) {
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
        const items = [...this._invalidFields].map((name) => `<li>${escape(this.fields[name].string || name)}</li>`);
        this._closeInvalidFieldsNotification();
        this._closeInvalidFieldsNotification = this.model.notification.add(markup(`<ul>${items.join("")}</ul>`), {
            title: _t("Invalid fields: "),
            type: "danger",
        });
    }

    // ------------------------------------------------------------------ save, discard, load

    async _save({ reload = true, onError, nextId } = {}) {
        if (this.model._closeUrgentSaveNotification) {
            this.model._closeUrgentSaveNotification();
        }
        const creation = this.isNew;
        if (nextId && creation) {
            throw new Error("A new record cannot be saved together with the reading of another");
        }
        this._dropAbandonedLines();
        if (!this._checkValidity({ displayNotification: !this.model._urgentSave })) {
            this.model.hooks.onDisplaySaveError?.();
            return false;
        }
        const changes = this._getChanges();
        delete changes.id;
        if (!creation && !Object.keys(changes).length) {
            if (nextId) {
                await this.model.load({ resId: nextId });
            } else {
                this._forgetChanges();
            }
            return true;
        }
        if (this.model._urgentSave && this._sendBeacon(changes)) {
            return true;
        }
        if ((await this.model.hooks.onWillSaveRecord?.(this, changes)) === false) {
            return false;
        }
        const kwargs = {
            context: { ...this.context },
            specification: reload ? getFieldsSpec(this.activeFields, this.fields, this.evalContext) : {},
        };
        if (nextId) {
            kwargs.next_id = nextId;
        }
        let records;
        try {
            records = await this.model.orm.webSave(this.resModel, this.resId ? [this.resId] : [], changes, kwargs);
        } catch (error) {
            if (onError) {
                return onError(error, {
                    discard: () => this._discard(),
                    retry: () => this._save({ reload, onError, nextId }),
                });
            }
            throw error;
        }
        await this._afterSave(records, changes, { reload, creation, nextId });
        return true;
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
        if (this.config.isRoot && this.model.hooks.onRootLoaded) {
            await this.model.hooks.onRootLoaded(this);
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

    _forgetChanges() {
        this._changes = markRaw({});
        this.dirty = false;
        for (const name of Object.keys(this.activeFields)) {
            if (isX2Many(this.fields[name])) {
                this.data[name]?._clearCommands();
            }
        }
    }

    _dropAbandonedLines() {
        for (const name of Object.keys(this.activeFields)) {
            if (isX2Many(this.fields[name])) {
                this.data[name]?._abandonRecords();
            }
        }
    }

    _sendBeacon(changes) {
        const params = {
            model: this.resModel,
            method: "web_save",
            args: [this.resId ? [this.resId] : [], changes],
            kwargs: { context: { ...user.context, ...this.context }, specification: {} },
        };
        const body = JSON.stringify({ jsonrpc: "2.0", method: "call", params });
        const blob = new Blob([body], { type: "application/json" });
        const sent = browser.navigator.sendBeacon(`/web/dataset/call_kw/${this.resModel}/web_save`, blob);
        if (sent) {
            this._forgetChanges();
        } else {
            this.model._closeUrgentSaveNotification = this.model.notification.add(
                _t("Your changes are too many to be saved while leaving. Save them first."),
                { sticky: true }
            );
        }
        return sent;
    }

    _addSavePoint() {
        this._savePoint = markRaw({ dirty: this.dirty, changes: { ...this._changes }, data: { ...toRaw(this.data) } });
        for (const name of Object.keys(this.activeFields)) {
            if (isX2Many(this.fields[name])) {
                this.data[name]?._addSavePoint();
            }
        }
    }

    _discard() {
        for (const name of Object.keys(this.activeFields)) {
            if (isX2Many(this.fields[name])) {
                this.data[name]?._discard();
            }
        }
        if (this._savePoint) {
            this.dirty = this._savePoint.dirty;
            this._changes = markRaw({ ...this._savePoint.changes });
            this.data = { ...this._savePoint.data };
        } else {
            this.dirty = false;
            this._changes = markRaw({});
            this.data = { ...this._values };
        }
        this._savePoint = undefined;
        this._closeInvalidFieldsNotification();
        this._invalidFields.clear();
        this._setEvalContext();
        this.model.hooks.onRecordDiscarded?.(this);
    }

    async _load(nextConfig = {}) {
        if ("resId" in nextConfig && this.resId && nextConfig.resId !== this.resId) {
            throw new Error("A record cannot become another; load the model");
        }
        await this.model._reloadRecord(this, nextConfig);
    }

    _switchMode(mode) {
        this.model._updateConfig(this.config, { mode });
        if (mode === "readonly") {
            this._invalidFields.clear();
        }
    }

    async _toggleArchive(state) {
        const method = state ? "action_archive" : "action_unarchive";
        const action = await this.model.orm.call(this.resModel, method, [[this.resId]], { context: this.context });
        const reload = () => this._load();
        if (action && Object.keys(action).length) {
            await this.model.action.doAction(action, { onClose: reload });
        } else {
            await reload();
        }
    }

    /** Values as sent to other requests; used by lists to copy a line. */
    _rawValues() {
        return { ...this._values, ...this._changes };
    }
}
