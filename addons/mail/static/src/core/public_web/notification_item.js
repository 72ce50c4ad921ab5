import { Component } from "@odoo/owl";
import { ImStatus } from "@mail/core/common/im_status";
import { RelativeTime } from "@mail/core/common/relative_time";

/** One line of the menu of messages. */
export class NotificationItem extends Component {
    static template = "mail.NotificationItem";
    static components = { ImStatus, RelativeTime };
    static props = [
        "body?",
        "counter?",
        "datetime?",
        "displayName?",
        "hasMarkAsReadButton?",
        "iconSrc?",
        "isActive?",
        "muted?",
        "onClick",
        "onSwipeLeft?",
        "onSwipeRight?",
        "persona?",
        "slots?",
        "thread?",
    ];
    static defaultProps = { counter: 0, muted: 0 };

    onClickRead(ev) {
        ev.stopPropagation();
        this.props.onClick(true);
    }
}
