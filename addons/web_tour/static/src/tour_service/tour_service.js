/** Begins tours, and goes on with the one that loaded the page. What plays them is loaded when there is one. */

import { loadBundle } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { redirect } from "@web/core/utils/urls";
import { session } from "@web/session";
import { findTour, loadTour, stepsOf } from "./tour_list";

/** Milliseconds that the addon of the tour that goes on is waited for. */
const RESUME_TIMEOUT = 10000;
const POLL = 20;
const DEFAULTS = {
    delayToCheckUndeterminisms: 0,
    debug: false,
    fromDB: false,
    keepWatchBrowser: false,
    mode: "auto",
    redirect: true,
    showPointerDuration: 0,
    stepDelay: 0,
};
const RECORDER_IS_ACTIVE = "tour_recorder_active";
const CURRENT_TOUR = "current_tour";

const isPageReady = () => document.readyState === "complete" && odoo.isReady !== false;
const players = registry.category("web_tour.players");

/** @returns {Promise<any>} what plays tours */
async function loadPlayer() {
    await loadBundle("web_tour.player");
    return players.get("player");
}

export class TourService {
    constructor(env, services) {
        this.env = env;
        this.services = services;
        /** What shows the tour that runs; only one does. */
        this.running = null;
    }

    /** @returns {Promise<boolean>} whether a tour of an addon is known, and the page can be used */
    async isTourReady(name) {
        const tour = isPageReady() && findTour(name);
        await (tour && tour.wait_for);
        return Boolean(tour);
    }

    /**
     * Begin a tour; one that no addon has is ignored.
     *
     * @param {string} name
     * @param {Object} [options] `mode` (auto or manual), `stepDelay`, `keepWatchBrowser`, `showPointerDuration`, `debug`,
     *  `redirect`, `startUrl`, `url`, `fromDB`, `rainbowManMessage`, `delayToCheckUndeterminisms`
     * @returns {Promise<void>} when it has begun
     * @throws {Error} with `fromDB`: the database does not know it
     */
    async startTour(name, options = {}) {
        const tour = await loadTour(this.services.orm, name, options.fromDB);
        if (tour) {
            await this.launch(tour, options);
        }
    }

    /** Begin a tour that is loaded. */
    async launch(tour, options) {
        const { tourState, ...player } = await loadPlayer();
        const { rainbowManMessage = "" } = tour;
        const config = { ...DEFAULTS, rainbowManMessage, ...options };
        config.url ||= tour.url;
        if (config.mode === "manual" && !session.tour_enabled && session.is_internal_user) {
            session.tour_enabled = await this.services.orm.call("res.users", "switch_tour_enabled", [true]);
        }
        this.stop();
        tourState.setCurrentTour(tour.name, config);
        if (!config.redirect || !config.url || config.url === config.startUrl) {
            this.play(player, tour, config, 0);
            return;
        }
        try {
            redirect(config.url);
        } catch (error) {
            tourState.clear();
            throw error;
        }
    }

    play(player, tour, config, from) {
        this.running = player.play(this, tour, config, from);
    }

    /** Take away what the tour that runs shows. */
    stop() {
        this.running?.stop();
        this.running = null;
    }

    /** Go on with the tour that loaded this page. */
    async resume() {
        const { tourState, ...player } = await loadPlayer();
        const name = tourState.getCurrentTour();
        if (!name || tourState.getCurrentTourOnError()) {
            return;
        }
        const config = { ...DEFAULTS, ...tourState.getCurrentConfig() };
        const isReady = () => isPageReady() && (config.fromDB || findTour(name));
        for (const end = Date.now() + RESUME_TIMEOUT; !isReady() && Date.now() < end;) {
            await new Promise((resolve) => browser.setTimeout(resolve, POLL));
        }
        const tour = await loadTour(this.services.orm, name, config.fromDB);
        if (tour) {
            this.play(player, tour, config, tourState.getCurrentIndex());
        } else {
            tourState.clear();
        }
    }

    /** Tell the server that a tour was seen, and begin the next one. */
    async consume(name) {
        const next = await this.services.orm.call("web_tour.tour", "consume", [name]);
        session.current_tour = next;
        await this.startOnboarding();
    }

    /** Lead users around who are to be: no test wants that. */
    async startOnboarding() {
        const { current_tour: tour, test_mode: isTest, tour_enabled: isEnabled } = session;
        if (!isEnabled || !tour || isTest) {
            return;
        }
        const registered = findTour(tour.name);
        const steps = tour.steps.length || !registered ? tour.steps : await stepsOf(registered);
        if (steps.length) {
            await this.launch({ ...tour, steps }, { mode: "manual", redirect: false, fromDB: true });
        }
    }

    /** Lead the user around, or no more. */
    async switchOnboarding() {
        const isEnabled = await this.services.orm.call("res.users", "switch_tour_enabled", [!session.tour_enabled]);
        session.tour_enabled = isEnabled;
        this.stop();
        const { tourState } = await loadPlayer();
        tourState.clear();
        browser.location.reload();
    }

    /** Show what records the clicks of the user, until it is closed, on the pages that come too. */
    async startTourRecorder() {
        browser.localStorage.setItem(RECORDER_IS_ACTIVE, "1");
        await this.showRecorder();
    }

    async showRecorder() {
        await loadBundle("web_tour.recorder");
        registry
            .category("web_tour.players")
            .get("recorder")
            .show(this.services, () => {
                browser.localStorage.removeItem(RECORDER_IS_ACTIVE);
            });
    }

    /** Do what the address and the storage of the browser ask for. */
    async begin() {
        const wanted = new URLSearchParams(browser.location.search).get("tour");
        if (wanted && session.is_internal_user) {
            await this.startTour(wanted, { mode: "manual", fromDB: true });
        } else if (browser.localStorage.getItem(CURRENT_TOUR)) {
            await this.resume();
        } else {
            await this.startOnboarding();
        }
        if (session.is_internal_user && browser.localStorage.getItem(RECORDER_IS_ACTIVE)) {
            await this.showRecorder();
        }
    }
}

export const tourService = {
    dependencies: ["effect", "notification", "orm", "overlay"],
    start(env, services) {
        const service = new TourService(env, services);
        odoo.startTour = service.startTour.bind(service);
        odoo.isTourReady = service.isTourReady.bind(service);
        // the page does not wait for tours, and is there when they begin
        browser.setTimeout(() => service.begin());
        return {
            startTour: odoo.startTour,
            isTourReady: odoo.isTourReady,
            startTourRecorder: service.startTourRecorder.bind(service),
            switchOnboarding: service.switchOnboarding.bind(service),
        };
    },
};

registry.category("services").add("tour_service", tourService);
