/** The tours that are known: those of addons, and those of the database. */

import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/**
 * Find a tour of an addon.
 *
 * @param {string} name the one it is registered under, or `saveAs` of a later one that takes its place
 * @returns {any} the registered tour; null without
 */
export function findTour(name) {
    const replacing = tours.getEntries().filter(([, { saveAs }]) => saveAs === name);
    return replacing.at(-1)?.[1] || (tours.contains(name) ? tours.get(name) : null);
}

/** @returns {Promise<Object[]>} steps of a tour of an addon */
export async function stepsOf(tour) {
    await tour.wait_for;
    return tour.steps();
}

/**
 * Load a tour.
 *
 * @param {any} orm
 * @param {string} name
 * @param {boolean} fromDB it is in the database; its steps are those of an addon where it has none there
 * @returns {Promise<any>} the tour with its steps; null when nobody knows it
 * @throws {Error} the database does not know it
 */
export async function loadTour(orm, name, fromDB) {
    const registered = findTour(name);
    if (!fromDB) {
        return registered && { ...registered, name, steps: await stepsOf(registered) };
    }
    const stored = await orm.call("web_tour.tour", "get_tour_json_by_name", [name]);
    const steps = stored.steps.length || !registered ? stored.steps : await stepsOf(registered);
    return { ...stored, steps };
}
