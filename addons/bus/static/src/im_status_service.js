import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { user } from "@web/core/user";

/** Milliseconds without a key or a click after which somebody is away. */
export const AWAY_DELAY = 30 * 60 * 1000;
/** Milliseconds before the server is told for the first time. */
export const FIRST_UPDATE_DELAY = 500;
/** Milliseconds between two words to the server. */
export const UPDATE_BUS_PRESENCE_DELAY = 60_000;

/** Tells the server whether the user is there. */
export const imStatusService = {
    dependencies: ["bus_service", "presence"],
    start(env, { bus_service: bus, presence }) {
        let timer = null;
        let isAwayTold = false;

        function tell() {
            const period = presence.getInactivityPeriod();
            isAwayTold = period >= AWAY_DELAY;
            bus.send("update_presence", { inactivity_period: period, im_status_ids_by_model: {} });
        }

        /** Tell when nothing happens for long. */
        function watch() {
            browser.clearTimeout(timer);
            timer = browser.setTimeout(tell, Math.max(0, AWAY_DELAY - presence.getInactivityPeriod()));
        }

        function onPresence() {
            if (isAwayTold) {
                tell();
            }
            watch();
        }

        bus.addEventListener("connect", tell, { once: true });
        bus.subscribe("bus.bus/im_status_updated", ({ im_status: status, partner_id: partnerId }) => {
            if (session.is_public || !partnerId || partnerId !== user.partnerId) {
                return;
            }
            // another page of the user was closed, or is idle
            const isActive = presence.getInactivityPeriod() < AWAY_DELAY;
            if (status === "offline" || (status === "away" && isActive)) {
                tell();
            }
        });
        presence.bus.addEventListener("presence", onPresence);
        watch();
    },
};

registry.category("services").add("im_status", imStatusService);
