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

    /**
     * Create the record that a new column stands for.
     *
     * @param {string} groupName
     * @param {string} [foldField] field of the record by which the column is folded
     */
    createGroup(groupName, foldField) {
        return this.model.mutex.exec(async () => {
            const { relation } = this.groupByField;
            const { context, model } = this;
            const record = await model.orm.call(relation, "name_create", [groupName], { context });
            if (foldField) {
                await model.orm.write(relation, [record[0]], { [foldField]: true }, { context });
            }
            model.expectGroup(this.config, record);
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
            this.model.forgetGroups();
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
        const place = source.list.records.indexOf(record);
        const behind = refId ? target.list.records.findIndex((item) => item.id === refId) : -1;
        this._transfer(record, source, target, behind + 1);
        if (!(await this._saveTransfer(record, target, () => this._transfer(record, target, source, place)))) {
            return;
        }
        if (source.count > source.list.records.length) {
            await this._inTurn(() => this.model._loadGroupList(source));
        }
        if (this.canResequence()) {
            await target.list.resequence(record.id, refId);
        }
    }

    /** Show a record in another group. */
    _transfer(record, source, target, index) {
        source.list._removeRecords([record.id]);
        source.count--;
        target.list.records.splice(index, 0, record);
        target.list.count++;
        target.count++;
        [source, target].forEach((group) => this.model.bus.trigger("group-updated", { group }));
    }

    /** Write what the group stands for; `undo` is called where that fails. @returns {Promise<boolean>} */
    async _saveTransfer(record, target, undo) {
        const fieldName = this.groupBy[0].split(":")[0];
        const isNamed = this.groupByField.type === "many2one" && target.value;
        const value = isNamed ? [target.value, target.displayName] : target.value;
        let isSaved = false;
        try {
            isSaved = (await record.update({ [fieldName]: value }, { save: true })) !== false;
        } finally {
            if (!isSaved) {
                undo();
                await record.discard();
            }
        }
        return isSaved;
    }

    resequence(movedGroupId, targetGroupId) {
        return this.model.mutex.exec(async () => {
            const show = (groups) => {
                this.groups = groups;
            };
            await this._resequence(this.groups, this.groupByField.relation, movedGroupId, targetGroupId, show);
        });
    }

    get allFolded() {
        return this.groups.every((group) => group.isFolded);
    }
}
