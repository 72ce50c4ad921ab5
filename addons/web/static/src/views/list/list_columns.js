import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { fieldTooltip } from "@web/views/utils";
import { groupAggregate } from "@web/views/list/list_aggregates";
import { columnGroups, storeColumns, storedColumns, viewKey } from "@web/views/list/optional_columns";
import { withPropertyColumns } from "@web/views/list/property_columns";

const NUMBERS = ["integer", "float", "monetary"];

/** What a list has beside its lines: columns with their headers, and the rows of groups. */
export class ListColumns extends Component {
    // what the list fills
    /** Those that it may show. @type {Object[]} */
    allColumns;
    /** Those that it shows. @type {Object[]} */
    columns;
    /** Whether optional columns are shown, by the names of their fields. @type {Object<string, boolean>} */
    optionalActiveFields;
    /** @type {{debugOpenView: boolean}} */
    state;
    /** What the user laid out. @type {Object} */
    personal;
    /** @type {{onStartResize: (ev: PointerEvent) => void, reset: () => void}|null} */
    columnWidths;
    keyOptionalFields = "";
    keyDebugOpenView = "";

    /** What can be done with the lines. @returns {Object} */
    get activeActions() {
        return this.props.activeActions || {};
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
    /** @param {Object[]} allColumns @param {Object} [list] */
    processAllColumn(allColumns, list = this.props.list) {
        return withPropertyColumns(allColumns, list, this.props.archInfo.fieldNodes);
    }

    getActiveColumns(list) {
        const { optionalActiveFields } = this;
        const shown = this.allColumns
            .filter(({ name, optional }) => !optional || optionalActiveFields[name])
            // lines of groups have no order of their own that a handle could change
            .filter(({ widget }) => widget !== "handle" || !list.isGrouped)
            .filter((column) => this.isColumnAvailable(column, list));
        return this.personal.ordered(shown);
    }

    /** Whether the records of the list have a use for the column at all. */
    isColumnAvailable(column, list = this.props.list) {
        return !this.evalColumnInvisible(column.column_invisible, list);
    }

    /**
     * Columns of one line; one with a `colspan` takes the room of as many.
     *
     * @overload
     * @param {Object} record
     * @returns {Object[]}
     */
    getColumns() {
        return this.columns;
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
        return this.hasColumnsMenu || Boolean(this.activeActions.onDelete);
    }

    get hasOpenFormViewColumn() {
        return Boolean(this.props.hasOpenFormViewButton || (this.env.debug && this.state.debugOpenView));
    }

    get displayOptionalFields() {
        return this.optionalColumns.length > 0;
    }

    /** Whether there is something to choose about the columns, or something chosen to be taken back. */
    get hasColumnsMenu() {
        return this.displayOptionalFields || this.hasDebugOpenView || this.personal.isOwn;
    }

    /** Whether a developer may have a button on each line that opens its form. */
    get hasDebugOpenView() {
        return Boolean(this.env.debug && this.props.onOpenFormView && !this.props.hasOpenFormViewButton);
    }

    /** Columns that the user may show or hide. */
    get optionalColumns() {
        return this.allColumns.filter(({ optional }) => optional).filter((column) => this.isColumnAvailable(column));
    }

    get getOptionalFields() {
        return this.optionalColumns.map((column) => this.optionalField(column));
    }

    /** What the menu of columns shows, by what defines them. @returns {{id: any, displayName: string, optionalFields: Object[]}[]} */
    get optionalFieldGroups() {
        return columnGroups(this.optionalColumns).map(({ id, name, columns }) => ({
            id,
            displayName: name,
            optionalFields: columns.map((column) => this.optionalField(column)),
        }));
    }

    optionalField({ label, name }) {
        return {
            label: `${label}${this.env.debug ? ` (${name})` : ""}`,
            name,
            value: Boolean(this.optionalActiveFields[name]),
        };
    }

    /** Where this list is shown. */
    get place() {
        const { list, nestedKeyOptionalFieldsData: nested } = this.props;
        const place = { model: list.resModel, viewMode: "list", viewId: this.env.config?.viewId };
        if (nested) {
            const { field, model, viewMode } = nested;
            Object.assign(place, { model, viewMode, relationalField: field, subViewType: "list" });
        }
        return place;
    }

    /** Names this list in what the browser keeps. */
    createViewKey() {
        const fields = this.props.archInfo.columns.filter(({ type }) => type === "field");
        return viewKey(
            this.place,
            fields.map(({ name }) => name)
        );
    }

    /** Names this list in what the server keeps for the user, also when its view gets other fields. */
    createLayoutKey() {
        return viewKey(this.place, []);
    }

    /** What the user chose on any device, else on this one, else what the view says. */
    computeOptionalActiveFields() {
        const stored = storedColumns(this.props.archInfo.columns, this.keyOptionalFields);
        return { ...stored, ...this.personal.own.optional };
    }

    saveOptionalActiveFields() {
        storeColumns(this.keyOptionalFields, this.optionalActiveFields);
        this.personal.change({ optional: { ...this.optionalActiveFields } });
    }

    /** Show the columns as the view says. */
    resetColumns() {
        browser.localStorage.removeItem(this.keyOptionalFields);
        this.personal.change(null);
        Object.assign(this.optionalActiveFields, storedColumns(this.props.archInfo.columns, this.keyOptionalFields));
        this.columnWidths?.reset();
    }

    toggleOptionalField(fieldName) {
        this.optionalActiveFields[fieldName] = !this.optionalActiveFields[fieldName];
        this.saveOptionalActiveFields();
    }

    /** Show all columns of a group of the menu, or none where all are shown. */
    toggleOptionalFieldGroup(groupId) {
        const { optionalFields } = this.optionalFieldGroups.find(({ id }) => id === groupId);
        const isShown = !optionalFields.every(({ value }) => value);
        optionalFields.forEach(({ name }) => {
            this.optionalActiveFields[name] = isShown;
        });
        this.saveOptionalActiveFields();
    }

    toggleDebugOpenView() {
        this.state.debugOpenView = !this.state.debugOpenView;
        browser.localStorage.setItem(this.keyDebugOpenView, String(this.state.debugOpenView));
    }

    getColumnClass(column) {
        const classNames = ["align-middle"];
        if (this.isSortable(column)) {
            classNames.push("o_column_sortable", "cursor-pointer");
            if (this.isSorted(column) && column.widget !== "handle") {
                classNames.push("table-active");
            }
        }
        if (NUMBERS.includes(column.fieldType) && !column.widget?.includes("handle")) {
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

    /** Whether there is more to say about a column than its label does. */
    hasTooltip(column) {
        return Boolean(this.env.debug || column.help || this.fields[column.name].help);
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

    // ------------------------------------------------------------------ groups

    getGroupDisplayName(group) {
        return group.displayName;
    }

    getGroupLevel(group) {
        return this.props.list.groupBy.length - (group.list.groupBy?.length || 0) - 1;
    }

    /** Text of a column in the row of a group. */
    formatAggregateValue(group, column) {
        return groupAggregate(group, column, this.fields);
    }

    /** Place of the first column that groups have a total in; -1: none has. */
    getFirstAggregateIndex(group) {
        return this.columns.findIndex(
            ({ fieldType, name, type }) => type === "field" && NUMBERS.includes(fieldType) && name in group.aggregates
        );
    }

    /** How many columns the name of a group may take: those before the first total. */
    getGroupNameCellColSpan(group) {
        const first = this.getFirstAggregateIndex(group);
        return (this.hasSelectors ? 1 : 0) + Math.max(1, first < 0 ? this.columns.length : first);
    }

    /** Columns that have a cell in the row of a group. */
    getAggregateColumns(group) {
        const first = this.getFirstAggregateIndex(group);
        return first < 0 ? [] : this.columns.slice(Math.max(1, first));
    }

    /** Buttons in the row of a group, which act on the record that it stands for. */
    groupButtons(group) {
        const buttons = group.record ? this.props.archInfo.groupBy.buttons[group.groupByField.name] || [] : [];
        return buttons.filter(({ invisible }) => !this.evalInvisible(invisible, group.record));
    }

    /** Whether lines are added at the end of a group. */
    canAddIn(group) {
        return Boolean(this.props.editable && this.activeActions.create && this.props.onAdd) && !group.list.isGrouped;
    }

    /** Show the record that a group stands for in its form. */
    openGroupRecord({ record }) {
        return this.env.services.action.doAction({
            type: "ir.actions.act_window",
            res_model: record.resModel,
            res_id: record.resId,
            views: [[false, "form"]],
            context: { ...record.context, create: false },
        });
    }
}
