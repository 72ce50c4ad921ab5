import { Component } from "@odoo/owl";
import { ACTIVITY_DEPENDENCIES, ActivityButton } from "@mail/core/web/activity_button";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What has to be done next about a row. */
export class ListActivity extends Component {
    static template = "mail.ListActivity";
    static components = { ActivityButton };
    static props = { ...standardFieldProps };

    get summaryText() {
        const { data } = this.props.record;
        if (data.activity_exception_decoration) {
            return _t("Needs attention").toString();
        }
        return data.activity_state ? data.activity_summary || data.activity_type_id?.[1] || "" : "";
    }
}

export const listActivity = {
    component: ListActivity,
    displayName: _t("List Activity"),
    supportedTypes: ["one2many"],
    fieldDependencies: ACTIVITY_DEPENDENCIES,
    listViewWidth: [150, 300],
};

registry.category("fields").add("list_activity", listActivity);
