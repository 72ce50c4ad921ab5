import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import {
    Many2ManyTagsAvatarField,
    many2ManyTagsAvatarField,
} from "@web/views/fields/many2many_tags_avatar/many2many_tags_avatar_field";
import { useSpecialData } from "@web/views/fields/special_data";

/** What was answered, and how it is said. */
export const STATES = {
    accepted: { icon: "check", label: _t("comes") },
    declined: { icon: "times", label: _t("does not come") },
    tentative: { icon: "question", label: _t("comes maybe") },
    needsAction: { icon: "", label: _t("did not answer yet") },
};

/** Those who attend, with what they answered; the organizer comes first. */
export class Many2ManyAttendee extends Many2ManyTagsAvatarField {
    setup() {
        super.setup();
        this.details = useSpecialData((orm, props) => {
            const { resId } = props.record;
            const partnerIds = props.record.data[props.name].currentIds;
            return resId && partnerIds.length
                ? orm.call("res.partner", "get_attendee_detail", [partnerIds, [resId]])
                : Promise.resolve([]);
        });
    }

    /** @returns {Object|undefined} the part of a contact in the event */
    detailOf(partnerId) {
        return this.details.data?.find(({ id }) => id === partnerId);
    }

    get tags() {
        const { data } = this.props.record;
        const invalid = new Set(data.invalid_email_partner_ids?.currentIds);
        const organizer = data.partner_id?.[0];
        const tags = super.tags.map((tag) => this.withAnswer(tag, invalid));
        return [...tags.filter(({ resId }) => resId === organizer), ...tags.filter(({ resId }) => resId !== organizer)];
    }

    /** A label with the answer, and whether there is an address for e-mails. */
    withAnswer(tag, invalid) {
        const detail = this.detailOf(tag.resId);
        const state = detail && STATES[detail.status];
        const className = [
            state ? `o_attendee_tag_${detail.status}` : "",
            invalid.has(tag.resId) ? "o_attendee_tag_invalid" : "",
        ].join(" ");
        return { ...tag, className, icon: state?.icon };
    }
}

export const many2ManyAttendee = {
    ...many2ManyTagsAvatarField,
    component: Many2ManyAttendee,
    additionalClasses: ["o_field_many2many_tags_avatar"],
};

registry.category("fields").add("many2manyattendee", many2ManyAttendee);
