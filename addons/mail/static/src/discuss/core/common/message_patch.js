import { Message as MessageComponent } from "@mail/core/common/message";
import { messageActionsRegistry } from "@mail/core/common/message_actions";
import { Message } from "@mail/core/common/message_model";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** Messages that stay at hand in their channel. */
patch(Message.prototype, {
    /** Pin the message to its channel, or take it off. */
    async pin() {
        const { orm } = this.env.services;
        await orm.call("discuss.channel", "set_message_pin", [[this.thread.id], this.id, !this.pinned_at]);
    },
});

/** Links of notifications lead to places in the conversation. */
patch(MessageComponent.prototype, {
    onClick(ev) {
        return this.followOwnLink(ev) ? undefined : super.onClick(ev);
    },

    onClickNotificationMessage(ev) {
        return this.followOwnLink(ev) ? undefined : super.onClickNotificationMessage(ev);
    },

    /** @returns {boolean} whether a link was clicked that leads to a place in the conversation */
    followOwnLink(ev) {
        const { oeId: id, oeType: type } = ev.target.closest?.("a[data-oe-type]")?.dataset || {};
        const follow = {
            highlight: () => {
                const message = this.store.Message.insert({ id: Number(id) });
                this.env.messageHighlight?.highlightMessage(message, this.props.thread);
            },
            "pin-menu": () => this.env.pinMenu?.open(),
        }[type];
        if (follow) {
            ev.preventDefault();
            follow();
        }
        return Boolean(follow);
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
