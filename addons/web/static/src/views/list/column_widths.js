import { useEffect } from "@odoo/owl";

/**
 * Fixed widths of the columns whose arch or widget gives one.
 *
 * @param {{el: HTMLTableElement}} tableRef
 * @param {() => Object[]} getColumns columns of the arch that are shown
 * @param {() => Object} getFields definitions of the model's fields by name
 */
export function useMagicColumnWidths(tableRef, getColumns, getFields) {
    useEffect(() => {
        const table = tableRef.el;
        if (!table) {
            return;
        }
        for (const column of getColumns()) {
            const header = table.querySelector(`thead th[data-column='${column.id}']`);
            const width = widthOf(column, getFields()[column.name]);
            if (header && width) {
                header.style.width = width;
            }
        }
    });
}

function widthOf(column, field) {
    const given = column.attrs?.width;
    if (given) {
        return /^\d+$/.test(given) ? `${given}px` : given;
    }
    const own = column.field?.listViewWidth;
    const value =
        typeof own === "function"
            ? own({ type: column.fieldType, hasLabel: column.hasLabel, options: column.options, field })
            : own;
    const number = Array.isArray(value) ? value[0] : value;
    return number ? `${number}px` : null;
}
