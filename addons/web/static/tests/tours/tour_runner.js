/**
 * Runs tours, the stories of clicks that tests tell: `registry.category("web_tour.tours").add(name, {steps: () => [...]})`.
 *
 * `HttpCase.start_tour` begins one; its place is kept in the session's storage, as steps may load other pages.
 */

import { registry } from "@web/core/registry";
import { perform } from "./tour_actions";
import { isVisible, queryAll } from "./tour_selectors";

const STORED = "web_tour.running";
const STEP_TIMEOUT = 10000;
const POLL = 20;
const MODES = { auto: true, manual: false, community: true, enterprise: false };
const tours = registry.category("web_tour.tours");

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function isActive({ isActive: conditions = [] }) {
    const isMobile = window.innerWidth < 768;
    const modes = { ...MODES, mobile: isMobile, desktop: !isMobile };
    return conditions.every((condition) =>
        condition in modes ? modes[condition] : queryAll(condition).some(isVisible)
    );
}

/** Return the element that a step waits for, if it is there, can be seen and is not blocked. */
function findTrigger({ trigger = "body" }) {
    const elements = queryAll(trigger);
    const found = /:(hidden|not\(:visible\))/.test(trigger) ? elements[0] : elements.find(isVisible);
    const isBlocked = document.querySelector(".o_blockUI, .o_boot_screen");
    return found && !isBlocked && (!found.disabled || trigger.includes(":disabled")) ? found : null;
}

/** Wait until the element of a step is there, and the same in two frames: what is still being drawn is not clicked. */
async function waitFor(step) {
    const end = performance.now() + (step.timeout || STEP_TIMEOUT);
    let last = null;
    while (performance.now() < end) {
        const found = findTrigger(step);
        if (found && found === last) {
            return found;
        }
        last = found;
        await (found ? new Promise((resolve) => requestAnimationFrame(resolve)) : wait(POLL));
    }
    const state = queryAll(step.trigger || "body").length ? "is not visible or enabled" : "is not there";
    throw new Error(`${step.trigger} ${state} after ${step.timeout || STEP_TIMEOUT} ms`);
}

function describe(name, index, steps) {
    const { content, trigger } = steps[index];
    return `FAILED: [${index + 1}/${steps.length}] Tour ${name} → Step ${content || trigger} (trigger: ${trigger})`;
}

async function run(name, options, from) {
    const steps = await tours.get(name).steps();
    const store = (index) => sessionStorage.setItem(STORED, JSON.stringify({ name, options, index }));
    let isLeaving = false;
    window.addEventListener("pagehide", () => (isLeaving = true));
    for (let index = from; index < steps.length; index++) {
        const step = steps[index];
        try {
            store(index);
            if (!isActive(step)) {
                continue;
            }
            const anchor = await waitFor(step);
            await wait(options.stepDelay || 0);
            // the next page goes on after this step
            store(index + 1);
            await perform(step.run, anchor);
            if (step.expectUnloadPage) {
                await wait(step.timeout || STEP_TIMEOUT);
                throw new Error("the page was not left");
            }
        } catch (error) {
            if (!isLeaving) {
                sessionStorage.removeItem(STORED);
                console.error(`${describe(name, index, steps)}\n${error.stack || error}`);
            }
            return;
        }
    }
    sessionStorage.removeItem(STORED);
    console.log("tour succeeded");
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
    run(name, options, 0);
};

/** Go on with the tour that loaded this page, when the page and the tours of its addons are there. */
async function resume() {
    const stored = sessionStorage.getItem(STORED);
    if (!stored) {
        return;
    }
    const { name, options, index } = JSON.parse(stored);
    const end = performance.now() + STEP_TIMEOUT;
    while (!odoo.isTourReady(name) && performance.now() < end) {
        await wait(POLL);
    }
    await run(name, options, index);
}

resume();
