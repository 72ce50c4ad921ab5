/** Nearest ancestor that scrolls vertically. */
export function closestScrollableY(el) {
    for (let node = el; node && node !== document.documentElement; node = node.parentElement) {
        const { overflowY } = getComputedStyle(node);
        if (node.scrollHeight > node.clientHeight && /auto|scroll/.test(overflowY)) {
            return node;
        }
    }
    return null;
}

/** Nearest ancestor that scrolls horizontally. */
export function closestScrollableX(el) {
    for (let node = el; node && node !== document.documentElement; node = node.parentElement) {
        const { overflowX } = getComputedStyle(node);
        if (node.scrollWidth > node.clientWidth && /auto|scroll/.test(overflowX)) {
            return node;
        }
    }
    return null;
}

/** Bring an element into the visible part of its scrollable parent. */
export function scrollTo(element, options = {}) {
    const scrollable = options.scrollable || closestScrollableY(element.parentElement);
    if (!scrollable) {
        return;
    }
    const rect = element.getBoundingClientRect();
    const area = scrollable.getBoundingClientRect();
    if (options.isAnchor || rect.top < area.top) {
        scrollable.scrollTop += rect.top - area.top;
    } else if (rect.bottom > area.bottom) {
        scrollable.scrollTop += rect.bottom - area.bottom;
    }
}
