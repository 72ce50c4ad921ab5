import { onWillUnmount, useComponent, useEffect, useRef } from "@odoo/owl";
import { throttleForAnimation } from "@web/core/utils/timing";

const OPPOSITE = { top: "bottom", bottom: "top", left: "right", right: "left" };

function candidates(position) {
    const [direction, variant = "middle"] = position.split("-");
    const others = ["bottom", "top", "right", "left"].filter((d) => d !== direction && d !== OPPOSITE[direction]);
    return [direction, OPPOSITE[direction], ...others].map((d) => [d, variant]);
}

function solve(popper, target, direction, variant, margin) {
    const vertical = direction === "top" || direction === "bottom";
    let top;
    let left;
    if (vertical) {
        top = direction === "top" ? target.top - popper.height - margin : target.bottom + margin;
        const lefts = { start: target.left, end: target.right - popper.width, fit: target.left };
        left = lefts[variant] ?? target.left + (target.width - popper.width) / 2;
    } else {
        left = direction === "left" ? target.left - popper.width - margin : target.right + margin;
        const tops = { start: target.top, end: target.bottom - popper.height, fit: target.top };
        top = tops[variant] ?? target.top + (target.height - popper.height) / 2;
    }
    return { top, left, vertical };
}

/**
 * @param {HTMLElement} popper
 * @param {Element} target
 * @param {{position?: string, margin?: number, onPositioned?: Function}} options
 */
function place(popper, target, { position = "bottom", margin = 0, onPositioned }) {
    Object.assign(popper.style, { position: "fixed", top: "0px", left: "0px" });
    const box = target.getBoundingClientRect();
    if (position.endsWith("-fit")) {
        popper.style.minWidth = `${box.width}px`;
    }
    const size = popper.getBoundingClientRect();
    const rtl = document.documentElement.dir === "rtl";
    const fits = (spot) =>
        spot.vertical
            ? spot.top >= 0 && spot.top + size.height <= innerHeight
            : spot.left >= 0 && spot.left + size.width <= innerWidth;
    let best = null;
    for (const [direction, variant] of candidates(position)) {
        const mirrored = rtl && variant === "start" ? "end" : rtl && variant === "end" ? "start" : variant;
        const spot = { ...solve(size, box, direction, mirrored, margin), direction, variant };
        best ??= spot;
        if (fits(spot)) {
            best = spot;
            break;
        }
    }
    const clampTo = (value, room) => Math.max(4, Math.min(value, room - 4));
    best.left = clampTo(best.left, innerWidth - size.width);
    best.top = clampTo(best.top, innerHeight - size.height);
    popper.style.top = `${best.top}px`;
    popper.style.left = `${best.left}px`;
    onPositioned?.(popper, best);
}

/**
 * Keep an element beside a target.
 *
 * @param {string} refName reference of the element to place
 * @param {() => HTMLElement} getTarget
 * @param {{position?: string, margin?: number, onPositioned?: Function}} [options] position such as "bottom-start"
 */
export function usePosition(refName, getTarget, options = {}) {
    const ref = useRef(refName);
    const component = useComponent();
    let locked = false;
    const update = () => {
        const target = getTarget();
        if (ref.el && target && !locked) {
            place(ref.el, target, options);
        }
    };
    const throttled = throttleForAnimation(update);
    useEffect(() => update());
    useEffect(
        () => {
            const onScroll = (ev) => !ref.el?.contains(ev.target) && throttled();
            document.addEventListener("scroll", onScroll, true);
            window.addEventListener("resize", throttled);
            document.addEventListener("load", throttled, true);
            return () => {
                document.removeEventListener("scroll", onScroll, true);
                window.removeEventListener("resize", throttled);
                document.removeEventListener("load", throttled, true);
            };
        },
        () => []
    );
    onWillUnmount(() => throttled.cancel());
    return {
        component,
        lock() {
            locked = true;
        },
        unlock() {
            locked = false;
            update();
        },
    };
}

export { place as reposition };
