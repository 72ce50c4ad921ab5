/** Steps of tours: what they may say, and whether they are meant here. */

import { session } from "@web/session";
import { queryAll } from "./tour_selectors";

/** Default milliseconds that a step is waited for. */
export const STEP_TIMEOUT = 10000;

const isText = (value) => typeof value === "string";
const isTrueOrFalse = (value) => typeof value === "boolean";
const PLACES = ["top", "bottom", "left", "right"];

/** What each key may have for a value, and how that is said. @type {Object<string, [string, (value: any) => boolean]>} */
const SCHEMA = {
    id: ["a text", isText],
    trigger: ["a text", isText],
    content: ["a text", (value) => isText(value) || value instanceof String],
    run: ["a text, a function or false", (value) => isText(value) || typeof value === "function" || value === false],
    isActive: ["a list of texts", (value) => Array.isArray(value) && value.every(isText)],
    tooltipPosition: [`one of ${PLACES.join(", ")}`, (value) => PLACES.includes(value)],
    timeout: ["a number from 0 to 60000", (value) => typeof value === "number" && value >= 0 && value <= 60000],
    debugHelp: ["a text", isText],
    expectUnloadPage: ["true or false", isTrueOrFalse],
    pause: ["true or false", isTrueOrFalse],
    break: ["true or false", isTrueOrFalse],
};

/** @returns {string} a step as people read it */
export function stepAsText(step) {
    const readable = (_key, value) => (typeof value === "function" ? String(value) : value);
    return JSON.stringify(step, readable, 4);
}

/**
 * Tell what is wrong with a step, once in the console for each step.
 *
 * @param {Object} step
 * @returns {boolean} whether it is right
 */
export function validateStep(step) {
    const problems = step.trigger === undefined ? ["trigger is missing"] : [];
    const unknown = Object.keys(step).filter((key) => !(key in SCHEMA));
    if (unknown.length) {
        problems.push(`unknown keys: ${unknown.map((key) => `'${key}'`).join(", ")}`);
    }
    for (const [key, [wanted, isRight]] of Object.entries(SCHEMA)) {
        if (step[key] !== undefined && !isRight(step[key])) {
            problems.push(`'${key}' has to be ${wanted}`);
        }
    }
    if (problems.length) {
        console.error(`Error in schema of a tour's step: ${problems.join("; ")}\n${stepAsText(step)}`);
    }
    return !problems.length;
}

const isEnterprise = () => String(session.server_version || "").endsWith("e");
const isMobile = () => window.innerWidth < 768;

/**
 * @param {{isActive?: string[]}} step
 * @param {"auto"|"manual"} mode who does the steps
 * @returns {boolean} whether a step is meant on this screen, in this edition and mode; other words are selectors
 */
export function isActive({ isActive: conditions = [] }, mode) {
    const pairs = [
        ["auto", "manual", mode === "auto"],
        ["enterprise", "community", isEnterprise()],
        ["mobile", "desktop", isMobile()],
    ];
    const words = new Set(conditions);
    const isMeant = ([first, second, isFirst]) =>
        !(words.has(first) || words.has(second)) || words.has(isFirst ? first : second);
    const known = pairs.flatMap(([first, second]) => [first, second]);
    const selectors = conditions.filter((word) => !known.includes(word));
    return pairs.every(isMeant) && selectors.every((selector) => queryAll(selector).length > 0);
}

/** @returns {boolean} whether somebody else has to do something in the step, rather than it being waited for only */
export function hasAction(step) {
    return ["string", "function"].includes(typeof step.run) && step.run !== "";
}
