import { browser } from "@web/core/browser/browser";
import { onWillUnmount, useComponent } from "@odoo/owl";

/**
 * Delay a function until calls stop coming.
 *
 * @param {Function} func
 * @param {number|"animationFrame"} delay milliseconds
 * @param {{leading?: boolean, trailing?: boolean}|boolean} [options] `true` means leading only
 * @returns {Function & {cancel: (execNow?: boolean) => void}}
 */
export function debounce(func, delay, options) {
    const how = options === true ? { leading: true, trailing: false } : options || {};
    const leading = Boolean(how.leading);
    const trailing = how.trailing ?? !leading;
    const frame = delay === "animationFrame";
    const wait = frame ? browser.requestAnimationFrame : browser.setTimeout;
    const forget = frame ? browser.cancelAnimationFrame : browser.clearTimeout;
    let handle = null;
    let pending = null;
    const run = (context, args, resolvers) => {
        Promise.resolve()
            .then(() => func.apply(context, args))
            .then(
                (value) => resolvers.forEach(({ resolve }) => resolve(value)),
                (error) => resolvers.forEach(({ reject }) => reject(error))
            );
    };
    const flush = () => {
        handle = null;
        const call = pending;
        pending = null;
        if (trailing && call) {
            run(call.context, call.args, call.resolvers);
        }
    };
    const debounced = function (...args) {
        return new Promise((resolve, reject) => {
            if (leading && handle === null) {
                run(this, args, [{ resolve, reject }]);
            } else {
                const resolvers = [...(pending?.resolvers || []), { resolve, reject }];
                pending = { context: this, args, resolvers };
            }
            if (handle !== null) {
                forget(handle);
            }
            handle = wait(flush, delay);
        });
    };
    debounced.cancel = (execNow = false) => {
        if (handle !== null) {
            forget(handle);
            handle = null;
        }
        const call = pending;
        pending = null;
        if (execNow && call) {
            run(call.context, call.args, call.resolvers);
        }
    };
    return debounced;
}

/** Call at most once per animation frame; the last call wins. */
export function throttleForAnimation(func) {
    let handle = null;
    let last = null;
    const onFrame = () => {
        handle = null;
        if (last) {
            const { context, args } = last;
            last = null;
            handle = browser.requestAnimationFrame(onFrame);
            func.apply(context, args);
        }
    };
    const throttled = function (...args) {
        if (handle === null) {
            handle = browser.requestAnimationFrame(onFrame);
            func.apply(this, args);
        } else {
            last = { context: this, args };
        }
    };
    throttled.cancel = () => {
        browser.cancelAnimationFrame(handle);
        handle = null;
        last = null;
    };
    return throttled;
}

/**
 * Component hook: debounced callback, cancelled (or run with `execBeforeUnmount`) at unmount.
 *
 * @param {Function} callback
 * @param {number|"animationFrame"} delay
 * @param {{execBeforeUnmount?: boolean, immediate?: boolean, trailing?: boolean}} [options]
 */
export function useDebounced(callback, delay, { execBeforeUnmount = false, immediate = false, trailing } = {}) {
    const options = immediate ? { leading: true, trailing: trailing ?? false } : undefined;
    return useCancelled(debounce(callback.bind(useComponent()), delay, options), execBeforeUnmount);
}

/** Component hook: `throttleForAnimation`, cancelled at unmount. */
export function useThrottleForAnimation(callback) {
    return useCancelled(throttleForAnimation(callback.bind(useComponent())));
}

/** Component hook: a function that is put off is not left waiting when the component goes. */
function useCancelled(limited, ...how) {
    onWillUnmount(() => limited.cancel(...how));
    return limited;
}

/** Run `callback` every animation frame until it is stopped. @returns {() => void} stops it */
export function setRecurringAnimationFrame(callback) {
    let handle;
    const tick = (timestamp) => {
        callback(timestamp);
        handle = browser.requestAnimationFrame(tick);
    };
    handle = browser.requestAnimationFrame(tick);
    return () => browser.cancelAnimationFrame(handle);
}

/**
 * Call a function once for all calls of a burst, with what the first one gave.
 *
 * @param {Function} callback
 * @param {() => Promise} [synchronize] end of the burst; by default that of the running task
 * @returns {(...args: any[]) => Promise<void>} resolved after the call
 */
export function batched(callback, synchronize = () => Promise.resolve()) {
    let burst = null;
    const end = (args) => {
        burst = null;
        callback(...args);
    };
    return (...args) => (burst ??= synchronize().then(() => end(args)));
}
