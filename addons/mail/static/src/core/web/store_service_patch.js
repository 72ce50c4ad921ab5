import { formAction, untilClosed } from "@mail/core/common/calls";
import { Record } from "@mail/core/common/record";
import { Store } from "@mail/core/common/store_service";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** Mailboxes of the user. */
const BOXES = { inbox: _t("Inbox"), starred: _t("Starred"), history: _t("History") };

/** What pages of the backend know: mailboxes, and what the user has to do. */
const storePatch = {
    setup() {
        super.setup();
        for (const name of Object.keys(BOXES)) {
            this[name] = Record.one("Thread");
        }
        const tell = (store) => store.onUpdateActivityGroups();
        this.activityGroups = Record.attr([], {
            onUpdate() {
                tell(this);
            },
        });
        Object.assign(this, { activityCounter: 0, activity_counter_bus_id: 0, activityBroadcastChannel: undefined });
    },

    onStarted() {
        super.onStarted();
        for (const [id, name] of Object.entries(BOXES)) {
            this[id] = { id, model: "mail.box", name: name.toString() };
        }
        if (browser.BroadcastChannel) {
            this.activityBroadcastChannel = new browser.BroadcastChannel("mail.activity.channel");
            this.activityBroadcastChannel.onmessage = (ev) => this._onActivityBroadcast(ev.data);
        }
    },

    get initMessagingParams() {
        return { ...super.initMessagingParams, failures: true, systray_get_activities: true };
    },

    /** Called when the server tells what the user has to do. */
    onUpdateActivityGroups() {},

    /** Another tab knows something new. */
    _onActivityBroadcast({ type, payload }) {
        if (type === "INSERT") {
            this.Activity.insert(payload, { broadcast: false, html: true });
        } else if (type === "DELETE") {
            this.Activity.get(payload)?.remove({ broadcast: false });
        } else if (type === "RELOAD_CHATTER") {
            const thread = this.Thread.get(payload);
            thread?.fetchNewMessages();
            thread?.fetchData(["activities"]);
        }
    },

    /**
     * Plan something to do, in a dialog.
     *
     * @param {string} resModel
     * @param {number[]} resIds
     * @param {number} [defaultActivityTypeId]
     * @returns {Promise<void>} when the dialog is closed
     */
    scheduleActivity(resModel, resIds, defaultActivityTypeId) {
        const context = { active_id: resIds[0], active_ids: resIds, active_model: resModel };
        if (defaultActivityTypeId !== undefined) {
            context.default_activity_type_id = defaultActivityTypeId;
        }
        const name = _t("Plan an activity");
        return untilClosed(this.env, formAction("mail.activity.schedule", undefined, { context, name, target: "new" }));
    },

    /** Take the user's mark from all messages. */
    async unstarAll() {
        const known = Object.values(this.Message.records).filter(({ starred }) => starred);
        await this.env.services.orm.call("mail.message", "unstar_all");
        this.MAKE_UPDATE(() => {
            known.forEach((message) => (message.starred = false));
            this.starred.counter = 0;
            this.starred.messages.clear();
        });
    },

    /** Channels in which something is to be read by the user. */
    getNeedactionChannels() {
        return channelsOf(this).filter(({ importantCounter }) => importantCounter);
    },

    /** Channels in the order in which something happened there. */
    getRecentChannels() {
        return channelsOf(this);
    },
};

/** All channels that are known, the last one to be heard of first. */
function channelsOf(store) {
    const found = Object.values(store.Thread.records).filter(({ model }) => model === "discuss.channel");
    const age = ({ id, lastInterestDt }) => [lastInterestDt?.ts || 0, id];
    return found.sort((one, other) => {
        const [at, id] = age(one);
        const [otherAt, otherId] = age(other);
        return otherAt - at || otherId - id;
    });
}

patch(Store.prototype, storePatch);
