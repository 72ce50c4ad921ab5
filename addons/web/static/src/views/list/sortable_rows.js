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
        dragged.classList.add("o_dragged");
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
        const row = dragged;
        dragged = null;
        row.classList.remove("o_dragged");
        let previous = row.previousElementSibling;
        while (previous && !previous.matches("tr.o_data_row")) {
            previous = previous.previousElementSibling;
        }
        const movedId = row.dataset.id;
        const targetId = previous ? previous.dataset.id : null;
        await moveRow(renderer, movedId, targetId);
    };

    useEffect(
        (table) => {
            table?.addEventListener("pointerdown", onPointerDown);
            return () => table?.removeEventListener("pointerdown", onPointerDown);
        },
        () => [renderer.tableRef.el]
    );
}

async function moveRow(renderer, movedId, targetId) {
    const { list } = renderer.props;
    if (list.editedRecord && !(await list.leaveEditMode())) {
        return;
    }
    if (list.isGrouped) {
        const group = list.groups.find((item) => item.list.records?.some((record) => record.id === movedId));
        await group.list.resequence(movedId, targetId);
    } else {
        await list.resequence(movedId, targetId);
    }
    renderer.render();
}
