import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { Message } from "@mail/core/common/message";
import { useService } from "@web/core/utils/hooks";

/** Messages of a channel that stay at hand. */
export class PinnedMessagesPanel extends Component {
    static template = "discuss.PinnedMessagesPanel";
    static components = { Message };
    static props = ["thread", "close?"];

    setup() {
        this.store = useState(useService("mail.store"));
        this.state = useState({ isLoading: false });
        onWillStart(() => void this.load(this.props.thread));
        onWillUpdateProps(({ thread }) => {
            if (thread.notEq(this.props.thread)) {
                this.load(thread);
            }
        });
    }

    async load(thread) {
        this.state.isLoading = true;
        try {
            await thread.fetchPinnedMessages();
        } finally {
            this.state.isLoading = false;
        }
    }

    get messages() {
        return this.props.thread.pinnedMessages;
    }

    /** Show the message among the others. */
    jump(message) {
        const { close, thread } = this.props;
        close?.();
        this.env.messageHighlight?.highlightMessage(message, thread);
    }
}
