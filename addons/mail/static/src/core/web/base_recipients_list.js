import { Component, useState } from "@odoo/owl";

/** How many people are named before the rest is only counted. */
export const MOST_SHOWN = 3;

/** Which followers get the next message. */
export class BaseRecipientsList extends Component {
    static template = "mail.BaseRecipientsList";
    static props = ["className?", "styleString?", "thread"];

    setup() {
        this.state = useState({ showAll: false });
    }

    get shown() {
        const { recipients } = this.props.thread;
        return this.state.showAll ? recipients : recipients.slice(0, MOST_SHOWN);
    }

    get names() {
        return this.shown.map(({ partner }) => partner?.name).join(", ");
    }

    get hiddenCount() {
        return Math.max(0, this.props.thread.recipientsCount - this.shown.length);
    }

    showAll() {
        this.state.showAll = true;
    }
}
