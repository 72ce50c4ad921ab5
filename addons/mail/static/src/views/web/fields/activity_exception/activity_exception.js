import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Mark of a record that an activity asks attention for. */
export class ActivityException extends Component {
    static template = "mail.ActivityException";
    static props = { ...standardFieldProps };

    /** @returns {string|undefined} classes of the mark; undefined where there is none */
    get textClass() {
        const { data } = this.props.record;
        const decoration = data[this.props.name];
        return decoration ? `text-${decoration} ${data.activity_exception_icon || "fa-warning"}` : undefined;
    }
}

export const activityException = {
    component: ActivityException,
    displayName: _t("Activity Exception"),
    supportedTypes: ["selection"],
    fieldDependencies: [{ name: "activity_exception_icon", type: "char" }],
    noLabel: true,
    label: false,
};

registry.category("fields").add("activity_exception", activityException);
