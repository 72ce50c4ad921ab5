import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { isVisible } from "@web/core/utils/ui";

const FOCUSABLE =
    "input:not([disabled]):not(.d-none), textarea:not([disabled]), select:not([disabled]), [contenteditable='true'], button.btn:not([disabled]):not([tabindex='-1'])";

function stops(row) {
    return [...row.querySelectorAll("td.o_data_cell")].flatMap((cell) =>
        [...cell.querySelectorAll(FOCUSABLE)].filter((el) => isVisible(el) && el.tabIndex >= 0).slice(0, 1)
    );
}

/** Keyboard of a list: moves among cells and lines, starts, saves and drops edition. */
export function useListKeyboard(renderer) {
    /** The line beside `record`; among the selected ones when these are edited together. */
    const neighbour = (record, step) => {
        const { list } = renderer.props;
        const records = record.selected && renderer.isMultiEditable ? list.selection : list.records;
        return records[records.findIndex((item) => item.id === record.id) + step];
    };

    const edit = async (record, column) => {
        const { list } = renderer.props;
        if ((await list.leaveEditMode()) !== false && record) {
            renderer.cellToFocus = { column: column || renderer.columns[0], record };
            await record.switchMode("edit");
            renderer.render();
        }
    };

    const addLine = async () => {
        const { list } = renderer.props;
        const last = list.records.at(-1);
        if (last?.canBeAbandoned) {
            return;
        }
        if ((await list.leaveEditMode()) !== false) {
            await renderer.add({ context: renderer.creates.find((item) => item.type === "create")?.context });
        }
    };

    const next = async (record, column, direction) => {
        const isForMany = record.isMultiEdited && (await record.isDirty());
        const target = isForMany ? null : neighbour(record, direction);
        if (target) {
            await edit(target, column);
        } else if (
            !isForMany &&
            direction > 0 &&
            renderer.canCreate &&
            renderer.props.onAdd &&
            renderer.props.editable !== "top"
        ) {
            await addLine();
        } else {
            await renderer.props.list.leaveEditMode();
            renderer.render();
        }
    };

    const onEdited = (ev, hotkey, record, column) => {
        const row = ev.target.closest("tr");
        const list = stops(row);
        const index = list.findIndex((el) => el === ev.target || el.closest("td") === ev.target.closest("td"));
        switch (hotkey) {
            case "tab":
                if (index < list.length - 1 && index >= 0) {
                    list[index + 1].focus();
                    list[index + 1].select?.();
                } else {
                    ev.target.blur();
                    next(record, null, 1);
                }
                return true;
            case "shift+tab":
                if (index > 0) {
                    list[index - 1].focus();
                    list[index - 1].select?.();
                } else {
                    ev.target.blur();
                    next(record, renderer.columns.at(-1), -1);
                }
                return true;
            case "enter":
                if (ev.target.tagName === "TEXTAREA" || ev.target.isContentEditable) {
                    return false;
                }
                ev.target.blur();
                next(record, column, 1);
                return true;
            case "escape":
                renderer.props.list.leaveEditMode({ discard: true }).then(() => renderer.render());
                return true;
        }
        return false;
    };

    const onReadonly = (ev, hotkey, record, column) => {
        switch (hotkey) {
            case "arrowdown":
            case "arrowup": {
                const row = ev.target.closest("tr");
                const target = hotkey === "arrowdown" ? row.nextElementSibling : row.previousElementSibling;
                target?.querySelector("[tabindex], input")?.focus();
                return true;
            }
            case "enter":
                if (renderer.props.editable) {
                    edit(record, column);
                } else if (!renderer.props.archInfo.noOpen) {
                    renderer.props.openRecord(record);
                }
                return true;
            case "space":
                if (renderer.hasSelectors) {
                    renderer.toggleRecordSelection(record);
                    return true;
                }
        }
        return false;
    };

    return {
        onKeydown(ev, record, column) {
            const hotkey = getActiveHotkey(ev);
            const handled = record.isInEdition
                ? onEdited(ev, hotkey, record, column)
                : onReadonly(ev, hotkey, record, column);
            if (handled) {
                ev.preventDefault();
                ev.stopPropagation();
            }
        },
    };
}
