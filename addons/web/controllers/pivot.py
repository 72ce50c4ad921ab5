"""The pivot table as a spreadsheet file."""

from __future__ import annotations

import io
import itertools

from werkzeug.exceptions import BadRequest

from odoo.http import Controller, content_disposition, request, route
from odoo.tools import osutil

from .export_xlsx import text_workbook
from .utils import json_value


class TableExporter(Controller):
    """Door to the export of pivot tables."""

    @route("/web/pivot/export_xlsx", type="http", auth="user", readonly=True)
    def export_xlsx(self, data, **kw):
        """Return the table the client shows, as xlsx.

        :param data: JSON text, or uploaded file, of the table: `title, model, measure_count, col_group_headers,
            measure_headers, origin_headers, origin_count, rows`
        """
        table = json_value(data if isinstance(data, str) else data.read(), "data", dict)
        buffer = io.BytesIO()
        try:
            with text_workbook(buffer) as workbook:
                _write_table(workbook, workbook.add_worksheet(_sheet_name(table["title"])), table)
        except (KeyError, TypeError, AttributeError) as error:
            raise BadRequest(f"The parameter 'data' is no table: {error!r:.200}") from error
        model = str(table.get("model"))
        description = request.env["ir.model"].sudo()._get(model).name or model
        filename = osutil.clean_filename(f"Pivot {description}.xlsx")
        return request.make_response(
            buffer.getvalue(),
            [
                ("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                ("Content-Disposition", content_disposition(filename)),
            ],
        )


def _sheet_name(title):
    return "".join("-" if char in "[]:*?/\\" else char for char in title)[:31] or "Pivot"


def _write_table(workbook, sheet, table):
    bold = workbook.add_format({"bold": True, "bg_color": "#eceff4"})
    heading = workbook.add_format({"bold": True, "bg_color": "#eceff4", "align": "center"})
    row = _write_column_headers(sheet, table.get("col_group_headers") or [], heading)
    for headers, span in (
        # between two origins stands how they differ
        (table.get("measure_headers") or [], 2 * max(table.get("origin_count") or 1, 1) - 1),
        (table.get("origin_headers") or [], 1),
    ):
        if not headers:
            continue
        column = 1
        for header in headers:
            _merge(sheet, row, column, 1, span, header["title"], bold if header.get("is_bold") else heading)
            column += span
        row += 1
    for line in table["rows"]:
        sheet.write(row, 0, f"{'     ' * line['indent']}{line['title']}", bold)
        for column, cell in enumerate(line["values"], start=1):
            sheet.write(row, column, cell["value"], bold if cell.get("is_bold") else None)
        row += 1
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 64, 16)


def _write_column_headers(sheet, header_rows, style):
    """Write the headers of the column groups, and return how many rows they take.

    A cell goes to the first place in its row that no cell of a row above reaches down to.
    """
    taken = set()
    for row, headers in enumerate(header_rows):
        column = 1
        for header in headers:
            width, height = header["width"], header["height"]
            while (row, column) in taken:
                column += 1
            _merge(sheet, row, column, height, width, header["title"], style)
            taken |= set(itertools.product(range(row, row + height), range(column, column + width)))
    return len(header_rows)


def _merge(sheet, row, column, height, width, value, style):
    if height > 1 or width > 1:
        sheet.merge_range(row, column, row + height - 1, column + width - 1, value, style)
    else:
        sheet.write(row, column, value, style)
