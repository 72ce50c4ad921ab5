import { threadActionsRegistry } from "@mail/core/common/thread_actions";
import { ChannelInvitation } from "@mail/discuss/core/common/channel_invitation";
import { ChannelMemberList } from "@mail/discuss/core/common/channel_member_list";
import { NotificationSettings } from "@mail/discuss/core/common/notification_settings";
import { _t } from "@web/core/l10n/translation";

const isChannel = ({ thread }) => thread?.model === "discuss.channel";

threadActionsRegistry
    .add("notification-settings", {
        component: NotificationSettings,
        condition: (component) => isChannel(component) && Boolean(component.thread.selfMember),
        icon: ({ thread }) => (thread.isMuted ? "fa fa-fw fa-bell-slash" : "fa fa-fw fa-bell"),
        name: _t("Notification Settings"),
        sequence: 10,
        sequenceGroup: 30,
        toggle: true,
    })
    .add("invite-people", {
        component: ChannelInvitation,
        componentProps: (action) => ({ close: () => action.close() }),
        condition: (component) => isChannel(component) && component.store.self.type === "partner",
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
    .add("leave", {
        condition: (component) => isChannel(component) && component.thread.canLeave,
        icon: "fa fa-fw fa-sign-out",
        name: _t("Leave"),
        open: ({ thread }) => thread.leave(),
        sequence: 90,
        sequenceGroup: 40,
    });
