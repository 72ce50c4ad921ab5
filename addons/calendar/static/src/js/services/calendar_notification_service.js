import { _t } from "@web/core/l10n/translation";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** Browsers count milliseconds in 32 bits. */
const LONGEST = 2 ** 31 - 1;

/** Milliseconds until a reminder is shown. */
function delayOf({ timer }) {
    return Math.min(timer * 1000, LONGEST);
}

/** The reminders that a browser has to show. */
class Reminders {
    constructor({ action, notification }) {
        Object.assign(this, { action, notification });
        this.timers = [];
        /** Ways to close what is shown, by event and reminder. */
        this.shown = new Map();
    }

    /** Have reminders shown when they are due; what was to be shown before is forgotten. */
    plan(reminders) {
        this.timers.forEach((timer) => browser.clearTimeout(timer));
        this.timers = reminders.map((reminder) => browser.setTimeout(() => this.show(reminder), delayOf(reminder)));
        if (reminders.length) {
            const last = Math.max(...reminders.map(delayOf)) + 1;
            this.timers.push(browser.setTimeout(() => this.refresh(), last));
        }
    }

    async refresh() {
        try {
            this.plan(await rpc("/calendar/notify", {}, { silent: true }));
        } catch (error) {
            // the server tells of them again when something about them changes
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    /** Show a reminder, unless it is there already. */
    show({ alarm_id: alarmId, event_id: eventId, message, title }) {
        const key = `${eventId},${alarmId}`;
        if (this.shown.has(key)) {
            return;
        }
        const close = () => this.shown.get(key)?.();
        const buttons = [
            { name: _t("Got it").toString(), primary: true, onClick: () => this.acknowledge().then(close) },
            { name: _t("Details").toString(), onClick: () => this.open(eventId).then(close) },
            { name: _t("Later").toString(), onClick: close },
        ];
        const onClose = () => this.shown.delete(key);
        this.shown.set(key, this.notification.add(message, { title, type: "warning", sticky: true, onClose, buttons }));
    }

    acknowledge() {
        return rpc("/calendar/notify_ack");
    }

    open(eventId) {
        const form = { res_model: "calendar.event", views: [[false, "form"]] };
        return this.action.doAction({ ...form, res_id: eventId, type: "ir.actions.act_window" });
    }
}

/** Shows the reminders of events when they are due. */
export const calendarNotificationService = {
    dependencies: ["action", "bus_service", "notification"],

    start(_env, services) {
        const reminders = new Reminders(services);
        services.bus_service.subscribe("calendar.alarm", (due) => reminders.plan(due));
        services.bus_service.start();
        return reminders;
    },
};

registry.category("services").add("calendarNotification", calendarNotificationService);
