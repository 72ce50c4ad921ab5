import { useChildSubEnv } from "@odoo/owl";
import { threadActionsRegistry } from "@mail/core/common/thread_actions";
import { AttachmentPanel } from "@mail/discuss/core/common/attachment_panel";
import { canSearchPeople, ChannelInvitation } from "@mail/discuss/core/common/channel_invitation";
import { ChannelMemberList } from "@mail/discuss/core/common/channel_member_list";
import { NotificationSettings } from "@mail/discuss/core/common/notification_settings";
import { PinnedMessagesPanel } from "@mail/discuss/core/common/pinned_messages_panel";
import { _t } from "@web/core/l10n/translation";

const isChannel = ({ thread }) => thread?.model === "discuss.channel";
/** What guests have no account for. */
const isOfUser = (component) => isChannel(component) && component.store.self.type === "partner";

threadActionsRegistry
    .add("notification-settings", {
        component: NotificationSettings,
        condition: (component) => isOfUser(component) && Boolean(component.thread.selfMember),
        icon: ({ thread }) => (thread.isMuted ? "fa fa-fw fa-bell-slash" : "fa fa-fw fa-bell"),
        name: _t("Notification Settings"),
        sequence: 10,
        sequenceGroup: 30,
        toggle: true,
    })
    .add("invite-people", {
        component: ChannelInvitation,
        componentProps: (action) => ({ close: () => action.close() }),
        condition: (component) =>
            isChannel(component) && (canSearchPeople(component.store) || Boolean(component.thread.invitationLink)),
        icon: "fa fa-fw fa-user-plus",
        name: _t("Invite People"),
        sequence: 10,
        sequenceGroup: 20,
        toggle: true,
    })
    .add("member-list", {
        component: ChannelMemberList,
        condition: (component) => isChannel(component) && component.thread.hasMemberList,
        icon: "fa fa-fw fa-users",
        name: _t("Members"),
        sequence: 30,
        sequenceGroup: 10,
        toggle: true,
    })
    .add("attachments", {
        component: AttachmentPanel,
        condition: isChannel,
        icon: "fa fa-fw fa-paperclip",
        name: _t("Attachments"),
        sequence: 10,
        sequenceGroup: 10,
        toggle: true,
    })
    .add("pinned-messages", {
        component: PinnedMessagesPanel,
        componentProps: (action) => ({ close: () => action.close() }),
        condition: isChannel,
        icon: "fa fa-fw fa-thumb-tack",
        name: _t("Pinned Messages"),
        sequence: 20,
        sequenceGroup: 10,
        // notifications of what was pinned lead there
        setup: (action) => useChildSubEnv({ pinMenu: { open: () => action.open() } }),
        toggle: true,
    })
    .add("leave", {
        condition: (component) => isOfUser(component) && component.thread.canLeave,
        icon: "fa fa-fw fa-sign-out",
        name: _t("Leave"),
        open: ({ thread }) => thread.leave(),
        sequence: 90,
        sequenceGroup: 40,
    });
