import {
    addColumnAfter,
    addColumnBefore,
    addRowAfter,
    addRowBefore,
    CellSelection,
    columnResizing,
    deleteColumn,
    deleteRow,
    deleteTable,
    goToNextCell,
    isInTable,
    mergeCells,
    splitCell,
    tableEditing,
    TableView,
    toggleHeaderRow,
} from "prosemirror-tables";
import { TextSelection } from "prosemirror-state";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { ancestor, insertBlock } from "@html_editor/prose/commands";
import { schema } from "@html_editor/prose/schema";
import { TABLE_CLASS } from "@html_editor/prose/schema_tables";
import { TablePicker } from "@html_editor/main/table/table_picker";
import { ChoiceMenu } from "@html_editor/main/toolbar/choice_menu";

const { table, table_cell: cell, table_row: row, paragraph } = schema.nodes;
const MAX_SIZE = 100;
/** What can be done with the table that the cursor is in: id, title, icon, command. */
const ACTIONS = [
    ["addRowBefore", _t("Row above"), "fa-long-arrow-up", addRowBefore],
    ["addRowAfter", _t("Row below"), "fa-long-arrow-down", addRowAfter],
    ["addColumnBefore", _t("Column before"), "fa-long-arrow-left", addColumnBefore],
    ["addColumnAfter", _t("Column after"), "fa-long-arrow-right", addColumnAfter],
    ["toggleHeaderRow", _t("Row of titles"), "fa-header", toggleHeaderRow],
    ["mergeCells", _t("Join the cells"), "fa-compress", mergeCells],
    ["splitCell", _t("Divide the cell"), "fa-expand", splitCell],
    ["deleteRow", _t("Remove the row"), "fa-minus", deleteRow],
    ["deleteColumn", _t("Remove the column"), "fa-minus", deleteColumn],
    ["deleteTable", _t("Remove the table"), "fa-trash", deleteTable],
];

/** Tables: new ones, and their rows and columns. */
export class TablePlugin extends Plugin {
    static id = "table";
    static dependencies = ["prose", "overlay"];
    static shared = ["addColumn", "addRow", "insertTable", "removeColumn", "removeRow"];

    resources = {
        user_commands: [
            {
                id: "openTablePicker",
                title: _t("Table"),
                description: _t("Rows and columns"),
                icon: "fa-table",
                run: () => this.openPicker(),
                isAvailable: () => !isInTable(this.dependencies.prose.getState()),
            },
            { id: "insertTable", title: _t("Table"), run: (size) => this.insertTable(size) },
        ],
        powerbox_items: { categoryId: "structure", commandId: "openTablePicker", keywords: ["grid", "cells"] },
        toolbar_groups: { id: "table" },
        toolbar_items: {
            id: "table",
            groupId: "table",
            title: _t("Table"),
            Component: ChoiceMenu,
            isAvailable: () => isInTable(this.dependencies.prose.getState()),
            props: {
                icon: "fa-table",
                getItems: () =>
                    ACTIONS.filter(([, , , command]) => command(this.dependencies.prose.getState())).map(
                        ([id, label, icon]) => ({ id, label, icon })
                    ),
                onSelected: (id) => this.dependencies.prose.run(ACTIONS.find(([each]) => each === id)[3]),
            },
        },
        prose_plugins: [columnResizing({ View: KeptTableView, handleWidth: 6, cellMinWidth: 30 }), tableEditing()],
        tab_overrides: () => this.goOn(),
    };

    openPicker() {
        const { prose } = this.dependencies;
        const view = prose.getView();
        const { node } = view.domAtPos(view.state.selection.from);
        const target = node instanceof HTMLElement ? node : node.parentElement;
        const props = { onSelected: (size) => this.insertTable(size) };
        const picker = this.dependencies.overlay.createOverlay(TablePicker, props, { position: "bottom-start" });
        picker.open({ target });
    }

    /** @param {{rows: number, cols: number}} size */
    insertTable({ rows = 3, cols = 3 }) {
        const bounded = (count) => Math.min(MAX_SIZE, Math.max(1, count));
        const many = (count, make) => Array.from({ length: bounded(count) }, make);
        const makeRow = () =>
            row.create(
                null,
                many(cols, () => cell.create(null, paragraph.create()))
            );
        const attrs = { class: `table table-bordered ${TABLE_CLASS}` };
        const made = table.create({ attrs }, many(rows, makeRow));
        this.dependencies.prose.run(insertBlock(made, { writeInside: true }));
    }

    /** In the last cell Tab adds a row. */
    goOn() {
        const { prose } = this.dependencies;
        if (!isInTable(prose.getState()) || ancestor(prose.getState(), (node) => node.type.name === "list_item")) {
            return false;
        }
        if (!goToNextCell(1)(prose.getState())) {
            prose.run(addRowAfter);
        }
        return prose.run(goToNextCell(1));
    }

    /** Do something where a cell is, or where the cursor is. */
    runAt(reference, command) {
        const { prose } = this.dependencies;
        if (reference) {
            const view = prose.getView();
            const place = view.state.doc.resolve(view.posAtDOM(reference, 0));
            prose.dispatch(view.state.tr.setSelection(TextSelection.near(place)));
        }
        return prose.run(command);
    }

    /** @param {{position: "before"|"after", reference?: HTMLElement}} place */
    addColumn({ position, reference }) {
        return this.runAt(reference, position === "before" ? addColumnBefore : addColumnAfter);
    }

    /** @param {{position: "before"|"after", reference?: HTMLElement}} place */
    addRow({ position, reference }) {
        return this.runAt(reference, position === "before" ? addRowBefore : addRowAfter);
    }

    /** @param {HTMLElement} [reference] a cell of the column */
    removeColumn(reference) {
        return this.runAt(reference, deleteColumn);
    }

    /** @param {HTMLElement} [reference] the row, or a cell of it */
    removeRow(reference) {
        return this.runAt(reference, deleteRow);
    }

    /** Whether cells are selected as such. */
    hasCellSelection() {
        return this.dependencies.prose.getState().selection instanceof CellSelection;
    }
}

/** A table that looks as it will be shown. */
class KeptTableView extends TableView {
    constructor(node, cellMinWidth) {
        super(node, cellMinWidth);
        this.look(node);
    }

    update(node) {
        const isUpdated = super.update(node);
        if (isUpdated) {
            this.look(node);
        }
        return isUpdated;
    }

    look(node) {
        const { class: name, style, ...others } = node.attrs.attrs;
        const width = this.table.style.cssText;
        Object.entries(others).forEach(([key, value]) => this.table.setAttribute(key, value));
        this.table.className = name || "";
        if (style) {
            this.table.style.cssText = `${width};${style}`;
        }
    }
}
