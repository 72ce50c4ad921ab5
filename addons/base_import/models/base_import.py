"""An import: the file, what is in it, and the records that become of it."""

import itertools
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.models import fix_import_export_id_paths

from ..tools.errors import ImportValidationError

__all__ = ["Import", "ImportValidationError"]

_logger = logging.getLogger(__name__)

#: what the page shows of a column: how many values, how much of each
SHOWN_VALUES = 5
SHOWN_CHARACTERS = 50
#: what is shown of a file that cannot be read
SHOWN_BYTES = 200


class Import(models.TransientModel):
    """The file of one import, kept for half a day."""

    _name = "base_import.import"
    _description = "Import of records"
    _transient_max_hours = 12.0

    res_model = fields.Char("Model")
    file = fields.Binary("File", attachment=False, help="The content as it is, not in base64")
    file_name = fields.Char("File Name")
    file_type = fields.Char("File Type")

    def parse_preview(self, options, count=10) -> dict:
        """Tell what is in the file, and where it most likely goes.

        :param options: how the file is read; what is found out about it is added
        :param count: rows that are looked at
        :return: ``fields`` (see :meth:`get_fields_tree`), ``headers``, ``header_types``, ``matches``, ``preview`` (some
            values of each column), ``options``, ``advanced_mode``, ``debug``, ``batch``, ``file_length``;
            ``error`` and ``preview`` (the beginning of the file) when it cannot be read
        """
        self.ensure_one()
        try:
            fields_tree = self.get_fields_tree(self.res_model)
            file_length, rows = self._read_file(options)
            if not rows:
                raise ImportValidationError(self.env._("The file is empty."))
            preview = list(itertools.islice(rows, max(count, 1)))
            batch = self._takes_batches(len(preview), len(rows), count, options)
            headers = [cell.strip() for cell in preview.pop(0)] if options.get("has_headers") else False
            columns = self._columns_of(preview, len(headers or preview[0]))
            header_types = [self._extract_header_types(column, options) for column in columns]
            matches, advanced = False, False
            if headers is not False:
                matches, advanced = self._matches_of(headers, header_types, fields_tree, options)
            return {
                "fields": fields_tree,
                "matches": matches,
                "headers": headers,
                "header_types": header_types if headers is not False else False,
                "preview": [self._shown_values(column) for column in columns],
                "options": options,
                "advanced_mode": advanced,
                "debug": self.env.user.has_group("base.group_no_one"),
                "batch": batch,
                "file_length": file_length,
            }
        except Exception as error:
            # the page shows it beside the options, where another encoding or separator may help
            _logger.debug("The preview of an import failed", exc_info=True)
            beginning = self.with_context(bin_size=False).file or b""
            is_text = self.file_type == "text/csv" or (self.file_name or "").lower().endswith(".csv")
            return {
                "error": str(error),
                "preview": beginning[:SHOWN_BYTES].decode("iso-8859-1") if is_text else None,
            }

    @staticmethod
    def _takes_batches(previewed, total, count, options) -> bool:
        """Tell whether the file has more rows than are imported at a time."""
        limit = options.get("limit")
        if not limit:
            return False
        return previewed > limit if count > limit else total > limit

    @staticmethod
    def _columns_of(rows, width) -> list:
        """Return the columns of rows, which may be shorter or longer than others."""
        return [[row[index] if index < len(row) else "" for row in rows] for index in range(width)]

    @staticmethod
    def _shown_values(column) -> list:
        filled = [value for value in column if value][:SHOWN_VALUES]
        shown = [f"{value[:SHOWN_CHARACTERS]}..." if len(value) > SHOWN_CHARACTERS else value for value in filled]
        return shown or [""]

    def _matches_of(self, headers, header_types, fields_tree, options) -> tuple:
        """Return ``{number of the column: path}`` and whether paths through relations are among them."""
        if options.get("keep_matches") and options.get("fields"):
            kept = {index: path.split("/") for index, path in enumerate(options["fields"]) if path}
            return kept, bool(options.get("advanced"))
        types = {(index, header): header_types[index] for index, header in enumerate(headers)}
        suggestions = self._get_mapping_suggestions(headers, types, fields_tree)
        matches = {
            index: suggestion["field_path"] for (index, _header), suggestion in suggestions.items() if suggestion
        }
        relational = any("/" in header for header in headers)
        return matches, relational or any(len(path) > 1 for path in matches.values())

    @api.model
    def _convert_import_data(self, fields, options) -> tuple:
        """Return the rows of the file that are to be imported, only the columns that go somewhere, and their paths.

        :param fields: a path for each column, false for those that are left out
        :param options: see :meth:`execute_import`
        :raise ImportValidationError: when no column goes anywhere, or there are more or less columns than paths
        """
        indexes = [index for index, path in enumerate(fields) if path]
        if not indexes:
            raise ImportValidationError(self.env._("Choose a field for at least one column."))
        import_fields = [fields[index] for index in indexes]
        _count, rows = self._read_file(options)
        rows = iter(rows)
        first = next(rows, None)
        if first is not None and len(first) != len(fields):
            raise ImportValidationError(
                self.env._(
                    "The first row has %(found)s cells, and fields were chosen for %(expected)s columns.",
                    found=len(first),
                    expected=len(fields),
                )
            )
        if first is not None and not options.get("has_headers"):
            rows = itertools.chain([first], rows)
        widest = indexes[-1]
        selected = (
            [row[index] for index in indexes]
            if len(row) > widest
            else [row[index] if index < len(row) else "" for index in indexes]
            for row in rows
        )
        filled = (row for row in selected if "".join(row).strip())
        start, end = options.get("skip") or 0, None
        if options.get("_lazily") and options.get("limit") and not any("/" in path for path in import_fields):
            # where a record is one line
            end = start + options["limit"]
        return list(itertools.islice(filled, start, end)), import_fields

    def execute_import(self, fields, columns, options, dryrun=False) -> dict:
        """Import the file, or a part of it.

        :param fields: a path for each column, false for those that are left out
        :param columns: headings of the columns, in lower case
        :param options: how the file is read (``quoting``, ``separator``, ``encoding``, ``sheet``, ``has_headers``,
            ``float_thousand_separator``, ``float_decimal_separator``, ``date_format``, ``datetime_format``), which
            lines (``skip``, ``limit``), and what happens to values that match nothing (``name_create_enabled_fields``,
            ``import_set_empty_fields``, ``import_skip_records``, ``fallback_values``)
        :param dryrun: try it and undo it
        :return: ``ids`` (``False`` after errors), ``messages``, ``nextrow`` (line to go on with, 0 at the end),
            ``name`` (those of the records, where they are imported), ``binary_filenames`` (files to be uploaded)
        """
        self.ensure_one()
        # the rows behind those that are imported now stay in the file
        options = {**options, "_files": {}, "_lazily": True}
        with self.env.cr.savepoint() as savepoint:
            try:
                data, import_fields = self._convert_import_data(fields, options)
                data, import_fields = self._merge_columns(data, import_fields)
                starts, end = self._window(data, import_fields, options.get("limit"))
                data = data[:end]
                data = self._parse_import_data(data, import_fields, options)
                self._apply_fallback_values(data, import_fields, options.get("fallback_values") or {})
            except ImportValidationError as error:
                return {"messages": [error.__dict__]}
            except (UserError, ValueError) as error:
                return {"messages": [ImportValidationError(str(error)).__dict__]}
            result = self._load(data, import_fields, options)
            if dryrun:
                savepoint.rollback()
        if dryrun:
            self.pool.clear_all_caches()
            self.pool.reset_changes()
        skip = options.get("skip") or 0
        result["nextrow"] = result["nextrow"] + skip if result["nextrow"] else 0
        result["name"] = self._names(data, import_fields, skip)
        if options["_files"]:
            result["binary_filenames"] = {
                path: [names.get(start) for start in starts] for path, names in options["_files"].items()
            }
        if result["ids"] and options.get("has_headers"):
            chosen = {column: path for column, path in zip(columns, fields, strict=False) if column and path}
            self.env["base_import.mapping"]._remember(self.res_model, chosen)
        return result

    def _window(self, data, import_fields, limit) -> tuple:
        """Return where records begin, and the line behind the last of those that are imported now.

        A record is taken with all of its lines.

        :param limit: about how many lines are imported
        """
        if not limit or limit >= len(data):
            limit = float("inf")
        if not any("/" in path for path in import_fields):
            end = min(limit, len(data))
            return range(end), end
        paths = [fix_import_export_id_paths(path) for path in import_fields]
        rows = [info["rows"] for _record, info in self.env[self.res_model]._extract_records(paths, data, limit=limit)]
        return [row["from"] for row in rows], rows[-1]["to"] + 1 if rows else 0

    def _load(self, data, import_fields, options) -> dict:
        """Create and update the records."""
        context = {
            "import_file": True,
            "name_create_enabled_fields": options.get("name_create_enabled_fields") or {},
            "import_set_empty_fields": options.get("import_set_empty_fields") or [],
            "import_skip_records": options.get("import_skip_records") or [],
            "_import_limit": options.get("limit") or None,
        }
        if options.get("tracking_disable"):
            context["tracking_disable"] = True
        return self.env[self.res_model].with_context(**context).load(import_fields, data)

    @staticmethod
    def _names(data, import_fields, skip) -> list:
        """Return what the rows have as names, empty for those that were imported before."""
        if "name" not in import_fields:
            return []
        index = import_fields.index("name")
        return [""] * skip + [row[index] for row in data]
