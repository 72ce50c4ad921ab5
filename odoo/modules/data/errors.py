"""The error of data files."""

from typing import Any


class ParseError(Exception):
    """A data file cannot be loaded.

    :param str message: what is wrong
    :param str filename: the file
    :param int line: line of the element or row at fault
    :param str record: external id of the record at fault, if any
    :param str model: its model, if any
    """

    def __init__(
        self,
        message: str,
        filename: str | None = None,
        line: Any = None,
        record: str | None = None,
        model: str | None = None,
    ) -> None:
        self.filename, self.line, self.record, self.model = filename, line, record, model
        where = ":".join(str(part) for part in (filename, line) if part)
        what = ""
        if record and model:
            what = f"record {record!r} of model {model!r}"
        elif record:
            what = f"{record!r}"
        elif model:
            what = f"model {model!r}"
        super().__init__(": ".join(part for part in (where, what, message) if part))
