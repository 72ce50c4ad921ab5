import { useEffect, useExternalListener } from "@odoo/owl";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { useService } from "@web/core/utils/hooks";
import { toServerValue } from "@web/model/relational_model/utils";
import { CellError, CellReader, fromTsv, toTsv } from "@web/views/list/cell_text";

/** What one paste may change at most, and how many of its problems are named. */
const MOST_CELLS = 10000;
const MOST_LINES = 1000;
const NAMED_PROBLEMS = 10;
/** How many frames lines that were read again may take to be drawn. */
const MOST_FRAMES = 20;

/**
 * Component hook: rectangles of cells of a list are selected with Shift, copied to a spreadsheet, pasted from one, and
 * filled down. What is pasted is stored as a whole or not at all.
 *
 * @param {Object} renderer the component of the list
 * @returns {ListCells}
 */
export function useListCells(renderer) {
    const cells = new ListCells(renderer, { dialog: useService("dialog"), orm: useService("orm") });
    useEffect(
        (table) => {
            const onFocus = ({ target }) => cells.note(target);
            const onMouseDown = (ev) => cells.onMouseDown(ev);
            table?.addEventListener("focusin", onFocus);
            table?.addEventListener("mousedown", onMouseDown);
            return () => {
                table?.removeEventListener("focusin", onFocus);
                table?.removeEventListener("mousedown", onMouseDown);
            };
        },
        () => [renderer.tableRef.el]
    );
    useExternalListener(document, "copy", (ev) => cells.onCopy(ev));
    useExternalListener(document, "paste", (ev) => cells.onPaste(ev));
    return cells;
}

class ListCells {
    constructor(renderer, { dialog, orm }) {
        this.renderer = renderer;
        this.dialog = dialog;
        this.orm = orm;
        /** The cell that had the focus last, where a rectangle begins. @type {{recordId: string, columnId: string}|null} */
        this.last = null;
        /** Opposite corners of what is selected. @type {{from: Object, to: Object, records: Set, columns: Set}|null} */
        this.range = null;
        /** Cells that could not be pasted into, as `record column`. */
        this.refused = new Set();
    }

    get list() {
        return this.renderer.props.list;
    }

    get columns() {
        return this.renderer.columns.filter(({ type, widget }) => type === "field" && widget !== "handle");
    }

    // ------------------------------------------------------------------ what is selected

    /** @param {EventTarget} target @returns {{recordId: string, columnId: string}|null} the cell around an element */
    cellOf(target) {
        const cell = /** @type {HTMLElement} */ (target).closest?.("td[data-column]");
        const row = /** @type {HTMLElement} */ (cell?.closest("tr.o_data_row"));
        return row ? { recordId: row.dataset.id, columnId: /** @type {HTMLElement} */ (cell).dataset.column } : null;
    }

    note(target) {
        this.last = this.cellOf(target) || this.last;
    }

    /** A click with Shift selects cells, not the text between them. */
    onMouseDown(ev) {
        if (ev.shiftKey && !ev.target.closest("input, textarea, [contenteditable='true']") && this.cellOf(ev.target)) {
            ev.preventDefault();
        }
    }

    /** Where a cell is among the lines and columns that are shown. @returns {{row: number, column: number}|null} */
    placeOf({ recordId, columnId }) {
        const row = this.list.records.findIndex(({ id }) => id === recordId);
        const column = this.columns.findIndex(({ id }) => id === columnId);
        return row < 0 || column < 0 ? null : { row, column };
    }

    /** First and last place of what is selected, else of the cell with the focus. */
    get bounds() {
        const corners = this.range ? [this.range.from, this.range.to] : [this.last, this.last];
        const [from, to] = corners.map((cell) => cell && this.placeOf(cell));
        if (!from || !to) {
            return null;
        }
        return {
            top: Math.min(from.row, to.row),
            bottom: Math.max(from.row, to.row),
            left: Math.min(from.column, to.column),
            right: Math.max(from.column, to.column),
        };
    }

    get hasRange() {
        return Boolean(this.range);
    }

    /** Class of a cell that is selected, or that could not be pasted into. @returns {string} */
    classOf(column, record) {
        if (this.refused.size && this.refused.has(`${record.id} ${column.id}`)) {
            return "o_invalid_cell";
        }
        const isIn = this.range && this.range.records.has(record.id) && this.range.columns.has(column.id);
        return isIn ? "o_cell_in_range" : "";
    }

    /** Select from where the selection began, or the cell that had the focus, up to another cell. */
    async extendTo(record, column) {
        const { renderer } = this;
        const to = { recordId: record.id, columnId: column.id };
        const from = this.range?.from || (this.last && this.placeOf(this.last) ? this.last : to);
        if (this.list.editedRecord && !(await this.list.leaveEditMode())) {
            return;
        }
        this.refused.clear();
        this.range = { from, to, records: new Set(), columns: new Set() };
        const { bottom, left, right, top } = this.bounds;
        this.range.records = new Set(this.list.records.slice(top, bottom + 1).map(({ id }) => id));
        this.range.columns = new Set(this.columns.slice(left, right + 1).map(({ id }) => id));
        await renderer.rendered();
        this.focus(to);
    }

    /** Select one column or line more, or less. @param {number} rows @param {number} columns @returns {boolean} done */
    extendBy(rows, columns) {
        const start = this.range?.to || this.last;
        const place = start && this.placeOf(start);
        const record = place && this.list.records[place.row + rows];
        const column = place && this.columns[place.column + columns];
        if (!record || !column) {
            return false;
        }
        this.extendTo(record, column);
        return true;
    }

    /** @returns {boolean} whether something was selected or marked */
    clear() {
        const hadAny = this.hasRange || this.refused.size > 0;
        this.range = null;
        this.refused.clear();
        if (hadAny) {
            this.renderer.render();
        }
        return hadAny;
    }

    focus({ recordId, columnId }) {
        const row = this.renderer.rowOf({ id: recordId });
        const cell = /** @type {HTMLElement} */ (row?.querySelector(`td[data-column='${columnId}']`));
        cell?.focus();
    }

    /** Whether keys of the clipboard are meant for this list, and not for a text in it. */
    isConcerned(target) {
        const { el } = this.renderer.tableRef;
        return Boolean(el?.contains(document.activeElement)) && (target === document.body || el.contains(target));
    }

    // ------------------------------------------------------------------ copying

    textOf(column, record) {
        if (column.fieldType === "boolean") {
            return (record.data[column.name] ? _t("Yes") : _t("No")).toString();
        }
        return String(this.renderer.getFormattedValue(column, record) ?? "");
    }

    onCopy(ev) {
        const hasText = !window.getSelection().isCollapsed || document.activeElement.matches("textarea, [type='text']");
        if (!this.isConcerned(ev.target) || (hasText && !this.hasRange)) {
            return;
        }
        const text = this.copied();
        if (text !== null) {
            ev.clipboardData.setData("text/plain", text);
            ev.preventDefault();
        }
    }

    /** What is copied: the selected cells, else the selected lines with the names of their columns, else one cell. */
    copied() {
        const { columns, list } = this;
        const { selection = [] } = list;
        if (!this.hasRange && selection.length) {
            const rows = selection.map((record) => columns.map((column) => this.textOf(column, record)));
            return toTsv([columns.map(({ label }) => label), ...rows]);
        }
        const { bounds } = this;
        if (!bounds) {
            return null;
        }
        const shown = columns.slice(bounds.left, bounds.right + 1);
        const records = list.records.slice(bounds.top, bounds.bottom + 1);
        return toTsv(records.map((record) => shown.map((column) => this.textOf(column, record))));
    }

    // ------------------------------------------------------------------ pasting

    get isEditable() {
        return Boolean(this.renderer.props.editable) && !this.renderer.props.readonly && !this.renderer.isSample;
    }

    async onPaste(ev) {
        const text = ev.clipboardData?.getData("text/plain") || "";
        const isTyping = ev.target.matches?.("input, textarea, [contenteditable='true']");
        const isBlock = ev.target.matches?.("input") ? /[\t\n\r]./s.test(text) : /\t/.test(text);
        if (!text || !this.isEditable || !this.isConcerned(ev.target) || (isTyping && !isBlock)) {
            return;
        }
        this.note(ev.target);
        ev.preventDefault();
        ev.stopPropagation();
        await this.paste(fromTsv(text));
    }

    /** Put a block where the focus or the selection is; one cell fills the whole selection. @param {string[][]} block */
    async paste(block) {
        const { bounds } = this;
        if (!bounds) {
            return;
        }
        if (this.list.editedRecord && !(await this.list.leaveEditMode())) {
            return;
        }
        const isOne = block.length === 1 && block[0].length === 1;
        const { bottom, left, right, top } = bounds;
        const rows = isOne ? Array(bottom - top + 1).fill(Array(right - left + 1).fill(block[0][0])) : block;
        if (rows.length > MOST_LINES || rows.reduce((sum, row) => sum + row.length, 0) > MOST_CELLS) {
            this.tell(_t("Nothing was pasted"), [
                _t("At most %(lines)s lines and %(cells)s cells are pasted at once.", {
                    lines: MOST_LINES,
                    cells: MOST_CELLS,
                }).toString(),
            ]);
            return;
        }
        const reader = new CellReader(this.orm);
        await this.change(rows, { left, top }, (text, cell) => reader.read(text, cell));
    }

    /** The first line of what is selected is what the lines below it get. @returns {boolean} whether there are some */
    fillDown() {
        const { bounds, list } = this;
        if (!this.isEditable || !bounds || bounds.top === bounds.bottom) {
            return false;
        }
        const { bottom, left, right, top } = bounds;
        const source = list.records[top];
        const values = this.columns.slice(left, right + 1).map(({ name }) => source.data[name]);
        const rows = Array(bottom - top).fill(values);
        this.change(rows, { left, top: top + 1 }, async (value) => value);
        return true;
    }

    /**
     * Change cells, all of them or none.
     *
     * @param {any[][]} rows what is to be in them
     * @param {{left: number, top: number}} corner
     * @param {(given: any, cell: Object) => Promise<any>} read makes a value of it
     */
    async change(rows, { left, top }, read) {
        const problems = [];
        const lines = rows.map((given, index) => ({
            record: this.list.records[top + index] || null,
            given,
            values: {},
        }));
        this.refused.clear();
        const tasks = lines.flatMap(({ given, record, values }, index) =>
            given.map(async (value, place) => {
                const column = this.columns[left + place];
                try {
                    this.checkCell(column, record, value);
                    values[column.name] = await read(value, { column, list: this.list, record });
                    this.checkValue(column, record, values[column.name]);
                } catch (error) {
                    if (!(error instanceof CellError)) {
                        throw error;
                    }
                    problems.push({ column, message: error.message, record, row: top + index + 1 });
                }
            })
        );
        await Promise.all(tasks);
        if (problems.length) {
            this.refuse(problems);
            return;
        }
        await this.store(lines);
        this.range = null;
        await this.focusPlace(top, left);
    }

    /** Focus a cell once the lines that were read again are drawn, which may take some frames. */
    async focusPlace(row, column) {
        for (let frames = 0; frames < MOST_FRAMES; frames++) {
            await this.renderer.rendered();
            const record = this.list.records[row];
            if (record && this.renderer.rowOf(record)) {
                this.focus({ recordId: record.id, columnId: this.columns[column].id });
                return;
            }
        }
    }

    /** @throws {CellError} the cell is not there, or is not to be changed */
    checkCell(column, record, value) {
        if (!column) {
            throw new CellError(_t("there is no column for “%s”", value).toString());
        }
        if (!record && (!this.renderer.canCreate || this.list.isGrouped)) {
            throw new CellError(_t("there is no line for “%s”", value).toString());
        }
        const isClosed = record && (this.renderer.isCellReadonly(column, record) || this.isHidden(column, record));
        if (isClosed || (!record && [true, "True", "1"].includes(column.readonly))) {
            throw new CellError(_t("this cell cannot be changed").toString());
        }
    }

    isHidden({ invisible }, record) {
        return this.renderer.evalInvisible(invisible, record);
    }

    checkValue({ required }, record, value) {
        const context = (record || this.list).evalContext;
        if (value === false && required && record && evaluateBooleanExpr(required, context)) {
            throw new CellError(_t("a value is needed").toString());
        }
    }

    /** Say which cells cannot be taken and why, and mark them. */
    refuse(problems) {
        problems.sort((first, second) => first.row - second.row);
        for (const { column, record } of problems) {
            if (column && record) {
                this.refused.add(`${record.id} ${column.id}`);
            }
        }
        this.renderer.render();
        const named = problems.slice(0, NAMED_PROBLEMS).map(({ column, message, row }) =>
            _t("Line %(line)s, %(column)s: %(message)s", {
                line: row,
                column: column?.label ?? "—",
                message,
            }).toString()
        );
        const others = problems.length - named.length;
        if (others) {
            named.push(_t("… and %s cells more", others).toString());
        }
        this.tell(_t("Nothing was changed: some cells cannot be taken"), named);
    }

    tell(title, lines) {
        this.dialog.add(AlertDialog, { title, body: lines.join("\n") });
    }

    /** Lines of a form are changed there and stored with it; other lists store all lines in one go. */
    async store(lines) {
        const { list } = this;
        if (this.renderer.isX2Many) {
            for (const { record, values } of lines) {
                const line = record || (await list.addNewRecord({ mode: "readonly", position: "bottom" }));
                await line.update(values);
            }
            return;
        }
        const { context, fields, model, resModel } = list;
        const changes = lines.map(({ record, values }) => ({
            id: record ? record.resId : false,
            values: Object.fromEntries(
                Object.entries(values).map(([name, value]) => [name, toServerValue(fields[name], value)])
            ),
        }));
        await model.orm.call(resModel, "web_save_lines", [changes], { context });
        await model.load();
    }
}
