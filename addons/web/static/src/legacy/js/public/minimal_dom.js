import { addLoadingEffect } from "@web/core/utils/ui";

/** Milliseconds for which a button that does nothing by and by is blocked. */
export const DEBOUNCE = 400;
/** Buttons that people may click twice by mistake. */
export const BUTTON_HANDLER_SELECTOR =
    'a, button, input[type="submit"], input[type="button"], .btn:not(body, form, div, p, span)';

/**
 * A handler that does nothing while the one before still works.
 *
 * @param {Function} handler
 * @param {boolean} [preventDefault] whether events meanwhile do nothing at all
 * @param {boolean} [stopImmediatePropagation]
 */
export function makeAsyncHandler(handler, preventDefault = false, stopImmediatePropagation = false) {
    let isBusy = false;
    return async function (ev, ...args) {
        if (isBusy) {
            preventDefault && ev?.preventDefault();
            stopImmediatePropagation && ev?.stopImmediatePropagation();
            return;
        }
        isBusy = true;
        try {
            return await handler.call(this, ev, ...args);
        } finally {
            isBusy = false;
        }
    };
}

/** A handler of clicks on a button, which shows that it works meanwhile. */
export function makeButtonHandler(handler, preventDefault = true, stopImmediatePropagation = true) {
    const guarded = makeAsyncHandler(
        async function (ev, ...args) {
            const result = handler.call(this, ev, ...args);
            const button = ev?.target?.closest?.(BUTTON_HANDLER_SELECTOR);
            const undo = button instanceof HTMLElement ? addLoadingEffect(button) : () => {};
            try {
                return await result;
            } finally {
                undo();
            }
        },
        preventDefault,
        stopImmediatePropagation
    );
    return guarded;
}
