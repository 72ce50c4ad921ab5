import { onWillUnmount, useComponent, useEffect } from "@odoo/owl";
import { shallowEqual } from "@web/core/utils/objects";
import { throttleForAnimation } from "@web/core/utils/timing";

/** What lies before each line of a grid, and behind the last one. @param {number[]} sizes in pixels */
function ends(sizes) {
    let end = 0;
    return sizes.map((size) => (end += size));
}

/**
 * @param {number[]} lineEnds
 * @param {number} from pixel
 * @param {number} to pixel
 * @returns {[number, number]|undefined} first and last line between them; nothing where there is no line
 */
function linesBetween(lineEnds, from, to) {
    if (!lineEnds.length) {
        return undefined;
    }
    const firstBehind = (pixel) => lineEnds.findIndex((end) => end > pixel);
    const last = lineEnds.length - 1;
    const [start, end] = [firstBehind(from), firstBehind(to)];
    return [start < 0 ? last : start, end < 0 ? last : end];
}

/** The part of a grid that is on the screen, and as much around it as a factor says. */
class VirtualGrid {
    /** @type {number[]|undefined} */
    columnEnds;
    /** @type {number[]|undefined} */
    rowEnds;
    /** First and last column and row to draw. @type {[number, number]|undefined} */
    columnsIndexes;
    /** @type {[number, number]|undefined} */
    rowsIndexes;

    constructor({ bufferCoef, scroll }) {
        this.scroll = scroll;
        this.bufferCoef = bufferCoef;
    }

    setColumnsWidths(widths) {
        this.columnEnds = ends(widths);
        this.compute();
    }

    setRowsHeights(heights) {
        this.rowEnds = ends(heights);
        this.compute();
    }

    /** @returns {boolean} whether other columns or rows are to be drawn than before */
    compute() {
        const { innerHeight, innerWidth } = window;
        const lines = (lineEnds, start, size) =>
            lineEnds && linesBetween(lineEnds, start - size * this.bufferCoef, start + size * (1 + this.bufferCoef));
        const before = [this.columnsIndexes, this.rowsIndexes];
        this.columnsIndexes = lines(this.columnEnds, Math.abs(this.scroll.left), innerWidth);
        this.rowsIndexes = lines(this.rowEnds, this.scroll.top, innerHeight);
        const isSame = (one, other) => one === other || (one && other && shallowEqual(one, other));
        return !isSame(before[0], this.columnsIndexes) || !isSame(before[1], this.rowsIndexes);
    }
}

/**
 * Component hook: draw of a large grid only what is seen.
 *
 * @param {{scrollableRef: {el: HTMLElement|null}, initialScroll?: {left?: number, top?: number}, bufferCoef?: number,
 *   onChange?: (changed: Object) => void}} params without `onChange` the component is drawn again
 * @returns {VirtualGrid} tells `columnsIndexes` and `rowsIndexes`, first and last, once it knows the sizes
 */
export function useVirtualGrid({ scrollableRef, initialScroll = {}, bufferCoef = 1, onChange }) {
    const component = useComponent();
    const scroll = { left: 0, top: 0, ...initialScroll };
    const grid = new VirtualGrid({ bufferCoef, scroll });
    const tell = onChange || (() => component.render());
    const follow = throttleForAnimation(() => {
        const { el } = scrollableRef;
        if (el) {
            Object.assign(scroll, { left: el.scrollLeft, top: el.scrollTop });
        }
        if (grid.compute()) {
            tell({ columnsIndexes: grid.columnsIndexes, rowsIndexes: grid.rowsIndexes });
        }
    });
    useEffect(
        (el) => {
            el?.addEventListener("scroll", follow);
            return () => el?.removeEventListener("scroll", follow);
        },
        () => [scrollableRef.el]
    );
    window.addEventListener("resize", follow);
    onWillUnmount(() => {
        window.removeEventListener("resize", follow);
        follow.cancel();
    });
    return grid;
}
