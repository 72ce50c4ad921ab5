import { Component } from "@odoo/owl";
import { ACTIVITY_DEPENDENCIES, ActivityButton } from "@mail/core/web/activity_button";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Whether something has to be done about a card. */
export class KanbanActivity extends Component {
    static template = "mail.KanbanActivity";
    static components = { ActivityButton };
    static props = { ...standardFieldProps };
}

export const kanbanActivity = {
    component: KanbanActivity,
    displayName: _t("Kanban Activity"),
    supportedTypes: ["one2many"],
    fieldDependencies: ACTIVITY_DEPENDENCIES,
};

registry.category("fields").add("kanban_activity", kanbanActivity);
