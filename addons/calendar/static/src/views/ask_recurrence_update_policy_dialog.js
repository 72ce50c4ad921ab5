import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** What can be answered, in the words of users. */
export const UPDATE_POLICIES = {
    self_only: _t("This event"),
    future_events: _t("This and following events"),
    all_events: _t("All events"),
};

/** Asks which events of a series a change is for. */
export class AskRecurrenceUpdatePolicyDialog extends Component {
    static template = "calendar.AskRecurrenceUpdatePolicyDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        confirm: Function,
        /** Answers that are offered; all of them without. */
        policies: { type: Array, optional: true },
    };

    setup() {
        this.policies = this.props.policies || Object.keys(UPDATE_POLICIES);
        this.state = useState({ selected: this.policies[0] });
    }

    labelOf(policy) {
        return UPDATE_POLICIES[policy].toString();
    }

    select(policy) {
        this.state.selected = policy;
    }

    confirm() {
        this.props.confirm(this.state.selected);
        this.props.close();
    }
}
