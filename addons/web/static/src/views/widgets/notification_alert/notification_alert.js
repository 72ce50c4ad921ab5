import { Component, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Tells that the browser blocks the notifications of this site. */
export class NotificationAlert extends Component {
    static template = xml`
        <div t-if="isBlocked" class="alert alert-warning" role="alert">
            Your browser blocks notifications of this site: allow them in its settings to be told about new messages.
        </div>`;
    static props = { ...standardWidgetProps };

    get isBlocked() {
        return browser.Notification?.permission === "denied";
    }
}

export const notificationAlert = { component: NotificationAlert };

registry.category("view_widgets").add("notification_alert", notificationAlert);
