import { useEffect } from "@odoo/owl";

const THRESHOLD = 8;

/** Move cards by dragging them with the mouse. */
export function useKanbanSortable(renderer) {
    let start = null;
    let card = null;
    let ghost = null;

    const stopClick = (ev) => {
        ev.stopPropagation();
        ev.preventDefault();
    };

    const onPointerDown = (ev) => {
        const target = ev.target.closest(".o_kanban_record[data-id]");
        const blocked =
            ev.button !== 0 ||
            ev.pointerType !== "mouse" ||
            ev.target.closest("a, button, input, select, .o_dropdown_kanban, .o-dropdown");
        if (!target || blocked || !renderer.canMoveRecords) {
            return;
        }
        start = { x: ev.clientX, y: ev.clientY, target };
        document.addEventListener("pointermove", onPointerMove);
        document.addEventListener("pointerup", onPointerUp, { once: true });
    };

    const begin = () => {
        card = start.target;
        const box = card.getBoundingClientRect();
        ghost = card.cloneNode(true);
        ghost.classList.add("o_dragged");
        Object.assign(ghost.style, { position: "fixed", width: `${box.width}px`, pointerEvents: "none", zIndex: 2000 });
        document.body.append(ghost);
        card.classList.add("opacity-50");
        getSelection().removeAllRanges();
    };

    const onPointerMove = (ev) => {
        if (!card) {
            if (Math.hypot(ev.clientX - start.x, ev.clientY - start.y) < THRESHOLD) {
                return;
            }
            begin();
        }
        ev.preventDefault();
        Object.assign(ghost.style, { left: `${ev.clientX - 40}px`, top: `${ev.clientY - 20}px` });
        const under = document.elementFromPoint(ev.clientX, ev.clientY);
        const other = under?.closest(".o_kanban_record[data-id]");
        const column = under?.closest(".o_kanban_group");
        if (other && other !== card && renderer.rootRef.el.contains(other)) {
            const box = other.getBoundingClientRect();
            other.parentElement.insertBefore(
                card,
                ev.clientY > box.top + box.height / 2 ? other.nextElementSibling : other
            );
        } else if (column && !column.contains(card) && !column.classList.contains("o_column_folded")) {
            column.append(card);
        }
    };

    const onPointerUp = async () => {
        document.removeEventListener("pointermove", onPointerMove);
        const { target } = start;
        start = null;
        if (!card) {
            return;
        }
        window.addEventListener("click", stopClick, { capture: true, once: true });
        setTimeout(() => window.removeEventListener("click", stopClick, { capture: true }), 50);
        ghost.remove();
        target.classList.remove("opacity-50");
        card = null;
        await drop(renderer, target);
    };

    useEffect(
        (el) => {
            el?.addEventListener("pointerdown", onPointerDown);
            return () => el?.removeEventListener("pointerdown", onPointerDown);
        },
        () => [renderer.rootRef.el]
    );
}

async function drop(renderer, element) {
    const { list } = renderer.props;
    const recordId = element.dataset.id;
    const targetGroupId = element.closest(".o_kanban_group")?.dataset.id;
    const previous = element.previousElementSibling;
    const refId = previous?.matches(".o_kanban_record[data-id]") ? previous.dataset.id : null;
    const source = list.isGrouped
        ? list.groups.find((group) => group.list.records?.some((record) => record.id === recordId))
        : null;
    try {
        await list.moveRecord(recordId, source?.id, refId, targetGroupId);
    } finally {
        // the element was moved by hand: only a rendering from scratch gives the truth back
        await list.model.load();
    }
}
