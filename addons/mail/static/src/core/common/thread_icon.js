import { Component } from "@odoo/owl";
import { ImStatus } from "@mail/core/common/im_status";

const BOX_ICONS = { inbox: "fa-inbox", starred: "fa-star-o", history: "fa-history" };

/** What kind of conversation it is. */
export class ThreadIcon extends Component {
    static template = "mail.ThreadIcon";
    static components = { ImStatus };
    static props = { className: { type: String, optional: true }, thread: Object };
    static defaultProps = { className: "" };

    get icon() {
        const { thread } = this.props;
        if (thread.model === "mail.box") {
            return BOX_ICONS[thread.id];
        }
        if (thread.channel_type === "channel") {
            return thread.authorizedGroupFullName ? "fa-hashtag" : "fa-globe";
        }
        return thread.channel_type === "group" ? "fa-users" : "fa-comments";
    }
}
