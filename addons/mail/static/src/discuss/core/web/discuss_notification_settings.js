import { NotificationSettings } from "@mail/discuss/core/common/notification_settings";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Of what the user wants to hear, where a channel has no wishes of its own. */
export class DiscussNotificationSettings extends NotificationSettings {
    static props = { ...standardActionServiceProps };

    get thread() {
        return undefined;
    }
}

registry.category("actions").add("mail.discuss_notification_settings_action", DiscussNotificationSettings, {
    force: true,
});
