import { Component, useEffect, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";

/** Who put which sign to a message. */
export class MessageReactionMenu extends Component {
    static template = "mail.MessageReactionMenu";
    static components = { Dialog };
    static props = ["close", "initialReaction?", "message"];

    setup() {
        this.store = useState(useService("mail.store"));
        this.message = useState(this.props.message);
        this.state = useState({ content: (this.props.initialReaction || this.message.reactions[0])?.content });
        useEffect(
            (count) => {
                if (!count) {
                    this.props.close();
                }
            },
            () => [this.message.reactions.length]
        );
    }

    /** The reaction whose people are shown; another one when it is gone. */
    get reaction() {
        const { reactions } = this.message;
        return reactions.find(({ content }) => content === this.state.content) || reactions[0];
    }
}
