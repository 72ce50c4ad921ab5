import { useComponent, useEffect } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { evaluateExpr } from "@web/core/py_js/py";
import { useService } from "@web/core/utils/hooks";

/** Which recorder of the environment takes which callback of `useSetupAction`. */
const RECORDERS = {
    beforeLeave: "__beforeLeave__",
    getContext: "__getContext__",
    getGlobalState: "__getGlobalState__",
    getLocalState: "__getLocalState__",
    getOrderBy: "__getOrderBy__",
};

/** Under which local states keep how far the content is scrolled: `{ left, top }`. */
export const scrollSymbol = Symbol("scroll");

/** Do something once the component is mounted; what it gives is called when the component goes. */
function useMounted(setUp) {
    useEffect(setUp, () => []);
}

function useListener(target, eventName, listener) {
    if (listener) {
        useMounted(() => {
            target.addEventListener(eventName, listener);
            return () => target.removeEventListener(eventName, listener);
        });
    }
}

/** Add a callback. @returns {() => void} takes it back */
function joined(recorder, owner, callback) {
    recorder.add(owner, callback);
    return () => recorder.remove(owner);
}

/**
 * Be among those that a recorder asks, while the component is there.
 *
 * @param {CallbackRecorder} callbackRecorder
 * @param {Function} callback
 */
export function useCallbackRecorder(callbackRecorder, callback) {
    const owner = useComponent();
    useMounted(() => joined(callbackRecorder, owner, callback));
}

/**
 * Take part in leaving the action that shows the component, and in coming back to it.
 *
 * @param {Object} params callbacks, all optional
 * @param {{el: HTMLElement}} [params.rootRef] its position of scrolling is kept with the local state
 * @param {(options: Object) => Promise<boolean|void>} [params.beforeLeave] false: stay
 * @param {(ev: BeforeUnloadEvent) => any} [params.beforeUnload] the page closes
 * @param {() => any} [params.beforeVisibilityChange] the page's tab is hidden or shown
 * @param {() => Object} [params.getContext] context that favourites keep
 * @param {() => Object} [params.getGlobalState] kept for all views of the action
 * @param {() => Object} [params.getLocalState] kept for this view
 * @param {() => Object[]} [params.getOrderBy] order that favourites keep
 */
export function useSetupAction({ rootRef, beforeUnload, beforeVisibilityChange, ...callbacks } = {}) {
    const component = useComponent();
    const scrolled = () => rootRef?.el?.querySelector(".o_content");
    const { getLocalState } = callbacks;
    if (rootRef && getLocalState) {
        callbacks.getLocalState = () => {
            const { scrollLeft: left, scrollTop: top } = scrolled() || {};
            return { ...getLocalState(), [scrollSymbol]: { left, top } };
        };
    }
    for (const [name, callback] of Object.entries(callbacks)) {
        const recorder = component.env[RECORDERS[name]];
        if (recorder && callback) {
            useCallbackRecorder(recorder, callback);
        }
    }
    useListener(window, "beforeunload", beforeUnload);
    useListener(document, "visibilitychange", beforeVisibilityChange);
    useMounted(() => {
        const { left, top } = component.props.state?.[scrollSymbol] || {};
        if (left || top) {
            scrolled()?.scrollTo({ left, top });
        }
    });
}

/** Callbacks by component. */
export class CallbackRecorder {
    constructor() {
        this._callbacks = new Map();
    }

    get callbacks() {
        return [...this._callbacks.values()];
    }

    add(owner, callback) {
        this._callbacks.set(owner, callback);
    }

    remove(owner) {
        this._callbacks.delete(owner);
    }
}

/** Archs that were read, by how: a view that is shown again is not compiled again. @type {WeakMap<Function, Map>} */
const readArchs = new WeakMap();

/**
 * What a view makes of an arch, once for the same arch.
 *
 * @param {string} arch
 * @param {{compile?: (arch: string) => any, extract?: (arch: string) => Object}} [params]
 * @returns {{template?: any}} what `extract` gives, and as `template` what `compile` gives
 */
export function useViewArch(arch, { compile, extract } = {}) {
    const once = (read) => {
        const known = readArchs.get(read) || new Map();
        readArchs.set(read, known);
        if (!known.has(arch)) {
            known.set(arch, read(arch));
        }
        return known.get(arch);
    };
    return { ...(extract && once(extract)), ...(compile && { template: once(compile) }) };
}

/**
 * The window action that a link describes by its attributes.
 *
 * @param {Object<string, string>} attributes
 * @param {string} title
 */
function describedAction({ context, domain, model, resid, views }, title) {
    return {
        type: "ir.actions.act_window",
        name: title || undefined,
        res_model: model,
        res_id: resid ? Number(resid) : undefined,
        context: evaluateExpr(context || "{}"),
        domain: evaluateExpr(domain || "[]"),
        views: views ? evaluateExpr(views) : [[false, resid ? "form" : "list"], ...(resid ? [] : [[false, "form"]])],
    };
}

/**
 * Links `<a type="action">` in texts of views: they name an action, a method whose action is run, or describe one.
 *
 * @param {{resModel: string, reload?: () => any}} params `reload` is called after a link with `data-reload-on-close`
 * @returns {(ev: MouseEvent) => Promise<void>} to be called with clicks
 */
export function useActionLinks({ resModel, reload }) {
    const action = useService("action");
    const orm = useService("orm");
    return async (ev) => {
        const link = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (ev.target).closest?.("a[type='action']"));
        // links that the view itself made do what it says
        if (!link || ev.defaultPrevented) {
            return;
        }
        ev.preventDefault();
        const { method, model = resModel, reloadOnClose } = link.dataset;
        const options = reloadOnClose ? { onClose: reload } : {};
        const name = link.getAttribute("name");
        if (method) {
            const found = await orm.call(model, method);
            await (found ? action.doAction(found, options) : reload?.());
        } else if (name) {
            await action.doAction(name, options);
        } else {
            await action.doAction(describedAction({ ...link.dataset, model }, link.title), options);
        }
    };
}

/** How long something that wants to be seen blinks, in milliseconds. */
const ATTENTION = 400;
const INERT = ":not(a, button, input, select, textarea, label, [contenteditable='true'], [data-bounce-button])";

/**
 * A click where nothing happens shows what can be clicked: what has `data-bounce-button` blinks.
 *
 * @param {{el: HTMLElement}} containerRef
 * @param {(target: HTMLElement) => boolean} shouldBounce
 */
export function useBounceButton(containerRef, shouldBounce) {
    let timer;
    useEffect(
        (container) => {
            const onClick = ({ target }) => {
                const button = container.querySelector("[data-bounce-button]");
                if (button && target.matches(INERT) && shouldBounce(target)) {
                    button.classList.add("o_catch_attention");
                    browser.clearTimeout(timer);
                    timer = browser.setTimeout(() => button.classList.remove("o_catch_attention"), ATTENTION);
                }
            };
            container?.addEventListener("click", onClick);
            return () => {
                browser.clearTimeout(timer);
                container?.removeEventListener("click", onClick);
            };
        },
        () => [containerRef.el]
    );
}
