"""Export of records to rows: the interface of export files and of the web client."""

from collections.abc import Iterator

from odoo.exceptions import UserError
from odoo.tools.iteration import split_every

from .paths import fix_import_export_id_paths

__all__ = ["ExportMixin"]

_EXPORT_BATCH = 1000


class ExportMixin:
    """Records to rows of a table."""

    __slots__ = ()

    def export_data(self, fields_to_export) -> dict:
        """Return ``{"datas": rows}`` of the records; a column is a path of field names joined by slashes.

        :raise UserError: when the user may not export data
        :raise AccessError: when a path has a field that the user may not read
        """
        _check_may_export(self)
        paths = list(map(fix_import_export_id_paths, fields_to_export))
        for path in paths:
            _check_path(self, path)
        return {"datas": self._export_rows(paths)}

    def _export_rows(self, fields, *, _is_toplevel_call=True) -> list:
        """Return rows of values; lines of an x2many column take additional rows below their record.

        :param fields: list of paths, each a list of field names
        """
        external_ids = _external_ids(self, fields)
        with_lines = [index for index, path in enumerate(fields) if path and _is_multiple(self, path[0])]
        rows = []
        for batch in _batches(self, _is_toplevel_call):
            blank = [""] * len(batch)
            columns = [
                _column(batch, path, external_ids) if path and index not in with_lines else blank
                for index, path in enumerate(fields)
            ]
            if not with_lines:
                rows += map(list, zip(*columns, strict=True))
                continue
            for record, values in zip(batch, zip(*columns, strict=True), strict=True):
                rows += _with_lines(record, fields, with_lines, list(values))
        return rows


def _check_may_export(model) -> None:
    """Check the user's right to take data away in bulk.

    :raise UserError: without it
    """
    if not (model.env.is_admin() or model.pool.services.access.may_export(model.env)):
        raise UserError(model.env._("Exporting takes a right that you do not have: an administrator can grant it."))


def _check_path(model, path) -> None:
    """Check that the user may read the fields of a path: computed ones are not read from the database, which checks.

    :raise AccessError: naming the field that is not allowed
    """
    for part in path:
        name = part.partition(".")[0]
        field = model._fields.get(name)
        if field is None:
            return
        model.check_field_access_rights("read", [name])
        if not field.comodel_name:
            return
        model = model.env[field.comodel_name]


def _batches(records, toplevel) -> Iterator:
    """Yield the records; at the top level in batches, dropping what each of them left in the cache."""
    if not toplevel:
        yield records
        return
    for ids in split_every(_EXPORT_BATCH, records._ids):
        yield records.browse(ids)
        if len(records._ids) > _EXPORT_BATCH:
            records.env.invalidate_all()


def _external_ids(records, fields) -> dict:
    """Return ``{record id: external id}`` when the records' own external ids are exported."""
    if not any(path[:1] == ["id"] for path in fields):
        return {}
    return {record.id: xml_id for record, xml_id in records._BaseModel__ensure_xml_id()}


def _with_lines(record, fields, with_lines, current) -> list:
    """Return the rows of one record, whose values in one row are ``current``."""
    lines: list = []
    done: set = set()
    for index in with_lines:
        path = fields[index]
        if path[0] not in done or len(path) == 1:
            _lines(record, path[0], fields, index, current, lines)
            done.add(path[0])
    return [current, *lines]


def _is_multiple(model, name) -> bool:
    field = model._fields.get(name.partition(".")[0])
    return field is not None and field.type in ("one2many", "many2many")


def _column(records, path, external_ids) -> list:
    """Return the values of these records in a column that takes one row a record."""
    name = path[0]
    if name == ".id":
        return [str(id_) for id_ in records._ids]
    if name == "id":
        return [external_ids.get(id_) or "" for id_ in records._ids]
    head, _dot, property_name = name.partition(".")
    field = records._fields[head]
    if property_name:
        return field.export_property(records, property_name)
    convert = field.convert_to_export
    if len(path) == 1:
        values = [record[head] for record in records] if field.relational else field.mapped(records)
        return [convert(value, record) for value, record in zip(values, records, strict=True)]
    if not field.relational:
        # the path may go through a reference to any model
        return [_through(record, field, path) for record in records]
    # fast path of _export_rows() for each record: what follows a relation is the same for all that refer to one
    rows = {related.id: related._export_rows([path[1:]], _is_toplevel_call=False)[0][0] for related in records[head]}
    return [rows.get(record[head].id, "") for record in records]


def _through(record, field, path):
    value = record[field.name]
    if not hasattr(value, "_ids"):
        return field.convert_to_export(value, record)
    _check_path(value, path[1:])
    return value._export_rows([path[1:]], _is_toplevel_call=False)[0][0] if value else ""


def _lines(record, name, fields, index, current, lines):
    """Put the lines of an x2many field into ``current`` and additional rows ``lines``."""
    value = record[name]
    path = fields[index]
    columns = [position for position, other in enumerate(fields) if other and other[0] == name]
    compatible = record.env.context.get("import_compat", True)
    if record._fields[name].type == "many2many" and compatible and len(path) > 1 and path[1] == "id":
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
