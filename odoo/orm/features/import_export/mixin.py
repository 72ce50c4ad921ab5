"""Export of records to rows, and import of rows: the interface of import files and of the web client."""

import re
import uuid
from collections.abc import Callable, Iterator

from odoo.exceptions import UserError
from odoo.tools.iteration import split_every

from ... import decorators as api
from .rows import RowsToRecords
from .run import ImportRun

__all__ = ["ImportExportMixin", "fix_import_export_id_paths"]

_EXPORT_BATCH = 1000


def fix_import_export_id_paths(fieldname: str) -> list:
    """Return a column name as a list of field names; ``.id`` and ``:id`` at the end of a field name make a name too.

    :param fieldname: ``field/subfield``, ``field/id`` or ``field:id`` (external id), ``field/.id`` or ``field.id`` (id)
    """
    path = re.sub(r"([^/])\.id", r"\1/.id", fieldname)
    return re.sub(r"([^/]):id", r"\1/id", path).split("/")


class ImportExportMixin:
    """Records from and to rows of a table."""

    __slots__ = ()

    # export

    def export_data(self, fields_to_export) -> dict:
        """Return ``{"datas": rows}`` of the records; a column is a path of field names joined by slashes.

        :raise UserError: when the user may not export data
        """
        self._check_may_export()
        return {"datas": self._export_rows(list(map(fix_import_export_id_paths, fields_to_export)))}

    def _check_may_export(self) -> None:
        """Check the user's right to take data away in bulk.

        :raise UserError: without it
        """
        if not (self.env.is_admin() or self.env.user.has_group("base.group_allow_export")):
            raise UserError(self.env._("Exporting takes a right that you do not have: an administrator can grant it."))

    def _export_rows(self, fields, *, _is_toplevel_call=True) -> list:
        """Return rows of values; lines of an x2many column take additional rows below their record.

        :param fields: list of paths, each a list of field names
        """
        external_ids = self._export_external_ids(fields)
        with_lines = [index for index, path in enumerate(fields) if path and self._export_is_multiple(path[0])]
        rows = []
        for batch in self._export_batches(_is_toplevel_call):
            blank = [""] * len(batch)
            columns = [
                batch._export_column(path, external_ids) if path and index not in with_lines else blank
                for index, path in enumerate(fields)
            ]
            if not with_lines:
                rows += map(list, zip(*columns, strict=True))
                continue
            for record, values in zip(batch, zip(*columns, strict=True), strict=True):
                rows += record._export_with_lines(fields, with_lines, list(values))
        return rows

    def _export_batches(self, toplevel) -> Iterator:
        """Yield the records; at the top level in batches, dropping what each of them left in the cache."""
        if not toplevel:
            yield self
            return
        for ids in split_every(_EXPORT_BATCH, self._ids):
            yield self.browse(ids)
            if len(self._ids) > _EXPORT_BATCH:
                self.env.invalidate_all()

    def _export_external_ids(self, fields) -> dict:
        """Return ``{record id: external id}`` when the records' own external ids are exported."""
        if not any(path[:1] == ["id"] for path in fields):
            return {}
        return {record.id: xml_id for record, xml_id in self._BaseModel__ensure_xml_id()}

    def _export_with_lines(self, fields, with_lines, current) -> list:
        """Return the rows of one record, whose values in one row are ``current``."""
        lines: list = []
        done: set = set()
        for index in with_lines:
            path = fields[index]
            if path[0] not in done or len(path) == 1:
                self._export_lines(path[0], fields, index, current, lines)
                done.add(path[0])
        return [current, *lines]

    def _export_is_multiple(self, name) -> bool:
        field = self._fields.get(name.partition(".")[0])
        return field is not None and field.type in ("one2many", "many2many")

    def _export_column(self, path, external_ids) -> list:
        """Return the values of these records in a column that takes one row a record."""
        name = path[0]
        if name == ".id":
            return [str(id_) for id_ in self._ids]
        if name == "id":
            return [external_ids.get(id_) or "" for id_ in self._ids]
        head, _dot, property_name = name.partition(".")
        field = self._fields[head]
        if property_name:
            return field.export_property(self, property_name)
        convert = field.convert_to_export
        if len(path) == 1:
            values = [record[head] for record in self] if field.relational else field.mapped(self)
            return [convert(value, record) for value, record in zip(values, self, strict=True)]
        if not field.relational:
            # the path may go through a reference to any model
            return [record._export_through(field, path) for record in self]
        # what follows a relation is the same for all that refer to one record
        rows = {related.id: related._export_rows([path[1:]], _is_toplevel_call=False)[0][0] for related in self[head]}
        return [rows.get(record[head].id, "") for record in self]

    def _export_through(self, field, path):
        value = self[field.name]
        if not hasattr(value, "_ids"):
            return field.convert_to_export(value, self)
        return value._export_rows([path[1:]], _is_toplevel_call=False)[0][0] if value else ""

    def _export_lines(self, name, fields, index, current, lines):
        """Put the lines of an x2many field into ``current`` and additional rows ``lines``."""
        value = self[name]
        path = fields[index]
        columns = [position for position, other in enumerate(fields) if other and other[0] == name]
        compatible = self.env.context.get("import_compat", True)
        if self._fields[name].type == "many2many" and compatible and len(path) > 1 and path[1] == "id":
            current[index] = ",".join(xml_id or "" for _record, xml_id in value._BaseModel__ensure_xml_id())
            for position in columns:
                if position != index and len(fields[position]) == 1:
                    current[position] = ",".join(value.mapped("display_name"))
            return
        if all(len(fields[position]) == 1 for position in columns):
            current[index] = ",".join(filter(None, value.mapped("display_name"))) if value else ""
            return
        subpaths = [other[1:] or ["display_name"] if other and other[0] == name else [] for other in fields]
        rows = value._export_rows(subpaths, _is_toplevel_call=False)
        if not rows:
            return
        for position in columns:
            current[position] = rows[0][position]
        lines += rows[1:]

    def _BaseModel__ensure_xml_id(self, skip=False) -> Iterator:
        """Return an iterator of ``(record, external id)``; records without one get one in the module ``__export__``.

        :param skip: return no external ids, and make none
        """
        if skip:
            return ((record, None) for record in self)
        if not self:
            return iter(())
        if not self._is_an_ordinary_table():
            raise UserError(
                self.env._(
                    "Model %s gets its rows from %s, which is no table: they have no external ids to export.",
                    self._name,
                    self._table,
                )
            )
        known = self._get_external_ids()
        missing = self.filtered(lambda record: not known.get(record.id))
        made = {record.id: f"__export__.{self._table}_{record.id}_{uuid.uuid4().hex[:8]}" for record in missing}
        if made:
            self.env["ir.model.data"].sudo().create(
                [
                    {"module": "__export__", "name": xml_id.split(".", 1)[1], "model": self._name, "res_id": res_id}
                    for res_id, xml_id in made.items()
                ]
            )
            self.env["ir.model.data"].invalidate_model()
        return ((record, made.get(record.id) or known[record.id][0]) for record in self)

    # import

    @api.model
    def load(self, fields, data) -> dict:
        """Create and update records from the rows of a file.

        :param fields: names of the columns, paths of field names joined by slashes
        :param data: rows of texts
        :return: ``ids`` (``False`` when there were errors, and nothing was imported), ``messages``, and ``nextrow``,
            the row to go on with when the context limits the number of rows (``_import_limit``)
        """
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
        convert = self.env["ir.fields.converter"].for_model(self)

        def report(info, field_name, exception):
            kind = "warning" if isinstance(exception, Warning) else "error"
            label = labels.get(field_name, field_name)
            message, *details = exception.args
            text = message % {"field": label} if "%(field)s" in str(message) else str(message)
            log(
                {
                    **info,
                    "type": kind,
                    "message": text,
                    "field": field_name,
                    "field_name": label,
                    **(details[0] if details and isinstance(details[0], dict) else {}),
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
        message = None
        if not str(text).strip().isdigit():
            message = self.env._("Invalid database identifier '%s'", text)
        elif not self.search([("id", "=", int(text))]):
            message = self.env._("Unknown database identifier '%s'", text)
        if message:
            log({**info, "type": "error", "field": ".id", "message": message})
            return False
        return int(text)
