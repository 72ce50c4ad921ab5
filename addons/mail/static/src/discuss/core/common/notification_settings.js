import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Of what in a channel the user wants to hear. */
export class NotificationSettings extends Component {
    static template = "discuss.NotificationSettings";
    static props = ["thread", "hasSizeConstraints?"];

    setup() {
        this.store = useState(useService("mail.store"));
    }

    get choice() {
        return this.props.thread.custom_notifications || "default";
    }

    choose(value) {
        return this.store.settings.setCustomNotifications(value === "default" ? false : value, this.props.thread);
    }

    mute(minutes) {
        return this.store.settings.setMuteDuration(minutes, this.props.thread);
    }
}
