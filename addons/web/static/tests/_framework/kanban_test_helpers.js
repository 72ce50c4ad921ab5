/** Kanban views of tests. */

import { queryAll, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { contains } from "./dom_test_helpers";
import { buildSelector } from "./view_test_helpers";

const RECORD = ".o_kanban_record:not(.o_kanban_ghost)";

/** @param {{index?: number, text?: string, columnIndex?: number}} [options] @returns {HTMLElement} */
export function getKanbanRecord(options = {}) {
    const { columnIndex, index = 0, ...rest } = options;
    const root = columnIndex === undefined ? {} : { root: getKanbanColumn(columnIndex) };
    return queryAll(buildSelector(RECORD, rest), root)[index];
}

/** @param {number} [columnIndex] @returns {string[]} */
export function getKanbanRecordTexts(columnIndex) {
    const root = columnIndex === undefined ? {} : { root: getKanbanColumn(columnIndex) };
    return queryAllTexts(RECORD, root);
}

/** @returns {HTMLElement} */
export function getKanbanColumn(columnIndex = 0, ignoreFolded = false) {
    return queryAll(`.o_kanban_group${ignoreFolded ? ":not(.o_column_folded)" : ""}`)[columnIndex];
}

/** The menu of a column, while it is open. */
export async function getKanbanColumnDropdownMenu(columnIndex = 0, ignoreFolded = false) {
    getKanbanColumn(columnIndex, ignoreFolded);
    return queryFirst(".o-dropdown--kanban-config-menu, .o-dropdown--menu");
}

/** Open the menu of a column. @returns {Promise<(text: string) => Promise<void>>} chooses one of its entries */
export async function toggleKanbanColumnActions(columnIndex = 0) {
    const column = getKanbanColumn(columnIndex);
    await contains(queryFirst(".o_kanban_config .o-dropdown, .o_kanban_config button", { root: column })).click();
    return (text) => contains(`.o-dropdown--menu .o-dropdown-item:contains(${text})`).click();
}

/** Open the menu of a card. */
export async function toggleKanbanRecordDropdown(recordIndex = 0) {
    const record = getKanbanRecord({ index: recordIndex });
    await contains(queryFirst(".o_dropdown_kanban button, .o_dropdown_kanban .o-dropdown", { root: record })).click();
}

export async function clickKanbanRecord(options) {
    await contains(getKanbanRecord(options)).click();
}

export async function clickKanbanLoadMore(columnIndex = 0) {
    await contains(queryFirst(".o_kanban_load_more button", { root: getKanbanColumn(columnIndex) })).click();
}

export async function createKanbanRecord() {
    await contains(".o_control_panel_main_buttons .o-kanban-button-new").click();
}

export async function quickCreateKanbanRecord(columnIndex = 0) {
    await contains(queryFirst(".o_kanban_quick_add", { root: getKanbanColumn(columnIndex) })).click();
}

export async function quickCreateKanbanColumn() {
    await contains(".o_column_quick_create.o_quick_create_folded div, .o_column_quick_create button").click();
}

/** @param {string} fieldName @param {string} value */
export async function editKanbanRecordQuickCreateInput(fieldName, value) {
    const named = `.o_kanban_quick_create .o_field_widget[name='${fieldName}'] input`;
    await contains(`${named}, .o_kanban_quick_create > input`).edit(value, { confirm: "tab" });
}

export async function editKanbanRecord(options = {}) {
    await contains(queryFirst(".oe_kanban_action, .o_dropdown_kanban", { root: getKanbanRecord(options) })).click();
}

export async function editKanbanColumnName(value) {
    await contains(".o_column_quick_create input").edit(value, { confirm: false });
}

export async function validateKanbanRecord() {
    await contains(".o_kanban_quick_create .o_kanban_add").click();
}

export async function discardKanbanRecord() {
    await contains(".o_kanban_quick_create .o_kanban_cancel").click();
}

export async function validateKanbanColumn() {
    await contains(".o_column_quick_create .o_kanban_add").click();
}

/** @returns {HTMLElement[]} */
export function getKanbanProgressBars(columnIndex = 0) {
    return queryAll(".o_column_progress .progress-bar", { root: getKanbanColumn(columnIndex) });
}

/** @returns {string[]} */
export function getKanbanCounters() {
    return queryAllTexts(".o_animated_number");
}

/** @returns {Promise<string>} what a column says to who rests the mouse on its title */
export async function getKanbanColumnTooltips(columnIndex = 0) {
    await contains(queryFirst(".o_column_title", { root: getKanbanColumn(columnIndex) })).hover();
    await animationFrame();
    const tooltip = queryFirst(".o-tooltip");
    return tooltip ? queryAllTexts(".o-tooltip li, .o-tooltip small").filter(Boolean) : [];
}
