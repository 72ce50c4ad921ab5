import { validate } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Mutex } from "@web/core/utils/concurrency";
import { isVisible } from "@web/core/utils/ui";

const STEP = {
    trigger: { type: [Function, String], optional: true },
    action: { type: [Function, String], optional: true },
    timeout: { type: Number, optional: true },
    initialDelay: { type: Function, optional: true },
    "*": true,
};
/** Milliseconds after which a macro looks again at a page that did not change. */
const CHECK_DELAY = 500;

/** What steps do by name: functions of the element and the step's `value`. */
export const ACTION_HELPERS = {
    click(el) {
        for (const type of ["mouseover", "mouseenter", "mousedown", "mouseup", "click"]) {
            el.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, view: window }));
        }
    },
    text(el, value) {
        this.click(el);
        Object.assign(el, { value });
        ["input", "change"].forEach((type) => el.dispatchEvent(new Event(type, { bubbles: true })));
    },
};

/** Steps that are done one after the other, each as soon as its element is there. */
export class Macro {
    /**
     * @param {{name?: string, steps: Object[], timeout?: number, checkDelay?: number, onStep?: Function,
     *  onComplete?: Function, onError?: Function, onTimeout?: Function}} descr steps have `trigger` (selector or
     *  function that finds the element), `action` (function or name of a helper), `value`, `timeout` in ms
     */
    constructor(descr) {
        descr.steps.forEach((step) => validate(step, /** @type {any} */ (STEP)));
        this.name = descr.name || "anonymous";
        this.steps = [...descr.steps];
        this.timeoutDuration = descr.timeout || 0;
        this.checkDelay = descr.checkDelay ?? CHECK_DELAY;
        this.onComplete = descr.onComplete || (() => {});
        this.onStep = descr.onStep || (() => {});
        this.onTimeout = descr.onTimeout || (() => {});
        this.onError = descr.onError;
        this.currentIndex = 0;
        this.isComplete = false;
        this.mutex = new Mutex();
    }

    /** Begin to look. @param {Document|Element} [target] whose changes are followed */
    async start(target = document) {
        this.observer = new MacroMutationObserver(() => this.advance());
        this.observer.observe(target);
        this.setTimer();
        await this.advance();
    }

    /** Do the steps that can be done now. */
    async advance() {
        await this.mutex.exec(async () => {
            try {
                let isDone = true;
                while (isDone && !this.isComplete) {
                    isDone = await this.doStep();
                }
            } catch (error) {
                this.fail(error);
            }
        });
        browser.clearTimeout(this.checkTimer);
        if (!this.isComplete) {
            this.checkTimer = browser.setTimeout(() => this.advance(), this.checkDelay);
        }
    }

    /** @returns {Promise<boolean>} whether the step could be done */
    async doStep() {
        const step = this.steps[this.currentIndex];
        if (!step) {
            this.stop();
            this.onComplete();
            return false;
        }
        const { trigger } = step;
        const element = typeof trigger === "function" ? trigger() : trigger && findVisible(trigger);
        if (trigger && !element) {
            return false;
        }
        this.onStep(step, element, this.currentIndex);
        this.currentIndex++;
        this.setTimer();
        const { action } = step;
        if (typeof action === "string") {
            ACTION_HELPERS[action](element, step.value);
        } else {
            await action?.(element, step);
        }
        return true;
    }

    setTimer() {
        browser.clearTimeout(this.timer);
        const step = this.steps[this.currentIndex];
        const wait = step && (step.timeout || this.timeoutDuration);
        if (wait) {
            this.timer = browser.setTimeout(() => {
                this.onTimeout(step, this.currentIndex);
                const trigger = String(step.trigger);
                this.fail(
                    new Error(`Macro "${this.name}": step ${this.currentIndex} waited ${wait} ms for ${trigger}`)
                );
            }, wait);
        }
    }

    fail(error) {
        const { steps, currentIndex } = this;
        this.stop();
        if (!this.onError) {
            throw error;
        }
        this.onError(error, steps[currentIndex], currentIndex);
    }

    /** Do nothing more. */
    stop() {
        this.isComplete = true;
        browser.clearTimeout(this.timer);
        browser.clearTimeout(this.checkTimer);
        this.observer?.disconnect();
    }
}

function findVisible(selector) {
    return [...document.querySelectorAll(selector)].find(isVisible) || null;
}

/** Tells changes of a page, also in frames and shadow roots below it. */
export class MacroMutationObserver {
    observerOptions = { attributes: true, characterData: true, childList: true, subtree: true };

    constructor(callback) {
        this.callback = callback;
        this.observed = new WeakSet();
        this.observer = new MutationObserver((records) => {
            records.flatMap((record) => [...record.addedNodes]).forEach((node) => this.observeInside(node));
            callback(records);
        });
    }

    /** @param {Node} target */
    observe(target) {
        this.observed.add(target);
        this.observer.observe(target, this.observerOptions);
        this.observeInside(target);
    }

    observeInside(node) {
        if (!(node instanceof Element || node instanceof Document)) {
            return;
        }
        const elements = [node, ...node.querySelectorAll("*")];
        for (const element of elements) {
            if (element instanceof HTMLIFrameElement) {
                this.observeFrame(element);
            } else if (element instanceof Element && element.shadowRoot && !this.observed.has(element.shadowRoot)) {
                this.observe(element.shadowRoot);
            }
        }
    }

    observeFrame(frame) {
        const enter = () => {
            const page = frame.contentDocument;
            if (page && !this.observed.has(page)) {
                this.observe(page);
                this.callback([]);
            }
        };
        if (!this.observed.has(frame)) {
            this.observed.add(frame);
            frame.addEventListener("load", enter);
        }
        enter();
    }

    disconnect() {
        this.observer.disconnect();
    }
}
