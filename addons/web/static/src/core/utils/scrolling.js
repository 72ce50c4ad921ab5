/** Whether an element would scroll from side to side if what it holds were wider. */
export function couldBeScrollableX(el) {
    return el !== null && el !== undefined && /auto|scroll/.test(getComputedStyle(el).overflowX);
}

/** Whether an element would scroll up and down if what it holds were higher. */
export function couldBeScrollableY(el) {
    return el !== null && el !== undefined && /auto|scroll/.test(getComputedStyle(el).overflowY);
}

/** Whether an element scrolls from side to side. */
export function isScrollableX(el) {
    return Boolean(el) && el.scrollWidth > el.clientWidth && couldBeScrollableX(el);
}

/** Whether an element scrolls up and down. */
export function isScrollableY(el) {
    return Boolean(el) && el.scrollHeight > el.clientHeight && couldBeScrollableY(el);
}

function nearest(el, isWanted) {
    for (let node = el; node && node !== document.documentElement; node = node.parentElement) {
        if (isWanted(node)) {
            return node;
        }
    }
    return null;
}

/** Nearest ancestor that scrolls vertically. */
export function closestScrollableY(el) {
    return nearest(el, isScrollableY);
}

/** Nearest ancestor that scrolls horizontally. */
export function closestScrollableX(el) {
    return nearest(el, isScrollableX);
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

/** What scrolls when the page does. @param {Document} [page] @returns {Element} */
export function getScrollingElement(page = document) {
    const base = page.scrollingElement || page.documentElement;
    if (isScrollableY(base)) {
        return base;
    }
    const { innerHeight } = page.defaultView || window;
    const isPageHigh = (el) => el.clientHeight >= innerHeight - 1 && isScrollableY(el);
    return [...page.body.children].find(isPageHigh) || base;
}

/**
 * Leave room for the scroll bar of the page on an element, so that it stays where it is when the bar goes.
 *
 * @param {HTMLElement} el
 * @param {boolean} [isOn] whether the room is left
 * @param {boolean} [scrollsItself] whether the element scrolls with the page
 * @param {string} [property] where the room is left
 */
export function compensateScrollbar(el, isOn = true, scrollsItself = true, property = "padding-right") {
    el.style.removeProperty(property);
    if (!isOn) {
        return;
    }
    const scrolling = /** @type {HTMLElement} */ (scrollsItself ? getScrollingElement(el.ownerDocument) : el);
    const isPage = scrolling === el.ownerDocument.scrollingElement;
    const width = isPage ? window.innerWidth - scrolling.clientWidth : scrolling.offsetWidth - scrolling.clientWidth;
    if (width) {
        const present = parseFloat(getComputedStyle(el).getPropertyValue(property)) || 0;
        el.style.setProperty(property, `${present + width}px`, "important");
    }
}
