import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** The year of a silence that has no end. */
const NEVER = 9999;

/** Of what in a channel the user wants to hear. */
export class NotificationSettings extends Component {
    static template = "discuss.NotificationSettings";
    static props = ["thread", "hasSizeConstraints?"];

    setup() {
        this.store = useState(useService("mail.store"));
    }

    /** The channel that is set up; all of them, if nothing. */
    get thread() {
        return this.props.thread;
    }

    get choice() {
        return this.thread ? this.thread.custom_notifications || "default" : this.store.settings.channel_notifications;
    }

    /** What can be chosen. @returns {Array<{label: string, name: string}>} */
    get choices() {
        const { settings } = this.store;
        const usual = settings.NOTIFICATIONS.find(({ label }) => label === settings.channel_notifications);
        const standard = { label: "default", name: _t("As everywhere (%s)", usual.name).toString() };
        return this.thread ? [standard, ...settings.NOTIFICATIONS] : settings.NOTIFICATIONS;
    }

    get mutedUntil() {
        return (this.thread || this.store.settings).mute_until_dt;
    }

    get muteText() {
        const end = this.mutedUntil;
        const text =
            end.year >= NEVER
                ? _t("Nothing is told until you say otherwise.")
                : _t("Nothing is told until %s.", end.toLocaleString(luxon.DateTime.DATETIME_MED));
        return text.toString();
    }

    choose(value) {
        return this.store.settings.setCustomNotifications(value === "default" ? false : value, this.thread);
    }

    onChangeSilence(ev) {
        return this.mute(Number(ev.target.value));
    }

    mute(minutes) {
        return this.store.settings.setMuteDuration(minutes, this.thread);
    }
}
