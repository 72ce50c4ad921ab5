import {
    Component,
    onMounted,
    onPatched,
    onWillRender,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { makeContext } from "@web/core/context";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { Pager } from "@web/core/pager/pager";
import { evaluateBooleanExpr, evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { isInsideOverlayOf } from "@web/core/overlay/inside";
import { ActionHelper } from "@web/views/action_helper";
import { Field } from "@web/views/fields/field";
import { aggregatesOf } from "@web/views/list/list_aggregates";
import { useListKeyboard } from "@web/views/list/list_keyboard";
import { useMagicColumnWidths } from "@web/views/list/column_widths";
import { useSortableRows } from "@web/views/list/sortable_rows";
import { ViewButton } from "@web/views/view_button/view_button";
import { classesWhere, fieldTooltip, getClassNameFromDecoration, getFormattedValue } from "@web/views/utils";
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

/** Table of records, grouped or not, possibly edited in place. */
export class ListRenderer extends Component {
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
        this.state = useState({ optionalRevision: 0 });
        this.keyOptionalFields = this.createOptionalFieldsKey();
        this.optionalActiveFields = useState(this.loadOptionalFields());
        this.allColumns = [];
        this.columns = [];
        this.cellToFocus = null;
        this.creates = this.props.archInfo.controls?.length
            ? this.props.archInfo.controls
            : [{ type: "create", string: null }];
        onWillRender(() => {
            this.allColumns = this.processAllColumn(this.props.archInfo.columns, this.props.list);
            this.columns = this.getActiveColumns(this.props.list);
            this.withHandleColumn = this.columns.some((column) => column.widget === "handle");
        });
        this.keyboard = useListKeyboard(this);
        useSortableRows(this);
        this.columnWidths = /** @type {typeof ListRenderer} */ (this.constructor).useMagicColumnWidths
            ? useMagicColumnWidths(/** @type {{el: HTMLTableElement}} */ (this.tableRef), () => ({
                  columns: this.columns,
                  fields: this.fields,
                  isEmpty: this.props.list.isGrouped
                      ? !this.props.list.groups.length
                      : this.props.list.records.every((record) => record.isNew),
              }))
            : null;
        useExternalListener(document, "click", this.onGlobalClick.bind(this), { capture: true });
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

    // ------------------------------------------------------------------ columns

    /**
     * All columns that the list may show.
     *
     * @overload
     * @param {Object[]} allColumns of the arch
     * @param {Object} list
     * @returns {Object[]}
     */
    /** @param {Object[]} allColumns */
    processAllColumn(allColumns) {
        return allColumns;
    }

    getActiveColumns(list) {
        const { optionalActiveFields } = this;
        return this.allColumns
            .filter(({ name, optional }) => !optional || optionalActiveFields[name])
            .filter((column) => this.isColumnAvailable(column, list));
    }

    /** Whether the records of the list have a use for the column at all. */
    isColumnAvailable(column, list = this.props.list) {
        return !this.evalColumnInvisible(column.column_invisible, list);
    }

    evalColumnInvisible(columnInvisible, list = this.props.list) {
        return columnInvisible ? evaluateBooleanExpr(columnInvisible, list.evalContext) : false;
    }

    evalInvisible(invisible, record) {
        return invisible ? evaluateBooleanExpr(invisible, record.evalContextWithVirtualIds) : false;
    }

    get fields() {
        return this.props.list.fields;
    }

    get nbCols() {
        return (
            this.columns.length +
            (this.hasSelectors ? 1 : 0) +
            (this.hasActionsColumn ? 1 : 0) +
            (this.hasOpenFormViewColumn ? 1 : 0)
        );
    }

    get hasSelectors() {
        return Boolean(this.props.allowSelectors) && !this.env.isSmall;
    }

    get hasActionsColumn() {
        return this.displayOptionalFields || Boolean(this.activeActions.onDelete);
    }

    get hasOpenFormViewColumn() {
        return Boolean(this.props.hasOpenFormViewButton);
    }

    get displayOptionalFields() {
        return this.optionalColumns.length > 0;
    }

    /** Columns that the user may show or hide. */
    get optionalColumns() {
        return this.allColumns.filter(({ optional }) => optional).filter((column) => this.isColumnAvailable(column));
    }

    get getOptionalFields() {
        return this.optionalColumns.map((column) => ({
            label: `${column.label}${this.env.debug ? ` (${column.name})` : ""}`,
            name: column.name,
            value: Boolean(this.optionalActiveFields[column.name]),
        }));
    }

    createOptionalFieldsKey() {
        const { nestedKeyOptionalFieldsData: nested, archInfo, list } = this.props;
        const names = archInfo.columns
            .filter((column) => column.type === "field")
            .map((column) => column.name)
            .sort();
        const parts = nested
            ? [nested.model, nested.viewMode, nested.field, list.resModel]
            : [list.resModel, "list", this.env.config?.viewId];
        return `optional_fields,${parts.join(",")},${names.join(",")}`;
    }

    loadOptionalFields() {
        const stored = browser.localStorage.getItem(this.keyOptionalFields);
        const chosen = stored ? stored.split(",") : null;
        const active = {};
        for (const column of this.props.archInfo.columns) {
            if (column.optional) {
                active[column.name] = chosen ? chosen.includes(column.name) : column.optional === "show";
            }
        }
        return active;
    }

    toggleOptionalField(fieldName) {
        this.optionalActiveFields[fieldName] = !this.optionalActiveFields[fieldName];
        const chosen = Object.keys(this.optionalActiveFields).filter((name) => this.optionalActiveFields[name]);
        browser.localStorage.setItem(this.keyOptionalFields, chosen.join(","));
    }

    // ------------------------------------------------------------------ state

    get activeActions() {
        return this.props.activeActions || {};
    }

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
        return !this.isX2Many && !this.props.list.hasData && !this.props.list.editedRecord;
    }

    get showTable() {
        return !this.showNoContentHelper;
    }

    get selectAll() {
        const { list } = this.props;
        return list.selection.length > 0 && list.selection.length === list.records.length;
    }

    get aggregates() {
        return aggregatesOf(this.props.list, this.columns);
    }

    get hasAggregates() {
        return Object.keys(this.aggregates).length > 0;
    }

    get emptyRowIds() {
        const missing = this.isX2Many
            ? Math.max(0, 4 - this.props.list.records.length - (this.displayRowCreates ? 1 : 0))
            : 0;
        return Array.from({ length: missing }, (_, index) => index);
    }

    getGroupDisplayName(group) {
        return group.displayName;
    }

    getGroupLevel(group) {
        return this.props.list.groupBy.length - (group.list.groupBy?.length || 0) - 1;
    }

    groupAggregate(group, column) {
        const value = group.aggregates[column.name];
        if (column.type !== "field" || value === undefined || value === null || value === false) {
            return "";
        }
        const field = this.fields[column.name];
        const formatter = formatters.get(column.widget, null) || formatters.get(field.type, (val) => val);
        return formatter(value, { ...(formatter.extractOptions?.(column) || {}), field, escape: false });
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

    getFormattedValue(column, record) {
        return getFormattedValue(record, column.name, column, formatters);
    }

    getRowClass(record) {
        const isTrue = (expression) => evaluateBooleanExpr(expression, record.evalContextWithVirtualIds);
        const decorated = this.props.archInfo.decorations.filter(({ condition }) => isTrue(condition));
        const states = {
            o_row_draggable: this.canResequenceRows,
            o_selected_row: this.isInlineEdited(record),
            "table-info": record.selected,
        };
        return [...decorated.map((decoration) => decoration.class), ...classesWhere(states)].join(" ");
    }

    getCellClass(column, record) {
        const kinds = {
            button_group: () => ["o_list_button"],
            field: () => this.fieldCellClasses(column, record),
        };
        return ["o_data_cell", ...(kinds[column.type]?.() || [])].join(" ");
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

    getColumnClass(column) {
        const classNames = ["align-middle"];
        if (this.isSortable(column)) {
            classNames.push("o_column_sortable", "cursor-pointer");
            if (this.isSorted(column) && column.widget !== "handle") {
                classNames.push("table-active");
            }
        }
        if (["float", "integer", "monetary"].includes(column.fieldType) && !column.widget?.includes("handle")) {
            classNames.push("o_list_number_th", "text-end");
        }
        if (column.type === "button_group") {
            classNames.push("o_list_button");
        }
        if (column.widget === "handle") {
            classNames.push("o_handle_cell");
        }
        return classNames.join(" ");
    }

    makeTooltip(column) {
        return fieldTooltip("list", this.props.list, column);
    }

    isSortable(column) {
        const { hasLabel, name, options, type } = column;
        return type === "field" && hasLabel && (this.fields[name].sortable || Boolean(options?.allow_order));
    }

    isSorted(column) {
        return this.props.list.orderBy[0]?.name === column.name;
    }

    getSortableIconClass(column) {
        if (!this.isSorted(column)) {
            return "fa-sort opacity-0 opacity-100-hover";
        }
        return this.props.list.orderBy[0].asc ? "fa-angle-up" : "fa-angle-down";
    }

    // ------------------------------------------------------------------ events

    onClickSortColumn(column) {
        if (!this.props.list.editedRecord && this.isSortable(column)) {
            this.props.list.sortBy(column.name);
        }
    }

    onClickCapture() {}

    toggleSelection() {
        return this.props.list.toggleSelection();
    }

    toggleRecordSelection(record) {
        return record.toggleSelection();
    }

    async onCellClicked(record, column, ev) {
        if (ev.target.special_click || ev.target.closest("button, a[href]:not([href='#']), .o_list_record_selector")) {
            return;
        }
        const { list, archInfo, editable } = this.props;
        if ((editable && !this.props.readonly) || (this.isMultiEditable && record.selected)) {
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
                this.render();
            }
        } else if (!archInfo.noOpen) {
            this.props.openRecord(record);
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
        await list.leaveEditMode();
        this.render();
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

    onRowKeydown(ev, record, column) {
        return this.keyboard.onKeydown(ev, record, column);
    }

    // ------------------------------------------------------------------ focus

    focusEdited() {
        const record = this.isEditable ? this.props.list.editedRecord : undefined;
        if (!record || (this.focusedRecord === record.id && !this.cellToFocus)) {
            this.focusedRecord = record?.id;
            return;
        }
        const row = this.rowOf(record);
        if (!row) {
            return;
        }
        this.focusedRecord = record.id;
        const column = this.cellToFocus?.column;
        this.cellToFocus = null;
        this.focusCell(column);
    }

    /** @returns {HTMLTableRowElement|null|undefined} */
    rowOf(record) {
        return this.tableRef.el?.querySelector(`tr.o_data_row[data-id='${record.id}']`);
    }

    focusCell(column) {
        const record = this.props.list.editedRecord;
        const row = record && this.rowOf(record);
        if (!row) {
            return;
        }
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
    }
}
