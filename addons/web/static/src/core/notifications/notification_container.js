import { Component, useState, xml } from "@odoo/owl";
import { Notification } from "@web/core/notifications/notification";

/** Where notifications stack. */
export class NotificationContainer extends Component {
    static template = xml`
        <div class="o_notification_manager">
            <t t-foreach="Object.entries(notifications)" t-as="entry" t-key="entry[0]">
                <Notification t-props="entry[1].props"/>
            </t>
        </div>`;
    static components = { Notification };
    static props = { notifications: Object };

    setup() {
        this.notifications = useState(this.props.notifications);
        this.Object = Object;
    }
}
