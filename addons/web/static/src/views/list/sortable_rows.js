import { useEffect } from "@odoo/owl";

/** Move lines by their handle. */
export function useSortableRows(renderer) {
    let dragged = null;

    const onPointerDown = (ev) => {
        const handle = ev.target.closest(".o_row_handle");
        if (!handle || !renderer.canResequenceRows || handle.classList.contains("o_readonly")) {
            return;
        }
        ev.preventDefault();
        dragged = handle.closest("tr.o_data_row");
        renderer.sortStart({ element: dragged });
        document.addEventListener("pointermove", onPointerMove);
        document.addEventListener("pointerup", onPointerUp, { once: true });
    };

    const onPointerMove = (ev) => {
        const row = document.elementFromPoint(ev.clientX, ev.clientY)?.closest("tr.o_data_row");
        if (!row || row === dragged || row.parentElement !== dragged.parentElement) {
            return;
        }
        const box = row.getBoundingClientRect();
        const after = ev.clientY > box.top + box.height / 2;
        row.parentElement.insertBefore(dragged, after ? row.nextElementSibling : row);
    };

    const onPointerUp = async () => {
        document.removeEventListener("pointermove", onPointerMove);
        const element = dragged;
        dragged = null;
        renderer.sortStop({ element });
        let previous = element.previousElementSibling;
        while (previous && !previous.matches("tr.o_data_row, tr.o_rows_elsewhere")) {
            previous = previous.previousElementSibling;
        }
        const { groups = [] } = renderer.props.list;
        const group = groups.find(({ list }) => list.records?.some(({ id }) => id === element.dataset.id));
        await renderer.sortDrop(element.dataset.id, group?.id ?? null, { element, previous });
    };

    useEffect(
        (table) => {
            table?.addEventListener("pointerdown", onPointerDown);
            return () => table?.removeEventListener("pointerdown", onPointerDown);
        },
        () => [renderer.tableRef.el]
    );
}
