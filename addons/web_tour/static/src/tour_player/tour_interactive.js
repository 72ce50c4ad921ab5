/** Leads a person through a tour: points at what is to be used, and goes on when it was. */

import { perform } from "@web/../tests/tours/tour_actions";
import { isVisible, queryAll, splitList } from "@web/../tests/tours/tour_selectors";
import { tourState } from "@web/../tests/tours/tour_state";
import { browser } from "@web/core/browser/browser";
import { actionsOf, isDoneBy } from "./interactive_actions";

const EVENTS = ["change", "click", "dblclick", "input", "keydown", "pointerdown", "pointerover", "pointerup"];

/** Milliseconds that something may be gone before the tour goes back: pages are drawn anew. */
const PATIENCE = 600;

/** @returns {any} the first element that can be seen of the alternatives of a trigger */
function findAnchor(trigger) {
    for (const single of splitList(trigger)) {
        const found = queryAll(single).find(isVisible);
        if (found) {
            return found;
        }
    }
    return null;
}

export class TourInteractive {
    /**
     * @param {Object[]} steps
     * @param {{show: Function, hide: Function, stop: Function}} pointer
     * @param {() => void} onEnd called when all was done
     */
    constructor(steps, pointer, onEnd) {
        this.actions = actionsOf(steps);
        this.pointer = pointer;
        this.onEnd = onEnd;
        this.current = 0;
        this.anchor = null;
        /** Where an element is dragged from, while it is. */
        this.dragged = null;
        this.onEvent = this.onEvent.bind(this);
        this.observer = new MutationObserver(() => this.schedule());
    }

    /** @param {number} from index of the step with which it begins */
    start(from) {
        const found = this.actions.findIndex(({ index }) => index >= from);
        this.current = found < 0 ? this.actions.length : found;
        EVENTS.forEach((name) => document.addEventListener(name, this.onEvent, true));
        this.observer.observe(document, { attributes: true, childList: true, subtree: true });
        this.update();
    }

    stop() {
        this.observer.disconnect();
        browser.cancelAnimationFrame(this.frame);
        browser.clearTimeout(this.missing);
        EVENTS.forEach((name) => document.removeEventListener(name, this.onEvent, true));
        this.pointer.stop();
    }

    schedule() {
        this.frame ||= browser.requestAnimationFrame(() => {
            this.frame = 0;
            this.update();
        });
    }

    get action() {
        return this.actions[this.current];
    }

    /** Point at what is to be used now. */
    update() {
        if (!this.action) {
            this.stop();
            this.onEnd();
            return;
        }
        const { kind, argument, name, step, trigger } = this.action;
        const anchor = findAnchor(this.dragged ? argument : trigger);
        if (anchor && !kind) {
            this.advance();
            perform(`${name} ${argument}`, anchor);
        } else if (anchor !== this.anchor) {
            browser.clearTimeout(this.missing);
            if (!anchor && !this.dragged) {
                this.missing = browser.setTimeout(() => this.goBack(), PATIENCE);
            }
            this.anchor = anchor;
            anchor ? this.pointer.show(anchor, step) : this.pointer.hide();
        }
    }

    /** What was pointed at is gone: begin again with the last thing that can still be used. */
    goBack() {
        const earlier = this.actions.slice(0, this.current).findLastIndex(({ trigger }) => findAnchor(trigger));
        if (earlier >= 0) {
            this.goTo(earlier);
        }
    }

    goTo(position) {
        browser.clearTimeout(this.missing);
        this.current = position;
        this.anchor = null;
        this.dragged = null;
        tourState.setCurrentIndex(this.action ? this.action.index : this.actions.at(-1).index + 1);
        this.pointer.hide();
        this.schedule();
    }

    advance() {
        this.goTo(this.current + 1);
    }

    onEvent(ev) {
        const { action, anchor } = this;
        if (!action || !anchor) {
            return;
        }
        if (action.kind === "drag") {
            this.onDragEvent(ev);
        } else if (isDoneBy(action, ev, anchor)) {
            this.advance();
        }
    }

    /** Things are taken from one place to the other, or put back. */
    onDragEvent({ clientX, clientY, target, type }) {
        if (type === "pointerdown" && !this.dragged && this.anchor.contains(target)) {
            this.dragged = this.anchor;
            this.anchor = null;
            this.schedule();
        } else if (type === "pointerup" && this.dragged) {
            const place = findAnchor(this.action.argument);
            const below = document.elementsFromPoint(clientX, clientY);
            this.goTo(place && below.some((el) => place.contains(el)) ? this.current + 1 : this.current);
        }
    }
}
