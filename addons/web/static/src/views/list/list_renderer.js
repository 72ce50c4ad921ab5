import {
    onMounted,
    onPatched,
    onWillRender,
    status,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { makeContext } from "@web/core/context";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { Pager } from "@web/core/pager/pager";
import { _t } from "@web/core/l10n/translation";
import { evaluateBooleanExpr, evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { isInsideOverlayOf } from "@web/core/overlay/inside";
import { ActionHelper } from "@web/views/action_helper";
import { Field } from "@web/views/fields/field";
import { aggregatesOf } from "@web/views/list/list_aggregates";
import { useListKeyboard } from "@web/views/list/list_keyboard";
import { useListCells } from "@web/views/list/list_cells";
import { useListSelection } from "@web/views/list/list_selection";
import { ListColumns } from "@web/views/list/list_columns";
import { useMagicColumnWidths } from "@web/views/list/column_width_hook";
import { usePersonalLayout } from "@web/views/list/personal_layout";
import { useSortableRows } from "@web/views/list/sortable_rows";
import { useVirtualRows } from "@web/views/list/virtual_rows";
import { ViewButton } from "@web/views/view_button/view_button";
import { classesWhere, getClassNameFromDecoration, getFormattedValue } from "@web/views/utils";
import { Widget } from "@web/views/widgets/widget";

const formatters = registry.category("formatters");

const FIELD_CLASSES = {
    char: "o_list_char",
    float: "o_list_number",
    integer: "o_list_number",
    monetary: "o_list_number",
    text: "o_list_text",
    many2one: "o_list_many2one",
};

/** What can be typed in, in a cell. */
const INPUT = [
    "input:not([disabled]):not([type='hidden']):not(.d-none)",
    "textarea:not([disabled]), select:not([disabled]), [contenteditable='true']",
].join();

/** Boxes that a click ticks at once when it brings the line into edition. */
const PLAIN_BOX = [undefined, "boolean"];

/** How many frames a line in edition may take to show its inputs. */
const FOCUS_ATTEMPTS = 10;

/** Table of records, grouped or not, possibly edited in place. */
export class ListRenderer extends ListColumns {
    static template = "web.ListRenderer";
    static rowsTemplate = "web.ListRenderer.Rows";
    static recordRowTemplate = "web.ListRenderer.RecordRow";
    static groupRowTemplate = "web.ListRenderer.GroupRow";
    static useMagicColumnWidths = true;
    static LONG_TOUCH_THRESHOLD = 400;
    static components = { ActionHelper, CheckBox, Dropdown, DropdownItem, Field, Pager, ViewButton, Widget };
    static props = [
        "activeActions?",
        "list",
        "archInfo",
        "openRecord",
        "evalViewModifier",
        "onAdd?",
        "cycleOnTab?",
        "allowSelectors?",
        "editable?",
        "onOpenFormView?",
        "hasOpenFormViewButton?",
        "noContentHelp?",
        "nestedKeyOptionalFieldsData?",
        "optionalActiveFields?",
        "readonly?",
        "addLabel?",
        "*",
    ];
    static defaultProps = { hasSelectors: false, cycleOnTab: true };

    setup() {
        this.uiService = useService("ui");
        this.notificationService = useService("notification");
        this.tableRef = useRef("table");
        this.rootRef = useRef("root");
        const key = this.createViewKey();
        this.keyOptionalFields = `optional_fields,${key}`;
        this.keyDebugOpenView = `debug_open_view,${key}`;
        this.state = useState({ debugOpenView: browser.localStorage.getItem(this.keyDebugOpenView) === "true" });
        this.personal = usePersonalLayout(this, this.createLayoutKey());
        this.optionalActiveFields = useState(
            Object.assign(this.props.optionalActiveFields || {}, this.computeOptionalActiveFields())
        );
        this.allColumns = [];
        this.columns = [];
        this.cellToFocus = null;
        this.focusAttempts = 0;
        this.creates = this.props.archInfo.controls?.length
            ? this.props.archInfo.controls
            : [{ type: "create", string: null }];
        onWillRender(() => {
            this.allColumns = this.processAllColumn(this.props.archInfo.columns, this.props.list);
            this.columns = this.getActiveColumns(this.props.list);
            this.withHandleColumn = this.columns.some((column) => column.widget === "handle");
        });
        this.keyboard = useListKeyboard(this);
        this.selection = useListSelection(this);
        this.cells = useListCells(this);
        useSortableRows(this);
        this.virtualRows = useVirtualRows(this);
        this.columnWidths = this.useColumnWidths();
        useExternalListener(document, "click", this.onGlobalClick.bind(this), { capture: true });
        if (this.env.searchModel && !this.isX2Many) {
            useBus(this.env.searchModel, "focus-view", () => this.focusFirstCell());
        }
        if (!this.isX2Many) {
            useHotkey("escape", () => this.discardLine(), {
                bypassEditableProtection: true,
                isAvailable: () => this.isEditable && Boolean(this.props.list.editedRecord),
            });
        }
        useBus(this.props.list.model.bus, "update", () => this.render());
        onMounted(() => this.focusEdited());
        onPatched(() => this.focusEdited());
        useEffect(
            (editedId) => {
                if (editedId) {
                    this.focusEdited();
                }
            },
            () => [this.props.list.editedRecord?.id]
        );
    }

    /** Widths of the columns, unless a subclass leaves them to the browser; part of `setup`. */
    useColumnWidths() {
        if (!(/** @type {typeof ListRenderer} */ (this.constructor).useMagicColumnWidths)) {
            return null;
        }
        const { personal, tableRef } = this;
        const hasLines = ({ groups, isGrouped, records }) =>
            isGrouped ? groups.length > 0 : records.some((record) => !record.isNew);
        const getState = () => ({
            columns: this.columns,
            fields: this.fields,
            isEmpty: !hasLines(this.props.list),
            widthOf: (column) => personal.widthOf(column),
        });
        return useMagicColumnWidths(/** @type {any} */ (tableRef), getState, (column, width) =>
            personal.setWidth(column, width)
        );
    }

    // ------------------------------------------------------------------ state

    get isX2Many() {
        return this.activeActions.type !== "view" && this.activeActions.type !== undefined;
    }

    get canCreate() {
        return "link" in this.activeActions && this.activeActions.type === "many2many"
            ? this.activeActions.link
            : this.activeActions.create;
    }

    get displayRowCreates() {
        return this.isX2Many && this.canCreate && Boolean(this.props.onAdd);
    }

    get canResequenceRows() {
        return (
            !this.props.readonly &&
            this.props.list.canResequence() &&
            (this.props.list.orderBy.length === 0 || this.props.list.orderBy[0].name === this.props.list.handleField)
        );
    }

    get showNoContentHelper() {
        return !this.isX2Many && !this.props.list.editedRecord && (this.isSample || !this.props.list.hasData);
    }

    /** Whether the lines are made up, as there are none. */
    get isSample() {
        return Boolean(this.props.list.model.useSampleModel);
    }

    get showTable() {
        return this.isSample || !this.showNoContentHelper;
    }

    get selectAll() {
        const { list } = this.props;
        return list.selection.length > 0 && list.selection.length === list.records.length;
    }

    /** Names of the boxes that select all rows and one. */
    get selectorLabels() {
        return { all: _t("Select all"), row: _t("Select this record") };
    }

    get aggregates() {
        return aggregatesOf(this.props.list, this.columns);
    }

    get hasAggregates() {
        return Object.keys(this.aggregates).length > 0;
    }

    get emptyRowIds() {
        // a list that says in words that it is empty does not need lines for it
        const missing = this.isX2Many
            ? Math.max(0, 4 - this.props.list.records.length - (this.displayRowCreates ? 1 : 0))
            : 0;
        return Array.from({ length: missing }, (_, index) => index);
    }

    // ------------------------------------------------------------------ cells

    getFieldProps(record, column) {
        const isEditedElsewhere = record.isInEdition && !this.isInlineEdited(record);
        return this.isCellReadonly(column, record) || isEditedElsewhere ? { readonly: true } : {};
    }

    isCellReadonly(column, record) {
        return Boolean(
            this.isRecordReadonly(record) ||
            (column.readonly && evaluateBooleanExpr(column.readonly, record.evalContextWithVirtualIds))
        );
    }

    isRecordReadonly(record) {
        if (this.activeActions.edit === false && !record.isNew) {
            return true;
        }
        return Boolean(this.props.readonly);
    }

    showsField(column, record) {
        const { type } = this.fields[column.name];
        return (
            Boolean(column.widget) ||
            this.isInlineEdited(record) ||
            !formatters.contains(type) ||
            ["boolean", "binary", "html"].includes(type)
        );
    }

    isInlineEdited(record) {
        return record.isInEdition && this.isEditable;
    }

    /** Whether lines are edited in place; the lines of other lists may be in edition in a dialog. */
    get isEditable() {
        return Boolean(this.props.editable) || this.isMultiEditable;
    }

    /** Whether a cell shows a text instead of the component of its field. */
    canUseFormatter(column, record) {
        return !this.showsField(column, record);
    }

    /** Whether a line is edited where it stands. */
    isInlineEditable(record) {
        return Boolean(this.props.editable && !this.props.readonly) || Boolean(this.isMultiEditable && record.selected);
    }

    getFormattedValue(column, record) {
        if (column.options?.enable_formatting === false) {
            return record.data[column.name];
        }
        return getFormattedValue(record, column.name, column, formatters);
    }

    getRowClass(record) {
        const isTrue = (expression) => evaluateBooleanExpr(expression, record.evalContextWithVirtualIds);
        const decorated = this.props.archInfo.decorations.filter(({ condition }) => isTrue(condition));
        const states = {
            o_row_draggable: this.canResequenceRows,
            o_selected_row: this.isInlineEdited(record),
            o_data_row_selected: record.selected,
            "table-info": record.selected,
        };
        return [...decorated.map((decoration) => decoration.class), ...classesWhere(states)].join(" ");
    }

    getCellClass(column, record) {
        const kinds = {
            button_group: () => ["o_list_button"],
            field: () => this.fieldCellClasses(column, record),
        };
        const marked = this.cells.classOf(column, record);
        return ["o_data_cell", ...(kinds[column.type]?.() || []), ...(marked ? [marked] : [])].join(" ");
    }

    /** Classes of a cell with a field: by its type and widget, by its modifiers, and by decorations. */
    fieldCellClasses(column, record) {
        const isTrue = (expression) => evaluateBooleanExpr(expression, record.evalContextWithVirtualIds);
        const { className, decorations = {}, fieldType, name, required, widget } = column;
        const kind = ["o_field_cell", FIELD_CLASSES[fieldType], widget && `o_${widget}_cell`, className];
        const states = {
            o_invalid_cell: record.isFieldInvalid(name),
            o_readonly_modifier: this.isCellReadonly(column, record),
            o_required_modifier: required && isTrue(required),
        };
        const decorated = Object.keys(decorations).filter((decoration) => isTrue(decorations[decoration]));
        return [...kind.filter(Boolean), ...classesWhere(states), ...decorated.map(getClassNameFromDecoration)];
    }

    getCellTitle(column, record) {
        if (["many2one", "reference", "char", "text"].includes(column.fieldType)) {
            return this.getFormattedValue(column, record) || undefined;
        }
    }

    // ------------------------------------------------------------------ events

    onClickSortColumn(column) {
        if (!this.props.list.editedRecord && !this.isSample && this.isSortable(column)) {
            this.props.list.sortBy(column.name);
        }
    }

    /** Where lines are selected by touch, one that is touched is selected, too, or left out again. */
    onClickCapture(record, ev) {
        if (this.env.isSmall && this.props.allowSelectors && this.props.list.selection.length) {
            ev.stopPropagation();
            ev.preventDefault();
            this.toggleRecordSelection(record);
        }
    }

    onRowTouchStart(record) {
        if (this.props.allowSelectors && this.env.isSmall) {
            this.selection.startTouch(record);
        }
    }

    onRowTouchEnd() {
        this.selection.endTouch();
    }

    onRowTouchMove() {
        this.selection.endTouch();
    }

    get canSelectRecord() {
        return !this.props.list.editedRecord && !this.isSample;
    }

    toggleSelection() {
        return this.canSelectRecord ? this.props.list.toggleSelection() : undefined;
    }

    /** Select a line or leave it out; in a click with Shift all from the one before. */
    toggleRecordSelection(record, ev) {
        if (!this.canSelectRecord) {
            return undefined;
        }
        this.selection.isRange ||= Boolean(ev?.shiftKey);
        return this.selection.toggle(record);
    }

    async onCellClicked(record, column, ev) {
        if (ev.target.special_click || ev.target.closest("button, a[href]:not([href='#']), .o_list_record_selector")) {
            return;
        }
        const { list, archInfo } = this.props;
        if (ev.shiftKey && column.type === "field" && !record.isInEdition) {
            await this.cells.extendTo(record, column);
            return;
        }
        this.cells.clear();
        if (this.isInlineEditable(record)) {
            if (record.isInEdition) {
                if (list.editedRecord === record || record.isInEdition) {
                    this.focusCell(column);
                }
                return;
            }
            const left = await list.leaveEditMode();
            if (left !== false) {
                this.cellToFocus = { column, record };
                await record.switchMode("edit");
                await this.tickBox(column, record);
                this.render();
            }
        } else if (list.editedRecord && list.editedRecord !== record) {
            await list.leaveEditMode();
        } else if (!archInfo.noOpen && !this.isSample) {
            this.props.openRecord(record);
        }
    }

    /** A click on a box means the box: it need not be clicked again once the line is in edition. */
    async tickBox({ fieldType, invisible, name, widget, ...column }, record) {
        const isBox = fieldType === "boolean" && PLAIN_BOX.includes(widget || undefined);
        if (isBox && !this.isCellReadonly(column, record) && !this.evalInvisible(invisible, record)) {
            await record.update({ [name]: !record.data[name] });
        }
    }

    get isMultiEditable() {
        return this.props.archInfo.multiEdit;
    }

    async onGlobalClick(ev) {
        const { list } = this.props;
        if (!list.editedRecord || !this.isEditable) {
            return;
        }
        const { target } = ev;
        const inside = this.tableRef.el?.contains(target);
        const ownDialog = this.rootRef.el?.closest(".modal");
        if (
            inside ||
            isInsideOverlayOf(this.rootRef.el, target) ||
            (ownDialog && !ownDialog.contains(target)) ||
            target.closest(".o_list_button_discard, .o_list_button_save, .o_form_button_save, .o_form_button_cancel")
        ) {
            return;
        }
        await this.keyboard.leave({}, list.editedRecord, this.focusedColumn);
    }

    /** Take back what is changed on the line in edition, wherever the focus is. */
    async discardLine() {
        const record = this.props.list.editedRecord;
        await this.keyboard.dropLine({ column: this.focusedColumn, el: this.tableRef.el, record });
    }

    onDeleteRecord(record, ev) {
        ev?.stopPropagation();
        return this.deleteRecord(record);
    }

    async deleteRecord(record) {
        const { list } = this.props;
        if (list.editedRecord && list.editedRecord !== record && !(await list.leaveEditMode())) {
            return;
        }
        await this.activeActions.onDelete(record);
    }

    async add(params) {
        if (this.canCreate || params.group) {
            const context = params.context
                ? makeContext([evaluateExpr(params.context, this.props.list.evalContext)])
                : {};
            await this.props.onAdd({ ...params, context, editable: this.props.editable });
            this.focusLastEdited = true;
            this.render();
        }
    }

    async toggleGroup(group) {
        if (this.props.list.editedRecord && !(await this.props.list.leaveEditMode())) {
            return;
        }
        await group.toggle();
    }

    groupPagerProps(group) {
        const { list } = group;
        return {
            offset: list.offset,
            limit: list.limit,
            total: group.count,
            onUpdate: async ({ offset, limit }) => {
                await group.model.mutex.exec(() => group.model._loadGroupList(group, { offset, limit }));
            },
            withAccessKey: false,
        };
    }

    showGroupPager(group) {
        return !group.isFolded && !group.list.isGrouped && group.list.limit < group.count;
    }

    /**
     * A key is pressed on a cell.
     *
     * @param {KeyboardEvent} ev
     * @param {Object|null} [group] of a group's row
     * @param {Object|null} [record] of a line
     */
    onCellKeydown(ev, group = null, record = null) {
        const id = /** @type {HTMLElement} */ (ev.target).closest("td")?.dataset.column;
        const column = this.columns.find((candidate) => candidate.id === id);
        const place = { record, group, column };
        return record?.isInEdition ? this.onCellKeydownEditMode(ev, place) : this.onCellKeydownReadOnlyMode(ev, place);
    }

    /** @param {KeyboardEvent} ev on a line in edition @param {{record: Object, column?: Object}} place */
    onCellKeydownEditMode(ev, place) {
        return this.keyboard.onKeydown(ev, place);
    }

    /** @param {KeyboardEvent} ev on a line that is read, or a group @param {Object} place its `record` or `group` */
    onCellKeydownReadOnlyMode(ev, place) {
        return this.keyboard.onKeydown(ev, place);
    }

    // ------------------------------------------------------------------ moving lines

    /** A line is taken by its handle. @param {{element: HTMLElement}} params */
    sortStart({ element }) {
        element.classList.add("o_dragged");
    }

    /** It is let go, wherever. @param {{element: HTMLElement}} params */
    sortStop({ element }) {
        element.classList.remove("o_dragged");
    }

    /**
     * A line is let go at another place.
     *
     * @param {string} dataRowId id of the line's datapoint
     * @param {string|null} dataGroupId id of its group's datapoint, where there are groups
     * @param {{element: HTMLElement, previous: HTMLElement|null}} params the row before it now
     */
    async sortDrop(dataRowId, dataGroupId, { previous }) {
        const { list } = this.props;
        if (list.editedRecord && !(await list.leaveEditMode())) {
            return;
        }
        const group = list.isGrouped && list.groups.find(({ id }) => id === dataGroupId);
        await (group ? group.list : list).resequence(dataRowId, previous?.dataset.id ?? null);
        this.render();
    }

    // ------------------------------------------------------------------ focus

    /** Wait until what the state of the list says is on screen. */
    async rendered() {
        this.render();
        await new Promise((resolve) => browser.requestAnimationFrame(resolve));
    }

    /** The first row gets the focus from the search bar. */
    focusFirstCell() {
        if (this.tableRef.el) {
            this.keyboard.focusFirstCell(/** @type {HTMLTableElement} */ (this.tableRef.el));
        }
    }

    /** The search bar gets the focus from the first row. @returns {boolean} whether there is one */
    focusSearch() {
        if (this.isX2Many || !this.env.searchModel) {
            return false;
        }
        this.env.searchModel.trigger("focus-search");
        return true;
    }

    /**
     * Focus a cell of a line that is not in edition.
     *
     * @param {Object} record
     * @param {Object} [column]
     * @returns {boolean} whether the line is still there
     */
    focusReadCell(record, column) {
        const row = record && !record.isInEdition ? this.rowOf(record) : null;
        if (!row) {
            return false;
        }
        const cell = column && row.querySelector(`td[data-column='${column.id}']`);
        /** @type {HTMLElement} */ (cell || row.querySelector("td.o_data_cell")).focus();
        return true;
    }

    focusEdited() {
        const record = this.isEditable ? this.props.list.editedRecord : undefined;
        if (!record || (this.focusedRecord === record.id && !this.cellToFocus)) {
            this.focusedRecord = record?.id;
            this.focusAttempts = 0;
            return;
        }
        const row = this.rowOf(record);
        if (!row) {
            return;
        }
        const { column } = this.cellToFocus || {};
        if (this.focusCell(column)) {
            this.focusedRecord = record.id;
            this.cellToFocus = null;
            this.focusAttempts = 0;
        } else if (this.focusAttempts < FOCUS_ATTEMPTS) {
            // cells are drawn in renderings of their own, maybe after the one of the list
            this.focusAttempts++;
            browser.requestAnimationFrame(() => status(this) === "mounted" && this.focusEdited());
        }
    }

    /** @returns {HTMLTableRowElement|null|undefined} */
    rowOf(record) {
        return this.tableRef.el?.querySelector(`tr.o_data_row[data-id='${record.id}']`);
    }

    /**
     * Focus the input of a cell of the line in edition, else of its first cell that has one.
     *
     * @param {Object} [column]
     * @returns {boolean} whether there is one
     */
    focusCell(column) {
        const record = this.props.list.editedRecord;
        const row = record && this.rowOf(record);
        if (!row) {
            return false;
        }
        this.focusedColumn = column;
        const wanted = column && row.querySelector(`td[data-column='${column.id}']`);
        /** @type {any[]} */
        const cells = [wanted, ...row.querySelectorAll("td.o_data_cell")];
        const cell = cells.find((one) => one?.offsetParent && one.querySelector(INPUT));
        const { activeElement } = document;
        if (cell && (activeElement === cell || !cell.contains(activeElement))) {
            /** @type {HTMLInputElement} */
            const input = cell.querySelector(INPUT);
            input.focus();
            input.select?.();
        }
        return Boolean(cell);
    }
}
