import { hasTouch, isMobileOS } from "@web/core/browser/feature_detection";
import {
    onMounted,
    onPatched,
    onWillDestroy,
    onWillStart,
    onWillUnmount,
    onWillUpdateProps,
    status,
    useComponent,
    useEffect,
    useRef,
} from "@odoo/owl";

/**
 * Focus an element when it appears.
 *
 * @param {{refName?: string, selectAll?: boolean, mobile?: boolean}} [options]
 * @returns {{el: HTMLElement|null}}
 */
export function useAutofocus({ refName = "autofocus", selectAll = false, mobile = false } = {}) {
    const ref = useRef(refName);
    const opensKeyboard = hasTouch() || isMobileOS();
    if (mobile || !opensKeyboard) {
        useEffect(
            (el) => el && placeCursor(el, selectAll),
            () => [ref.el]
        );
    }
    return ref;
}

/** Focus an element, its text selected or the cursor behind it. */
function placeCursor(el, selectAll) {
    el.focus();
    // inputs without a cursor, such as those of numbers, have no selection
    if (typeof el.selectionStart === "number") {
        const end = el.value.length;
        el.setSelectionRange(selectAll ? 0 : end, end);
    }
}

/**
 * Do something while the component is mounted.
 *
 * @param {() => (() => any)} begin called at the mount; what it returns is called at the unmount
 */
export function useWhileMounted(begin) {
    let end;
    onMounted(() => {
        end = begin();
    });
    onWillUnmount(() => end?.());
}

/**
 * @param {string} serviceName service with an `add(...)` that returns the function that takes back
 * @returns {(...registration: any[]) => void} hook that adds while the component is mounted
 */
export function registrationHook(serviceName) {
    return (...registration) => {
        const service = useService(serviceName);
        useWhileMounted(() => service.add(...registration));
    };
}

/**
 * @param {EventTarget} target
 * @param {[string, any, any?]} listener arguments of `addEventListener`
 * @returns {() => void} ends the listening
 */
function listen(target, listener) {
    target.addEventListener(...listener);
    return () => target.removeEventListener(...listener);
}

/** Listen to a bus while the component lives. */
export function useBus(bus, eventName, callback) {
    const listener = callback.bind(useComponent());
    useWhileMounted(() => listen(bus, [eventName, listener]));
}

/** What comes of asking a service for something when the component is gone; tests replace `fn` by `mocked`. */
export const useServiceProtectMethodHandling = {
    fn() {
        return this.original();
    },
    mocked: () => new Promise(() => {}),
    original: () => Promise.reject(new Error("Component is destroyed")),
};

const services = new WeakMap();

function protectMethod(component, method) {
    return function (...args) {
        if (status(component) === "destroyed") {
            return useServiceProtectMethodHandling.fn();
        }
        /** @type {Promise<any> & {abort?: Function, cancel?: Function}} */
        const result = Promise.resolve(method.call(this, ...args));
        /** @type {typeof result} */
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
    const { props } = useComponent();
    const ref = useRef(refName);
    props[refName]?.(ref);
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

/** Owned dialogs: closed when the component goes. @returns {(Dialog: any, props?: Object, options?: Object) => () => void} */
export function useOwnedDialogs() {
    const service = useService("dialog");
    const open = new Set();
    useWhileMounted(() => () => open.forEach((close) => close()));
    return function addDialog(Dialog, props, { onClose, ...options } = {}) {
        const close = service.add(Dialog, props, {
            ...options,
            onClose: (params) => {
                open.delete(close);
                return onClose?.(params);
            },
        });
        open.add(close);
        return close;
    };
}

/**
 * Listener on a reference's element, kept through re-renders.
 *
 * @param {{el: HTMLElement|null}} ref
 * @param {[string, any, any?]} listener arguments of `addEventListener`
 */
export function useRefListener(ref, ...listener) {
    useEffect(
        (el) => el && listen(el, listener),
        () => [ref.el]
    );
}

/**
 * Prepare what the component shows from its props, before the first time and when it gets others.
 *
 * @param {(props: any) => any} prepare may return a promise that is waited for
 */
export function usePrepared(prepare) {
    const component = useComponent();
    onWillStart(() => prepare(component.props));
    // a parent that waited may still draw a component that is gone
    onWillUpdateProps((next) => (status(component) === "destroyed" ? undefined : prepare(next)));
}

/** Call the function after each mount and patch. */
export function useAfterRender(callback) {
    onMounted(callback);
    onPatched(callback);
}

/**
 * Show a text in an input, but never over what is being typed there.
 *
 * @param {string} refName
 * @param {() => string} getText
 */
export function useInputText(refName, getText) {
    const ref = useRef(refName);
    useAfterRender(() => {
        const input = /** @type {HTMLInputElement|null} */ (ref.el);
        if (input && input !== document.activeElement) {
            input.value = getText();
        }
    });
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
