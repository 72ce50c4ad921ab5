import { DragSession } from "@web/core/utils/drag_session";

/** Class of the element that is being dragged. */
export const DRAGGED_CLASS = "o_dragged";

const DEFAULT_PARAMS = {
    enable: true,
    cursor: "grabbing",
    delay: 0,
    touchDelay: 300,
    tolerance: 10,
    followCursor: true,
    preventDrag: () => false,
    edgeScrolling: { enabled: true, speed: 10, threshold: 30 },
};
/** What every hook takes: what can be dragged, and how. */
const COMMON_PARAMS = [
    "ref",
    "elements",
    "handle",
    "ignore",
    "iframeWindow",
    "setupHooks",
    ...Object.keys(DEFAULT_PARAMS),
];
const HANDLERS = ["onWillStartDrag", "onDragStart", "onDrag", "onDrop", "onDragEnd"];
/** Parameters that are functions themselves; others may be given as functions that say the value of the moment. */
const FUNCTIONS = new Set(["preventDrag", ...HANDLERS]);

/**
 * @param {Function} type
 * @param {...string} names
 * @returns {Object<string, Function[]>} parameters of one type, as `acceptedParams` wants them
 */
export function paramsOf(type, ...names) {
    return Object.fromEntries(names.map((name) => [name, [type]]));
}

function check(name, params, accepted) {
    if (!params.ref || !("el" in params.ref)) {
        throw new Error(`${name} needs a "ref" to what holds the elements`);
    }
    if (!params.elements) {
        throw new Error(`${name} needs "elements", a selector of what is dragged`);
    }
    const unknown = Object.keys(params).filter((key) => !accepted.has(key));
    if (unknown.length) {
        throw new Error(`${name} does not know: ${unknown.join(", ")}`);
    }
}

/** The values of parameters at this moment. */
function valuesOf(params, hook) {
    const values = {};
    for (const [key, value] of Object.entries({ ...DEFAULT_PARAMS, ...hook.defaultParams, ...params })) {
        const types = hook.acceptedParams?.[key] || [];
        const isCallback = FUNCTIONS.has(key) || (types.length === 1 && types[0] === Function);
        values[key] = typeof value === "function" && !isCallback ? value() : value;
    }
    values.edgeScrolling = { ...DEFAULT_PARAMS.edgeScrolling, ...values.edgeScrolling };
    return values;
}

/**
 * Make a hook by which elements are dragged.
 *
 * The handlers of the hook (`onComputeParams`, `onWillStartDrag`, `onDragStart`, `onDrag`, `onDrop`, `onDragEnd`) get
 * `{ ctx, addClass, addStyle, removeClass, removeStyle, addListener, addCleanup, getRect, callHandler }`; what they
 * return goes to the handler of the same name of who uses the hook.
 *
 * @param {{name?: string, acceptedParams?: Object<string, Function[]>, defaultParams?: Object, setupHooks?: Object}
 *  & Object<string, any>} hook `setupHooks`: `addListener`, `setup`, `teardown`, `throttle`, `wrapState` of the place
 *  where it is used
 * @returns {(params: Object) => { dragging: boolean }}
 */
export function makeDraggableHook(hook) {
    const name = hook.name || "useDraggable";
    const accepted = new Set([...COMMON_PARAMS, ...HANDLERS, ...Object.keys(hook.acceptedParams || {})]);
    return (params) => {
        check(name, params, accepted);
        const { addListener, setup, teardown, throttle, wrapState } = { ...hook.setupHooks, ...params.setupHooks };
        const state = wrapState({ dragging: false });
        const ctx = { ref: params.ref, pointer: { x: 0, y: 0 }, current: {}, state };
        let session = null;
        const end = (isDrop) => {
            session?.end(isDrop);
            session = null;
        };
        const onPointerDown = (ev) => {
            end(false);
            const values = valuesOf(params, hook);
            session = DragSession.begin(ev, { hook, ctx, values, draggedClass: DRAGGED_CLASS });
        };
        const move = throttle((ev) => session?.move(ev));
        setup(
            (el, win = window) => {
                if (!el) {
                    return;
                }
                const stop = () => end(false);
                const listeners = [
                    [el, "pointerdown", onPointerDown],
                    [win, "pointermove", (ev) => session && move(ev)],
                    [win, "pointerup", (ev) => session && (session.move(ev), end(true))],
                    [win, "pointercancel", stop],
                    [win, "keydown", (ev) => session && session.onKeydown(ev) && stop()],
                ];
                listeners.forEach(([target, type, callback]) => target.addEventListener(type, callback, true));
                return () =>
                    listeners.forEach(([target, type, callback]) => target.removeEventListener(type, callback, true));
            },
            () => [params.ref.el, params.iframeWindow]
        );
        // a finger that drags does not scroll
        addListener(window, "touchmove", (ev) => state.dragging && ev.cancelable && ev.preventDefault(), {
            passive: false,
        });
        teardown(() => end(false));
        return state;
    };
}
