"""Import of rows: the interface of import files and of the web client."""

from collections.abc import Callable, Iterator

from odoo.tools.budgets import current_budget
from odoo.tools.config import config
from odoo.tools.text import natural_number

from ... import decorators as api
from .paths import fix_import_export_id_paths
from .rows import RowsToRecords
from .run import ImportRun

__all__ = ["ImportMixin"]


def _too_many_cells(env, data):
    """Return the sentence that refuses more cells than a request, or a job, may import; nothing otherwise."""
    limit = config["limit_import_cells"]
    if not limit or current_budget() is None:
        return ""
    cells = sum(len(row) or 1 for row in data)
    if cells <= limit:
        return ""
    return env._(
        "These are %(cells)s cells in %(rows)s rows, and the server imports %(limit)s at a time (--limit-import-cells):"
        " import fewer rows at a time.",
        cells=cells,
        rows=len(data),
        limit=limit,
    )


class ImportMixin:
    """Records from rows of a table."""

    __slots__ = ()

    @api.model
    def load(self, fields, data) -> dict:
        """Create and update records from the rows of a file.

        :param fields: names of the columns, paths of field names joined by slashes
        :param data: rows of texts
        :return: ``ids`` (``False`` when there were errors, and nothing was imported), ``messages``, and ``nextrow``,
            the row to go on with when the context limits the number of rows (``_import_limit``)
        """
        refused = _too_many_cells(self.env, data)
        if refused:
            return {"ids": False, "messages": [{"type": "error", "message": refused, "record": 0}], "nextrow": 0}
        messages: list = []
        limit = self.env.context.get("_import_limit") or float("inf")
        self.env.flush_all()
        run = ImportRun(self, [fix_import_export_id_paths(name) for name in fields], messages)
        with self.env.cr.savepoint(flush=False) as savepoint:
            run.run(data, limit)
            failed = run.has_errors()
            if failed:
                savepoint.rollback()
        if failed:
            # what was created is gone
            self.env.invalidate_all(flush=False)
            self.pool.reset_changes()
        next_row = run.last_row + 1
        return {
            "ids": False if failed else run.ids,
            "messages": messages,
            "nextrow": next_row if next_row >= limit else 0,
        }

    @api.model
    def _extract_records(self, field_paths, data, log: Callable = lambda message: None, limit=float("inf")) -> Iterator:
        """Yield ``(record, info)`` from rows: dicts of texts, with the lines of one2many columns as lists of dicts.

        :param field_paths: list of paths
        :param limit: stop after this many rows, but not within a record
        """
        return RowsToRecords(self, field_paths, log).extract(data, limit)

    @api.model
    def _convert_records(self, records, log: Callable = lambda message: None) -> Iterator:
        """Yield ``(id, external id, values, info)``, the texts of each record converted for its fields."""
        labels = {name: field.get_description(self.env, ["string"])["string"] for name, field in self._fields.items()}
        convert = self.pool.services.imports.converter(self)

        def report(info, field_name, exception):
            kind = "warning" if isinstance(exception, Warning) else "error"
            message, *rest = exception.args
            details = dict(rest[0]) if rest and isinstance(rest[0], dict) else {}
            path = [field_name, *details.pop("field_path", ())]
            label = "/".join([labels.get(field_name, field_name), *details.pop("labels", ())])
            text = message % {"field": label} if "%(field)s" in str(message) else str(message)
            log(
                {
                    **info,
                    "type": kind,
                    "message": text,
                    "field": field_name,
                    "field_name": label,
                    "field_path": path,
                    **details,
                }
            )

        for index, (record, extras) in enumerate(records):
            info = {**extras, "record": index}
            xml_id = record.get("id") or False
            db_id = self._import_db_id(record.get(".id"), info, log)
            values = convert(record, lambda name, exception, info=info: report(info, name, exception))
            yield db_id, xml_id, values, info

    def _import_db_id(self, text, info, log):
        """Return the id in a column ``.id``; an error is logged when there is no such record."""
        if not text:
            return False
        message, number = None, natural_number(str(text).strip())
        if number is None:
            message = self.env._("Invalid database identifier '%s'", text)
        elif not self.search([("id", "=", number)]):
            message = self.env._("Unknown database identifier '%s'", text)
        if message:
            log({**info, "type": "error", "field": ".id", "message": message})
            return False
        return number
