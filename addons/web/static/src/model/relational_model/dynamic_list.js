import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { RecordList } from "@web/model/relational_model/record_list";
import { getBasicEvalContext } from "@web/model/relational_model/utils";

/** Common part of the lists that a search fills, grouped or not. */
export class DynamicList extends RecordList {
    setup() {
        this.isDomainSelected = false;
        /** How many records, or groups, the search finds. */
        this.count = 0;
        this.evalContext = getBasicEvalContext(this.config);
    }

    get groupBy() {
        return this.config.groupBy;
    }

    get domain() {
        return this.config.domain;
    }

    get selection() {
        return this._shownRecords.filter((record) => record.selected);
    }

    canResequence() {
        return Boolean(this.handleField);
    }

    // ------------------------------------------------------------------ selection

    selectDomain(value) {
        this.isDomainSelected = value;
    }

    /** Select all records of the page, or none if they are. */
    toggleSelection() {
        return this._inTurn(() => {
            const records = this._shownRecords;
            const isAll = records.length > 0 && records.every(({ selected }) => selected);
            for (const record of records) {
                record.selected = !isAll;
            }
            this.isDomainSelected &&= !isAll;
        });
    }

    /**
     * Ids of the records of the page, or of those that are selected: some of the page, or all that the search finds.
     *
     * @param {boolean} [isSelected]
     * @returns {Promise<number[]>}
     */
    async getResIds(isSelected) {
        if (isSelected && this.isDomainSelected) {
            const options = { context: this.context, limit: this.model.activeIdsLimit };
            return this.model.orm.search(this.resModel, this.domain, options);
        }
        const records = isSelected ? this.selection : this._shownRecords;
        return records.map(({ resId }) => resId);
    }

    // ------------------------------------------------------------------ edition

    /** @param {{discard?: boolean}} [options] @returns {Promise<boolean>} whether no line is in edition any more */
    async leaveEditMode({ discard } = {}) {
        const record = this.editedRecord;
        if (!record) {
            return true;
        }
        if (discard) {
            await record.discard();
        } else if (!record.isNew || (await record.isDirty())) {
            if (!(await this.saveLine(record))) {
                return false;
            }
        }
        return this._inTurn(() => {
            if (record.isNew) {
                this._removeRecords([record.id]);
            } else {
                record._switchMode("readonly");
            }
            return true;
        });
    }

    /** Save a line, or what was changed on it on all selected ones. @returns {Promise<boolean>} */
    saveLine(record) {
        return record.isMultiEdited ? this.multiSave(record) : record.save();
    }

    /**
     * Write what was changed on a selected line on all selected lines that take it, in one go, once the user agreed.
     *
     * @param {import("./record").Record} record the line that was edited
     * @returns {Promise<boolean>} whether it is written; not when the user declined or a value is missing
     */
    multiSave(record) {
        // clicks in the dialog ask again
        this._multiSave ??= this._confirmMultiSave(record).finally(() => {
            this._multiSave = null;
        });
        return this._multiSave;
    }

    async _confirmMultiSave(record) {
        const changes = await record.getChanges();
        const names = Object.keys(changes);
        if (names.length && !(await record.checkValidity({ displayNotification: true }))) {
            return false;
        }
        const lines = this.selection.filter((line) => line === record || line.takes(changes));
        const agreed = !names.length || (await this.model.hooks.onAskMultiSaveConfirmation(record, names, lines));
        return this._inTurn(async () => {
            try {
                if (names.length && agreed) {
                    await this._writeOn(lines, changes);
                }
            } finally {
                // whether refused or declined: the line shows again what is stored
                record._discard();
                record._switchMode("readonly");
            }
            return agreed;
        });
    }

    async _writeOn(lines, changes) {
        const ids = lines.map((line) => line.resId);
        try {
            await this.model.orm.write(this.resModel, ids, changes, { context: this.context });
        } catch (error) {
            if (error.exceptionName === "odoo.exceptions.MissingError") {
                // lines that were deleted meanwhile leave the list
                await this.model.load();
            }
            throw error;
        }
        let rows;
        try {
            rows = await this.model._loadRecords(this.config, ids);
        } catch {
            // one of them cannot be read any more: the whole list tells what is there, or why it cannot
            await this.model.load();
            return;
        }
        lines.forEach((line) => line._setData(rows.find((row) => row.id === line.resId)));
    }

    // ------------------------------------------------------------------ bulk actions

    deleteRecords(records = []) {
        return this._inTurn(async () => {
            const ids = records.length ? records.map((record) => record.resId) : await this.getResIds(true);
            const done = await this.model.orm.unlink(this.resModel, ids, { context: this.context });
            if (!done) {
                return false;
            }
            if (this.isDomainSelected && ids.length === this.model.activeIdsLimit && ids.length < this.count) {
                this._tellLimit(ids.length);
            }
            await this._reloadAfterBulk();
            return true;
        });
    }

    duplicateRecords(records = []) {
        return this._inTurn(async () => {
            const ids = records.length ? records.map((record) => record.resId) : await this.getResIds(true);
            await this._callMethod("copy", ids);
            await this.model.load();
        });
    }

    archive(isSelected) {
        return this._archive(isSelected, true);
    }

    unarchive(isSelected) {
        return this._archive(isSelected, false);
    }

    _archive(isSelected, isArchived) {
        return this._inTurn(async () => {
            await this._setArchived(await this.getResIds(isSelected), isArchived, () => this.model.load());
        });
    }

    async _reloadAfterBulk() {
        const offset =
            this.offset >= this.count - this._shownRecords.length && this.offset > 0
                ? Math.max(0, this.offset - this.limit)
                : this.offset;
        await this.model.load({ offset });
    }

    _tellLimit(count) {
        this.model.dialog.add(AlertDialog, {
            body: _t("Only the first %s records were concerned.", count),
            confirm: () => {},
            confirmLabel: _t("Ok"),
        });
    }

    // ------------------------------------------------------------------ loading

    load(params = {}) {
        return this._inTurn(() => this.model.load({ ...params }));
    }

    async sortBy(fieldName) {
        const [first] = this.orderBy;
        let orderBy;
        if (first?.name === fieldName) {
            orderBy = [{ name: fieldName, asc: !first.asc }, ...this.orderBy.slice(1)];
        } else {
            orderBy = [{ name: fieldName, asc: true }, ...this.orderBy.filter((item) => item.name !== fieldName)];
        }
        return this.load({ orderBy });
    }

    /** Save the order of the records after a move. */
    async _resequence(items, resModel, movedId, targetId) {
        const moved = items.find((item) => item.id === movedId);
        const from = items.indexOf(moved);
        items.splice(from, 1);
        const to = targetId ? items.findIndex((item) => item.id === targetId) + 1 : 0;
        items.splice(to, 0, moved);
        const low = Math.min(from, to);
        const high = Math.max(from, to);
        const { handleField } = this;
        const isSequence = handleField && items[0]?.data && handleField in items[0].data;
        const slice = items.slice(low, high + 1);
        const ids = slice.map((item) => item.resId ?? item.value).filter((id) => Number.isInteger(id));
        const params = { context: this.context };
        if (isSequence) {
            params.field_name = handleField;
            params.offset = Math.min(...slice.map((item) => item.data[handleField]));
        }
        await this.model.orm.webResequence(resModel, ids, params);
        if (isSequence) {
            slice.forEach((item, index) => item._applyServerValues({ [handleField]: params.offset + index }));
            slice.forEach((item) => item._forgetChanges());
        }
    }

    /**
     * Take records off the page; plain and grouped lists hold them in places of their own.
     *
     * @abstract
     * @param {string[]} _recordIds
     */
    _removeRecords(_recordIds) {}
}
