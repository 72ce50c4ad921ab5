import { Record } from "@mail/core/common/record";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** How long the user may not want to hear of anything, in minutes. */
const MUTE_MINUTES = { "15_mins": 15, "1_hour": 60, "3_hours": 180, "8_hours": 480, "24_hours": 1440, forever: -1 };

function muteName(minutes) {
    if (minutes < 0) {
        return _t("Until I say otherwise");
    }
    const hours = minutes / 60;
    return hours < 1 ? _t("For %s minutes", minutes) : hours === 1 ? _t("For one hour") : _t("For %s hours", hours);
}

/** What the user set for messages. */
export class Settings extends Record {
    id;
    /** @type {"all"|"mentions"|"no_notif"} of what the user is told in channels */
    channel_notifications = Record.attr("mentions", {
        compute() {
            return this._channelNotifications || "mentions";
        },
    });
    mute_until_dt = Record.attr(false, { type: "datetime" });
    /** Whether the microphone is open only while a key is held, which, and how many milliseconds longer. */
    use_push_to_talk = Record.attr(false);
    push_to_talk_key = Record.attr("");
    voice_active_duration = Record.attr(200);
    volumes = Record.many("Volume", { inverse: "settings" });
    NOTIFICATIONS = [
        { label: "all", name: _t("All messages") },
        { label: "mentions", name: _t("Mentions only") },
        { label: "no_notif", name: _t("Nothing") },
    ];
    MUTES = Object.entries(MUTE_MINUTES).map(([label, value]) => ({ label, value, name: muteName(value) }));

    update(data) {
        const { channel_notifications: told, ...others } = data;
        super.update(told === undefined ? others : { ...others, channel_notifications: told || "mentions" });
    }

    /** @param {"all"|"mentions"|"no_notif"|false} value @param {Object} [thread] all channels by default */
    async setCustomNotifications(value, thread) {
        await rpc("/discuss/settings/custom_notifications", {
            channel_id: thread?.id,
            custom_notifications: !thread && value === "mentions" ? false : value,
        });
    }

    /** @param {number|false} minutes -1: until it is taken back @param {Object} [thread] all channels by default */
    async setMuteDuration(minutes, thread) {
        await rpc("/discuss/settings/mute", { channel_id: thread?.id, minutes });
    }

    /** Keep a value on the server. @param {string} key @param {any} value */
    async save(key, value) {
        const { orm } = this.env.services;
        await orm.call("res.users.settings", "set_res_users_settings", [[this.id]], { new_settings: { [key]: value } });
    }
}
Settings.register();

registry.category("mail.settings").add("notifications", Settings);
