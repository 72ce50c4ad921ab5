import { DynamicList } from "@web/model/relational_model/dynamic_list";

/** Groups found by a search. */
export class DynamicGroupList extends DynamicList {
    static type = "DynamicGroupList";

    setup(config, data) {
        super.setup();
        this.groups = data.groups;
        this.count = data.length;
        this.isGrouped = true;
    }

    get groupByField() {
        return this.fields[this.groupBy[0].split(":")[0]];
    }

    get hasData() {
        return this.groups.some((group) => group.hasData);
    }

    get isFolded() {
        return false;
    }

    get hasLimitedCount() {
        return false;
    }

    get records() {
        return this.groups.flatMap((group) => (group.isFolded ? [] : group.records));
    }

    get recordCount() {
        return this.groups.reduce((total, group) => total + group.count, 0);
    }

    _removeRecords(recordIds) {
        for (const group of this.groups) {
            const before = group.records.length;
            group.list._removeRecords(recordIds);
            group.count -= before - group.records.length;
        }
    }

    /** Create the record that a new column stands for. */
    createGroup(groupName) {
        return this.model.mutex.exec(async () => {
            const { relation } = this.groupByField;
            await this.model.orm.call(relation, "name_create", [groupName], { context: this.context });
            await this.model.load();
        });
    }

    deleteGroups(groups) {
        return this.model.mutex.exec(async () => {
            await this.model.orm.unlink(
                this.groupByField.relation,
                groups.map((group) => group.value),
                { context: this.context }
            );
            await this.model.load();
        });
    }

    /** Move a card to another column and/or place. */
    async moveRecord(dataRecordId, dataGroupId, refId, targetGroupId) {
        const source = this.groups.find((group) => group.id === dataGroupId);
        const target = this.groups.find((group) => group.id === targetGroupId);
        const record = source.list.records.find((item) => item.id === dataRecordId);
        if (source === target) {
            return this.canResequence() ? source.list.resequence(dataRecordId, refId) : undefined;
        }
        source.list._removeRecords([record.id]);
        const index = refId ? target.list.records.findIndex((item) => item.id === refId) + 1 : 0;
        target.list.records.splice(index, 0, record);
        target.list.count++;
        source.count--;
        target.count++;
        const fieldName = this.groupBy[0].split(":")[0];
        const value =
            this.groupByField.type === "many2one"
                ? target.value
                    ? [target.value, target.displayName]
                    : false
                : target.value;
        try {
            const saved = await record.update({ [fieldName]: value }, { save: true });
            if (saved === false) {
                throw new Error("The record is not valid");
            }
        } catch (error) {
            target.list._removeRecords([record.id]);
            target.count--;
            source.list.records.push(record);
            source.list.count++;
            source.count++;
            await record.discard();
            throw error;
        }
        if (this.canResequence()) {
            const ids = target.list.records.map((item) => item.resId);
            await this.model.orm.webResequence(this.resModel, ids, {
                field_name: this.handleField,
                context: this.context,
            });
        }
    }

    resequence(movedGroupId, targetGroupId) {
        return this.model.mutex.exec(async () => {
            const groups = [...this.groups];
            const promise = this._resequence(groups, this.groupByField.relation, movedGroupId, targetGroupId);
            this.groups = groups;
            await promise;
        });
    }

    get allFolded() {
        return this.groups.every((group) => group.isFolded);
    }
}
