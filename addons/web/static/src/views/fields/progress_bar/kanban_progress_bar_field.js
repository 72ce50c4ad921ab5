import { registry } from "@web/core/registry";
import { ProgressBarField, progressBarField } from "@web/views/fields/progress_bar/progress_bar_field";

/** Bar on a card, whose value is changed there unless modifiers block it. */
export class KanbanProgressBarField extends ProgressBarField {}

export const kanbanProgressBarField = {
    ...progressBarField,
    component: KanbanProgressBarField,
    extractProps(fieldInfo, dynamicInfo) {
        return { ...progressBarField.extractProps(fieldInfo, dynamicInfo), readonly: dynamicInfo.readonly };
    },
};

registry.category("fields").add("kanban.progressbar", kanbanProgressBarField);
