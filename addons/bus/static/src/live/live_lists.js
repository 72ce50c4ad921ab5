/** Rows and cards that others change are read again, where the user sees them and does nothing with them. */
import { onWillUnmount, toRaw, useEffect } from "@odoo/owl";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { getBasicEvalContext, getFieldsSpec } from "@web/model/relational_model/utils";
import { RecordListController } from "@web/views/records_controller";
import { MAX_WATCHED } from "@bus/live/live_records_service";

/** @returns {Object[]} records that the list shows, those of open groups too */
function shownRecords({ root, useSampleModel }) {
    return root && !useSampleModel ? root._shownRecords : [];
}

function shownIds(model) {
    const records = toRaw(shownRecords(toRaw(model)));
    return records
        .slice(0, MAX_WATCHED)
        .map((record) => toRaw(record).config.resId)
        .filter(Boolean);
}

/** Types of fields whose value says by itself in which group a record is. */
const PLAIN = new Set(["boolean", "char", "integer", "many2one", "selection"]);

/** @returns {Object[]} the groups that have records, not groups */
function leaves({ groups = [] }) {
    return groups.flatMap((group) => (group.isGrouped ? leaves(group.list) : [group]));
}

/** Names of fields that tell in which group a record is. */
function groupFields({ fields, groupBy = [] }) {
    return groupBy.map((spec) => spec.split(":")[0]).filter((name) => PLAIN.has(fields[name]?.type));
}

/** Whether a record that was read again belongs to another group than the one it is shown in. */
function isInOtherGroup(root, record, row) {
    const group = leaves(root).find(({ records }) => records.some(({ id }) => id === record.id));
    const name = group?.config.groupByFieldName;
    if (!groupFields(root).includes(name)) {
        return false;
    }
    return ((row[name]?.id ?? row[name]) || false) !== (group.serverValue || false);
}

/**
 * Read rows again and put their values in their places: what is selected, edited or scrolled to stays so.
 *
 * @param {Object} model
 * @param {Set<number>} ids
 */
export async function refreshRows(model, ids) {
    const { root } = model;
    if (!root) {
        return;
    }
    const isStale = (record) => ids.has(record.resId) && !record.dirty && !record.isInEdition;
    let isElsewhere = false;
    await root._inTurn(async () => {
        const stale = model.root === root ? shownRecords(model).filter(isStale) : [];
        if (!stale.length) {
            return;
        }
        const { activeFields, fields, resModel } = root;
        const specification = getFieldsSpec(activeFields, fields, getBasicEvalContext(root.config));
        groupFields(root).forEach((name) => (specification[name] ??= {}));
        const { records: rows } = await model.orm.silent.webSearchRead(
            resModel,
            [["id", "in", stale.map(({ resId }) => resId)]],
            {
                specification,
                context: { ...model._readContext(root.config), active_test: false },
                count_limit: 1,
            }
        );
        const byId = new Map(rows.map((row) => [row.id, row]));
        for (const record of stale.filter(isStale)) {
            const row = byId.get(record.resId);
            isElsewhere ||= !row || isInOtherGroup(root, record, row);
            if (row) {
                record._setData(row);
            }
        }
    });
    const isBusy = root.editedRecord || root.selection.length || model.root !== root;
    if (isElsewhere && !isBusy) {
        // a row that is gone, or a card that is in another column
        await model.load();
    }
}

/** Nobody asked for it: rows that cannot be read stay as they are. */
async function refreshQuietly(model, ids) {
    try {
        await refreshRows(model, ids);
    } catch (error) {
        if (!(error instanceof RPCError || error instanceof ConnectionLostError)) {
            throw error;
        }
    }
}

patch(RecordListController.prototype, {
    /** @this {RecordListController} */
    setup() {
        super.setup(...arguments);
        const live = useService("live_records");
        const watch = live.watch({
            resModel: this.props.resModel,
            getIds: () => shownIds(this.model),
            onChanged: (changed) => refreshQuietly(this.model, new Set(changed.keys())),
        });
        useEffect(
            () => watch.update(),
            () => [shownIds(this.model).join()]
        );
        onWillUnmount(() => watch.stop());
    },
});
