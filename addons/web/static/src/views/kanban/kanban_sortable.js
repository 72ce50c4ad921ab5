import { useEffect } from "@odoo/owl";

const THRESHOLD = 8;

const CARD = ".o_kanban_record[data-id]";
/** What on a card has a use for the mouse of its own. */
const NO_HANDLE = "a, button, input, select, .o_dropdown_kanban, .o-dropdown";

/** Move cards by dragging them with the mouse. */
export function useKanbanSortable(renderer) {
    useEffect(
        (el) => {
            const onPointerDown = (ev) => {
                const card = ev.target.closest(CARD);
                const isMeant = ev.button === 0 && ev.pointerType === "mouse" && !ev.target.closest(NO_HANDLE);
                if (card && isMeant && renderer.canMoveRecords) {
                    new CardDrag(renderer, card, ev);
                }
            };
            el?.addEventListener("pointerdown", onPointerDown);
            return () => el?.removeEventListener("pointerdown", onPointerDown);
        },
        () => [renderer.rootRef.el]
    );
}

/** From the press of the button on a card to its release; the card is dragged once the mouse went some way. */
class CardDrag {
    constructor(renderer, card, { clientX, clientY }) {
        this.renderer = renderer;
        this.card = card;
        this.start = { x: clientX, y: clientY };
        /** Copy of the card under the mouse, while it is dragged. */
        this.ghost = null;
        const onMove = (ev) => this.move(ev);
        document.addEventListener("pointermove", onMove);
        document.addEventListener(
            "pointerup",
            () => {
                document.removeEventListener("pointermove", onMove);
                if (this.ghost) {
                    this.end();
                }
            },
            { once: true }
        );
    }

    begin() {
        const { width } = this.card.getBoundingClientRect();
        this.ghost = this.card.cloneNode(true);
        this.ghost.classList.add("o_dragged");
        Object.assign(this.ghost.style, {
            position: "fixed",
            width: `${width}px`,
            pointerEvents: "none",
            zIndex: 2000,
        });
        document.body.append(this.ghost);
        this.card.classList.add("opacity-50");
        getSelection().removeAllRanges();
    }

    move(ev) {
        const { clientX: x, clientY: y } = ev;
        if (!this.ghost && Math.hypot(x - this.start.x, y - this.start.y) < THRESHOLD) {
            return;
        }
        if (!this.ghost) {
            this.begin();
        }
        ev.preventDefault();
        Object.assign(this.ghost.style, { left: `${x - 40}px`, top: `${y - 20}px` });
        this.place(document.elementFromPoint(x, y), y);
    }

    /** Put the card beside the one under the mouse, or at the end of the column. */
    place(under, y) {
        const { card, renderer } = this;
        const other = under?.closest(CARD);
        const column = under?.closest(".o_kanban_group:not(.o_column_folded)");
        if (other && other !== card && renderer.rootRef.el.contains(other)) {
            const { height, top } = other.getBoundingClientRect();
            other.parentElement.insertBefore(card, y > top + height / 2 ? other.nextElementSibling : other);
        } else if (column && !column.contains(card)) {
            column.append(card);
        }
    }

    end() {
        // the click that ends the drag opens nothing
        const stopClick = (ev) => {
            ev.stopPropagation();
            ev.preventDefault();
        };
        window.addEventListener("click", stopClick, { capture: true, once: true });
        setTimeout(() => window.removeEventListener("click", stopClick, { capture: true }), 50);
        this.ghost.remove();
        this.card.classList.remove("opacity-50");
        return drop(this.renderer, this.card);
    }
}

async function drop(renderer, element) {
    const { list } = renderer.props;
    const recordId = element.dataset.id;
    const targetGroupId = element.closest(".o_kanban_group")?.dataset.id;
    const previous = element.previousElementSibling;
    const refId = previous?.matches(CARD) ? previous.dataset.id : null;
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
