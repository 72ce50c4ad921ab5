"""The process that reads a spreadsheet: ``python -I sheet_worker.py <kind> <path> <sheet>``.

It runs apart from the server: a few bytes can declare a table that fills the memory, and the libraries end the process
where there is none left. ``kind`` is ``xlsx``, ``ods`` or ``xls``; without a name the first sheet is read.

The answer is JSON: ``sheets`` (names), ``sheet``, ``rows`` of texts without those that are blank, ``count``; or else
``error`` (``cell``, ``time``, ``sheet`` or ``file``) with ``row`` and ``column`` (from 1), or a ``detail``.
"""

import datetime
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]  # a system without limits

MEMORY = 2 * 2**30
SECONDS = 120
#: how an error in a cell is written down in a workbook
ERROR_MARK = b't="e"'
CHUNK = 2**20


class Refused(Exception):
    """The spreadsheet is not taken.

    :param answer: what the server is told
    """

    def __init__(self, **answer: Any) -> None:
        super().__init__(answer)
        self.answer = answer


def text_of(value: Any, row: int, column: int, times: bool) -> str:
    """Return the content of a cell as text.

    :param times: whether a time without a date is taken
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, datetime.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, (datetime.time, datetime.timedelta)) and not times:
        raise Refused(error="time", row=row, column=column, detail=str(value))
    return "" if value is None else str(value)


def texts(rows: Iterable[Iterable], first: tuple[int, int], times: bool = False) -> Iterator[list[str]]:
    """Yield the rows that are not blank.

    :param first: row and column, from 0, of the first cell
    """
    top, left = first
    for number, row in enumerate(rows, top + 1):
        cells = [text_of(value, number, column, times) for column, value in enumerate(row, left + 1)]
        if any(cell and not cell.isspace() for cell in cells):
            yield cells


def chosen(names: list[str], sheet: str) -> str:
    """Return the name of the sheet that is read."""
    if not names or (sheet and sheet not in names):
        raise Refused(error="sheet", detail=sheet)
    return sheet or names[0]


def has_errors(path: str) -> bool:
    """Tell whether a workbook may have errors in its cells, which the fast library takes for empty ones."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if not entry.filename.startswith("xl/worksheets/"):
                continue
            with archive.open(entry) as file:
                rest = b""
                while chunk := file.read(CHUNK):
                    if ERROR_MARK in rest + chunk:
                        return True
                    rest = chunk[-len(ERROR_MARK) :]
    return False


def refuse_errors(path: str, sheet: str) -> None:
    """Find the first cell of a sheet that has an error."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for row in book[sheet].iter_rows():
        for cell in row:
            if getattr(cell, "data_type", "n") == "e":
                raise Refused(error="cell", row=cell.row, column=cell.column, detail=str(cell.value))


def read_archive(kind: str, path: str, sheet: str) -> dict[str, Any]:
    """Read a workbook of Excel 2007 and later, or an OpenDocument spreadsheet."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    name = chosen(book.sheet_names, sheet)
    if kind == "xlsx" and has_errors(path):
        refuse_errors(path, name)
    table = book.get_sheet_by_name(name)
    rows = list(texts(table.iter_rows(), table.start or (0, 0), times=kind == "ods"))
    if kind == "ods":
        # texts that begin like this are remarks
        rows = [["" if cell.startswith("#") else cell for cell in row] for row in rows]
    count = table.end[0] + 1 if kind == "xlsx" and table.end else len(rows)
    return {"sheets": book.sheet_names, "sheet": name, "rows": rows, "count": count}


def read_xls(_kind: str, path: str, sheet: str) -> dict[str, Any]:
    """Read a workbook of Excel before 2007."""
    import xlrd

    book = xlrd.open_workbook(path, on_demand=True, logfile=sys.stderr)
    name = chosen(book.sheet_names(), sheet)
    table = book.sheet_by_name(name)

    def value_of(cell: Any, row: int, column: int) -> Any:
        if cell.ctype == xlrd.XL_CELL_ERROR:
            detail = xlrd.error_text_from_code.get(cell.value, "")
            raise Refused(error="cell", row=row + 1, column=column + 1, detail=detail)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_DATE:
            found = xlrd.xldate_as_datetime(cell.value, book.datemode)
            return found if cell.value % 1 else found.date()
        return cell.value

    rows = ([value_of(cell, row, column) for column, cell in enumerate(table.row(row))] for row in range(table.nrows))
    return {"sheets": book.sheet_names(), "sheet": name, "rows": list(texts(rows, (0, 0))), "count": table.nrows}


READERS = {"xlsx": read_archive, "ods": read_archive, "xls": read_xls}


def main(kind: str, path: str, sheet: str) -> dict[str, Any]:
    """Return what the server is told."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        return READERS[kind](kind, path, sheet)
    except Refused as refused:
        return refused.answer
    except MemoryError:
        raise
    except Exception as error:
        return {"error": "file", "detail": f"{error}"[:500]}


if __name__ == "__main__":
    json.dump(main(*sys.argv[1:4]), sys.stdout)
