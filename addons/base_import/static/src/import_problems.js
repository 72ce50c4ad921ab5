/** What the server found wrong, put to the columns it concerns. */
import { _t } from "@web/core/l10n/translation";
import { pathOf } from "./import_fields";

/**
 * @typedef {{type: string, message: string, record?: number|false, rows?: {from: number, to: number}, field?: string,
 *  field_path?: string[]|false, moreinfo?: any, not_matching_error?: boolean, value?: string}} Message
 * @typedef {{text: string, type: string, rows: number[], moreinfo: any}} Problem
 */

/** Rows that are named; of more only their number is told. */
const MAX_ROWS = 8;

/** The column that a message is about. */
export function columnOf(columns, message) {
    const path = message.field_path ? message.field_path.join("/") : false;
    const known = columns.filter((column) => column.path.length);
    return (
        known.find((column) => pathOf(column) === path) ||
        known.find((column) => pathOf(column) === message.field) ||
        known.find((column) => message.field && column.path[0] === message.field)
    );
}

/** Add a message to others that say the same. */
function addProblem(problems, message, firstRow) {
    let problem = problems.find(({ text }) => text === message.message);
    if (!problem) {
        problem = { text: message.message, type: message.type, rows: [], moreinfo: message.moreinfo };
        problems.push(problem);
    }
    if (message.rows) {
        problem.rows.push(message.rows.from + firstRow);
    }
}

/** The rows of a problem as text: some numbers, then how many more there are. */
export function rowsText(problem) {
    const rows = [...new Set(problem.rows)];
    const numbers = rows.slice(0, MAX_ROWS).join(", ");
    const more = rows.length - MAX_ROWS;
    return more > 0 ? _t("(row %(numbers)s and %(more)s more)", { numbers, more }) : _t("(row %s)", numbers);
}

/**
 * Put messages to their columns (`column.problems`).
 *
 * @param {{path: string[], problems: Problem[]}[]} columns
 * @param {Message[]} messages
 * @param {number} firstRow number, in the file, of the row that the server counts as 0
 * @returns {Problem[]} those that no column has
 */
export function sortMessages(columns, messages, firstRow) {
    const rest = [];
    const blocking = messages.find((message) => message.not_matching_error);
    for (const message of blocking ? [blocking] : messages) {
        const column = columnOf(columns, message);
        addProblem(column ? column.problems : rest, message, firstRow);
    }
    return rest;
}
