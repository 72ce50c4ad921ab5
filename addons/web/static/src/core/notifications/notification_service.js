import { Component, reactive, useState, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Notification } from "@web/core/notifications/notification";
import { registry } from "@web/core/registry";

const AUTOCLOSE_DELAY = 4000;

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

/** `notification.add(message, {title, type, sticky, buttons, className, onClose})` returns the closing function. */
export const notificationService = {
    start() {
        let nextId = 1;
        const notifications = reactive({});
        registry
            .category("main_components")
            .add(
                "NotificationContainer",
                { Component: NotificationContainer, props: { notifications } },
                { sequence: 100, force: true }
            );
        const add = (message, options = {}) => {
            const { sticky, onClose, autocloseDelay = AUTOCLOSE_DELAY, ...others } = options;
            const id = nextId++;
            let timer = null;
            const close = () => {
                browser.clearTimeout(timer);
                if (id in notifications) {
                    delete notifications[id];
                    onClose?.();
                }
            };
            const freeze = sticky ? undefined : () => browser.clearTimeout(timer);
            const refresh = sticky
                ? undefined
                : () => {
                      browser.clearTimeout(timer);
                      timer = browser.setTimeout(close, autocloseDelay);
                  };
            notifications[id] = { props: { message, close, freeze, refresh, ...others } };
            return close;
        };
        return { add };
    },
};

registry.category("services").add("notification", notificationService);
