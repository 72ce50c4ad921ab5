import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { isVisible } from "@web/core/utils/ui";

const FOCUSABLE =
    "input:not([disabled]):not(.d-none), textarea:not([disabled]), select:not([disabled]), [contenteditable='true'], button.btn:not([disabled]):not([tabindex='-1'])";
/** Cells that have no content to read: the focus goes to what is in them. */
const CONTROL_CELLS = ".o_list_record_selector, .o_list_button, .o_list_record_remove, .o_list_record_open_form_view";
const ADD_LINK = ".o_field_x2many_list_row_add a";

function stops(row) {
    return [...row.querySelectorAll("td.o_data_cell")].flatMap((cell) =>
        [...cell.querySelectorAll(FOCUSABLE)].filter((el) => isVisible(el) && el.tabIndex >= 0).slice(0, 1)
    );
}

/** What takes the focus for a cell; null where nothing does. */
function focusTarget(cell) {
    if (cell.matches(CONTROL_CELLS)) {
        return cell.querySelector("input, button, a");
    }
    return cell.hasAttribute("tabindex") ? cell : cell.querySelector("a, button");
}

/** Elements of a row that may have the focus, in reading order. */
function targetsOf(row) {
    return [...row.cells].map(focusTarget).filter((el) => el && isVisible(el));
}

function rowsOf(table) {
    return [...table.querySelectorAll(":scope > tbody > tr")].filter((row) => targetsOf(row).length);
}

/**
 * Keyboard of a list: moves among cells and lines, starts, saves and drops edition.
 *
 * @param {Object} renderer the component of the list
 * @returns {ListKeyboard}
 */
export function useListKeyboard(renderer) {
    return new ListKeyboard(renderer);
}

/** Keys by what they do, and how; `false`: the key keeps its usual meaning. */
const EDITION_KEYS = {
    tab: (keyboard, target) => keyboard.moveInLine(target, 1),
    "shift+tab": (keyboard, target) => keyboard.moveInLine(target, -1),
    enter: (keyboard, target) => keyboard.finishLine(target),
    escape: (keyboard, target) => keyboard.dropLine(target),
};
const MOVES = {
    arrowdown: (keyboard, { el }) => keyboard.moveAmongRows(el, 1),
    arrowup: (keyboard, { el }) => keyboard.moveAmongRows(el, -1),
};
const READING_KEYS = {
    ...MOVES,
    arrowleft: (keyboard, { el }) => keyboard.moveInRow(el, "left"),
    arrowright: (keyboard, { el }) => keyboard.moveInRow(el, "right"),
    "shift+arrowdown": (keyboard, target) => keyboard.extendDown(target, 1),
    "shift+arrowup": (keyboard, target) => keyboard.extendDown(target, -1),
    "shift+arrowleft": (keyboard, { el }) => keyboard.extendAside(el, "left"),
    "shift+arrowright": (keyboard, { el }) => keyboard.extendAside(el, "right"),
    "alt+shift+arrowleft": (keyboard, target) => keyboard.moveColumn(target, "left"),
    "alt+shift+arrowright": (keyboard, target) => keyboard.moveColumn(target, "right"),
    "control+d": (keyboard) => keyboard.renderer.cells.fillDown(),
    escape: (keyboard) => keyboard.renderer.cells.clear(),
    enter: (keyboard, target) => keyboard.open(target),
    space: (keyboard, target) => keyboard.select(target),
    "shift+space": (keyboard, target) => keyboard.select(target),
};
const GROUP_KEYS = {
    ...MOVES,
    arrowleft: (keyboard, target) => keyboard.fold(target, "left"),
    arrowright: (keyboard, target) => keyboard.fold(target, "right"),
    enter: (keyboard, target) => keyboard.toggleGroup(target),
};

/** A `target` is where the key was pressed: `el`, and its `record` and `column`, or its `group`. */
class ListKeyboard {
    constructor(renderer) {
        this.renderer = renderer;
        /** Steps among rows that wait for rows to be in the page. */
        this.owedSteps = 0;
    }

    /**
     * A key is pressed on a cell of a line or group.
     *
     * @param {KeyboardEvent} ev
     * @param {{record?: Object, group?: Object, column?: Object}} place
     */
    onKeydown(ev, { record, group, column }) {
        const recordKeys = record?.isInEdition ? EDITION_KEYS : READING_KEYS;
        const keys = record ? recordKeys : GROUP_KEYS;
        const act = keys[getActiveHotkey(ev)];
        if (act && act(this, { el: ev.target, record, group, column }) !== false) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    // ------------------------------------------------------------------ a line in edition

    moveInLine({ el, record, column }, step) {
        const fields = stops(el.closest("tr"));
        const index = fields.findIndex((field) => field === el || field.closest("td") === el.closest("td"));
        const neighbour = index < 0 ? undefined : fields[index + step];
        if (neighbour) {
            neighbour.focus();
            neighbour.select?.();
        } else {
            el.blur();
            this.goOn(record, { from: column, to: step < 0 ? this.renderer.columns.at(-1) : null, step, isTab: true });
        }
    }

    finishLine({ column, el, record }) {
        if (el.tagName === "TEXTAREA" || el.isContentEditable) {
            return false;
        }
        el.blur();
        this.goOn(record, { from: column, to: column, step: 1 });
    }

    async dropLine({ column, el, record }) {
        const table = el.closest("table");
        await this.leave({ discard: true }, record, column);
        await this.renderer.rendered();
        if (!this.renderer.focusReadCell(record, column)) {
            table.querySelector(ADD_LINK)?.focus();
        }
    }

    /**
     * End the edition of a line; when that is refused, or the user does not agree, the focus comes back to its cell.
     *
     * @returns {Promise<boolean>} whether no line is in edition
     */
    async leave(options, record, column) {
        const { renderer } = this;
        let hasLeft = false;
        try {
            hasLeft = (await renderer.props.list.leaveEditMode(options)) !== false;
        } finally {
            if (!hasLeft) {
                await renderer.rendered();
                renderer.focusCell(column);
                renderer.focusReadCell(record, column);
            }
        }
        renderer.render();
        return hasLeft;
    }

    /** Save the line and go to the one beside it, or to a new one after the last. */
    async goOn(record, { from, to, step, isTab = false }) {
        const { canCreate, isX2Many, props } = this.renderer;
        const isDirty = await record.isDirty();
        if (record.isMultiEdited && isDirty) {
            await this.leave({}, record, from);
            return;
        }
        const neighbour = this.lineBeside(record, step);
        const isAtTop = props.editable === "top";
        const isFinished = !isTab || isDirty || isX2Many;
        if (isAtTop && !isTab && record.isNew && canCreate) {
            await this.addLine(record, from);
        } else if (neighbour) {
            await this.edit(neighbour, to, { record, column: from });
        } else if (canCreate && props.onAdd && !isAtTop && step > 0 && isFinished) {
            await this.addLine(record, from);
        } else {
            const first = isTab && step > 0 && props.cycleOnTab ? this.linesAround(record)[0] : undefined;
            if ((await this.leave({}, record, from)) && first && first !== record) {
                await this.edit(first, null, { record, column: from });
            }
        }
    }

    /** Lines among which Tab goes; the selected ones when these are edited together. */
    linesAround(record) {
        const { isMultiEditable, props } = this.renderer;
        return record.selected && isMultiEditable ? props.list.selection : props.list.records;
    }

    lineBeside(record, step) {
        const records = this.linesAround(record);
        return records[records.findIndex(({ id }) => id === record.id) + step];
    }

    /** Edit a line; `from` is the place that gets the focus back when the line there cannot be left. */
    async edit(record, column, from = { record, column }) {
        const { renderer } = this;
        if (await this.leave({}, from.record, from.column)) {
            renderer.cellToFocus = { column: column || renderer.columns[0], record };
            await record.switchMode("edit");
            renderer.render();
        }
    }

    /** A line that is still empty needs no other after it: it goes, and the focus to what adds lines. */
    async addLine(record, column) {
        const { creates, props, tableRef } = this.renderer;
        const isPending = record.canBeAbandoned;
        if (!(await this.leave({}, record, column))) {
            return;
        }
        if (isPending) {
            await this.renderer.rendered();
            tableRef?.el?.querySelector(ADD_LINK)?.focus();
        } else if (props.list.isGrouped) {
            const group = props.list.groups.find((one) => one.records.includes(record));
            await this.renderer.add({ group });
        } else {
            await this.renderer.add({ context: creates.find(({ type }) => type === "create")?.context });
        }
    }

    // ------------------------------------------------------------------ lines that are read

    /** @param {HTMLTableElement} table @returns {boolean} whether there is a cell */
    focusFirstCell(table) {
        const [row] = rowsOf(table);
        const target = row && targetsOf(row)[0];
        target?.focus();
        return Boolean(target);
    }

    /** Go to the row beside; above the first one is the search bar. */
    moveAmongRows(el, step) {
        const row = el.closest("tr");
        if (this.renderer.virtualRows?.isBesideGap(row, step)) {
            this.moveWhenShown(row, step);
            return;
        }
        const rows = rowsOf(row.closest("table"));
        const beside = rows[rows.indexOf(row) + step];
        if (!beside) {
            return step < 0 ? this.renderer.focusSearch() : false;
        }
        const targets = targetsOf(beside);
        const isAlike = beside.cells.length === row.cells.length;
        const place = [...row.cells].indexOf(el.closest("td, th"));
        const target = isAlike ? targets.find((one) => one.closest("td, th") === beside.cells[place]) : undefined;
        (target || targets[0]).focus();
    }

    /** Go on to a row that is not in the page yet; keys that are pressed meanwhile go on from there. */
    async moveWhenShown(row, step) {
        this.owedSteps += step;
        if (this.owedSteps !== step) {
            return;
        }
        await this.renderer.virtualRows.show(row);
        const steps = this.owedSteps;
        this.owedSteps = 0;
        for (let taken = 0; taken < Math.abs(steps); taken++) {
            this.moveAmongRows(document.activeElement, Math.sign(steps));
        }
    }

    moveInRow(el, side) {
        const targets = targetsOf(el.closest("tr"));
        const cell = el.closest("td, th");
        const place = targets.findIndex((one) => one.closest("td, th") === cell);
        const target = targets[place + (this.isForward(el, side) ? 1 : -1)];
        target?.focus();
        return Boolean(target);
    }

    isForward(el, side) {
        return (side === "right") === (getComputedStyle(el).direction !== "rtl");
    }

    open({ column, el, record }) {
        const { archInfo, editable, openRecord } = this.renderer.props;
        if (el.closest(".o_list_record_remove") && this.renderer.activeActions.onDelete) {
            this.renderer.onDeleteRecord(record);
        } else if (el.matches("a, button")) {
            return false;
        } else if (editable || (this.renderer.isMultiEditable && record.selected)) {
            this.edit(record, column);
        } else if (!archInfo.noOpen) {
            openRecord(record);
        }
    }

    select({ el, record }) {
        if (!this.renderer.hasSelectors || el.matches("a, button")) {
            return false;
        }
        this.renderer.toggleRecordSelection(record);
    }

    /** More cells where some are selected, else more lines. */
    extendDown(target, step) {
        const { cells } = this.renderer;
        return cells.hasRange ? cells.extendBy(step, 0) : this.extendSelection(target, step);
    }

    extendAside(el, side) {
        return this.renderer.cells.extendBy(0, this.isForward(el, side) ? 1 : -1);
    }

    /** The column with the focus changes places with the one beside it. */
    moveColumn({ column, el, record }, side) {
        if (!column || !this.renderer.personal.moveBy(column, this.isForward(el, side) ? 1 : -1)) {
            return false;
        }
        this.renderer.rendered().then(() => this.renderer.focusReadCell(record, column));
    }

    /** Select the line and the one beside it; on the way back over selected lines they are left out again. */
    extendSelection({ el, record }, step) {
        const neighbour = this.renderer.hasSelectors && this.lineBeside(record, step);
        if (!neighbour) {
            return false;
        }
        if (record.selected && neighbour.selected) {
            record.toggleSelection(false);
        } else {
            record.toggleSelection(true);
            neighbour.toggleSelection(true);
        }
        this.moveAmongRows(el, step);
    }

    // ------------------------------------------------------------------ groups

    fold({ el, group }, side) {
        if (group.isFolded !== this.isForward(el, side)) {
            return false;
        }
        this.renderer.toggleGroup(group);
    }

    toggleGroup({ el, group }) {
        if (el.matches("a, button, input")) {
            return false;
        }
        this.renderer.toggleGroup(group);
    }
}
