import { useEffect } from "@odoo/owl";

const THRESHOLD = 8;

const CARD = ".o_kanban_record[data-id]";
const COLUMN = ".o_kanban_group[data-id]";
/** What on a card has a use for the mouse of its own. */
const NO_HANDLE = "a, button, input, select, .o_dropdown_kanban, .o-dropdown";

/** Move cards, and columns by their heads, by dragging them with the mouse. */
export function useKanbanSortable(renderer) {
    useEffect(
        (el) => {
            const onPointerDown = (ev) => {
                const isMeant =
                    renderer.canUseSortable &&
                    ev.button === 0 &&
                    ev.pointerType === "mouse" &&
                    !ev.target.closest(NO_HANDLE);
                const card = ev.target.closest(CARD);
                const column = ev.target.closest(`${COLUMN}.o_group_draggable`);
                if (isMeant && card && renderer.canMoveRecords) {
                    new CardDrag(renderer, card, ev);
                } else if (isMeant && column && ev.target.closest(".o_kanban_header") && renderer.canResequenceGroups) {
                    new ColumnDrag(renderer, column, ev);
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
        return this.drop();
    }

    /** What is before it now, if anything. @returns {string|null} id */
    before(selector) {
        const previous = this.card.previousElementSibling;
        return previous?.matches(selector) ? previous.dataset.id : null;
    }

    drop() {
        const { list } = this.renderer.props;
        const { id } = this.card.dataset;
        const holds = ({ list: { records } }) => records?.some((record) => record.id === id);
        const source = list.isGrouped ? list.groups.find(holds) : null;
        const targetGroupId = this.card.closest(".o_kanban_group")?.dataset.id;
        return this.renderer.sortRecordDrop(id, source?.id, { refId: this.before(CARD), targetGroupId });
    }
}

/** The same with a column. */
class ColumnDrag extends CardDrag {
    place(under) {
        const { card, renderer } = this;
        const other = under?.closest(`${COLUMN}.o_group_draggable`);
        if (other && other !== card && renderer.rootRef.el.contains(other)) {
            const columns = [...other.parentElement.children];
            const isAfter = columns.indexOf(other) > columns.indexOf(card);
            other.parentElement.insertBefore(card, isAfter ? other.nextElementSibling : other);
        }
    }

    drop() {
        return this.renderer.sortGroupDrop(this.card.dataset.id, { refId: this.before(COLUMN) });
    }
}
