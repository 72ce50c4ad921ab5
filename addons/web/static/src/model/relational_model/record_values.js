import { markRaw, markup, reactive, toRaw } from "@odoo/owl";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { _t } from "@web/core/l10n/translation";
import { escape } from "@web/core/utils/strings";
import { DataPoint } from "@web/model/relational_model/datapoint";
import { getBasicEvalContext, isX2Many, parseServerValue, toEvalValue } from "@web/model/relational_model/utils";

/** What a record on screen knows: its values, what expressions see of them, and whether they can be saved. */
export class RecordValues extends DataPoint {
    /**
     * @param {Object} _config
     * @param {Object} data
     * @param {{dirty?: boolean, manuallyAdded?: boolean, onUpdate?: Function, parentRecord?: any, virtualId?: string}}
     *     [options] the last four are of lines
     */
    setup(_config, data, { dirty = false, manuallyAdded = false, onUpdate, parentRecord, virtualId } = {}) {
        /** Saved without being read again: what is stored may differ from what is known. */
        this._isOutdated = false;
        /** What the server had when changes were made that were restored later. */
        this._readBefore = {};
        /** What was saved last, and what there was before. */
        this._lastSave = undefined;
        this._parentRecord = parentRecord;
        this._virtualId = virtualId || false;
        this._onUpdate = onUpdate || (() => {});
        this._manuallyAdded = manuallyAdded;
        /** Names of fields that cannot be saved as they are; some because they have no value. */
        this._invalidFields = new Set();
        this._unsetRequiredFields = new Set();
        /** Names of changed fields whose onchange the server was not there to answer. */
        this._unanswered = new Set();
        this._closeInvalidFieldsNotification = () => {};
        /** What the record was when a dialog was opened for it. */
        this._savePoint = undefined;
        this.selected = false;
        this.dirty = false;
        this.data = {};
        this.evalContext = {};
        this.evalContextWithVirtualIds = {};
        // nobody observes a record that is being made: thousands of lines are filled without their proxies
        toRaw(this)._setData(data);
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

    get hasData() {
        return true;
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

    /**
     * Take changed values, of the user or of a list of lines.
     *
     * @abstract
     * @param {Object} _changes
     * @param {{withoutOnchange?: boolean, withoutParentUpdate?: boolean, fromList?: boolean}} [_options]
     * @returns {Promise<void>}
     */
    async _update(_changes, _options) {}

    // ------------------------------------------------------------------ data

    _setData(data, { keepChanges = false } = {}) {
        // the contexts of lines may use the values of the record, so these are known first
        if (Object.keys(this.activeFields).some((name) => isX2Many(this.fields[name]))) {
            this.data = this._parseScalars(data);
            this._setEvalContext();
        }
        const values = this._parseValues(data);
        this._isOutdated = false;
        this._readBefore = {};
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
        const parent = reactive(this);
        const list = new this.model.classes.StaticList(this.model, config, isCommands ? [] : rows, {
            parent,
            fieldName: name,
            onUpdate: (/** @type {{withoutOnchange?: boolean}} */ { withoutOnchange } = {}) =>
                parent._update(
                    { [name]: parent.data[name] },
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

    /** @returns {() => void} what makes values and changes those of now again; lists of lines see to theirs */
    _makeUndo() {
        const { dirty } = this;
        const [changes, data] = [{ ...this._changes }, { ...toRaw(this.data) }];
        return () => {
            Object.assign(this, { _changes: markRaw(changes), data, dirty });
            this._setEvalContext();
        };
    }

    /** Know what is stored now, and show it where the user changed nothing; not for lines. */
    _setStored(serverValues) {
        for (const [name, value] of Object.entries(serverValues)) {
            const field = this.fields[name];
            if (field && name in this.activeFields && !isX2Many(field)) {
                this._values[name] = parseServerValue(field, value);
                if (!(name in this._changes)) {
                    this.data[name] = this._values[name];
                }
            }
        }
        this._setEvalContext();
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

    /** Lines that lists and cards show at once; other widgets show all. */
    _pageSize(name) {
        return this.activeFields[name].limit || Number.MAX_SAFE_INTEGER;
    }

    /** The lines that the record has. @returns {import("./static_list").StaticList[]} */
    get _lists() {
        const names = Object.keys(this.activeFields).filter((name) => isX2Many(this.fields[name]));
        return names.map((name) => this.data[name]).filter(Boolean);
    }

    // ------------------------------------------------------------------ modifiers, validity

    _isInvisible(fieldName) {
        return this._holds(this.activeFields[fieldName].invisible);
    }

    _isReadonly(fieldName) {
        return this._holds(this.activeFields[fieldName].readonly);
    }

    _isRequired(fieldName) {
        return this._holds(this.activeFields[fieldName].required);
    }

    /** Whether a modifier holds for the record. @param {string|boolean|undefined} modifier */
    _holds(modifier) {
        return modifier
            ? evaluateBooleanExpr(String(modifier === true ? "True" : modifier), this.evalContextWithVirtualIds)
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

    /**
     * @param {{displayNotification?: boolean, silent?: boolean}} [options] whether the user is told; whether nothing on
     *     the page changes
     * @returns {boolean}
     */
    _checkValidity({ displayNotification, silent } = {}) {
        const unset = this._unsetFields({ silent });
        if (silent) {
            return !unset.size && [...this._invalidFields].every((name) => this._unsetRequiredFields.has(name));
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

    /** @param {{silent?: boolean}} options @returns {Set<string>} fields that lack a value, or have lines that do */
    _unsetFields({ silent }) {
        const unset = new Set();
        for (const name of Object.keys(this.activeFields)) {
            const field = this.fields[name];
            if (!field || (this._isInvisible(name) && !isX2Many(field))) {
                continue;
            }
            if (this._isRequired(name) && this._isEmpty(name) && !this._isInvisible(name)) {
                unset.add(name);
            }
            if (isX2Many(field) && this.data[name] && !this._checkLines(this.data[name], { silent })) {
                unset.add(name);
            }
            if (field.type === "properties" && this._changes[name]?.some(({ string }) => !string)) {
                unset.add(name);
            }
        }
        return unset;
    }

    /** @param {Object} list of lines @param {{silent?: boolean}} [options] */
    _checkLines(list, { silent } = {}) {
        return list._changedRecords().every((record) => record.canBeAbandoned || record._checkValidity({ silent }));
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
}
