import { Domain } from "@web/core/domain";
import { DataPoint } from "@web/model/relational_model/datapoint";

/** One group of a grouped list with the list of what is in it. */
export class Group extends DataPoint {
    static type = "Group";

    setup(config, data) {
        this.groupByField = this.fields[config.groupByFieldName];
        this.rawGroup = data.raw;
        this.displayName = data.displayName;
        this.value = data.value;
        this.serverValue = data.serverValue;
        this.range = data.range;
        this._count = data.count;
        this.aggregates = data.aggregates;
        this.list = data.list;
        /** The record that the group stands for, where the view shows something of it. */
        this.record = data.record || null;
        this.progressBars = [];
    }

    get count() {
        return this._count;
    }

    set count(value) {
        this._count = value;
    }

    _tellUpdate() {
        this.model.bus.trigger("group-updated", { group: this });
    }

    get groupDomain() {
        return this.config.initialDomain;
    }

    get hasData() {
        return this.count > 0;
    }

    get isFolded() {
        return this.config.isFolded;
    }

    get records() {
        return this.list.records || [];
    }

    get isGrouped() {
        return this.list?.isGrouped;
    }

    async toggle() {
        if (this.isFolded && !this.config.isLoaded) {
            await this.model.mutex.exec(() => this.model._loadGroupList(this));
        }
        this.model._updateConfig(this.config, { isFolded: !this.isFolded });
        this.model.rememberFold(this);
    }

    /** Restrict (kanban progress bar) or not the records of the group. */
    async applyFilter(filter) {
        const domain = filter ? Domain.and([this.groupDomain, filter]).toList({}) : this.groupDomain;
        await this.model.mutex.exec(() => this.model._loadGroupList(this, { domain, offset: 0 }));
        this.config.hasFilter = Boolean(filter);
        this._tellUpdate();
    }

    async addNewRecord(_unused, atFirstPosition) {
        const record = await this.list.addNewRecord(atFirstPosition);
        this.count++;
        this._tellUpdate();
        return record;
    }

    async addExistingRecord(resId, atFirstPosition = false) {
        const record = await this.list.addExistingRecord(resId, atFirstPosition);
        this.count++;
        this._tellUpdate();
        return record;
    }

    async deleteRecords(records) {
        await this.list.deleteRecords(records);
        this._tellUpdate();
    }

    removeRecord(record) {
        this.list._removeRecords([record.id]);
        this.count--;
        this._tellUpdate();
    }

    getServerValue() {
        return this.serverValue;
    }
}
