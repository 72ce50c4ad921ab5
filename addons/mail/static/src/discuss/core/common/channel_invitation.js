import { Component, onWillStart, useState } from "@odoo/owl";
import { ImStatus } from "@mail/core/common/im_status";
import { CopyButton } from "@web/core/copy_button/copy_button";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

/** Milliseconds after the last key in which nothing is searched. */
const DELAY = 200;

/** Whether somebody may look for people: users may, outside of pages that others see. @param {Object} store */
export function canSearchPeople(store) {
    return store.self.type === "partner" && !store.inPublicPage;
}

/** Inviting users of the house to a channel, and others by a link. */
export class ChannelInvitation extends Component {
    static template = "discuss.ChannelInvitation";
    static components = { CopyButton, ImStatus };
    static props = ["thread", "close?", "hasSizeConstraints?"];

    setup() {
        this.store = useState(useService("mail.store"));
        this.orm = useService("orm");
        this.core = useService("discuss.core.common");
        this.state = useState({ count: 0, isLoading: true, partners: [], selected: [], term: "" });
        this.searchLater = useDebounced(() => this.search(), DELAY);
        useAutofocus({ refName: "input" });
        onWillStart(() => (this.canSearch ? this.search() : undefined));
    }

    get copyText() {
        return _t("Copy").toString();
    }

    /** Whom the link lets in. */
    get linkText() {
        const { authorizedGroupFullName: group } = this.props.thread;
        return group
            ? _t("Members of %s join by this link:", group)
            : _t("Whoever has this link joins, also without an account:").toString();
    }

    get canSearch() {
        return canSearchPeople(this.store);
    }

    async search() {
        this.state.isLoading = true;
        try {
            const kwargs = { channel_id: this.props.thread.id, search_term: this.state.term };
            const found = await this.orm.silent.call("res.partner", "search_for_channel_invite", [], kwargs);
            const { Persona: partners = [] } = this.store.insert(found.data);
            Object.assign(this.state, { count: found.count, partners });
        } finally {
            this.state.isLoading = false;
        }
    }

    isSelected(partner) {
        return this.state.selected.some((one) => one.eq(partner));
    }

    toggle(partner) {
        const { selected } = this.state;
        this.state.selected = this.isSelected(partner)
            ? selected.filter((one) => one.notEq(partner))
            : [...selected, partner];
    }

    get isOfChat() {
        return this.props.thread.channel_type === "chat";
    }

    /** Two people stay alone: with others they begin a group. */
    async invite() {
        const ids = this.state.selected.map(({ id }) => id);
        const { thread } = this.props;
        if (this.isOfChat) {
            const known = thread.channelMembers.map(({ persona }) => persona.id);
            await this.core.startChat([...new Set([...known, ...ids])]);
        } else {
            await this.orm.call("discuss.channel", "add_members", [[thread.id]], { partner_ids: ids });
        }
        this.state.selected = [];
        await this.search();
        this.props.close?.();
    }
}
