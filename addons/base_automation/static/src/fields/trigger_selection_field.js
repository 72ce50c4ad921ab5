import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** Triggers under what they are about. */
const GROUPS = [
    {
        label: _t("Records are saved"),
        triggers: ["on_create", "on_write", "on_create_or_write", "on_unlink", "on_archive", "on_unarchive"],
    },
    {
        label: _t("A value is set"),
        triggers: ["on_stage_set", "on_state_set", "on_priority_set", "on_tag_set", "on_user_set"],
    },
    { label: _t("A time comes"), triggers: ["on_time", "on_time_created", "on_time_updated"] },
    { label: _t("Messages"), triggers: ["on_message_received", "on_message_sent"] },
    { label: _t("Somebody types in a form"), triggers: ["on_change"] },
    { label: _t("Another program calls"), triggers: ["on_webhook"] },
];
const OTHERS = _t("Others");

const field = (type, ...names) => ({ names: [...names, ...names.map((name) => `x_studio_${name}`)], types: [type] });
const ACTIVE = { names: ["active", "x_active"], types: ["boolean"] };
/** Fields that triggers watch: without one of them a trigger is of no use. */
const WATCHED = {
    on_archive: ACTIVE,
    on_priority_set: field("selection", "priority"),
    on_stage_set: field("many2one", "stage_id"),
    on_state_set: field("selection", "state"),
    on_tag_set: field("many2many", "tag_ids"),
    on_time_created: { names: ["create_date"], types: ["datetime"] },
    on_time_updated: { names: ["write_date"], types: ["datetime"] },
    on_unarchive: ACTIVE,
    on_user_set: {
        names: [...field("", "user_id").names, ...field("", "user_ids").names],
        types: ["many2one", "many2many"],
        relation: "res.users",
    },
};
const NAMES = [...new Set(Object.values(WATCHED).flatMap(({ names }) => names))];

/** What a rule waits for: what its records can do, in groups. */
export class TriggerSelectionField extends SelectionField {
    static template = "base_automation.TriggerSelectionField";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.state = useState({ fields: [] });
        useRecordObserver((record) => this.loadFields(record.data.model_id?.[0]));
    }

    async loadFields(modelId) {
        if (modelId !== this.modelId) {
            this.modelId = modelId;
            const domain = [
                ["model_id", "=", modelId],
                ["name", "in", NAMES],
            ];
            const fields = modelId
                ? await this.orm.searchRead("ir.model.fields", domain, ["name", "ttype", "relation"])
                : [];
            if (modelId === this.modelId) {
                this.state.fields = fields;
            }
        }
    }

    /** Whether records of the model can do that. What is chosen already is shown in any case. */
    isPossible(trigger) {
        if (trigger === this.value) {
            return true;
        }
        if (trigger.startsWith("on_message_")) {
            return Boolean(this.props.record.data.model_is_mail_thread);
        }
        const watched = WATCHED[trigger];
        return (
            !watched ||
            this.state.fields.some(
                ({ name, relation, ttype }) =>
                    watched.names.includes(name) &&
                    watched.types.includes(ttype) &&
                    (!watched.relation || watched.relation === relation)
            )
        );
    }

    get groups() {
        const labels = Object.fromEntries(this.options);
        const known = new Set(GROUPS.flatMap(({ triggers }) => triggers));
        const others = this.options.map(([key]) => key).filter((key) => !known.has(key));
        return [...GROUPS, { label: OTHERS, triggers: others }]
            .map(({ label, triggers }) => ({
                label,
                options: triggers
                    .filter((key) => key in labels && this.isPossible(key))
                    .map((key) => [key, labels[key]]),
            }))
            .filter(({ options }) => options.length);
    }
}

export const triggerSelectionField = {
    ...selectionField,
    component: TriggerSelectionField,
    supportedTypes: ["selection"],
    fieldDependencies: [
        { name: "model_id", type: "many2one", relation: "ir.model" },
        { name: "model_is_mail_thread", type: "boolean" },
    ],
};

registry.category("fields").add("base_automation_trigger_selection", triggerSelectionField);
