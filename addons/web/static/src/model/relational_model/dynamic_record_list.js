import { DynamicList } from "@web/model/relational_model/dynamic_list";

/** Records found by a search, one page of them. */
export class DynamicRecordList extends DynamicList {
    static type = "DynamicRecordList";

    setup(_config, data) {
        super.setup();
        this._setData(data);
    }

    get isGrouped() {
        return false;
    }

    get hasData() {
        return this.count > 0;
    }

    /** Whether `count` is only a lower bound. */
    get hasLimitedCount() {
        return this.count === this.config.countLimit + 1;
    }

    _setData(data) {
        this.records = data.records.map((row) => this._createRecord(row));
        this.count = data.length;
    }

    _createRecord(data, mode = "readonly") {
        const resId = data.id || false;
        return new this.model.classes.Record(
            this.model,
            {
                resModel: this.resModel,
                fields: this.fields,
                activeFields: this.activeFields,
                context: this.context,
                resId,
                resIds: resId ? [resId] : [],
                isMonoRecord: true,
                mode,
            },
            data,
            { manuallyAdded: !data.id }
        );
    }

    /** New line at the top or at the end, in edition. */
    async addNewRecord(atFirstPosition = false) {
        const values = await this.model.mutex.exec(() => this.model._loadNewRecord(this.config));
        const record = this._createRecord(values, "edit");
        if (atFirstPosition) {
            this.records.unshift(record);
        } else {
            this.records.push(record);
        }
        this.count++;
        return record;
    }

    addExistingRecord(resId, atFirstPosition) {
        return this.model.mutex.exec(async () => {
            const [row] = await this.model._loadRecords(this.config, [resId]);
            const record = this._createRecord(row);
            if (atFirstPosition) {
                this.records.unshift(record);
            } else {
                this.records.push(record);
            }
            this.count++;
            return record;
        });
    }

    async fetchCount() {
        this.count = await this.model.orm.searchCount(this.resModel, this.domain, { context: this.context });
        this.config.countLimit = Number.MAX_SAFE_INTEGER;
        return this.count;
    }

    removeRecord(record) {
        this._removeRecords([record.id]);
        return record;
    }

    _removeRecords(recordIds) {
        const kept = this.records.filter((record) => !recordIds.includes(record.id));
        this.count -= this.records.length - kept.length;
        this.records = kept;
    }

    resequence(movedRecordId, targetRecordId) {
        return this.model.mutex.exec(async () => {
            const show = (records) => {
                this.records = records;
            };
            await this._resequence(this.records, this.resModel, movedRecordId, targetRecordId, show);
        });
    }

    moveRecord(dataRecordId, _dataGroupId, refId) {
        return this.resequence(dataRecordId, refId);
    }
}
