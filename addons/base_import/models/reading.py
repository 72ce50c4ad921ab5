"""The rows of a file."""

import logging
import os

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ..tools.csv_files import detect_encoding, detect_separator, lazy_rows, read_csv
from ..tools.errors import ImportValidationError
from ..tools.spreadsheets import SpreadsheetError, read_spreadsheet

_logger = logging.getLogger(__name__)

CSV = "text/csv"
#: kinds of spreadsheets by their MIME types
SPREADSHEETS = {
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
EXTENSIONS = {".csv": CSV, **{f".{kind}": mimetype for mimetype, kind in SPREADSHEETS.items()}}
#: bytes of a file
MAX_BYTES = 128 * 2**20


class Import(models.TransientModel):
    """Reading."""

    _inherit = "base_import.import"

    def _read_file(self, options) -> tuple:
        """Return how many rows the file has, and those that are not blank, as lists of texts.

        What kind of file it is tells its content, else the type that the browser sent, else its name.

        :param options: how it is read; what is found out about it is added; with ``_lazily``, the rows may be an
            iterator, of which nobody knows how many there are
        :raise ImportValidationError: for wrong options
        :raise ValueError: for a cell that has no content to be imported
        :raise UserError: when it cannot be read
        """
        self.ensure_one()
        content = self.with_context(bin_size=False).file or b""
        if len(content) > MAX_BYTES:
            raise UserError(self.env._("The file is larger than %s MB: split it.", MAX_BYTES // 2**20))
        extension = os.path.splitext(self.file_name or "")[1].lower()
        declared = (self.file_type or "").partition(";")[0].strip()
        kinds = [guess_mimetype(content), declared, EXTENSIONS.get(extension)]
        failure = None
        for kind in dict.fromkeys(kinds):
            try:
                if kind == CSV:
                    return self._read_csv(content, options)
                if kind in SPREADSHEETS:
                    return self._read_spreadsheet(SPREADSHEETS[kind], content, options)
            except (ImportValidationError, ValueError):
                raise
            except Exception as error:
                _logger.info("An import cannot read %s as %s: %s", self.file_name, kind, error)
                failure = error if isinstance(error, UserError) else UserError(str(error))
        if failure:
            raise failure
        raise UserError(
            self.env._(
                "Files of the type %s are not imported: save it as CSV, XLSX or ODS.", extension or declared or kinds[0]
            )
        )

    def _read_spreadsheet(self, kind, content, options) -> tuple:
        try:
            answer = read_spreadsheet(kind, content, options.get("sheet") or "")
        except SpreadsheetError as error:
            raise UserError(self.env._("The spreadsheet cannot be read: %s", error)) from None
        problem = answer.get("error")
        if problem == "cell":
            text = self.env._("Row %(row)s, column %(column)s has the error %(detail)s in place of a value.", **answer)
            raise ValueError(text)
        if problem == "time":
            text = self.env._(
                "Row %(row)s, column %(column)s has a time without a date (%(detail)s): change the format of the cell.",
                **answer,
            )
            raise ValueError(text)
        if problem == "sheet":
            raise ImportValidationError(self.env._("The file has no sheet named “%s”.", answer["detail"]))
        if problem:
            raise UserError(self.env._("The spreadsheet cannot be read: %s", answer["detail"]))
        options["sheets"], options["sheet"] = answer["sheets"], answer["sheet"]
        return answer["count"], answer["rows"]

    def _read_csv(self, content, options) -> tuple:
        if not content:
            return 0, []
        quoting = options.get("quoting") or '"'
        if not isinstance(quoting, str) or len(quoting) != 1:
            raise ImportValidationError(self.env._('The text delimiter is one character, like ".'))
        text = self._decode(content, options)
        separator = options.get("separator") or ""
        if not separator:
            # a list without separators is one column
            separator = options["separator"] = detect_separator(text, quoting)
        try:
            if options.get("_lazily"):
                return 0, lazy_rows(text, separator or ",", quoting)
            rows = read_csv(text, separator or ",", quoting)
        except (TypeError, ValueError):
            raise ImportValidationError(
                self.env._("The separator is one character, and not the text delimiter: “%s” is not.", separator)
            ) from None
        return len(rows), rows

    def _decode(self, content, options) -> str:
        """Return the text of the file, in the encoding that was chosen, else in the one that it seems to have."""
        encoding = options.get("encoding")
        if not encoding:
            encoding = options["encoding"] = detect_encoding(content)
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except LookupError:
            raise ImportValidationError(self.env._("There is no encoding “%s”.", encoding)) from None
        except UnicodeDecodeError as error:
            raise ImportValidationError(
                self.env._(
                    "The file is not in the encoding %(encoding)s: byte %(byte)s cannot be read. Choose another one.",
                    encoding=encoding,
                    byte=error.start + 1,
                )
            ) from None
