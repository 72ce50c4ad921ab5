/** Plays tours, by itself or with the user; loaded when there is a tour. */

import { markup } from "@odoo/owl";
import { TourAutomatic } from "@web/../tests/tours/tour_automatic";
import { tourState } from "@web/../tests/tours/tour_state";
import { validateStep } from "@web/../tests/tours/tour_step";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { makePointer } from "./pointer_state";
import { TourInteractive } from "./tour_interactive";

/** Milliseconds for which the pointer is seen where somebody watches. */
const WATCHED = 250;

/** Do a tour, and tell whoever asked for it on the page how it went. */
function playAlone({ services }, tour, config, from) {
    const showPointerDuration = config.showPointerDuration || (config.keepWatchBrowser ? WATCHED : 0);
    const pointer = showPointerDuration ? makePointer(services.overlay) : undefined;
    const automatic = new TourAutomatic(tour, { ...config, showPointerDuration }, pointer);
    const tell = (isDone) => {
        pointer?.stop();
        if (config.fromDB && !automatic.isOver) {
            const message = isDone
                ? _t("The tour %s went through.", tour.name)
                : _t("The tour %(name)s stopped at step %(number)s: the console of the browser tells why.", {
                      name: tour.name,
                      number: automatic.index + 1,
                  });
            services.notification.add(message, { type: isDone ? "success" : "danger", sticky: !isDone });
        }
    };
    automatic.run(from).then(tell);
    return automatic;
}

/** Lead the user through a tour. */
function playWithUser(service, tour, config, from) {
    const { effect, overlay } = service.services;
    const interactive = new TourInteractive(tour.steps, makePointer(overlay), () => {
        tourState.clear();
        if (config.rainbowManMessage) {
            // the server made it safe when it was kept
            const message = config.fromDB ? markup(config.rainbowManMessage) : config.rainbowManMessage;
            effect.add({ type: "rainbow_man", message });
        }
        service.consume(tour.name);
    });
    interactive.start(from);
    return interactive;
}

export const player = {
    tourState,
    /**
     * Play a tour.
     *
     * @param {any} service the service of tours
     * @param {any} tour with its steps
     * @param {Object} config options with which it began
     * @param {number} from index of the first step
     * @returns {{stop: () => void}}
     */
    play(service, tour, config, from) {
        tour.steps.forEach(validateStep);
        const play = config.mode === "manual" ? playWithUser : playAlone;
        return play(service, tour, config, from);
    },
};

registry.category("web_tour.players").add("player", player);
