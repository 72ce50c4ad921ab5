"""Conversion of the texts of an import to values of fields."""

import base64
import binascii
import json
from collections.abc import Callable

import pytz

from odoo import Command, api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import unique
from odoo.tools.text import natural_number
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
_WORDS_FOR_TRUE = (_lt("true"), _lt("yes"))
_WORDS_FOR_FALSE = (_lt("false"), _lt("no"))
#: field names in a reference column that say how the record is looked up
REFERENCING_FIELDS = {None, "id", ".id"}


def only_ref_fields(record: dict) -> dict:
    """Return the part of a nested record that says which existing record is meant."""
    return {key: value for key, value in record.items() if key in REFERENCING_FIELDS}


def exclude_ref_fields(record: dict) -> dict:
    """Return the part of a nested record that holds values."""
    return {key: value for key, value in record.items() if key not in REFERENCING_FIELDS}


class ImportWarning(Warning):
    """Problem that does not prevent an import."""


class ConversionNotFound(ValueError):
    """There is no way to convert to the type of a field."""


class IrFieldsConverter(models.AbstractModel):
    """Conversion of imported texts to the values of fields."""

    _name = "ir.fields.converter"
    _description = "Fields Converter"

    @api.private
    @api.model
    def for_model(self, model, fromtype=str) -> Callable:
        """Return the function that converts the values of a record for ``model``.

        It takes the record as a dict, and a function that it calls with a field name and an exception for each problem.

        :param fromtype: type of the values
        """
        model = self.env[model._name] if isinstance(model, str) else model
        converters = {name: self.to_field(model, field, fromtype) for name, field in model._fields.items()}

        def convert(record, log):
            result = {}
            for name, value in record.items():
                if name in REFERENCING_FIELDS:
                    continue
                if not value:
                    result[name] = False
                    continue
                converter = converters.get(name)
                if converter is None:
                    log(name, ConversionNotFound(self.env._("There is no field %(field)s to import into")))
                    continue
                try:
                    result[name], warnings = converter(value)
                except (UnicodeEncodeError, UnicodeDecodeError) as error:
                    log(name, ValueError(str(error)))
                except ValueError as error:
                    log(name, error)
                else:
                    for warning in warnings:
                        log(name, ImportWarning(warning) if isinstance(warning, str) else warning)
            return result

        return convert

    @api.private
    @api.model
    def to_field(self, model, field, fromtype=str) -> "Callable | None":
        """Return the function that converts a value for ``field`` to ``(value, warnings)``; ``None`` without one."""
        converter = getattr(self, f"_{fromtype.__name__}_to_{field.type}", None)
        if converter is None:
            return None
        return lambda value: converter(model, field, value)

    def _format_import_error(self, error_type, message, params=(), details=None):
        """Return an exception with a translated message; ``%(field)s`` is filled in by who reports it."""
        if isinstance(params, dict):
            params = {name: str(value).replace("%", "%%") for name, value in params.items()}
            message = message % {**params, "field": "%(field)s"}
        return error_type(message, details or {})

    # scalars

    @api.model
    def _str_to_char(self, model, field, value):
        return value, []

    _str_to_text = _str_to_html = _str_to_reference = _str_to_char

    @api.model
    def _str_to_binary(self, model, field, value):
        text = value.split(",", 1)[1] if value.startswith("data:") and "," in value else value
        try:
            base64.b64decode(text, validate=True)
        except binascii.Error:
            raise self._format_import_error(
                ValueError, self.env._("Field '%(field)s' takes a file encoded in base64")
            ) from None
        return text, []

    @api.model
    def _str_to_boolean(self, model, field, value):
        for result, digit, words in ((True, "1", _WORDS_FOR_TRUE), (False, "0", _WORDS_FOR_FALSE)):
            texts = [word._translate("en_US") for word in words]
            texts += [text for word in words for text in self._get_boolean_translations(word)]
            if value.lower() in {digit, *map(str.lower, texts)}:
                return result, []
        if field.name in self.env.context.get("import_skip_records", ()):
            return None, []
        return True, [
            self._format_import_error(
                ValueError,
                self.env._("Field '%(field)s' is yes or no, which '%(value)s' is not"),
                {"value": value},
                {"moreinfo": self.env._("Write 1 or 0, yes or no")},
            )
        ]

    def _get_boolean_translations(self, source) -> list:
        """Return the words for a boolean value in the installed languages."""
        return list(
            unique(self.with_context(lang=code).env._(source) for code, _name in self.env["res.lang"].get_installed())
        )

    @api.model
    def _str_to_integer(self, model, field, value):
        try:
            return int(value), []
        except ValueError:
            raise self._format_import_error(
                ValueError, self.env._("Field '%(field)s' takes whole numbers: '%(value)s' is none"), {"value": value}
            ) from None

    @api.model
    def _str_to_float(self, model, field, value):
        try:
            return float(value), []
        except ValueError:
            raise self._format_import_error(
                ValueError, self.env._("Field '%(field)s' takes numbers: '%(value)s' is none"), {"value": value}
            ) from None

    _str_to_monetary = _str_to_float

    @api.model
    def _str_to_date(self, model, field, value):
        try:
            return fields.Date.to_string(fields.Date.from_string(value)), []
        except ValueError:
            raise self._format_import_error(
                ValueError,
                self.env._("Field '%(field)s' takes dates: '%(value)s' is none"),
                {"value": value},
                {"moreinfo": self.env._("Write it like %s", "2012-12-31")},
            ) from None

    @api.model
    def _str_to_datetime(self, model, field, value):
        try:
            parsed = fields.Datetime.from_string(value)
        except ValueError:
            raise self._format_import_error(
                ValueError,
                self.env._("Field '%(field)s' takes dates with a time: '%(value)s' is none"),
                {"value": value},
                {"moreinfo": self.env._("Write it like %s", "2012-12-31 23:59:59")},
            ) from None
        local = self._input_tz().localize(parsed, is_dst=False)
        return fields.Datetime.to_string(local.astimezone(pytz.utc)), []

    @api.model
    def _input_tz(self):
        """Return the time zone that imported times are in: the context's or the user's, else UTC."""
        for name in (self.env.context.get("tz"), self.env.user.tz):
            if name in pytz.all_timezones_set:
                return pytz.timezone(name)
        return pytz.utc

    @api.model
    def _str_to_json(self, model, field, value):
        try:
            return json.loads(value), []
        except ValueError:
            raise self._format_import_error(
                ValueError, self.env._("Field '%(field)s' takes JSON, which '%(value)s' is not"), {"value": value}
            ) from None

    @api.model
    def _str_to_selection(self, model, field, value):
        labels = self._get_selection_labels(field)
        wanted = value.lower().strip()
        for item, texts in labels.items():
            if wanted in {str(text).lower().strip() for text in (item, *texts)}:
                return item, []
        if field.name in self.env.context.get("import_skip_records", ()):
            return None, []
        if field.name in self.env.context.get("import_set_empty_fields", ()):
            return False, []
        raise self._format_import_error(
            ValueError,
            self.env._("Field '%(field)s' has no option '%(value)s'"),
            {"value": value},
            {"moreinfo": [str(texts[0] or item) for item, texts in labels.items()]},
        )

    def _get_selection_labels(self, field) -> dict:
        """Return ``{value: labels}`` of a selection, in the source language and the installed ones."""
        labels: dict = {}
        for code in (None, *(code for code, _name in self.env["res.lang"].get_installed())):
            description = field.get_description(self.with_context(lang=code).env, ["selection"])
            for item, label in description["selection"]:
                labels.setdefault(item, []).append(label)
        return labels

    @api.model
    def _str_to_properties(self, model, field, value):
        try:
            return json.loads(value), []
        except ValueError:
            raise self._format_import_error(
                ValueError,
                self.env._("Field '%(field)s' takes properties in JSON, which '%(value)s' is not"),
                {"value": value},
            ) from None

    # relations

    @api.private
    @api.model
    def db_id_for(self, model, field, subfield, value):
        """Return ``(id, kind, warnings)`` of the record that a text refers to.

        :param subfield: ``.id`` for a database id, ``id`` for an external id, ``None`` for a name
        :raise ValueError: when there is no such record
        """
        flush = self.env.context.get("import_flush", lambda **_kwargs: None)
        comodel = self.env[field.comodel_name]
        record_id, warnings = False, []
        if subfield == ".id":
            kind = self.env._("database id")
            number = natural_number(value)
            if number is not None and comodel.browse(number).exists():
                record_id = number
        elif subfield == "id":
            kind = self.env._("external id")
            xml_id = value if "." in value else f"{self.env.context.get('_import_current_module', '')}.{value}"
            flush(xml_id=xml_id)
            record_id = self._xmlid_to_record_id(xml_id, comodel)
        elif subfield is None:
            kind = self.env._("name")
            flush(model=field.comodel_name)
            record_id, warnings = self._record_id_by_name(comodel, field, value)
        else:
            raise self._format_import_error(
                ValueError,
                self.env._("Records of field '%(field)s' are not looked up by '%(subfield)s'"),
                {"subfield": subfield},
            )
        set_empty = self.env.context.get("import_set_empty_fields", ())
        skip = self.env.context.get("import_skip_records", ())
        if not record_id and field.name not in set_empty and field.name not in skip:
            raise self._format_import_error(
                ValueError,
                self.env._("Field '%(field)s': there is no record with %(kind)s '%(value)s'"),
                {"kind": kind, "value": value},
                {"moreinfo": self._possible_values_action(field), "field_type": kind},
            )
        return record_id, kind, warnings

    def _record_id_by_name(self, comodel, field, value) -> tuple:
        """Return ``(id, warnings)`` of the record with a name; one is created where the client asks for that."""
        found = comodel.name_search(name=value, operator="=")
        warnings = []
        if len(found) > 1:
            warnings.append(
                ImportWarning(
                    self.env._(
                        "Field '%(field)s': %(count)s records are called '%(value)s', the first one is taken",
                        value=value.replace("%", "%%"),
                        count=len(found),
                        field="%(field)s",
                    )
                )
            )
        if found:
            return found[0][0], warnings
        if field.name in self.env.context.get("name_create_enabled_fields", {}):
            created = comodel.name_create(value)
            return (created[0] if created else False), warnings
        return False, warnings

    def _possible_values_action(self, field) -> dict:
        """Return the action that shows the records a reference may be to."""
        kinds = ["list", "form"]
        return {
            "type": "ir.actions.act_window",
            "res_model": field.comodel_name,
            "name": self.env._("Possible Values"),
            "help": self.env._("Show what can be chosen"),
            "views": [(False, kind) for kind in kinds],
            "view_mode": ",".join(kinds),
            "context": {"create": False},
            "target": "new",
        }

    def _xmlid_to_record_id(self, xml_id, comodel):
        """Return the id of the record of ``comodel`` with an external id, ``None`` when there is none.

        :raise ValueError: when it is a record of another model
        """
        model_name, record_id = self.env["ir.model.data"]._xmlid_to_res_model_res_id(xml_id)
        if not record_id:
            return None
        if model_name != comodel._name:
            raise self._format_import_error(
                ValueError,
                self.env._("External id %(xml_id)s is that of a record of %(found)r, and not of %(expected)r"),
                {"xml_id": xml_id, "expected": comodel._name, "found": model_name},
            )
        return record_id

    def _referencing_subfield(self, record: dict) -> tuple:
        """Return ``(subfield, warnings)`` of the one way in which a nested record is referred to.

        :raise ValueError: for several ways, or none
        """
        names = set(record)
        if len(names) > 1:
            raise ValueError(
                self.env._(
                    "Records of field '%(field)s' are named in one way: by name, external id or database id",
                    field="%(field)s",
                )
            )
        (name,) = names
        return name, []

    @api.model
    def _str_to_many2one(self, model, field, values):
        # a column without subfield gives a plain name
        record = {None: values} if isinstance(values, str) else values[0]
        filled = {name: value for name, value in record.items() if value}
        if not filled:
            return False, []
        subfield, warnings = self._referencing_subfield(filled)
        record_id, _kind, more = self.db_id_for(model, field, subfield, filled[subfield])
        return record_id, [*warnings, *more]

    @api.model
    def _str_to_many2one_reference(self, model, field, value):
        return self._str_to_integer(model, field, value)

    @api.model
    def _str_to_many2many(self, model, field, value):
        record = {None: value} if isinstance(value, str) else value[0]
        filled = {name: text for name, text in record.items() if text}
        if not filled:
            return [Command.clear()], []
        subfield, warnings = self._referencing_subfield(filled)
        ids = []
        for reference in filled[subfield].split(","):
            record_id, _kind, more = self.db_id_for(model, field, subfield, reference.strip())
            ids.append(record_id)
            warnings += more
        if field.name in self.env.context.get("import_set_empty_fields", ()) and not all(ids):
            ids = [id_ for id_ in ids if id_]
        elif field.name in self.env.context.get("import_skip_records", ()) and not all(ids):
            return None, warnings
        if self.env.context.get("update_many2many"):
            return [Command.link(id_) for id_ in ids], warnings
        return [Command.set(ids)], warnings

    @api.model
    def _str_to_one2many(self, model, field, records):
        records = [{None: records}] if isinstance(records, str) else records
        commands, warnings = [], []
        if len(records) == 1 and not exclude_ref_fields(records[0]):
            records = self._split_references(records[0])
        convert = self.for_model(self.env[field.comodel_name])

        def log(name, exception):
            if not isinstance(exception, Warning):
                raise exception
            warnings.append(exception)

        for record in records:
            reference = {name: value for name, value in only_ref_fields(record).items() if value}
            line_id = None
            if reference:
                line_id = self._line_id(model, field, reference, bool(exclude_ref_fields(record)), warnings)
            values = convert(exclude_ref_fields(record), log)
            if line_id:
                commands += [Command.link(line_id), *([Command.update(line_id, values)] if values else [])]
            else:
                if reference.get("id"):
                    values["id"] = reference["id"]
                commands.append(Command.create(values))
        return commands, warnings

    def _split_references(self, record: dict) -> list:
        """Return one nested record for each of the comma separated references of a one2many column."""
        filled = {name: value for name, value in record.items() if value}
        if not filled:
            return []
        subfield, _warnings = self._referencing_subfield(filled)
        return [{subfield: item.strip()} for item in filled[subfield].split(",")]

    def _line_id(self, model, field, reference, has_values, warnings):
        """Return the id of the line that is referred to, ``None`` for one to be created with an external id."""
        subfield, more = self._referencing_subfield(reference)
        warnings += more
        try:
            line_id, _kind, more = self.db_id_for(model, field, subfield, reference[subfield])
        except (ValueError, MissingError):
            if subfield == "id" and has_values:
                return None
            raise
        warnings += more
        return line_id

    @api.model
    def _str_to_id(self, model, field, value):
        return self._str_to_integer(model, field, value)
