import { markRaw, toRaw } from "@odoo/owl";
import { x2ManyCommands } from "@web/core/orm_service";
import { RecordList } from "@web/model/relational_model/record_list";
import {
    getBasicEvalContext,
    getFieldContext,
    getId,
    makeActiveField,
    parseServerValue,
    patchActiveFields,
    toServerValue,
} from "@web/model/relational_model/utils";

const { CREATE, UPDATE, DELETE, UNLINK, LINK, CLEAR, SET } = x2ManyCommands;

/** Lines of a one2many or many2many field of a record. */
export class StaticList extends RecordList {
    static type = "StaticList";

    setup(config, data, options = {}) {
        this._parent = options.parent;
        this._fieldName = options.fieldName;
        this._onUpdate = options.onUpdate || (() => {});
        this._cache = markRaw({});
        this._commands = [];
        this._initialIds = markRaw([...config.resIds]);
        this._savePoint = undefined;
        this._pendingUpdates = {};
        this._currentIds = [...config.resIds];
        this._partial = new Set();
        // evaluated once for all of them, and not for none
        let context;
        for (const row of data) {
            const isComplete = Object.keys(row).length > 1 || !this._hasFields();
            if (isComplete) {
                context ??= this.context;
                this._createRecord(row, { context });
            }
        }
        this.records = [];
        this._refreshRecords();
    }

    get count() {
        return this._currentIds.length;
    }

    get currentIds() {
        return this._currentIds;
    }

    get resIds() {
        return this._currentIds.filter((id) => Number.isInteger(id));
    }

    get selection() {
        return [];
    }

    get evalContext() {
        return { ...getBasicEvalContext(this.config), parent: this._parent.evalContext };
    }

    get context() {
        return this._fieldName ? getFieldContext(this._parent, this._fieldName) : this.config.context;
    }

    get isGrouped() {
        return false;
    }

    canResequence() {
        return Boolean(this.handleField) && (!this.orderBy.length || this.orderBy[0].name === this.handleField);
    }

    // ------------------------------------------------------------------ public

    /** New line with its default values. @returns {Promise<import("./record").Record>} */
    addNewRecord(params = {}) {
        return this._inTurn(async () => {
            if (params.mode === "edit" || params.mode === undefined) {
                await this._leaveEditMode({ canAbandon: true });
            }
            const record = await this._newRecord(params);
            await this._orUndo(async () => {
                await this._addRecord(record, { position: params.position });
                await this._onUpdate({ withoutOnchange: !record._checkValidity({ silent: true }) });
            });
            return record;
        });
    }

    addNewRecordAtIndex(index, params = {}) {
        return this.addNewRecord({ ...params, position: index + 1 });
    }

    /** Line for a dialog: it is not in the list until `validateExtendedRecord`. */
    extendRecord(params = {}, record) {
        return this._inTurn(async () => {
            this._extendFields(params);
            let target = record;
            if (target) {
                await this._extendLine(target, params);
            } else {
                target = await this._newRecord({ ...params, mode: "edit" });
            }
            target._addSavePoint();
            return target;
        });
    }

    validateExtendedRecord(record) {
        return this._inTurn(() =>
            this._orUndo(async () => {
                record._savePoint = undefined;
                const id = record.resId || record._virtualId;
                if (!this._currentIds.includes(id)) {
                    await this._addRecord(record);
                } else if (!this._commandOf(id)) {
                    this._commands.push([UPDATE, id]);
                }
                record._switchMode("readonly");
                await this._onUpdate();
            })
        );
    }

    delete(record) {
        return this._change([[DELETE, record.resId || record._virtualId]]);
    }

    /** Take a record out of a many2many. */
    forget(record) {
        return this._change([[UNLINK, record.resId]]);
    }

    /** Add and remove records by id (many2many). */
    addAndRemove({ add = [], remove = [], reload = false } = {}) {
        const commands = () => {
            const added = add.filter((id) => !this._currentIds.includes(id));
            return [...added.map((id) => [LINK, id]), ...remove.map((id) => [UNLINK, id])];
        };
        return this._changeAndRead(commands, reload);
    }

    replaceWith(ids) {
        return this._changeAndRead(() => [[SET, false, ids]]);
    }

    applyCommands(commands) {
        return this._changeAndRead(() => commands);
    }

    linkTo(id, serverData) {
        return this.applyCommands([[LINK, id, serverData]]);
    }

    unlinkFrom(id) {
        return this.applyCommands([[UNLINK, id]]);
    }

    _change(commands) {
        return this._inTurn(() =>
            this._orUndo(async () => {
                this._applyCommands(commands);
                await this._onUpdate();
            })
        );
    }

    /** Change the lines; where what follows from it cannot be known, they are as before. */
    async _orUndo(change) {
        const commands = this._commands.map((command) => [...command]);
        const ids = [...this._currentIds];
        try {
            await change();
        } catch (error) {
            Object.assign(this, { _commands: commands, _currentIds: ids });
            this._refreshRecords();
            this._parent._setEvalContext();
            throw error;
        }
    }

    /** Apply commands, which are known when it is their turn, and read lines that are new on the page. */
    _changeAndRead(makeCommands, reload = false) {
        return this._inTurn(() =>
            this._orUndo(async () => {
                const commands = makeCommands();
                this._applyCommands(commands);
                if (reload) {
                    commands.filter(([operation]) => operation === LINK).forEach(([, id]) => delete this._cache[id]);
                }
                await this._loadPage();
                await this._onUpdate();
            })
        );
    }

    /** @param {{limit?: number, offset?: number, orderBy?: Object[]}} [page] */
    load({ limit, offset, orderBy } = {}) {
        return this._inTurn(async () => {
            if (this.editedRecord && !(await this._leaveEditMode({ canAbandon: true }))) {
                return;
            }
            await this._showPage({ limit, offset, orderBy });
        });
    }

    sortBy(fieldName) {
        return this._inTurn(async () => {
            const [first] = this.orderBy;
            const orderBy = [{ name: fieldName, asc: first?.name === fieldName ? !first.asc : true }];
            this.model._updateConfig(this.config, { orderBy });
            this._sort(await this._valuesOfOthers(fieldName));
            await this._loadPage();
        });
    }

    /**
     * @param {{discard?: boolean, canAbandon?: boolean, validate?: boolean}} [options]
     * @returns {Promise<boolean>} whether no line is in edition any more
     */
    async leaveEditMode({ discard, canAbandon, validate } = {}) {
        if (this.editedRecord) {
            await this.model._askChanges();
        }
        return this._inTurn(() => this._leaveEditMode({ discard, canAbandon, validate }));
    }

    resequence(movedId, targetId) {
        return this._inTurn(async () => {
            const { handleField } = this;
            const ids = [...this._currentIds];
            const idOf = (datapointId) => {
                const record = this.records.find((item) => item.id === datapointId);
                return record && (record.resId || record._virtualId);
            };
            const moved = idOf(movedId);
            ids.splice(ids.indexOf(moved), 1);
            ids.splice(targetId ? ids.indexOf(idOf(targetId)) + 1 : this.offset, 0, moved);
            await this._loadMissing(ids);
            const records = ids.map((id) => this._cache[id]);
            const start = Math.min(...records.map((record) => record.data[handleField] || 0));
            for (const [index, record] of records.entries()) {
                if (record.data[handleField] !== start + index) {
                    record._applyChanges({ [handleField]: start + index });
                    record.dirty = true;
                    this._ensureUpdate(record.resId || record._virtualId);
                }
            }
            this._currentIds = ids;
            this._refreshRecords();
            await this._onUpdate();
        });
    }

    moveRecord(dataRecordId, _dataGroupId, refId) {
        return this.resequence(dataRecordId, refId);
    }

    // ------------------------------------------------------------------ lines

    _hasFields() {
        return Object.keys(this.activeFields).length > 0;
    }

    /**
     * @param {Object} data of the server
     * @param {{mode?: string, virtualId?: string, manuallyAdded?: boolean, activeFields?: Object, context?: Object}}
     *     [options] the last is that of the list, for who makes many
     * @returns {import("./record").Record}
     */
    _createRecord(data, { mode = "readonly", virtualId, manuallyAdded, activeFields, context = this.context } = {}) {
        const resId = Number.isInteger(data.id) ? data.id : false;
        const config = {
            context,
            activeFields: activeFields || { ...this.activeFields },
            resModel: this.resModel,
            fields: this.fields,
            relationField: this.config.relationField,
            resId,
            resIds: resId ? [resId] : [],
            mode,
            isMonoRecord: true,
        };
        const record = new this.model.classes.Record(this.model, config, data, {
            parentRecord: this._parent,
            virtualId: resId ? false : virtualId,
            manuallyAdded,
            onUpdate: async (/** @type {{withoutOnchange?: boolean}} */ { withoutOnchange } = {}) => {
                const id = record.resId || record._virtualId;
                if (!this._currentIds.includes(id)) {
                    return;
                }
                await this._orUndo(async () => {
                    this._ensureUpdate(id);
                    if (!record._savePoint) {
                        const isSilent = withoutOnchange || !record._checkValidity({ silent: true });
                        await this._onUpdate({ withoutOnchange: isSilent });
                    }
                });
            },
        });
        const id = resId || virtualId;
        this._cache[id] = record;
        if (this._pendingUpdates[id]) {
            record._applyServerValues(this._pendingUpdates[id]);
            delete this._pendingUpdates[id];
        }
        return record;
    }

    async _newRecord({ context = {}, activeFields = this.activeFields, mode = "edit", manuallyAdded = true } = {}) {
        const changes = {};
        const { relationField } = this.config;
        if (relationField) {
            changes[relationField] = this._parent._getChanges(this._parent._changes, { withReadonly: true });
            if (!this._parent.isNew) {
                changes[relationField].id = this._parent.resId;
            }
        }
        const values = await this.model._loadNewRecord(
            { resModel: this.resModel, fields: this.fields, activeFields, context: { ...this.context, ...context } },
            { changes, evalContext: { parent: this._parent.evalContext, ...getBasicEvalContext(this._parent.config) } }
        );
        return this._createRecord(values, { mode, virtualId: getId("virtual"), manuallyAdded, activeFields });
    }

    /** @param {import("./record").Record} record @param {{position?: "top"|"bottom"|number}} [options] */
    async _addRecord(record, { position } = {}) {
        const id = record.resId || record._virtualId;
        const command = record.resId ? [LINK, id] : [CREATE, id];
        if (position === "top") {
            this._currentIds.splice(this.offset, 0, id);
        } else if (Number.isInteger(position)) {
            this._currentIds.splice(this.offset + position, 0, id);
        } else {
            const bottom = Math.min(this.offset + this.limit, this._currentIds.length);
            this._currentIds.splice(bottom, 0, id);
            if (bottom === this.offset + this.limit) {
                this.model._updateConfig(this.config, { limit: this.limit + 1 });
            }
        }
        this._commands.push(command);
        if (this.handleField && !record.resId) {
            this._numberNewLine(record);
        }
        this._refreshRecords();
    }

    _numberNewLine(record) {
        const { handleField } = this;
        const index = this._currentIds.indexOf(record._virtualId);
        const after = this._cache[this._currentIds[index + 1]];
        if (index === 0 && after) {
            record._applyChanges({ [handleField]: (after.data[handleField] || 0) - 1 });
            return;
        }
        const before = this._cache[this._currentIds[index - 1]];
        if (index === this._currentIds.length - 1 && before) {
            record._applyChanges({ [handleField]: (before.data[handleField] || 0) + 1 });
            return;
        }
        for (let i = index; i < this._currentIds.length; i++) {
            const line = this._cache[this._currentIds[i]];
            const previous = this._cache[this._currentIds[i - 1]]?.data[handleField];
            if (line && previous !== undefined && line.data[handleField] <= previous) {
                line._applyChanges({ [handleField]: previous + 1 });
                this._ensureUpdate(line.resId || line._virtualId);
            }
        }
    }

    _refreshRecords() {
        const page = this._currentIds.slice(this.offset, this.offset + this.limit);
        this.records = page.map((id) => this._cache[id]).filter(Boolean);
    }

    _showPage({ limit = this.limit, offset = this.offset, orderBy = this.orderBy }) {
        this.model._updateConfig(this.config, { limit, offset, orderBy });
        return this._loadPage();
    }

    async _loadPage() {
        if (this.offset >= this.count && this.offset > 0) {
            this.model._updateConfig(this.config, { offset: 0 });
        }
        await this._loadMissing(this._currentIds.slice(this.offset, this.offset + this.limit));
        this._refreshRecords();
    }

    async _loadMissing(ids) {
        const missing = ids.filter((id) => Number.isInteger(id) && (!this._cache[id] || this._partial.has(id)));
        if (!missing.length) {
            return;
        }
        const rows = await this.model._loadRecords(this._readConfig, missing, { parent: this._parent.evalContext });
        for (const row of rows) {
            this._partial.delete(row.id);
            this._createRecord(row);
        }
    }

    _extendFields({ activeFields = {}, fields = {} }) {
        Object.assign(this.config.fields, { ...fields, ...this.config.fields });
        for (const [name, active] of Object.entries(activeFields)) {
            if (name in this.config.activeFields) {
                const own = this.config.activeFields[name];
                if (active.related && !own.related) {
                    own.related = active.related;
                } else if (active.related) {
                    patchActiveFields(own, active);
                }
                own.onChange = own.onChange || active.onChange;
            }
        }
    }

    async _extendLine(record, { activeFields = {} }) {
        const merged = { ...record.config.activeFields };
        for (const [name, active] of Object.entries(activeFields)) {
            merged[name] =
                name in merged
                    ? {
                          ...active,
                          onChange: active.onChange || merged[name].onChange,
                          related: active.related || merged[name].related,
                      }
                    : active;
        }
        const known = record._rawValues();
        const missing = Object.keys(merged).filter(
            (name) => !(name in known) || (merged[name].related && !record.config.activeFields[name]?.related)
        );
        this.model._updateConfig(record.config, { activeFields: markRaw(merged), mode: "edit" });
        let data = {};
        if (missing.length && record.resId) {
            const wanted = Object.fromEntries(missing.map((name) => [name, merged[name]]));
            [data] = await this.model._loadRecords(
                { resModel: this.resModel, fields: this.fields, activeFields: wanted, context: this.context },
                [record.resId],
                record.evalContext
            );
        } else if (missing.length) {
            data = await this.model._loadNewRecord(
                {
                    resModel: this.resModel,
                    fields: this.fields,
                    activeFields: Object.fromEntries(missing.map((name) => [name, merged[name]])),
                    context: this.context,
                },
                { changes: record._relationToParent(), evalContext: record.evalContext }
            );
        }
        const parsed = record._parseValues(data, known);
        for (const name of missing) {
            record._values[name] = parsed[name];
            record.data[name] = parsed[name];
        }
        record._setEvalContext();
    }

    /** @returns {Promise<Object<number, any>>} values of a field for the lines that were not read yet */
    async _valuesOfOthers(name) {
        const ids = this.resIds.filter((id) => !this._cache[id]);
        if (!ids.length) {
            return {};
        }
        const rows = await this.model._loadRecords(
            {
                ...this._readConfig,
                activeFields: { [name]: this.activeFields[name] || makeActiveField() },
            },
            ids,
            { parent: this._parent.evalContext }
        );
        return Object.fromEntries(rows.map((row) => [row.id, parseServerValue(this.fields[name], row[name])]));
    }

    /** What a request for lines is made of. */
    get _readConfig() {
        const { activeFields, context, fields, resModel } = this;
        return { activeFields, context, fields, resModel };
    }

    /** Put the lines into order. @param {Object<number, any>} others values of those that were not read yet */
    _sort(others = {}) {
        const [{ name, asc }] = this.orderBy;
        const field = this.fields[name];
        const keyOf = (id) => {
            const value = this._cache[id] ? this._cache[id].data[name] : others[id];
            return field.type === "many2one"
                ? (value?.[1] ?? "")
                : toServerValue(field, value) || (typeof value === "number" ? 0 : "");
        };
        this._currentIds = [...this._currentIds].sort((a, b) => {
            const [x, y] = [keyOf(a), keyOf(b)];
            return (asc ? 1 : -1) * (x > y ? 1 : x < y ? -1 : 0);
        });
    }

    // ------------------------------------------------------------------ edition

    /** @param {{discard?: boolean, canAbandon?: boolean, validate?: boolean}} [options] @returns {Promise<boolean>} */
    async _leaveEditMode({ discard, canAbandon = true, validate } = {}) {
        const record = this.editedRecord;
        if (!record) {
            return true;
        }
        const abandoned = canAbandon !== false && record.canBeAbandoned;
        if (discard) {
            if (record.isNew && (!record.dirty || !record._checkValidity())) {
                this._remove(record._virtualId);
                await this._onUpdate({ withoutOnchange: true });
                return true;
            }
            record._discard();
            record._switchMode("readonly");
            return true;
        }
        if (abandoned) {
            this._remove(record._virtualId);
            await this._onUpdate({ withoutOnchange: true });
            return true;
        }
        const isValid = record._checkValidity();
        if (isValid || validate === false) {
            record._switchMode("readonly");
            return true;
        }
        return false;
    }

    _abandonRecords() {
        for (const id of [...this._currentIds]) {
            const record = this._cache[id];
            if (record?.canBeAbandoned && !record._checkValidity()) {
                this._remove(id);
            }
        }
    }

    _changedRecords() {
        return this._commands.map(([, id]) => this._cache[id]).filter(Boolean);
    }

    // ------------------------------------------------------------------ commands

    _commandOf(id) {
        return this._commands.find((command) => command[1] === id && [CREATE, UPDATE].includes(command[0]));
    }

    _ensureUpdate(id) {
        if (!this._commandOf(id)) {
            this._commands.push([UPDATE, id]);
        }
    }

    _remove(id) {
        this._currentIds = this._currentIds.filter((current) => current !== id);
        this._commands = this._commands.filter((command) => command[1] !== id);
        delete this._cache[id];
        this._refreshRecords();
    }

    /** Make a line that somebody else has deleted a new one with the same values. */
    _makeNew(id) {
        const record = this._cache[id];
        const virtualId = getId("virtual");
        this.model._updateConfig(record.config, { resId: false, resIds: [] });
        record._virtualId = virtualId;
        this._cache[virtualId] = record;
        delete this._cache[id];
        this._commands = [...this._commands.filter(([, other]) => other !== id), [CREATE, virtualId]];
        this._currentIds = this._currentIds.map((other) => (other === id ? virtualId : other));
        this._refreshRecords();
    }

    _applyCommands(commands) {
        for (const command of commands) {
            this._applyCommand(command);
        }
        this._refreshRecords();
        const visible = this._currentIds.slice(this.offset, this.offset + this.limit);
        if (visible.some((id) => Number.isInteger(id) && !this._cache[id])) {
            this.model.mutex.exec(() => this._loadPage());
        }
    }

    /** @param {any[]} command operation, id, values or ids */
    _applyCommand([operation, id, data]) {
        switch (operation) {
            case CREATE: {
                const virtualId = id || getId("virtual");
                this._createRecord(data || {}, { virtualId });
                this._currentIds.push(virtualId);
                this._commands.push([CREATE, virtualId]);
                if (this._currentIds.length > this.offset + this.limit) {
                    this.model._updateConfig(this.config, { limit: this.limit + 1 });
                }
                return;
            }
            case UPDATE: {
                const record = this._cache[id];
                if (record) {
                    record._applyServerValues(data);
                } else {
                    this._pendingUpdates[id] = { ...this._pendingUpdates[id], ...data };
                }
                this._ensureUpdate(id);
                return;
            }
            case DELETE:
            case UNLINK:
                this._applyRemoval(operation, id);
                return;
            case LINK:
                if (!this._currentIds.includes(id)) {
                    this._currentIds.push(id);
                    this._undoOr(id, [DELETE, UNLINK], [LINK, id]);
                }
                if (data && typeof data === "object") {
                    this._linkData(id, data);
                } else if (!this._cache[id] && !this._hasFields()) {
                    this._createRecord({ id });
                }
                return;
            case CLEAR:
                [...this._currentIds].forEach((current) => this._applyRemoval(UNLINK, current));
                return;
            case SET: {
                const ids = data || [];
                this._currentIds
                    .filter((current) => !ids.includes(current))
                    .forEach((current) => this._applyRemoval(UNLINK, current));
                ids.filter((current) => !this._currentIds.includes(current)).forEach((current) =>
                    this._applyCommand([LINK, current])
                );
                return;
            }
        }
    }

    _linkData(id, data) {
        const known = this._cache[id];
        if (!known) {
            this._createRecord({ ...data, id });
            if (Object.keys(this.activeFields).some((name) => !(name in data) && name !== "id")) {
                this._partial.add(id);
            }
        } else {
            known._applyServerValues(data);
        }
    }

    _applyRemoval(operation, id) {
        const wasNew = this._commands.some((command) => command[1] === id && command[0] === CREATE);
        const wasLinked = this._commands.some((command) => command[1] === id && command[0] === LINK);
        this._commands = this._commands.filter((command) => command[1] !== id);
        if (!wasNew && !(wasLinked && operation === UNLINK)) {
            this._commands.push([operation, id]);
        }
        this._currentIds = this._currentIds.filter((current) => current !== id);
    }

    _undoOr(id, opposites, command) {
        const index = this._commands.findIndex((item) => item[1] === id && opposites.includes(item[0]));
        if (index >= 0) {
            this._commands.splice(index, 1);
        } else {
            this._commands.push(command);
        }
    }

    /** @param {{withReadonly?: boolean}} [options] @returns {Array[]} */
    _getCommands({ withReadonly } = {}) {
        const result = [];
        for (const [operation, id] of this._commands) {
            const record = this._cache[id];
            if (operation === CREATE) {
                const values = record._getChanges(record._changes, { withReadonly });
                result.push(x2ManyCommands.create(id, values));
            } else if (operation === UPDATE) {
                const values = record
                    ? record._getChanges(record._changes, { withReadonly })
                    : this._pendingUpdates[id];
                if (values && Object.keys(values).length) {
                    result.push(x2ManyCommands.update(id, values));
                }
            } else {
                result.push([operation, id, false]);
            }
        }
        return result;
    }

    _clearCommands() {
        this._commands = [];
        this._initialIds = markRaw([...this._currentIds]);
    }

    _addSavePoint() {
        this._savePoint = markRaw({
            commands: this._commands.map((command) => [...command]),
            ids: [...this._currentIds],
        });
        for (const record of Object.values(this._cache)) {
            record._addSavePoint();
        }
    }

    _discard() {
        for (const record of Object.values(toRaw(this._cache))) {
            record._discard();
            if (record.isInEdition) {
                record._switchMode("readonly");
            }
        }
        if (this._savePoint) {
            this._commands = this._savePoint.commands;
            this._currentIds = this._savePoint.ids;
        } else {
            this._commands = [];
            this._currentIds = [...this._initialIds];
        }
        this._savePoint = undefined;
        this._refreshRecords();
    }
}
