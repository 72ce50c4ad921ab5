import { toRaw } from "@odoo/owl";
import { DataPoint } from "@web/model/relational_model/datapoint";

/** Number of records up to which who looks for one in edition watches each of them. */
const WATCHED = 200;

/** What lists of records have in common, whether a search fills them or a field of a record. */
export class RecordList extends DataPoint {
    /** Those on the page: `records` of the subclasses. @returns {import("./record").Record[]} */
    get _shownRecords() {
        return /** @type {any} */ (this).records;
    }

    get limit() {
        return this.config.limit;
    }

    get offset() {
        return this.config.offset;
    }

    get orderBy() {
        return this.config.orderBy;
    }

    get editedRecord() {
        const records = this._shownRecords;
        if (records.length <= WATCHED) {
            return records.find((record) => record.isInEdition);
        }
        this.model._watchEditions();
        return records[toRaw(records).findIndex((record) => toRaw(record).isInEdition)];
    }

    /** Name of the field that a column of handles changes. */
    get handleField() {
        return Object.keys(this.activeFields).find((name) => this.activeFields[name].isHandle);
    }

    /**
     * @overload
     * @param {Object} [options] whether to discard...
     * @returns {Promise<boolean>} whether no line is in edition any more
     */
    async leaveEditMode() {
        return true;
    }

    /** Edit another line. @returns {Promise<boolean>} false: the one in edition cannot be left */
    async enterEditMode(record) {
        if (!(await this.leaveEditMode())) {
            return false;
        }
        await record.switchMode("edit");
        return true;
    }
}
