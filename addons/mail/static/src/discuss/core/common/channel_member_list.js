import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { ImStatus } from "@mail/core/common/im_status";
import { useService } from "@web/core/utils/hooks";

/** Who is in a channel. */
export class ChannelMemberList extends Component {
    static template = "discuss.ChannelMemberList";
    static components = { ImStatus };
    static props = ["thread", "openChannelInvitePanel?", "className?"];

    setup() {
        this.store = useState(useService("mail.store"));
        onWillStart(() => this.load(this.props.thread));
        onWillUpdateProps(({ thread }) => this.load(thread));
    }

    load(thread) {
        if (thread.fetchMembersState === "not_fetched") {
            return thread.fetchChannelMembers();
        }
    }

    get groups() {
        const { offlineMembers, onlineMembers } = this.props.thread;
        return [
            { members: onlineMembers, title: "online" },
            { members: offlineMembers, title: "offline" },
        ].filter(({ members }) => members.length);
    }

    get missing() {
        const { channelMembers, memberCount } = this.props.thread;
        return Math.max(0, memberCount - channelMembers.length);
    }

    canOpenChat({ persona }) {
        return !this.store.inPublicPage && persona?.type === "partner" && persona.notEq(this.store.self);
    }

    openChat(member) {
        if (this.canOpenChat(member)) {
            this.store.openChat({ partnerId: member.persona.id });
        }
    }
}
