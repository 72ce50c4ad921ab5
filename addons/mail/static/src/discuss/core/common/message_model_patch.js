import { Message } from "@mail/core/common/message_model";
import { Record } from "@mail/core/common/record";
import { patch } from "@web/core/utils/patch";

/** Messages that stay at hand in their channel, or begin a thread. */
patch(Message.prototype, {
    setup() {
        super.setup();
        this.linkedSubChannel = Record.one("Thread", { inverse: "from_message_id" });
    },

    /** Pin the message to its channel, or take it off. */
    async pin() {
        const { orm } = this.env.services;
        await orm.call("discuss.channel", "set_message_pin", [[this.thread.id], this.id, !this.pinned_at]);
    },
});
