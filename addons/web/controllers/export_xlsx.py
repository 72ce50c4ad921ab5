"""Writers of spreadsheet files."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

from odoo.exceptions import UserError

MAX_ROWS = 1048576
MAX_CELL_LENGTH = 32767


if TYPE_CHECKING:
    from xlsxwriter import Workbook


def text_workbook(buffer) -> Workbook:
    """Return a new workbook, that is written to a buffer, in which a text is a text: no formula, and no link."""
    # loaded with the first export: a server starts without
    import xlsxwriter

    return xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


class ExportXlsxWriter:
    """A workbook with one sheet: headers, then rows. Use it as a context manager; `value` is the file.

    :param fields: descriptions of the columns
    :param columns_headers: titles of the columns
    :param row_count: rows to come
    :raises odoo.exceptions.UserError: more rows than a sheet can hold
    """

    def __init__(self, env, fields, columns_headers, row_count: int = 0):
        self.env = env
        self.fields = fields
        self.columns_headers = columns_headers
        if row_count + 1 > MAX_ROWS:
            raise UserError(
                env._(
                    "A sheet holds %(limit)s rows at most, and these are %(count)s: export them in several parts.",
                    count=row_count,
                    limit=MAX_ROWS,
                )
            )
        self.output = io.BytesIO()
        self.workbook = text_workbook(self.output)
        self.worksheet = self.workbook.add_worksheet()
        wrapped = {"text_wrap": True}
        self.base_style = self.workbook.add_format(wrapped)
        self.header_style = self.workbook.add_format({"bold": True})
        self.header_bold_style = self.workbook.add_format({**wrapped, "bold": True, "bg_color": "#e9ecef"})
        self.date_style, self.datetime_style, self.float_style = (
            self.workbook.add_format({**wrapped, "num_format": form})
            for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "#,##0.00")
        )
        # datetimes are dates too, so they come first
        self._styles = (
            (datetime.datetime, self.datetime_style),
            (datetime.date, self.date_style),
            (float, self.float_style),
            (object, self.base_style),
        )
        self.value = False

    def __enter__(self):
        for column, header in enumerate(self.columns_headers):
            self.worksheet.write(0, column, header, self.header_style)
        self.worksheet.set_column(0, max(len(self.columns_headers) - 1, 0), 30)
        return self

    def __exit__(self, exc_type, exc_value, exc_traceback):
        self.workbook.close()
        self.value = self.output.getvalue()

    def write_cell(self, row: int, column: int, value):
        """Write one value in the style of its type.

        :raises odoo.exceptions.UserError: binary data that is no text
        """
        value = self._cell(column, value)
        style = next(style for kind, style in self._styles if isinstance(value, kind))
        self.worksheet.write(row, column, value, style)

    def _cell(self, column, value):
        """Return a value as a sheet takes it: a number, a date, or a text that is not too long."""
        if value is None or value is False:
            return ""
        if isinstance(value, bytes):
            value = self._decoded(column, value)
        elif isinstance(value, (list, tuple, dict)):
            value = str(value)
        if not isinstance(value, str):
            return value
        if len(value) > MAX_CELL_LENGTH:
            return self.env._(
                "(Left out: a cell holds %s characters at most. A CSV file has no such limit.)", MAX_CELL_LENGTH
            )
        return value.replace("\r", " ")

    def _decoded(self, column, content):
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            raise UserError(
                self.env._(
                    "A sheet takes no bytes: the content of column %s is not in base64.", self.columns_headers[column]
                )
            ) from error

    def write_rows(self, row: int, rows, column: int = 0) -> int:
        """Write rows of values, from a position on; return the number of the row after them."""
        for values in rows:
            for offset, value in enumerate(values):
                self.write_cell(row, column + offset, value)
            row += 1
        return row


class GroupExportXlsxWriter(ExportXlsxWriter):
    """A workbook whose rows stand below the titles and totals of their groups."""

    def write_group(self, row: int, column: int, name: str, group) -> tuple[int, int]:
        """Write a group and what it holds; return the position after it."""
        self._write_title(row, column, name, group)
        row, column = self.write_groups(row + 1, column, group.children)
        return self.write_rows(row, group.data, column), column

    def write_groups(self, row: int, column: int, groups) -> tuple[int, int]:
        """Write groups, a mapping from their names, below each other; return the position after them."""
        for name, group in groups.items():
            row, column = self.write_group(row, column, name, group)
        return row, column

    def _write_title(self, row, column, name, group):
        indent = "    " * (group.depth - 1)
        self.worksheet.write(row, column, f"{indent}{name} ({group.count})", self.header_bold_style)
        for offset, field in enumerate(self.fields[1:], start=1):
            total = group.aggregated_values.get(field["name"])
            self.worksheet.write(row, column + offset, "" if total is None else total, self.header_bold_style)
