import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { isVisible } from "@web/core/utils/ui";

const FOCUSABLE =
    "input:not([disabled]):not(.d-none), textarea:not([disabled]), select:not([disabled]), [contenteditable='true'], button.btn:not([disabled]):not([tabindex='-1'])";

function stops(row) {
    return [...row.querySelectorAll("td.o_data_cell")].flatMap((cell) =>
        [...cell.querySelectorAll(FOCUSABLE)].filter((el) => isVisible(el) && el.tabIndex >= 0).slice(0, 1)
    );
}

/**
 * Keyboard of a list: moves among cells and lines, starts, saves and drops edition.
 *
 * @param {Object} renderer the component of the list
 * @returns {{onKeydown: (ev: KeyboardEvent, record: Object, column: Object) => void}} to call with keys on a cell
 */
export function useListKeyboard(renderer) {
    return new ListKeyboard(renderer);
}

/** Keys by what they do, and how; `false`: the key keeps its usual meaning. */
const EDITION_KEYS = {
    tab: (keyboard, target) => keyboard.moveInLine(target, 1),
    "shift+tab": (keyboard, target) => keyboard.moveInLine(target, -1),
    enter: (keyboard, target) => keyboard.finishLine(target),
    escape: (keyboard) => keyboard.dropLine(),
};
const READING_KEYS = {
    arrowdown: (keyboard, { el }) => keyboard.focusRow(el.closest("tr").nextElementSibling),
    arrowup: (keyboard, { el }) => keyboard.focusRow(el.closest("tr").previousElementSibling),
    enter: (keyboard, target) => keyboard.open(target),
    space: (keyboard, target) => keyboard.select(target),
};

/** A `target` is where the key was pressed: `el`, and its `record` and `column`. */
class ListKeyboard {
    constructor(renderer) {
        this.renderer = renderer;
    }

    onKeydown(ev, record, column) {
        const keys = record.isInEdition ? EDITION_KEYS : READING_KEYS;
        const act = keys[getActiveHotkey(ev)];
        if (act && act(this, { el: ev.target, record, column }) !== false) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    // ------------------------------------------------------------------ a line in edition

    moveInLine({ el, record }, step) {
        const fields = stops(el.closest("tr"));
        const index = fields.findIndex((field) => field === el || field.closest("td") === el.closest("td"));
        const neighbour = index < 0 ? undefined : fields[index + step];
        if (neighbour) {
            neighbour.focus();
            neighbour.select?.();
        } else {
            el.blur();
            this.goOn(record, step < 0 ? this.renderer.columns.at(-1) : null, step);
        }
    }

    finishLine({ column, el, record }) {
        if (el.tagName === "TEXTAREA" || el.isContentEditable) {
            return false;
        }
        el.blur();
        this.goOn(record, column, 1);
    }

    async dropLine() {
        await this.renderer.props.list.leaveEditMode({ discard: true });
        this.renderer.render();
    }

    /** Save the line and go to the one beside it, or to a new one after the last. */
    async goOn(record, column, step) {
        const { canCreate, props } = this.renderer;
        const isForMany = record.isMultiEdited && (await record.isDirty());
        const neighbour = isForMany ? undefined : this.lineBeside(record, step);
        const addsLines = canCreate && props.onAdd && props.editable !== "top";
        if (neighbour) {
            await this.edit(neighbour, column);
        } else if (addsLines && step > 0 && !isForMany) {
            await this.addLine();
        } else {
            await props.list.leaveEditMode();
            this.renderer.render();
        }
    }

    /** The line beside `record`; among the selected ones when these are edited together. */
    lineBeside(record, step) {
        const { isMultiEditable, props } = this.renderer;
        const records = record.selected && isMultiEditable ? props.list.selection : props.list.records;
        return records[records.findIndex(({ id }) => id === record.id) + step];
    }

    async edit(record, column) {
        const { renderer } = this;
        if ((await renderer.props.list.leaveEditMode()) !== false) {
            renderer.cellToFocus = { column: column || renderer.columns[0], record };
            await record.switchMode("edit");
            renderer.render();
        }
    }

    /** A line that is still empty needs no other after it. */
    async addLine() {
        const { creates, props } = this.renderer;
        const isPending = props.list.records.at(-1)?.canBeAbandoned;
        if (!isPending && (await props.list.leaveEditMode()) !== false) {
            await this.renderer.add({ context: creates.find(({ type }) => type === "create")?.context });
        }
    }

    // ------------------------------------------------------------------ a line that is read

    focusRow(row) {
        row?.querySelector("[tabindex], input")?.focus();
    }

    open({ column, record }) {
        const { archInfo, editable, openRecord } = this.renderer.props;
        if (editable) {
            this.edit(record, column);
        } else if (!archInfo.noOpen) {
            openRecord(record);
        }
    }

    select({ record }) {
        if (!this.renderer.hasSelectors) {
            return false;
        }
        this.renderer.toggleRecordSelection(record);
    }
}
