import { browser } from "@web/core/browser/browser";
import { closestScrollableX, closestScrollableY } from "@web/core/utils/scrolling";

/** Changes of elements that are undone after a drag. */
class Changes {
    constructor() {
        this.undo = [];
        for (const name of ["addCleanup", "addClass", "addListener", "addStyle", "removeClass", "removeStyle"]) {
            this[name] = this[name].bind(this);
        }
    }

    addCleanup(callback) {
        this.undo.push(callback);
    }

    addClass(el, ...names) {
        const added = names.filter((name) => name && !el.classList.contains(name));
        el.classList.add(...added);
        this.addCleanup(() => el.classList.remove(...added));
    }

    removeClass(el, ...names) {
        el.classList.remove(...names);
    }

    addListener(el, type, callback, options) {
        const details = typeof options === "object" ? options : { capture: Boolean(options) };
        const abort = new AbortController();
        this.addCleanup(() => abort.abort());
        el.addEventListener(type, callback, { ...details, signal: abort.signal });
    }

    addStyle(el, style) {
        const names = Object.keys(style).map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
        const before = names.map((name) => [name, el.style.getPropertyValue(name), el.style.getPropertyPriority(name)]);
        Object.values(style).forEach((value, index) => {
            const number = typeof value === "number" && !["z-index", "opacity"].includes(names[index]);
            el.style.setProperty(names[index], number ? `${value}px` : String(value), "important");
        });
        this.addCleanup(() => before.forEach((property) => el.style.setProperty(...property)));
    }

    removeStyle(el, ...names) {
        names.forEach((name) => el.style.removeProperty(name));
    }

    end() {
        this.undo
            .splice(0)
            .reverse()
            .forEach((callback) => callback());
    }
}

/** Rectangle of an element on the screen. @param {Element} el @param {{adjust?: boolean}} [options] without padding */
function getRect(el, { adjust = false } = {}) {
    const { x, y, width, height } = el.getBoundingClientRect();
    if (!adjust) {
        return new DOMRect(x, y, width, height);
    }
    const style = getComputedStyle(el);
    const [left, right, top, bottom] = ["Left", "Right", "Top", "Bottom"].map(
        (side) => parseFloat(style[`padding${side}`]) || 0
    );
    return new DOMRect(x + left, y + top, width - left - right, height - top - bottom);
}

/** The element that an event wants to drag, null when it wants something else. */
function draggedBy(ev, { elements, handle, ignore, enable, preventDrag }, root) {
    const element = ev.target.closest?.(elements);
    if (ev.button !== 0 || !enable || !element || !root.contains(element) || preventDrag(element)) {
        return null;
    }
    const part = handle && ev.target.closest(handle);
    if ((handle && !(part && element.contains(part))) || (ignore && ev.target.closest(ignore))) {
        return null;
    }
    return element;
}

/** From the press on an element to the release. */
export class DragSession {
    /** @returns {DragSession|null} null when the event starts no drag */
    static begin(ev, options) {
        const element = draggedBy(ev, options.values, options.ctx.ref.el);
        return element && new DragSession(ev, element, options);
    }

    constructor(ev, element, { hook, ctx, values, draggedClass }) {
        this.hook = hook;
        this.ctx = ctx;
        this.values = values;
        this.draggedClass = draggedClass;
        this.changes = new Changes();
        this.hasBegun = false;
        Object.assign(ctx, values, { pointer: { x: ev.clientX, y: ev.clientY }, current: { element } });
        this.origin = { ...ctx.pointer };
        this.isTouch = ev.pointerType === "touch";
        const delay = this.isTouch ? values.touchDelay : values.delay;
        this.isReady = !delay;
        if (delay) {
            const timer = browser.setTimeout(() => {
                this.isReady = true;
                // a finger that rests has begun; a mouse has to be moved
                if (this.isTouch) {
                    this.start();
                }
            }, delay);
            this.changes.addCleanup(() => browser.clearTimeout(timer));
        }
        this.run("onComputeParams", { params: values }, false);
        this.run("onWillStartDrag");
    }

    /** Call the handler of the hook, and that of who uses it with what the former returned. */
    run(name, details = {}, isTold = true) {
        const { addCleanup, addClass, addListener, addStyle, removeClass, removeStyle } = this.changes;
        const helpers = { addCleanup, addClass, addListener, addStyle, removeClass, removeStyle, getRect };
        const callHandler = (handler, argument) =>
            this.values[handler]?.({ ...helpers, ...this.ctx.pointer, ...argument });
        const argument = this.hook[name]?.({ ctx: this.ctx, callHandler, ...helpers, ...details });
        // a hook that returns null has nothing to tell
        if (isTold && argument !== null) {
            callHandler(name, argument || { element: this.ctx.current.element });
        }
    }

    start() {
        const { current, pointer } = this.ctx;
        const { element } = current;
        const rect = getRect(element);
        this.hasBegun = true;
        Object.assign(current, {
            container: this.ctx.ref.el,
            containerRect: getRect(this.ctx.ref.el),
            elementRect: rect,
            initialPosition: { ...this.origin },
            offset: { x: this.origin.x - rect.x, y: this.origin.y - rect.y },
            scrollParentX: closestScrollableX(element),
            scrollParentY: closestScrollableY(element),
        });
        this.ctx.state.dragging = true;
        getSelection().removeAllRanges();
        this.changes.addClass(element, this.draggedClass);
        this.changes.addStyle(document.body, { cursor: this.values.cursor, userSelect: "none" });
        this.run("onDragStart");
        if (this.values.followCursor) {
            const { width, height } = rect;
            const style = { position: "fixed", width, height, margin: 0, zIndex: 1000, pointerEvents: "none" };
            this.changes.addStyle(element, { ...style, left: rect.x, top: rect.y });
        }
        this.follow(pointer);
    }

    move({ clientX: x, clientY: y }) {
        this.ctx.pointer = { x, y };
        if (!this.hasBegun) {
            const distance = Math.hypot(x - this.origin.x, y - this.origin.y);
            if (distance < this.values.tolerance) {
                return;
            }
            if (this.isReady) {
                this.start();
            } else {
                // what moves before its time scrolls or selects
                this.isReady = false;
                return;
            }
        }
        this.follow(this.ctx.pointer);
        this.scrollAtEdges();
        this.run("onDrag");
    }

    follow({ x, y }) {
        const { element, offset } = this.ctx.current;
        if (this.values.followCursor) {
            element.style.setProperty("left", `${x - offset.x}px`, "important");
            element.style.setProperty("top", `${y - offset.y}px`, "important");
        }
    }

    scrollAtEdges() {
        const { enabled, speed, threshold, direction } = this.values.edgeScrolling;
        if (!enabled) {
            return;
        }
        const { scrollParentX, scrollParentY } = this.ctx.current;
        const { x, y } = this.ctx.pointer;
        const step = (position, start, end) =>
            position < start + threshold ? -speed : position > end - threshold ? speed : 0;
        if (scrollParentX && direction !== "vertical") {
            const { left, right } = scrollParentX.getBoundingClientRect();
            scrollParentX.scrollLeft += step(x, left, right);
        }
        if (scrollParentY && direction !== "horizontal") {
            const { top, bottom } = scrollParentY.getBoundingClientRect();
            scrollParentY.scrollTop += step(y, top, bottom);
        }
    }

    /** @returns {boolean} whether the key gives the drag up */
    onKeydown(ev) {
        if (ev.key !== "Escape" || !this.hasBegun) {
            return false;
        }
        ev.preventDefault();
        ev.stopImmediatePropagation();
        return true;
    }

    end(isDrop) {
        try {
            if (this.hasBegun) {
                if (isDrop) {
                    this.run("onDrop");
                    this.stopClick();
                }
                this.run("onDragEnd");
            }
        } finally {
            this.ctx.state.dragging = false;
            this.changes.end();
        }
    }

    /** The click that ends the drag opens nothing. */
    stopClick() {
        const stop = (ev) => {
            ev.stopPropagation();
            ev.preventDefault();
        };
        window.addEventListener("click", stop, { capture: true, once: true });
        setTimeout(() => window.removeEventListener("click", stop, { capture: true }), 50);
    }
}
