/** Which tour runs in this browser and how far it is: kept in its storage, as steps may load other pages. */

import { browser } from "@web/core/browser/browser";

const NAME = "current_tour";
const CONFIG = "current_tour.config";
const INDEX = "current_tour.index";
const ON_ERROR = "current_tour.on_error";

export const tourState = {
    /** @returns {string|null} name of the tour that runs */
    getCurrentTour: () => browser.localStorage.getItem(NAME),
    /**
     * Begin a tour.
     *
     * @param {string} name
     * @param {Object} config options with which it began
     */
    setCurrentTour(name, config) {
        tourState.clear();
        browser.localStorage.setItem(NAME, name);
        browser.localStorage.setItem(CONFIG, JSON.stringify(config));
        browser.localStorage.setItem(INDEX, "0");
    },
    /** @returns {Object} options of the tour that runs */
    getCurrentConfig() {
        try {
            return JSON.parse(browser.localStorage.getItem(CONFIG)) || {};
        } catch {
            // whoever wrote that was no tour
            return {};
        }
    },
    getCurrentIndex: () => Number(browser.localStorage.getItem(INDEX)) || 0,
    setCurrentIndex: (index) => browser.localStorage.setItem(INDEX, String(index)),
    /** @returns {string|null} what made the tour fail */
    getCurrentTourOnError: () => browser.localStorage.getItem(ON_ERROR),
    setCurrentTourOnError: (message) => browser.localStorage.setItem(ON_ERROR, message),
    /** Forget the tour: it is over. */
    clear: () => [NAME, CONFIG, INDEX, ON_ERROR].forEach((key) => browser.localStorage.removeItem(key)),
};
