/** Does the steps of a tour by itself, as tests have them done. */

import { perform } from "./tour_actions";
import { tourState } from "./tour_state";
import { hasAction, isActive, STEP_TIMEOUT, stepAsText } from "./tour_step";
import { findTarget } from "./tour_target";

const POLL = 20;
/** Steps that are shown before and after the one that failed. */
const NEIGHBOURS = 3;

export const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** What a step is called in messages. */
function label({ content, trigger }) {
    return content ? `${content} (trigger: ${trigger})` : `${trigger} (trigger: ${trigger})`;
}

/** A tour that is run. */
export class TourAutomatic {
    /**
     * @param {{name: string, steps: Object[], checkDelay?: number}} tour
     * @param {Object} [config] `stepDelay`, `debug`, `showPointerDuration`, `delayToCheckUndeterminisms`
     * @param {{show: (el: Element, step: Object) => void, hide: () => void}} [pointer] shows what is acted on
     */
    constructor(tour, config = {}, pointer = undefined) {
        this.tour = tour;
        this.config = config;
        this.pointer = pointer;
        this.isOver = false;
    }

    /**
     * Do the steps.
     *
     * @param {number} [from] index of the first one
     * @returns {Promise<boolean>} whether all could be done; the console tells
     */
    async run(from = 0) {
        const { steps } = this.tour;
        const leave = () => this.stop();
        window.addEventListener("pagehide", leave);
        try {
            for (let index = from; index < steps.length; index++) {
                tourState.setCurrentIndex(index);
                await this.doStep(steps[index], index);
            }
        } catch (error) {
            if (!this.isOver) {
                this.fail(error);
            }
            return false;
        } finally {
            this.pointer?.hide();
            window.removeEventListener("pagehide", leave);
        }
        tourState.clear();
        console.log("tour succeeded");
        return true;
    }

    /** End it without a word: the page is left, or another tour begins. */
    stop() {
        this.isOver = true;
        this.pointer?.hide();
    }

    async doStep(step, index) {
        this.index = index;
        if (!isActive(step, "auto")) {
            return;
        }
        if (this.config.debug && step.break) {
            // eslint-disable-next-line no-debugger
            debugger;
        }
        const delay = Number(this.config.stepDelay) || 0;
        await wait(delay);
        const timeout = (step.timeout ?? STEP_TIMEOUT) + delay;
        const element = await this.waitFor(step, timeout);
        await this.checkThatItStays(step, element);
        if (this.config.showPointerDuration > 0 && hasAction(step)) {
            this.pointer?.show(element, step);
            await wait(this.config.showPointerDuration);
            this.pointer?.hide();
        }
        // the next page goes on after this step
        tourState.setCurrentIndex(index + 1);
        await this.act(step, element);
        await wait(this.tour.checkDelay || 0);
        if (step.expectUnloadPage) {
            await wait(timeout);
            throw new Error("the page was not left");
        }
        if (this.config.debug && step.pause) {
            await this.pause();
        }
    }

    async act(step, element) {
        try {
            await perform(step.run, element);
        } catch (error) {
            throw new Error(`what it does failed: ${error.message}`, { cause: error });
        }
    }

    /** Wait until the element of a step can be used, and is the same in two frames: what is being drawn is not clicked. */
    async waitFor(step, timeout) {
        const end = performance.now() + timeout;
        let last = null;
        for (;;) {
            const { element, problems } = findTarget(step);
            const usable = problems.length ? null : element;
            if (usable && usable === last) {
                return usable;
            }
            if (this.isOver || (performance.now() > end && !usable)) {
                throw new Error(`${problems.join(", ")} after ${timeout} ms`);
            }
            last = usable;
            await (usable ? nextFrame() : wait(POLL));
        }
    }

    /** Watch an element for a while where the tour is to be tried for what depends on chance. */
    async checkThatItStays(step, element) {
        const duration = Number(this.config.delayToCheckUndeterminisms) || 0;
        const before = duration && element.cloneNode(true);
        const end = performance.now() + duration;
        while (performance.now() < end) {
            await wait(Math.min(POLL, duration));
            if (findTarget(step).element !== element || !element.isEqualNode(before)) {
                throw new Error(`the element changed within ${duration} ms: the step depends on chance`);
            }
        }
    }

    pause() {
        console.log("The tour waits: play() goes on.");
        return new Promise((resolve) => {
            window["play"] = () => {
                delete window["play"];
                resolve();
            };
        });
    }

    /** Tell what went wrong. */
    fail(error) {
        const { name, steps } = this.tour;
        const step = steps[this.index];
        const lines = [
            `FAILED: [${this.index + 1}/${steps.length}] Tour ${name} → Step ${label(step)}.`,
            error.message,
            ...(step.debugHelp ? [step.debugHelp] : []),
            ...(error.cause?.stack ? [error.cause.stack] : []),
        ];
        tourState.clear();
        tourState.setCurrentTourOnError(lines.join("\n"));
        console.error(lines.join("\n"));
        console.dir(this.describeNeighbours());
    }

    /** @returns {string} the step that failed among those around it */
    describeNeighbours() {
        const { steps } = this.tour;
        const first = Math.max(0, this.index - NEIGHBOURS);
        return steps
            .slice(first, this.index + NEIGHBOURS + 1)
            .map((step, offset) => {
                const text = stepAsText(step);
                return first + offset === this.index ? `----- FAILED -----\n${text}\n------------------` : text;
            })
            .join(",\n");
    }
}
