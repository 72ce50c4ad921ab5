import { onWillUnmount, useEffect } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/**
 * Selection of the lines of a list: one, all from the one before with Shift, and by a long touch where there are no boxes.
 *
 * @param {Object} renderer the component of the list
 * @returns {ListSelection}
 */
export function useListSelection(renderer) {
    const selection = new ListSelection(renderer);
    // one listener for all lines, however many there are
    useEffect(
        (table) => {
            const passive = { passive: true };
            const events = [
                ["click", (ev) => selection.onClick(ev), { capture: true }],
                [
                    "touchstart",
                    (ev) => selection.withRecord(ev, (record) => renderer.onRowTouchStart(record, ev)),
                    passive,
                ],
                ["touchend", (ev) => selection.withRecord(ev, (record) => renderer.onRowTouchEnd(record, ev)), passive],
                [
                    "touchmove",
                    (ev) => selection.withRecord(ev, (record) => renderer.onRowTouchMove(record, ev)),
                    passive,
                ],
            ];
            events.forEach((event) => table?.addEventListener(...event));
            return () => events.forEach((event) => table?.removeEventListener(...event));
        },
        () => [renderer.tableRef.el]
    );
    onWillUnmount(() => selection.endTouch());
    return selection;
}

class ListSelection {
    constructor(renderer) {
        this.renderer = renderer;
        /** The line that was selected or left out last. */
        this.last = null;
        /** Whether Shift is held in the click that is under way. */
        this.isRange = false;
        this.touchTimer = null;
    }

    /** Do something with the line that an event is about. */
    withRecord({ target }, act) {
        const id = target.closest("tr.o_data_row")?.dataset.id;
        const record = id && this.renderer.props.list.records.find((one) => one.id === id);
        if (record) {
            act(record);
        }
    }

    onClick(ev) {
        this.isRange = ev.shiftKey && Boolean(ev.target.closest(".o_list_record_selector"));
        this.withRecord(ev, (record) => this.renderer.onClickCapture(record, ev));
    }

    toggle(record) {
        const { list } = this.renderer.props;
        const between = this.isRange && this.last ? this.between(list.records, this.last, record) : [];
        this.isRange = false;
        this.last = record;
        if (!between.length) {
            return record.toggleSelection();
        }
        const isSelected = !record.selected;
        for (const one of between) {
            one.toggleSelection(isSelected);
        }
    }

    /** Lines from one to another, in the order of the list; none when one of them is gone. */
    between(records, first, last) {
        const places = [first, last].map(({ id }) => records.findIndex((record) => record.id === id));
        return places.includes(-1) ? [] : records.slice(Math.min(...places), Math.max(...places) + 1);
    }

    startTouch(record) {
        const { LONG_TOUCH_THRESHOLD } = this.renderer.constructor;
        this.endTouch();
        this.touchTimer = browser.setTimeout(() => this.renderer.toggleRecordSelection(record), LONG_TOUCH_THRESHOLD);
    }

    endTouch() {
        browser.clearTimeout(this.touchTimer);
    }
}
