import { AWAY_DELAY, imStatusService } from "@bus/im_status_service";
import { patch } from "@web/core/utils/patch";

/** Whether what is said of a guest is wrong: the page is there, and so is the guest. */
function isMistaken(status, presence) {
    return status === "offline" || (status === "away" && presence.getInactivityPeriod() < AWAY_DELAY);
}

/** Who is there is seen wherever people are shown. */
export const imStatusServicePatch = {
    start(env, services) {
        const service = super.start(env, services);
        const { bus_service: bus, presence } = services;
        bus.subscribe(
            "bus.bus/im_status_updated",
            ({ guest_id: guestId, im_status: status, partner_id: partnerId }) => {
                const store = env.services["mail.store"];
                const data = guestId ? { id: guestId, type: "guest" } : { id: partnerId, type: "partner" };
                const persona = store?.Persona.get(data);
                persona?.debouncedSetImStatus(status);
                if (guestId && persona?.eq(store.self) && isMistaken(status, presence)) {
                    const period = presence.getInactivityPeriod();
                    bus.send("update_presence", { im_status_ids_by_model: {}, inactivity_period: period });
                }
            }
        );
        return service;
    },
};

export const unpatchImStatusService = patch(imStatusService, imStatusServicePatch);
