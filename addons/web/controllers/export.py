"""Records as CSV and spreadsheet files."""

from __future__ import annotations

import csv
import io

from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route
from odoo.tools import osutil

from .export_groups import GroupsTree
from .export_xlsx import ExportXlsxWriter, GroupExportXlsxWriter
from .utils import json_value

#: seconds that a file may take
FILE_TIME = 600
XLSX_MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: how texts begin that spreadsheet programs take for formulas, some after leaving out white space
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

#: what decides whether a field is offered at all
OFFER_ATTRIBUTES = ("exportable", "readonly")
#: what an entry tells of its field
ENTRY_ATTRIBUTES = ("string", "type", "required", "relation", "relation_field", "default_export_compatible")
#: where the properties of a field of that type are defined
PROPERTIES_ATTRIBUTES = ("definition_record", "definition_record_field")


class Export(Controller):
    """Doors to what the export dialog shows."""

    @route("/web/export/formats", type="json", auth="user", readonly=True)
    def formats(self):
        """Return the formats of files, as `{tag, label, error?}`."""
        return [{"tag": "xlsx", "label": "XLSX"}, {"tag": "csv", "label": "CSV"}]

    def _get_property_fields(self, fields, model, domain=()):
        """Return the descriptions of the properties defined for the records, by `field.property`."""
        found = {}
        Model = request.env[model]
        for name, description in fields.items():
            if description.get("type") != "properties" or not description.get("exportable", True):
                continue
            record_field, definition_field = description["definition_record"], description["definition_record_field"]
            groups = Model._read_group(list(domain or ()), [record_field], order=record_field)
            for (container,) in groups:
                for definition in (container.sudo()[definition_field] if container else ()) or ():
                    if definition["type"] == "separator":
                        continue
                    full_name = f"{name}.{definition['name']}"
                    found[full_name] = {
                        "type": definition["type"],
                        "string": f"{definition.get('string') or definition['name']} ({container.display_name})",
                        "relation": definition.get("comodel"),
                        "default_export_compatible": False,
                    }
        return found

    @route("/web/export/get_fields", type="json", auth="user", readonly=True)
    def get_fields(
        self,
        model,
        domain,
        prefix="",
        parent_name="",
        import_compat=True,
        parent_field_type=None,
        parent_field=None,
        exclude=None,
    ):
        """Return the fields of a model that can be exported.

        :param prefix: path to the model from the exported one
        :param parent_name: title of that path
        :param import_compat: only what can be imported again
        :param exclude: names of fields to leave out
        """
        Model = request.env[model]
        described = Model.fields_get(attributes=[*OFFER_ATTRIBUTES, *ENTRY_ATTRIBUTES, *PROPERTIES_ATTRIBUTES])
        own_id = described.pop("id")
        if not import_compat:
            described[".id"] = own_id
        elif parent_field_type in ("many2one", "many2many"):
            # An import finds the records of a relation by their names, or by the external id that follows below.
            rec_name = Model._rec_name_fallback()
            described = {name: description for name, description in described.items() if name == rec_name}
        described |= self._get_property_fields(described, model, domain=domain)
        if import_compat:
            described = {
                name: description
                for name, description in described.items()
                if name not in (exclude or ()) and not description.get("readonly")
            }
        if Model._is_an_ordinary_table():
            described["id"] = self._external_id(own_id, parent_field)
        offered = sorted(described.items(), key=lambda item: (item[1].get("string") or "").lower())
        return [
            self._entry(name, description, prefix, parent_name, import_compat)
            for name, description in offered
            if description.get("exportable", True)
        ]

    def _external_id(self, own_id, parent_field):
        """Return the description of the external id: behind a relation it is a column of that relation."""
        title = request.env._("External ID")
        if not parent_field:
            return {**own_id, "string": title}
        return {**parent_field, "type": parent_field.get("field_type", "integer"), "string": title}

    def _entry(self, name, description, prefix, parent_name, import_compat):
        """Return a field as the dialog shows it; relations can be opened down to the third level."""
        path = "/".join(filter(None, (prefix, name)))
        title = "/".join(filter(None, (parent_name, description["string"])))
        opens = bool(description.get("relation")) and path.count("/") < 2
        below = {"model": description.get("relation"), "prefix": path, "name": title, "parent_field": description}
        return {
            "id": path,
            "value": f"{path}/id" if opens else path,
            "string": title,
            "field_type": description.get("type"),
            "required": description.get("required"),
            "relation_field": description.get("relation_field"),
            "default_export": import_compat and bool(description.get("default_export_compatible")),
            "children": opens,
            **({"params": below} if opens else {}),
        }

    @route("/web/export/namelist", type="json", auth="user", readonly=True)
    def namelist(self, model, export_id):
        """Return the fields of a saved export, see :meth:`fields_info`."""
        saved = request.env["ir.exports"].browse(export_id)
        return self.fields_info(model, [line.name for line in saved.export_fields])

    def fields_info(self, model, names):
        """Return `{id, string, field_type}` for paths of fields, skipping those that do not exist."""
        entries = []
        for path in names:
            titles, Model, kind = [], request.env[model], None
            for part in path.split("/"):
                part = "id" if part == ".id" else part
                field = Model._fields.get(part) if Model is not None else None
                if field is None:
                    break
                titles.append(
                    request.env._("External ID")
                    if part == "id"
                    else field.get_description(request.env, ["string"])["string"]
                )
                kind = field.type
                Model = request.env[field.comodel_name] if field.relational else None
            else:
                entries.append({"id": path, "string": "/".join(titles), "field_type": kind})
        return entries


class ExportFormat:
    """What the formats have in common: which records and columns, and the answer."""

    @property
    def content_type(self) -> str:
        """Type of the file."""
        raise NotImplementedError

    @property
    def extension(self) -> str:
        """Extension of the file name, with its dot."""
        raise NotImplementedError

    def filename(self, base: str) -> str:
        """Return the name of the file without extension."""
        if base not in request.env:
            return base
        return f"{request.env['ir.model'].sudo()._get(base).name} ({base})"

    def from_data(self, fields, columns_headers, rows):
        """Return the file with rows of values."""
        raise NotImplementedError

    def from_group_data(self, fields, columns_headers, groups):
        """Return the file with grouped rows."""
        raise NotImplementedError

    def base(self, data):
        """Return the response with the file.

        :param data: JSON text `{model, fields, ids, domain, groupby, import_compat, context}`
        :raises odoo.exceptions.UserError: the caller may not export
        """
        if not request.env.user.has_group("base.group_allow_export"):
            raise UserError(
                request.env._("Exporting takes a right that you do not have: an administrator can grant it.")
            )
        asked = json_value(data, "data", dict)
        context = {**asked.get("context", {}), "import_compat": asked["import_compat"]}
        Model = request.env[asked["model"]].with_context(**context)
        # Rows of models without a table of their own have no id that would say anything later.
        columns = [field for field in asked["fields"] if field["name"] != "id" or Model._is_an_ordinary_table()]
        records = Model.browse(asked["ids"]) if asked["ids"] else Model.search(asked["domain"])
        filename = osutil.clean_filename(self.filename(Model._name) + self.extension)
        return request.make_response(
            self._content(records, columns, asked["import_compat"], asked.get("groupby")),
            [("Content-Type", self.content_type), ("Content-Disposition", content_disposition(filename))],
        )

    def _content(self, records, columns, import_compat, groupby):
        """Return the file: for another import with names as titles and never grouped, else as the client shows it."""
        names = [column["name"] for column in columns]
        if import_compat:
            return self.from_data(columns, names, self._rows(records, names))
        labels = [column["label"].strip() for column in columns]
        if groupby:
            return self.from_group_data(columns, labels, self._groups(records, groupby, names))
        return self.from_data(columns, labels, self._rows(records, names))

    def _rows(self, records, names):
        return records.export_data(names).get("datas", [])

    def _groups(self, records, groupby, names):
        tree = GroupsTree(records.browse(), names, groupby)
        groupby_types = [records._fields[spec.partition(":")[0].partition(".")[0]].type for spec in groupby]
        groups = records.read_group([("id", "in", records.ids)], ["__count"], groupby, lazy=False)
        tree.insert(records, groups, groupby_types)
        return tree


class CSVExport(ExportFormat, Controller):
    """Export as comma-separated values."""

    @route("/web/export/csv", type="http", auth="user", limit_time=FILE_TIME)
    def web_export_csv(self, data):
        """Return a CSV file, see :meth:`ExportFormat.base`."""
        return self.base(data)

    @property
    def content_type(self):
        """Media type of a text in UTF-8."""
        return "text/csv;charset=utf8"

    @property
    def extension(self):
        """Ending of the file name."""
        return ".csv"

    def from_group_data(self, fields, columns_headers, groups):
        """Refuse: rows of text cannot show groups."""
        raise UserError(request.env._("A CSV file has no groups: export as XLSX, or without groups."))

    def from_data(self, fields, columns_headers, rows):
        """Return the text, with every cell in quotes."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
        writer.writerow(_csv_cell(header) for header in columns_headers)
        for row in rows:
            writer.writerow(_csv_cell(value) for value in row)
        return buffer.getvalue()


def _csv_cell(value):
    """Return a cell that spreadsheet programs take for text, not for a formula."""
    if value is False or value is None:
        return ""
    if isinstance(value, bytes):
        value = value.decode()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


class ExcelExport(ExportFormat, Controller):
    """Export as spreadsheet."""

    @route("/web/export/xlsx", type="http", auth="user", limit_time=FILE_TIME)
    def web_export_xlsx(self, data):
        """Return an xlsx file, see :meth:`ExportFormat.base`."""
        return self.base(data)

    @property
    def content_type(self):
        """Media type of a spreadsheet."""
        return XLSX_MIMETYPE

    @property
    def extension(self):
        """Ending of the file name."""
        return ".xlsx"

    def from_group_data(self, fields, columns_headers, groups):
        """Return a spreadsheet with the rows below their groups."""
        with GroupExportXlsxWriter(request.env, fields, columns_headers, groups.count) as book:
            book.write_groups(1, 0, groups.children)
        return book.value

    def from_data(self, fields, columns_headers, rows):
        """Return a spreadsheet with a row for each line."""
        with ExportXlsxWriter(request.env, fields, columns_headers, len(rows)) as book:
            book.write_rows(1, rows)
        return book.value
