import { sortBy } from "@web/core/utils/arrays";

/** The button of a cell that the keys have come to. */
function buttonOf(cell) {
    return cell?.querySelector("button:not([disabled])");
}

/** The next button in a row. */
function besideButton(cell, step) {
    const cells = [...cell.parentElement.cells];
    let next = cell;
    do {
        next = cells[cells.indexOf(next) + step];
    } while (next && !buttonOf(next));
    return buttonOf(next);
}

/** How far the middle of one cell is from another one, to either side. */
function distance(cell, middle) {
    const { left, right } = cell.getBoundingClientRect();
    return Math.max(left - middle, middle - right, 0);
}

/** The button above or below: headers are wider than what they stand over. */
function acrossButton(table, cell, step) {
    const { left, right } = cell.getBoundingClientRect();
    const rows = [...table.rows];
    for (let row = rows[rows.indexOf(cell.parentElement) + step]; row; row = rows[rows.indexOf(row) + step]) {
        const cells = [...row.cells].filter(buttonOf);
        const [nearest] = sortBy(cells, (other) => distance(other, (left + right) / 2));
        if (nearest) {
            return buttonOf(nearest);
        }
    }
    return null;
}

/**
 * Go with the arrow keys from cell to cell of a table.
 *
 * @param {HTMLTableElement} table
 * @param {KeyboardEvent} ev
 */
export function moveInTable(table, ev) {
    const sign = document.documentElement.dir === "rtl" ? -1 : 1;
    const target = /** @type {HTMLElement} */ (ev.target);
    const cell = target.closest("th, td");
    const ways = {
        ArrowDown: () => acrossButton(table, cell, 1),
        ArrowUp: () => acrossButton(table, cell, -1),
        ArrowRight: () => besideButton(cell, sign),
        ArrowLeft: () => besideButton(cell, -sign),
    };
    const next = cell && ways[ev.key]?.();
    if (next) {
        ev.preventDefault();
        table.querySelectorAll("button[tabindex='0']").forEach((button) => button.setAttribute("tabindex", "-1"));
        next.tabIndex = 0;
        next.focus();
    }
}
