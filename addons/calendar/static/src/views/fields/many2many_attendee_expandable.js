import { useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { Many2ManyAttendee, many2ManyAttendee, STATES } from "@calendar/views/fields/many2many_attendee";

/** Those who attend, on a card: how many come, and who they are on demand. */
export class Many2ManyAttendeeExpandable extends Many2ManyAttendee {
    static template = "calendar.Many2ManyAttendeeExpandable";

    setup() {
        super.setup();
        this.state = useState({ isExpanded: false });
    }

    get summary() {
        const { accepted_count: accepted, attendees_count: all, declined_count: declined } = this.props.record.data;
        if (all < 2) {
            return _t("%s attendee", all).toString();
        }
        return _t("%(all)s attendees: %(accepted)s come, %(declined)s do not", { accepted, all, declined }).toString();
    }

    /** @returns {{id: number, name: string, icon: string, label: string}[]} who attends, with the answers */
    get rows() {
        return this.tags.map(({ resId, text, img }) => {
            const state = STATES[this.detailOf(resId)?.status] || STATES.needsAction;
            return { id: resId, name: text, img, icon: state.icon, label: state.label.toString() };
        });
    }

    toggle() {
        this.state.isExpanded = !this.state.isExpanded;
    }
}

export const many2ManyAttendeeExpandable = { ...many2ManyAttendee, component: Many2ManyAttendeeExpandable };

registry.category("fields").add("many2manyattendeeexpandable", many2ManyAttendeeExpandable);
