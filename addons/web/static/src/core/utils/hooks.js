import { hasTouch, isMobileOS } from "@web/core/browser/feature_detection";
import { onMounted, onPatched, onWillDestroy, onWillUnmount, status, useComponent, useEffect, useRef } from "@odoo/owl";

/**
 * Focus an element when it appears.
 *
 * @param {{refName?: string, selectAll?: boolean, mobile?: boolean}} [options]
 * @returns {{el: HTMLElement|null}}
 */
export function useAutofocus({ refName = "autofocus", selectAll = false, mobile = false } = {}) {
    const ref = useRef(refName);
    if (!mobile && (hasTouch() || isMobileOS())) {
        return ref;
    }
    useEffect(
        (el) => {
            if (!el) {
                return;
            }
            el.focus();
            if (["INPUT", "TEXTAREA"].includes(el.tagName) && el.type !== "number") {
                el.selectionEnd = el.value.length;
                el.selectionStart = selectAll ? 0 : el.value.length;
            }
        },
        () => [ref.el]
    );
    return ref;
}

/** Listen to a bus while the component lives. */
export function useBus(bus, eventName, callback) {
    const component = useComponent();
    useEffect(
        () => {
            const listener = callback.bind(component);
            bus.addEventListener(eventName, listener);
            return () => bus.removeEventListener(eventName, listener);
        },
        () => []
    );
}

const services = new WeakMap();

function protectMethod(component, method) {
    return function (...args) {
        if (status(component) === "destroyed") {
            return Promise.reject(new Error("Component is destroyed"));
        }
        const result = Promise.resolve(method.call(this, ...args));
        const guarded = new Promise((resolve, reject) => {
            result.then(
                (value) => status(component) !== "destroyed" && resolve(value),
                (error) => status(component) !== "destroyed" && reject(error)
            );
        });
        guarded.abort = result.abort;
        guarded.cancel = result.cancel;
        return guarded;
    };
}

/** Names of asynchronous methods per service, filled by the environment. */
export const SERVICES_METADATA = {};

/**
 * A started service. Its asynchronous methods never settle once the component is destroyed.
 *
 * @throws {Error} unknown service
 */
export function useService(serviceName) {
    const component = useComponent();
    const started = component.env.services;
    if (!(serviceName in started)) {
        throw new Error(`Service ${serviceName} is not available`);
    }
    const service = started[serviceName];
    const methods = SERVICES_METADATA[serviceName];
    if (!methods) {
        return service;
    }
    if (methods === true) {
        return protectMethod(component, service);
    }
    const cache = services.get(component) || {};
    services.set(component, cache);
    if (!cache[serviceName]) {
        const guarded = Object.create(service);
        for (const name of methods) {
            guarded[name] = protectMethod(component, (...args) => service[name](...args));
        }
        cache[serviceName] = guarded;
    }
    return cache[serviceName];
}

/** Correct direction-independent reference forwarded from a child: `ref` prop of the child. */
export function useForwardRefToParent(refName) {
    const component = useComponent();
    const ref = useRef(refName);
    if (component.props[refName]) {
        component.props[refName](ref);
    }
    return ref;
}

/** Reference to an element that a child forwards. */
export function useChildRef() {
    let childRef = null;
    const setRef = (ref) => {
        childRef = ref;
    };
    Object.defineProperty(setRef, "el", { get: () => childRef?.el || null });
    return setRef;
}

/** Owned dialogs: closed when the component goes. @returns {(Component, props, options) => () => void} */
export function useOwnedDialogs() {
    const dialogService = useService("dialog");
    const closers = [];
    onWillUnmount(() => closers.forEach((close) => close()));
    return (...args) => {
        const close = dialogService.add(...args);
        closers.push(close);
        return close;
    };
}

/** Listener on a reference's element, kept through re-renders. */
export function useRefListener(ref, ...listener) {
    useEffect(
        (el) => {
            el?.addEventListener(...listener);
            return () => el?.removeEventListener(...listener);
        },
        () => [ref.el]
    );
}

/** Call the function after each mount and patch. */
export function useAfterRender(callback) {
    onMounted(callback);
    onPatched(callback);
}

/** Call the function once the component is destroyed. */
export function useCleanup(callback) {
    onWillDestroy(callback);
}

/** Spellcheck only while an input has the focus. */
export function useSpellCheck({ refName = "spellcheck" } = {}) {
    const ref = useRef(refName);
    useEffect(
        (el) => {
            const inputs = el
                ? ["INPUT", "TEXTAREA"].includes(el.nodeName)
                    ? [el]
                    : el.querySelectorAll("textarea")
                : [];
            const focus = (ev) => (ev.target.spellcheck = true);
            const blur = (ev) => (ev.target.spellcheck = false);
            inputs.forEach((input) => {
                input.spellcheck = false;
                input.addEventListener("focus", focus);
                input.addEventListener("blur", blur);
            });
            return () =>
                inputs.forEach((input) => {
                    input.removeEventListener("focus", focus);
                    input.removeEventListener("blur", blur);
                });
        },
        () => [ref.el]
    );
}
