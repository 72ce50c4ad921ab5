import { onWillUnmount, useEffect, useExternalListener } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { clamp } from "@web/core/utils/numbers";
import { useDebounced } from "@web/core/utils/timing";

const LEAST_DRAGGED = 30;
/** Room for the content of a column by the type of its field, in pixels: `[least, most]`, most only where it has one. */
const ROOM = {
    boolean: [20, 100],
    date: [80, 80],
    datetime: [145, 145],
    float: [93, 93],
    integer: [71, 71],
    monetary: [105, 105],
    text: [70, 1200],
};
const ANY_ROOM = [70];
/** Numbers and days that are cut would be read wrong: they get what they need. */
const UNCUT_TYPES = ["date", "datetime", "float", "integer", "monetary"];

/**
 * Share a width among columns. When it does not suffice the widest give first, none more than its least width; when
 * there is more than needed, columns grow up to their most, then all alike.
 *
 * @param {{natural: number, least: number, most: number}[]} columns
 * @param {number} available
 * @returns {number[]} widths; together more than `available` only where the least widths are
 */
export function shareWidth(columns, available) {
    const widths = columns.map(({ natural, least, most }) => clamp(natural, least, most));
    const spare = available - total(widths);
    return spare < 0 ? narrowed(columns, widths, available) : widened(columns, widths, spare);
}

function total(widths) {
    return widths.reduce((sum, width) => sum + width, 0);
}

function narrowed(columns, widths, available) {
    const cutAt = (limit) => widths.map((width, index) => Math.max(columns[index].least, Math.min(width, limit)));
    let [low, high] = [0, Math.max(...widths)];
    while (high - low > 0.5) {
        const middle = (low + high) / 2;
        if (total(cutAt(middle)) > available) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return cutAt(low).map(Math.floor);
}

function widened(columns, widths, spare) {
    const result = [...widths];
    const growing = (index) => result[index] < columns[index].most;
    let open = columns.map((_column, index) => index).filter(growing);
    while (spare > 0.5 && open.length) {
        const part = spare / open.length;
        for (const index of open) {
            const more = Math.min(part, columns[index].most - result[index]);
            result[index] += more;
            spare -= more;
        }
        open = open.filter(growing);
    }
    const elastic = columns.filter(({ least, most }) => least < most).length;
    const isForAll = !elastic;
    const extra = spare / (elastic || columns.length);
    return result.map((width, index) => {
        const { least, most } = columns[index];
        return Math.floor(width + (isForAll || least < most ? extra : 0));
    });
}

/** Room that a column's arch, widget or type asks for. @returns {number[]|null} `[least, most]` without padding */
function roomOf(column, field) {
    const given = column.attrs?.width;
    if (given) {
        const pixels = /^(\d+)(px)?$/.exec(given)?.[1];
        return pixels ? [Number(pixels), Number(pixels)] : null;
    }
    if (column.type !== "field") {
        return null;
    }
    const { fieldType: type, hasLabel, options } = column;
    const own = column.field?.listViewWidth;
    const asked = typeof own === "function" ? own({ type, hasLabel, options, field }) : own;
    if (asked) {
        return Array.isArray(asked) ? asked : [asked, asked];
    }
    return ROOM[type] || ANY_ROOM;
}

/** What a column is and may be wide, with the padding of its cells; `content` is the width without its `label`. */
function boundsOf(column, field, { content, label, padding }) {
    const natural = Math.max(content, label + padding);
    const room = roomOf(column, field);
    if (!room) {
        return { natural, least: natural, most: natural };
    }
    const least = room[0] + padding;
    const most = (room[1] ?? Infinity) + padding;
    const isUncut = UNCUT_TYPES.includes(column.fieldType) && !column.attrs?.width;
    return isUncut
        ? { natural, least: Math.max(least, content), most: Math.max(most, natural) }
        : { natural, least, most };
}

/**
 * Component hook: widths of the columns of a list that fill the room there is, and that the user may change by the
 * handles between the headers. What does not fit in its column ends with an ellipsis.
 *
 * @param {{el: HTMLTableElement}} tableRef
 * @param {() => {columns: Object[], fields: Object, isEmpty: boolean, widthOf?: (column: Object) => number|undefined}} getState
 *   columns that are shown, definitions of the model's fields by name, whether there is no line to take the widths from,
 *   and widths that the user chose before
 * @param {(column: Object, width: number) => void} [onResized] the user gave a column a width
 * @returns {{onStartResize: (ev: PointerEvent) => void, reset: () => void}}
 */
export function useMagicColumnWidths(tableRef, getState, onResized = () => {}) {
    let isDragged = false;
    let stopDrag = () => {};

    const layout = () => {
        const table = tableRef.el;
        if (table?.offsetParent) {
            fit(table, getState());
        }
    };
    const relayout = useDebounced(() => isDragged || layout(), 200);

    useEffect(
        () => {
            isDragged = false;
            layout();
        },
        () => {
            const { columns, isEmpty } = getState();
            return [tableRef.el, columns.map((column) => column.id).join(), isEmpty];
        }
    );
    useExternalListener(window, "resize", relayout);
    onWillUnmount(() => stopDrag());

    return {
        /** Lay the columns out again once they are drawn. */
        reset() {
            isDragged = false;
            browser.requestAnimationFrame(layout);
        },
        onStartResize(ev) {
            isDragged = true;
            const { column: id } = /** @type {HTMLElement} */ (ev.target).closest("th").dataset;
            stopDrag = dragEdge(ev, tableRef.el, (width) => {
                const column = getState().columns.find((one) => one.id === id);
                if (column) {
                    onResized(column, width);
                }
            });
        },
    };
}

/** Widths of a column without its label, of that, and of the padding; a part of a pixel less would cut them. */
function sizesOf(header) {
    const style = getComputedStyle(header);
    const labels = [...header.children].map((child) => child.getBoundingClientRect().width);
    return {
        content: Math.ceil(header.getBoundingClientRect().width),
        label: Math.ceil(Math.max(0, ...labels)),
        padding: parseFloat(style.paddingLeft) + parseFloat(style.paddingRight),
    };
}

/** @param {HTMLTableElement} table @param {Object} state see `useMagicColumnWidths` */
function fit(table, { columns, fields, isEmpty, widthOf = (_column) => undefined }) {
    const headers = columns.map((column) => table.querySelector(`thead th[data-column='${column.id}']`));
    // first what the contents would like
    headers.forEach((header, index) => {
        header.style.width = columns[index].attrs?.width?.replace(/^\d+$/, "$&px") || "";
    });
    Object.assign(table.style, { tableLayout: "auto", width: "max-content" });
    table.classList.add("o_list_without_labels");
    const others = [...table.tHead.rows[0].cells].filter((cell) => !headers.includes(cell));
    // all is read at once: what is written in between would have the page laid out again
    const sizes = headers.map(sizesOf);
    const taken = others.map((cell) => cell.offsetWidth);
    const room = table.parentElement.clientWidth;
    table.classList.remove("o_list_without_labels");
    const bounds = columns.map((column, index) => boundsOf(column, fields[column.name], sizes[index]));
    columns.forEach((column, index) => {
        const width = widthOf(column);
        if (width) {
            bounds[index] = { natural: width, least: width, most: width };
        }
    });
    const available = room - total(taken);
    if (isEmpty) {
        const equal = available / columns.length;
        bounds.forEach((bound, index) => Object.assign(bound, widthOf(columns[index]) ? {} : { natural: equal }));
    }
    const widths = shareWidth(bounds, available);
    others.forEach((cell, index) => {
        cell.style.width = `${taken[index]}px`;
    });
    headers.forEach((header, index) => {
        header.style.width = `${widths[index]}px`;
    });
    const needed = total(widths) + total(taken);
    const isTooWide = needed > room;
    Object.assign(table.style, { tableLayout: "fixed", width: isTooWide ? `${needed}px` : "100%" });
}

/**
 * Follow the pointer with the edge of the column of a handle; `onEnd` gets the new width.
 *
 * @param {PointerEvent} ev
 * @param {HTMLTableElement} table
 * @param {(width: number) => void} onEnd
 * @returns {() => void} stops
 */
function dragEdge(ev, table, onEnd) {
    const handle = /** @type {HTMLElement} */ (ev.target);
    const header = handle.closest("th");
    const direction = getComputedStyle(table).direction === "rtl" ? -1 : 1;
    const cells = [...table.tHead.rows[0].cells];
    const [start, width, tableWidth] = [ev.clientX, header.offsetWidth, table.offsetWidth];
    // the other columns stay as they are
    cells
        .map((cell) => cell.offsetWidth)
        .forEach((own, index) => {
            cells[index].style.width = `${own}px`;
        });
    const move = ({ clientX }) => {
        const next = Math.max(LEAST_DRAGGED, width + direction * (clientX - start));
        header.style.width = `${next}px`;
        table.style.width = `${tableWidth + next - width}px`;
    };
    const stop = () => {
        handle.removeEventListener("pointermove", move);
        table.classList.remove("o_resizing");
        if (header.offsetWidth !== width) {
            onEnd(header.offsetWidth);
        }
    };
    // the click that ends the drag belongs to the handle, not to the header below
    handle.setPointerCapture(ev.pointerId);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", stop, { once: true });
    table.classList.add("o_resizing");
    return stop;
}
