/**
 * Runs tours, the stories of clicks that tests tell: `registry.category("web_tour.tours").add(name, {steps: () => [...]})`.
 *
 * `HttpCase.start_tour` begins one. Where the addon web_tour is installed, its service is in the place of this file.
 */

import { registry } from "@web/core/registry";
import { TourAutomatic, wait } from "./tour_automatic";
import { tourState } from "./tour_state";
import { STEP_TIMEOUT, validateStep } from "./tour_step";

const POLL = 20;
const tours = registry.category("web_tour.tours");

async function run(name, from) {
    const { steps, checkDelay, wait_for } = tours.get(name);
    await wait_for;
    const all = await steps();
    all.forEach(validateStep);
    await new TourAutomatic({ name, steps: all, checkDelay }, tourState.getCurrentConfig()).run(from);
}

const isPageReady = () => document.readyState === "complete" && odoo.isReady !== false;

/** Tell whether a tour is known and the page can be used. */
odoo.isTourReady = (name) => isPageReady() && tours.contains(name);

/**
 * Begin a tour.
 *
 * @param {string} name
 * @param {{stepDelay?: number}} [options]
 */
odoo.startTour = (name, options = {}) => {
    tourState.setCurrentTour(name, options);
    run(name, 0);
};

/** Go on with the tour that loaded this page, when the page and the tours of its addons are there. */
async function resume() {
    const name = tourState.getCurrentTour();
    if (!name || tourState.getCurrentTourOnError()) {
        return;
    }
    const end = performance.now() + STEP_TIMEOUT;
    while (!odoo.isTourReady(name) && performance.now() < end) {
        await wait(POLL);
    }
    await run(name, tourState.getCurrentIndex());
}

resume();
