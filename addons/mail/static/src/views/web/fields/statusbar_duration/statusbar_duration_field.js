import { formatDuration } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { StatusBarField, statusBarField } from "@web/views/fields/statusbar/statusbar_field";

/** Stages of a document, with the time that it was in each. */
export class StatusBarDurationField extends StatusBarField {
    getAllItems() {
        const durations = this.props.record.data.duration_tracking || {};
        return super.getAllItems().map((item) => {
            const seconds = durations[item.value];
            const time = seconds && formatDuration(seconds, false);
            return time ? { ...item, name: item.label, label: `${item.label} (${time})` } : item;
        });
    }

    /** The record gets the name of the stage, without time. */
    selectItem(item) {
        return super.selectItem({ ...item, label: item.name || item.label });
    }
}

export const statusBarDurationField = {
    ...statusBarField,
    component: StatusBarDurationField,
    displayName: _t("Status with time"),
    fieldDependencies: [{ name: "duration_tracking", type: "json" }],
};

registry.category("fields").add("statusbar_duration", statusBarDurationField);
