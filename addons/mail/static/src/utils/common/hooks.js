import { onMounted, onPatched, onWillUnmount, useComponent, useExternalListener, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Deferred } from "@web/core/utils/concurrency";

/**
 * Listen to something that is there only now and then.
 *
 * @param {() => EventTarget|null} target
 * @param {string} eventName
 * @param {(ev: Event) => void} handler
 * @param {Object} [options] of the listener
 */
export function useLazyExternalListener(target, eventName, handler, options) {
    const component = useComponent();
    const bound = handler.bind(component);
    let current = null;
    const follow = (next) => {
        if (next !== current) {
            current?.removeEventListener(eventName, bound, options);
            next?.addEventListener(eventName, bound, options);
            current = next;
        }
    };
    onMounted(() => follow(target()));
    onPatched(() => follow(target()));
    onWillUnmount(() => follow(null));
}

/**
 * Call a function when something outside of an element is clicked, from pressing to releasing.
 *
 * @param {string} refName
 * @param {(ev: MouseEvent, parts: {downTarget: EventTarget, upTarget: EventTarget}) => void} cb
 */
export function onExternalClick(refName, cb) {
    const ref = useRef(refName);
    let downTarget = null;
    const isInside = (target) => ref.el.contains(target);
    useExternalListener(document.body, "mousedown", (ev) => (downTarget = ev.target), { capture: true });
    useExternalListener(document.body, "click", (ev) => {
        const upTarget = ev.composedPath()[0];
        if (ref.el && downTarget && !isInside(downTarget) && !isInside(upTarget)) {
            cb(ev, { downTarget, upTarget });
        }
        downTarget = null;
    });
}

/**
 * Whether the pointer is over one of some elements.
 *
 * @param {string|string[]} refNames
 * @param {{onHover?: () => void, onAway?: () => void}} [callbacks]
 * @returns {{isHover: boolean}}
 */
export function useHover(refNames, { onHover = () => {}, onAway = () => {} } = {}) {
    const state = useState({ isHover: false });
    const refs = [refNames].flat().map((name) => useRef(name));
    const change = (isHover) => {
        if (state.isHover !== isHover) {
            state.isHover = isHover;
            (isHover ? onHover : onAway)();
        }
    };
    const onMove = (ev) => change(refs.some((ref) => ref.el?.contains(ev.target)));
    refs.forEach((ref) => {
        useLazyExternalListener(() => ref.el, "mouseenter", onMove, true);
        useLazyExternalListener(
            () => ref.el,
            "mouseleave",
            (ev) => {
                if (ev.target === ref.el) {
                    change(refs.some((other) => other.el?.contains(ev.relatedTarget)));
                }
            }
        );
    });
    return state;
}

/** Call a function when an element is scrolled to its end. @param {string} refName @param {() => void} callback */
export function useOnBottomScrolled(refName, callback, threshold = 1) {
    const ref = useRef(refName);
    useLazyExternalListener(
        () => ref.el,
        "scroll",
        () => {
            const { clientHeight, scrollHeight, scrollTop } = ref.el;
            if (scrollHeight - scrollTop - clientHeight <= threshold) {
                callback();
            }
        }
    );
}

/**
 * Follow whether an element can be seen.
 *
 * @param {string} refName
 * @param {(isVisible: boolean) => void} cb
 * @param {{ready?: boolean}} [options] `ready`: false to begin later by the state
 * @returns {{isVisible: boolean|undefined, ready: boolean}}
 */
export function useVisible(refName, cb = () => {}, { ready = true } = {}) {
    const ref = useRef(refName);
    const state = useState({ isVisible: undefined, ready });
    let watched = null;
    const observer = new IntersectionObserver((entries) => {
        const { isIntersecting } = entries.at(-1);
        if (state.isVisible !== isIntersecting) {
            state.isVisible = isIntersecting;
            cb(isIntersecting);
        }
    });
    const follow = () => {
        const el = state.ready ? ref.el : null;
        if (el !== watched) {
            observer.disconnect();
            watched = el;
            state.isVisible = undefined;
            if (el) {
                observer.observe(el);
            }
        }
    };
    onMounted(follow);
    onPatched(follow);
    onWillUnmount(() => observer.disconnect());
    return state;
}

/** Lead the eye to one message. @param {number} [duration] milliseconds */
export function useMessageHighlight(duration = 2000) {
    let timer;
    const state = useState({
        highlightedMessageId: null,
        clearHighlight() {
            browser.clearTimeout(timer);
            state.highlightedMessageId = null;
        },
        /** Show a message, with those around it. */
        async highlightMessage(message, thread) {
            if (!message) {
                return;
            }
            await thread.loadAround(message.id);
            state.clearHighlight();
            state.highlightedMessageId = message.id;
            timer = browser.setTimeout(() => state.clearHighlight(), duration);
        },
        /** Bring an element into view. @returns {Promise<void>} when it is there */
        scrollTo(el) {
            el.scrollIntoView({ block: "center" });
            return Promise.resolve();
        },
    });
    onWillUnmount(() => browser.clearTimeout(timer));
    return state;
}

/**
 * Keep the caret of an input in a model, as far as the user moved it.
 *
 * @param {{refName: string, model: {start: number, end: number, direction: string},
 *     preserveOnClickAwayPredicate?: (ev: MouseEvent) => boolean|Promise<boolean>}} params
 */
export function useSelection({ refName, model, preserveOnClickAwayPredicate = () => false }) {
    const ref = useRef(refName);
    const save = () => {
        const { selectionDirection: direction, selectionEnd: end, selectionStart: start } = ref.el;
        Object.assign(model, { direction, end, start });
    };
    useExternalListener(document, "selectionchange", () => {
        if (ref.el && document.activeElement === ref.el) {
            save();
        }
    });
    onExternalClick(refName, async (ev) => {
        if (ref.el && !(await preserveOnClickAwayPredicate(ev)) && ref.el) {
            const { length } = ref.el.value;
            Object.assign(model, { direction: "none", end: length, start: length });
        }
    });
    return {
        /** Put the caret there. @param {number} position */
        moveCursor(position) {
            Object.assign(model, { direction: "none", end: position, start: position });
            ref.el?.setSelectionRange(position, position, "none");
        },
        restore() {
            ref.el?.setSelectionRange(model.start, model.end, model.direction);
        },
        save,
    };
}

/** The message of a place that is being changed. */
export function useMessageEdition() {
    const edition = useState({ composerOfThread: null, editingMessage: null, exitEditMode });
    function exitEditMode() {
        const { composer } = edition.composerOfThread?.props || {};
        edition.editingMessage = null;
        // the user goes on writing
        if (composer) {
            composer.autofocus += 1;
        }
    }
    return edition;
}

/** The message of a place that is being answered. */
export function useMessageToReplyTo() {
    const state = useState({
        message: null,
        thread: null,
        cancel() {
            Object.assign(state, { message: null, thread: null });
        },
        isSelected(thread, message) {
            return Boolean(thread?.eq(state.thread) && message?.eq(state.message));
        },
        isNotSelected(thread, message) {
            return Boolean(thread?.eq(state.thread) && state.message && !message.eq(state.message));
        },
        toggle(thread, message) {
            if (state.isSelected(thread, message)) {
                state.cancel();
            } else {
                Object.assign(state, { message, thread });
            }
        },
    });
    return state;
}

/**
 * Do one thing after the other: while one runs only the last of those that wait is kept.
 *
 * @returns {(job: () => Promise<any>) => Promise<any>} resolves to nothing for what another job replaced
 */
export function useSequential() {
    let isRunning = false;
    let next = null;
    async function run(job, answer) {
        isRunning = true;
        try {
            answer.resolve(await job());
        } catch (error) {
            answer.reject(error);
        } finally {
            isRunning = false;
            const waiting = next;
            next = null;
            if (waiting) {
                run(waiting.job, waiting.answer);
            }
        }
    }
    return (job) => {
        const answer = new Deferred();
        if (isRunning) {
            next?.answer.resolve();
            next = { answer, job };
        } else {
            run(job, answer);
        }
        return answer;
    };
}

/** What menus of messages at the top of the page have in common. */
export function useDiscussSystray() {
    return {
        class: "o-mail-DiscussSystray-class",
        get contentClass() {
            return "d-flex flex-column flex-grow-1";
        },
        get menuClass() {
            return "p-0 o-mail-DiscussSystray";
        },
    };
}
