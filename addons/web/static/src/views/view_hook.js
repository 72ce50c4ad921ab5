import { useComponent, useEffect } from "@odoo/owl";

/** Where a controller saves its state when it is left: `{getLocalState, getGlobalState, getContext, beforeLeave...}`. */
export function useSetupAction(params = {}) {
    const component = useComponent();
    const { __beforeLeave__, __getGlobalState__, __getLocalState__, __getContext__, __getOrderBy__ } = component.env;
    const register = (recorder, callback) => {
        if (recorder && callback) {
            useEffect(
                () => {
                    recorder.add(component, callback);
                    return () => recorder.remove(component);
                },
                () => []
            );
        }
    };
    if (params.beforeUnload) {
        useEffect(
            () => {
                window.addEventListener("beforeunload", params.beforeUnload);
                return () => window.removeEventListener("beforeunload", params.beforeUnload);
            },
            () => []
        );
    }
    if (params.beforeVisibilityChange) {
        useEffect(
            () => {
                document.addEventListener("visibilitychange", params.beforeVisibilityChange);
                return () => document.removeEventListener("visibilitychange", params.beforeVisibilityChange);
            },
            () => []
        );
    }
    register(__beforeLeave__, params.beforeLeave);
    register(__getGlobalState__, params.getGlobalState);
    register(__getLocalState__, params.getLocalState);
    register(__getContext__, params.getContext);
    register(__getOrderBy__, params.getOrderBy);
    useEffect(
        () => restoreScroll(component, params.rootRef),
        () => []
    );
}

function restoreScroll(component, rootRef) {
    const top = component.props.state?.scrollTop;
    const el = rootRef?.el?.querySelector(".o_content");
    if (el && top) {
        el.scrollTop = top;
    }
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
