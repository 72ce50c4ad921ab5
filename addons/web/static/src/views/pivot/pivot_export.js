import { _t } from "@web/core/l10n/translation";

/** Columns that a sheet may have. */
const MAX_COLUMNS = 16384;

/** A header as the spreadsheet takes it. */
function toCell({ height, order, title, width }) {
    return { title, width, height, is_bold: Boolean(order) };
}

/**
 * What the server makes a spreadsheet of.
 *
 * @param {{headers: Object[][], rows: Object[]}} table
 * @param {Object} metaData of the pivot model
 * @returns {{model: string, title: string, col_group_headers: Object[][], measure_headers: Object[],
 *   origin_headers: Object[], rows: Object[], measure_count: number, origin_count: number}}
 * @throws {Error} the table is too wide for a sheet
 */
export function exportTable({ headers, rows }, { activeMeasures, domains, resModel, title }) {
    if (rows[0].subGroupMeasurements.length + 1 > MAX_COLUMNS) {
        throw new Error(_t("A spreadsheet has at most %s columns: the table has more.", MAX_COLUMNS).toString());
    }
    const above = headers.map((cells) => cells.map(toCell));
    const originHeaders = domains.length > 1 ? above.pop() : [];
    const measureHeaders = activeMeasures.length ? above.pop() : [];
    // the corner
    above[0].shift();
    return {
        model: resModel,
        title,
        col_group_headers: above,
        measure_headers: measureHeaders,
        origin_headers: originHeaders,
        rows: rows.map(({ indent, subGroupMeasurements, title: rowTitle }) => ({
            title: rowTitle,
            indent,
            values: subGroupMeasurements.map(({ isBold, originIndexes, value }) => ({
                is_bold: isBold,
                value: value === undefined ? "" : originIndexes.length > 1 ? percent(value) : value,
            })),
        })),
        measure_count: activeMeasures.length,
        origin_count: domains.length,
    };
}

function percent(value) {
    return Number.isNaN(value) ? "-" : value * 100;
}
