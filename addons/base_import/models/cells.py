"""The texts of a file in the form in which records take them."""

from odoo import api, models
from odoo.tools import DEFAULT_SERVER_DATE_FORMAT, DEFAULT_SERVER_DATETIME_FORMAT

from ..tools.dates import parse
from ..tools.errors import ImportValidationError
from ..tools.numbers import guess_separators, parse_number

#: how several columns of one field become one
JOINED = {"char": " ", "text": "\n", "many2many": ","}
BOOLEANS = {"0", "1", "true", "false"}


class Import(models.TransientModel):
    """Cells."""

    _inherit = "base_import.import"

    def _imported_field(self, path):
        """Return the field that a column goes into, ``None`` for identifiers and what is no field.

        :param path: names of fields joined by slashes
        """
        Model, field = self.env[self.res_model], None
        for name in path.split("/"):
            if field is not None:
                if not field.relational:
                    return None
                Model = self.env[field.comodel_name]
            field = None if name in ("id", ".id") else Model._fields.get(name)
            if field is None:
                return None
        return field

    def _parse_import_data(self, data, import_fields, options) -> list:
        """Convert dates, numbers and pictures.

        :param data: rows of texts, which are changed
        :param import_fields: paths of the columns
        :param options: formats
        :return: the rows
        :raise ImportValidationError: naming the column and the line of what cannot be converted
        """
        for index, path in enumerate(import_fields):
            field = self._imported_field(path)
            if field is None:
                continue
            if field.type in ("date", "datetime"):
                self._parse_dates_from_data(data, index, path, field.type, options)
            elif field.type in ("float", "monetary"):
                self._parse_float_from_data(data, index, path, options)
            elif field.type == "binary":
                self._parse_pictures_from_data(data, index, path, field, options)
        return data

    @staticmethod
    def _line(index, options) -> int:
        """Return the number of a line of the file, from 1, without the headings."""
        return (options.get("skip") or 0) + index + 1

    def _parse_dates_from_data(self, data, index, name, field_type, options) -> None:
        day_format, time_format = self._date_formats(options)
        formats = [(time_format, True), (day_format, False)] if field_type == "datetime" else [(day_format, False)]
        known = {"": ""}
        for number, row in enumerate(data):
            value = row[index].strip()
            if value not in known:
                known[value] = self._converted_date(value, formats)
            if known[value] is None:
                message = self.env._(
                    "Column %(column)s: “%(value)s” in line %(line)s is no date in the format %(format)s.",
                    column=name,
                    value=value[:50],
                    line=self._line(number, options),
                    format=formats[0][0],
                )
                raise ImportValidationError(message, field=name, field_type=field_type)
            row[index] = known[value]

    @staticmethod
    def _converted_date(value, formats):
        """Return a date in the format of the server, ``None`` when it is in none of the formats.

        :param formats: pairs of a format and whether it has a time
        """
        for pattern, with_time in formats:
            moment = parse(value, pattern)
            if moment is not None:
                return moment.strftime(DEFAULT_SERVER_DATETIME_FORMAT if with_time else DEFAULT_SERVER_DATE_FORMAT)
        return None

    @api.model
    def _infer_separators(self, value, options) -> tuple:
        """Return what separates thousands and decimals in a number: what it shows itself, else what is chosen."""
        chosen = options.get("float_thousand_separator", " "), options.get("float_decimal_separator", ".")
        return guess_separators(value) or chosen

    @api.model
    def _parse_float_from_data(self, data, index, name, options) -> None:
        """Write the numbers of a column as Python writes them.

        :param data: rows of texts, which are changed
        :param index: number of the column
        :param name: path of its field
        :raise ImportValidationError: for what is no number
        """
        symbols = self._currency_symbols()
        known = {"": ""}
        for number, row in enumerate(data):
            value = row[index].strip()
            if value not in known:
                known[value] = parse_number(value, *self._infer_separators(value, options), symbols)
            if known[value] is None:
                message = self.env._(
                    "Column %(column)s: “%(value)s” in line %(line)s is no number.",
                    column=name,
                    value=value[:50],
                    line=self._line(number, options),
                )
                raise ImportValidationError(message, field=name, field_type="float")
            row[index] = known[value]

    def _merge_columns(self, data, import_fields) -> tuple:
        """Return rows and paths where each field has one column.

        Texts are joined, and so are the names of several records; of other fields the first column counts.
        """
        columns: dict = {}
        for index, path in enumerate(import_fields):
            columns.setdefault(path, []).append(index)
        if len(columns) == len(import_fields):
            return data, import_fields

        def merged(row, path, indexes):
            field = self._imported_field(path)
            glue = JOINED.get(field.type) if field is not None else None
            if len(indexes) == 1 or glue is None:
                return row[indexes[0]]
            return glue.join(row[index] for index in indexes if row[index])

        return [[merged(row, path, indexes) for path, indexes in columns.items()] for row in data], list(columns)

    def _apply_fallback_values(self, data, import_fields, fallbacks) -> None:
        """Put what was chosen for that in the place of unknown values.

        :param fallbacks: ``{path: {"fallback_value", "field_model", "field_type"}}``
        """
        for index, path in enumerate(import_fields):
            fallback = fallbacks.get(path)
            if not fallback:
                continue
            if fallback["field_type"] == "boolean":
                known = BOOLEANS
            elif fallback["field_type"] == "selection":
                known = self._selection_words(fallback["field_model"], path.rpartition("/")[2])
            else:
                continue
            value = fallback["fallback_value"]
            for row in data:
                if row[index] and row[index].strip().lower() not in known:
                    row[index] = None if value == "skip" else value

    def _selection_words(self, model_name, name) -> set:
        field = self.env[model_name]._fields[name]
        options = field.get_description(self.env, ["selection"])["selection"]
        return {str(word).lower() for option in options for word in option}
