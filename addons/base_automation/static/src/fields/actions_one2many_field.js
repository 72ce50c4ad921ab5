import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How many actions a card has room for. */
const SHOWN = 3;
const ICONS = {
    code: "fa-code",
    followers: "fa-user-plus",
    mail_post: "fa-envelope-o",
    multi: "fa-list-ul",
    next_activity: "fa-clock-o",
    object_create: "fa-plus-square-o",
    object_write: "fa-pencil",
    remove_followers: "fa-user-times",
    sms: "fa-comment-o",
    webhook: "fa-share",
};

/** What a rule does, in the order in which it does that, on its card. */
export class ActionsOne2ManyField extends Component {
    static template = "base_automation.ActionsOne2ManyField";
    static props = { ...standardFieldProps };

    get records() {
        return [...getValue(this.props).records].sort((a, b) => a.data.sequence - b.data.sequence);
    }

    get actions() {
        return this.records.slice(0, SHOWN).map(({ data, id }) => ({
            id,
            icon: ICONS[data.state] || "fa-cog",
            name: data.name,
        }));
    }

    get more() {
        const rest = this.records.slice(SHOWN);
        return rest.length && { text: _t("%s more", rest.length), names: rest.map(({ data }) => data.name).join("\n") };
    }
}

export const actionsOne2ManyField = {
    component: ActionsOne2ManyField,
    displayName: _t("Actions of a rule"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "name", type: "char" },
        { name: "sequence", type: "integer" },
        { name: "state", type: "selection", selection: [] },
    ],
};

registry.category("fields").add("base_automation_actions_one2many", actionsOne2ManyField);
