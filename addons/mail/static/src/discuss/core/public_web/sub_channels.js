import { useChildSubEnv } from "@odoo/owl";
import { messageActionsRegistry } from "@mail/core/common/message_actions";
import { Message } from "@mail/core/common/message_model";
import { threadActionsRegistry } from "@mail/core/common/thread_actions";
import { SubChannelList } from "@mail/discuss/core/public_web/sub_channel_list";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** Threads that begin with a message. */
patch(Message.prototype, {
    /** Open the thread that began with this message. */
    async openSubChannel() {
        const { id } = this.linkedSubChannel;
        const thread = await this.store.Thread.getOrFetch({ id, model: "discuss.channel" });
        thread?.open();
    },
});

/** Users begin threads in channels; whoever sees one opens it. */
function canBeginThread({ props: { message, thread }, store }) {
    return (
        Boolean(thread?.hasSubChannelFeature) &&
        !thread.parent_channel_id &&
        Boolean(message.thread?.eq(thread)) &&
        message.message_type === "comment" &&
        !message.isTemporary &&
        store.self.type === "partner"
    );
}

messageActionsRegistry.add("create-or-view-thread", {
    condition: (component) => Boolean(component.props.message.linkedSubChannel) || canBeginThread(component),
    icon: "fa fa-comments-o",
    title: ({ props }) => (props.message.linkedSubChannel ? _t("Open the thread") : _t("Begin a thread")),
    onClick: ({ props: { message, thread } }) =>
        message.linkedSubChannel ? message.openSubChannel() : thread.createSubChannel({ initialMessage: message }),
    sequence: 75,
});

threadActionsRegistry.add("show-threads", {
    component: SubChannelList,
    componentProps: (action) => ({ close: () => action.close() }),
    condition: ({ thread }) => thread?.model === "discuss.channel" && thread.hasSubChannelFeature,
    icon: "fa fa-fw fa-comments-o",
    name: _t("Threads"),
    sequence: ({ props }) => (props.chatWindow ? 40 : 5),
    sequenceGroup: 10,
    // notifications of new threads lead there
    setup: (action) => useChildSubEnv({ subChannelMenu: { open: () => action.open() } }),
    toggle: true,
});
