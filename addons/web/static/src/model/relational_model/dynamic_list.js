import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { RecordList } from "@web/model/relational_model/record_list";
import { getBasicEvalContext, resequence } from "@web/model/relational_model/utils";

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

    /** Whether the user may put records elsewhere: the list has the order that the handle changes. */
    canResequence() {
        const { handleField, orderBy } = this;
        return Boolean(handleField) && (!orderBy?.length || orderBy[0].name === handleField);
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
        const agreed = !names.length || (await this._mayWriteOn(lines, record, changes));
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

    /** Whether lines are written: the user agrees, and so does whoever extends the view. */
    async _mayWriteOn(lines, record, changes) {
        const { hooks } = this.model;
        const agreed = (await hooks.onAskMultiSaveConfirmation?.(record, Object.keys(changes), lines)) ?? true;
        return agreed && (await hooks.onWillSaveMulti?.(record, changes, lines)) !== false;
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
        await this.model.hooks.onSavedMulti?.(lines);
    }

    // ------------------------------------------------------------------ bulk actions

    deleteRecords(records = []) {
        return this._inTurn(async () => {
            const ids = records.length ? records.map((record) => record.resId) : await this.getResIds(true);
            const done = await this.model.orm.unlink(this.resModel, ids, { context: this.context });
            if (!done) {
                return false;
            }
            this._tellLimit(ids);
            await this._reloadAfterBulk();
            return true;
        });
    }

    duplicateRecords(records = []) {
        return this._inTurn(async () => {
            const ids = records.length ? records.map((record) => record.resId) : await this.getResIds(true);
            await this._callMethod("copy", ids);
            this._tellLimit(ids);
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
            const ids = await this.getResIds(isSelected);
            await this._setArchived(ids, isArchived, () => this.model.load());
            this._tellLimit(ids);
        });
    }

    async _reloadAfterBulk() {
        const offset =
            this.offset >= this.count - this._shownRecords.length && this.offset > 0
                ? Math.max(0, this.offset - this.limit)
                : this.offset;
        await this.model.load({ offset });
    }

    /** Say so when not all of the records that the search finds were concerned. */
    _tellLimit({ length }) {
        if (!this.isDomainSelected || length !== this.model.activeIdsLimit || length >= this.count) {
            return;
        }
        this.model.dialog.add(AlertDialog, {
            body: _t("Only the first %s records were concerned.", length),
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

    /**
     * Put a record or a group behind another one; where the server refuses, it goes back to its place.
     *
     * @param {any[]} items those of the page
     * @param {string} resModel
     * @param {string} movedId
     * @param {string|null} targetId none: it becomes the first
     * @param {(items: any[]) => void} show
     */
    async _resequence(items, resModel, movedId, targetId, show) {
        const { handleField } = this;
        const isOfGroups = items[0]?.data === undefined;
        const { records, saved } = resequence({
            records: items,
            resModel,
            orm: this.model.orm,
            movedId,
            targetId,
            ...(isOfGroups
                ? { getResId: ({ serverValue }) => serverValue }
                : { fieldName: handleField || undefined, getSequence: ({ data }) => data[handleField] }),
            asc: isOfGroups || this.orderBy?.[0]?.name !== handleField || this.orderBy[0].asc !== false,
            context: this.context,
        });
        show(records);
        let rows;
        try {
            rows = await saved;
        } catch (error) {
            show(items);
            throw error;
        }
        if (!isOfGroups) {
            rows.forEach((row) =>
                records.find(({ resId }) => resId === row.id)._setStored({ [handleField]: row[handleField] })
            );
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
