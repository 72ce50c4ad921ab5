import { Message as MessageComponent } from "@mail/core/common/message";
import { messageActionsRegistry } from "@mail/core/common/message_actions";
import { Thread as ThreadComponent } from "@mail/core/common/thread";
import { followOwnLink } from "@mail/discuss/core/common/own_links";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** Links lead to places in the conversation. */
patch(MessageComponent.prototype, {
    onClick(ev) {
        return followOwnLink(this, ev) ? undefined : super.onClick(ev);
    },

    onClickNotificationMessage(ev) {
        return followOwnLink(this, ev) ? undefined : super.onClickNotificationMessage(ev);
    },
});

patch(ThreadComponent.prototype, {
    onClickNotification(ev) {
        return followOwnLink(this, ev) ? undefined : super.onClickNotification(ev);
    },
});

messageActionsRegistry.add("pin", {
    condition: ({ props, store }) =>
        store.self.type === "partner" &&
        props.thread?.model === "discuss.channel" &&
        !props.message.isTemporary &&
        !props.message.is_transient,
    icon: "fa fa-thumb-tack",
    title: ({ props }) => (props.message.pinned_at ? _t("Unpin") : _t("Pin")),
    onClick: ({ props }) => props.message.pin(),
    sequence: 65,
});
