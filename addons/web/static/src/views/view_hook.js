import { useComponent, useEffect } from "@odoo/owl";

/** Which recorder of the environment takes which callback of `useSetupAction`. */
const RECORDERS = {
    beforeLeave: "__beforeLeave__",
    getContext: "__getContext__",
    getGlobalState: "__getGlobalState__",
    getLocalState: "__getLocalState__",
    getOrderBy: "__getOrderBy__",
};

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
        callbacks.getLocalState = () => ({ ...getLocalState(), scrollTop: scrolled()?.scrollTop });
    }
    for (const [name, callback] of Object.entries(callbacks)) {
        const recorder = component.env[RECORDERS[name]];
        if (recorder && callback) {
            useMounted(() => {
                recorder.add(component, callback);
                return () => recorder.remove(component);
            });
        }
    }
    useListener(window, "beforeunload", beforeUnload);
    useListener(document, "visibilitychange", beforeVisibilityChange);
    useMounted(() => {
        const { scrollTop } = component.props.state || {};
        if (scrollTop) {
            scrolled()?.scrollTo({ top: scrollTop });
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
