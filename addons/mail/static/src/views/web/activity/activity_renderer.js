import { Component, useState } from "@odoo/owl";
import { ActivityCell } from "@mail/views/web/activity/activity_cell";
import { ActivityRecord } from "@mail/views/web/activity/activity_record";
import { browser } from "@web/core/browser/browser";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { ColumnProgress } from "@web/views/view_components/column_progress";

const BARS = [
    { color: "success", value: "planned", string: () => _t("Planned") },
    { color: "warning", value: "today", string: () => _t("Today") },
    { color: "danger", value: "overdue", string: () => _t("Late") },
    { color: "secondary", value: "done", string: () => _t("Done") },
];

/** A table: records below each other, kinds of activities side by side. */
export class ActivityRenderer extends Component {
    static template = "mail.ActivityRenderer";
    static components = { ActivityCell, ActivityRecord, CheckBox, ColumnProgress, Dropdown, DropdownItem };
    static props = {
        activityResIds: { type: Array, element: Number },
        activityTypes: { type: Array, element: Object },
        archInfo: Object,
        fields: { type: Object, optional: true },
        groupedActivities: Object,
        onEmptyCell: Function,
        onReloadData: Function,
        onScheduleActivity: Function,
        onSendMailTemplate: Function,
        openRecord: Function,
        records: { type: Array, element: Object },
        resModel: String,
        viewId: { type: [Number, Boolean, { value: null }], optional: true },
    };

    setup() {
        this.storageKey = `activity_columns,${this.props.resModel},${this.props.viewId || ""}`;
        this.state = useState({
            /** The share of a column that rows are limited to. */
            filter: null,
            visibleIds: this.loadVisibleIds(),
        });
    }

    // ------------------------------------------------------------------ columns

    /** @returns {number[]|null} ids of the kinds that the user wants to see; null before there was a choice */
    loadVisibleIds() {
        const kept = browser.localStorage.getItem(this.storageKey);
        const ids = (kept || "").split(",").map(Number).filter(Boolean);
        return kept === null ? null : ids;
    }

    isVisible({ id }) {
        const { visibleIds } = this.state;
        return visibleIds ? visibleIds.includes(id) : this.usedTypeIds.has(id) || !this.usedTypeIds.size;
    }

    /** Kinds that some record has an activity of. */
    get usedTypeIds() {
        return new Set(Object.values(this.props.groupedActivities).flatMap((row) => Object.keys(row).map(Number)));
    }

    get visibleTypes() {
        return this.props.activityTypes.filter((type) => this.isVisible(type));
    }

    toggleType(type) {
        const shown = this.visibleTypes.map(({ id }) => id);
        const ids = shown.includes(type.id) ? shown.filter((id) => id !== type.id) : [...shown, type.id];
        this.state.visibleIds = ids;
        browser.localStorage.setItem(this.storageKey, ids.join(","));
    }

    /** @returns {Object[]} what is planned of a kind, by record */
    groupsOf(type) {
        const rows = Object.entries(this.props.groupedActivities);
        return rows
            .filter(([, row]) => row[type.id])
            .map(([resId, row]) => ({ resId: Number(resId), ...row[type.id] }));
    }

    progressBarOf(type) {
        const groups = this.groupsOf(type);
        const isActive = this.state.filter?.typeId === type.id;
        return {
            activeBar: isActive ? this.state.filter.state : null,
            bars: BARS.filter(({ value }) => value !== "done" || type.keep_done).map(({ color, string, value }) => ({
                color,
                count: groups.reduce((sum, { count_by_state: counts }) => sum + (counts[value] || 0), 0),
                string: string().toString(),
                value,
            })),
        };
    }

    aggregateOf(type) {
        const { activeBar, bars } = this.progressBarOf(type);
        const counted = bars.filter(({ value }) => (activeBar ? value === activeBar : value !== "done"));
        return { title: type.name, value: counted.reduce((sum, { count }) => sum + count, 0) };
    }

    /** Show the rows of a share of a column only, or all again. */
    toggleFilter(type, state) {
        const { filter } = this.state;
        const isSame = filter?.typeId === type.id && filter.state === state;
        this.state.filter = isSame ? null : { typeId: type.id, state };
    }

    // ------------------------------------------------------------------ rows

    /** @returns {Object[]} records in the order of what is due */
    get rows() {
        const { activityResIds, groupedActivities, records } = this.props;
        const { filter } = this.state;
        const byId = new Map(records.map((record) => [record.resId, record]));
        return activityResIds
            .filter((id) => !filter || groupedActivities[id]?.[filter.typeId]?.count_by_state[filter.state])
            .map((id) => byId.get(id))
            .filter(Boolean);
    }

    cellOf(record, type) {
        return this.props.groupedActivities[record.resId]?.[type.id];
    }

    emptyLabel(type) {
        return _t("Schedule: %s", type.name).toString();
    }

    /** Send a template to all records that have something of its kind before them. */
    sendMailTemplate(template, type) {
        const due = this.groupsOf(type).filter(({ state }) => state !== "done");
        return this.props.onSendMailTemplate(
            template.id,
            due.map(({ resId }) => resId)
        );
    }
}
