"""Conversion of the texts of an import to values of fields."""

import base64
import binascii
import json
from collections.abc import Callable

import psycopg2
import pytz

from odoo import Command, api, fields, models
from odoo.exceptions import MissingError, UserError
from odoo.orm.features.import_export import with_other_properties
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
        model = self.env[model] if isinstance(model, str) else model
        converters: dict = {}

        def convert(record, log):
            result: dict = {}
            for name, value in record.items():
                if name in REFERENCING_FIELDS:
                    continue
                head, dot, property_name = name.partition(".")
                target, key = (result.setdefault(head, {}), property_name) if dot else (result, name)
                if not value:
                    target[key] = False
                    continue
                try:
                    if name not in converters:
                        converters[name] = self._converter_for(model, name, fromtype)
                    target[key], warnings = converters[name](value)
                except (UnicodeEncodeError, UnicodeDecodeError) as error:
                    log(name, ValueError(str(error)))
                except ValueError as error:
                    log(name, error)
                else:
                    for warning in warnings:
                        log(name, ImportWarning(warning) if isinstance(warning, str) else warning)
            return result

        return convert

    def _converter_for(self, model, name, fromtype) -> Callable:
        """Return the function for a field or a property, ``field.property``.

        :raise ConversionNotFound: when there is none
        """
        field = model._fields.get(name)
        converter = self._to_property(model, name) if field is None else self.to_field(model, field, fromtype)
        if converter is None:
            raise ConversionNotFound(self.env._("There is no field %(field)s to import into"))
        return converter

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
        known = self._remembered(("boolean",), self._boolean_words).get(value.lower())
        if known is not None:
            return known, []
        if self._chosen("import_skip_records", field):
            return None, []
        if self._chosen("import_set_empty_fields", field):
            return False, []
        return True, [
            self._format_import_error(
                ValueError,
                self.env._("Field '%(field)s' is yes or no, which '%(value)s' is not"),
                {"value": value},
                {"moreinfo": self.env._("Write 1 or 0, yes or no")},
            )
        ]

    def _boolean_words(self) -> dict:
        """Return ``{word in lower case: what it means}`` of the words for yes and no."""
        meanings = {}
        for result, digit, words in ((False, "0", _WORDS_FOR_FALSE), (True, "1", _WORDS_FOR_TRUE)):
            texts = [word._translate("en_US") for word in words]
            texts += [text for word in words for text in self._get_boolean_translations(word)]
            meanings.update({text.lower(): result for text in (digit, *texts)})
        return meanings

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
        labels = self._remembered(("selection", field), lambda: self._get_selection_labels(field))
        wanted = value.lower().strip()
        for item, texts in labels.items():
            if wanted in {str(text).lower().strip() for text in (item, *texts)}:
                return item, []
        if self._chosen("import_skip_records", field):
            return None, []
        if self._chosen("import_set_empty_fields", field):
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

    # relations

    def _remembered(self, key, find):
        """Return what ``find()`` returns; during an import it is called once for a key."""
        cache = self.env.context.get("import_cache")
        if cache is None:
            return find()
        found = cache.get(key)
        if found is None:
            cache[key] = found = find()
        return found

    def _import_path(self, field) -> str:
        """Return the path of a field from the records that are imported, names joined by slashes."""
        return "/".join([*self.env.context.get("parent_fields_hierarchy", ()), field.name])

    def _chosen(self, key, field) -> bool:
        """Tell whether a list of paths in the context has a field."""
        paths = self.env.context.get(key)
        return bool(paths) and self._import_path(field) in paths

    @api.private
    @api.model
    def db_id_for(self, model, field, subfield, value):
        """Return ``(id, kind, warnings)`` of the record that a text refers to.

        :param subfield: ``.id`` for a database id, ``id`` for an external id, ``None`` for a name
        :raise ValueError: when there is no such record
        """
        flush = self.env.context.get("import_flush", lambda **_kwargs: None)
        comodel = self.env[field.comodel_name]
        warnings: list = []
        failure = ""
        if subfield == ".id":
            kind = self.env._("database id")
            number = natural_number(value)
            record_id = number if number is not None and comodel.browse(number).exists() else False
        elif subfield == "id":
            kind = self.env._("external id")
            xml_id = value if "." in value else f"{self.env.context.get('_import_current_module', '')}.{value}"
            flush(xml_id=xml_id)
            record_id = self._xmlid_to_record_id(xml_id, comodel)
        elif subfield is None:
            kind = self.env._("name")
            flush(model=field.comodel_name)
            record_id, warnings, failure = self._record_id_by_name(comodel, field, value)
        else:
            raise self._format_import_error(
                ValueError,
                self.env._("Records of field '%(field)s' are not looked up by '%(subfield)s'"),
                {"subfield": subfield},
            )
        unknown_taken = self._chosen("import_set_empty_fields", field) or self._chosen("import_skip_records", field)
        if not record_id and not unknown_taken:
            raise self._unknown_reference(field, subfield, kind, value, failure)
        return record_id, kind, warnings

    def _unknown_reference(self, field, subfield, kind, value, failure) -> ValueError:
        """Return the error for a reference to nothing.

        :param failure: why no record could be created, if that was tried
        """
        shown = value[:50] if self.env.context.get("import_file") else value
        message = self.env._("Field '%(field)s': there is no record with %(kind)s '%(value)s'")
        if failure:
            message = self.env._(
                "Field '%(field)s': no record has %(kind)s '%(value)s', and none could be created: %(failure)s"
            )
        return self._format_import_error(
            ValueError,
            message,
            {"kind": kind, "value": shown, "failure": failure},
            {
                "moreinfo": self._possible_values_action(field, subfield),
                "value": shown,
                "field_type": kind,
                "field_path": [subfield] if subfield else [],
            },
        )

    def _record_id_by_name(self, comodel, field, value) -> tuple:
        """Return ``(id, warnings, failure)`` of the record with a name.

        One is created where the client asks for that; ``failure`` tells why this did not work.
        """
        cache, key = self.env.context.get("import_cache"), (comodel._name, value)
        if cache is not None and key in cache:
            return (*cache[key], "")
        found = comodel.name_search(name=value, operator="=")
        record_id, warnings, failure = False, [], ""
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
            record_id = found[0][0]
        elif self._chosen("name_create_enabled_fields", field):
            record_id, failure = self._create_by_name(comodel, value)
        if record_id and cache is not None:
            cache[key] = record_id, warnings
        return record_id, warnings, failure

    def _create_by_name(self, comodel, value) -> tuple:
        """Return the id of a new record with a name, and why there is none."""
        try:
            with self.env.cr.savepoint():
                created = comodel.name_create(value)
        except (UserError, psycopg2.Error, ValueError) as error:
            return False, str(error).strip()
        return (created[0] if created else False), ""

    def _possible_values_action(self, field, subfield=None) -> dict:
        """Return the action that shows what a reference may be: records, or their identifiers."""
        kinds = ["list", "form"]
        action = {
            "type": "ir.actions.act_window",
            "res_model": field.comodel_name,
            "name": self.env._("Possible Values"),
            "help": self.env._("Show what can be chosen"),
            "views": [(False, kind) for kind in kinds],
            "view_mode": ",".join(kinds),
            "context": {"create": False},
            "target": "new",
        }
        if subfield:
            action.update(res_model="ir.model.data", domain=[("model", "=", field.comodel_name)])
        return action

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
        if not record_id:
            record_id = None if self._chosen("import_skip_records", field) else False
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
        if not all(ids):
            if self._chosen("import_skip_records", field):
                return None, warnings
            ids = [id_ for id_ in ids if id_]
        if self.env.context.get("update_many2many"):
            return [Command.link(id_) for id_ in ids], warnings
        return [Command.set(ids)], warnings

    @api.model
    def _str_to_one2many(self, model, field, records):
        records = [{None: records}] if isinstance(records, str) else records
        commands: list = []
        warnings: list = []
        if len(records) == 1 and not exclude_ref_fields(records[0]):
            records = self._split_references(records[0])
        hierarchy = [*self.env.context.get("parent_fields_hierarchy", ()), field.name]
        comodel = self.env[field.comodel_name]
        convert = self.with_context(parent_fields_hierarchy=hierarchy).for_model(comodel)

        def log(name, exception):
            exception = self._within_lines(comodel, name, exception)
            if not isinstance(exception, Warning):
                raise exception
            warnings.append(exception)

        for record in records:
            reference = {name: value for name, value in only_ref_fields(record).items() if value}
            line_id = None
            if reference:
                line_id = self._line_id(model, field, reference, bool(exclude_ref_fields(record)), warnings)
            values = convert(exclude_ref_fields(record), log)
            if self._lacks_value(hierarchy, values):
                return None, warnings
            if line_id:
                values = with_other_properties(comodel.browse(line_id), values)
                commands += [Command.link(line_id), *([Command.update(line_id, values)] if values else [])]
            else:
                if reference.get("id"):
                    values["id"] = reference["id"]
                commands.append(Command.create(values))
        return commands, warnings

    def _within_lines(self, comodel, name, exception) -> Exception:
        """Return a problem with a line, told from the record that has the line: with the path and labels to it."""
        message, *rest = exception.args
        details = dict(rest[0]) if rest and isinstance(rest[0], dict) else {}
        field = comodel._fields.get(name)
        label = field.get_description(self.env, ["string"])["string"] if field is not None else name
        details["field_path"] = [name, *details.get("field_path", ())]
        details["labels"] = [label, *details.get("labels", ())]
        return type(exception)(message, details)

    def _lacks_value(self, hierarchy, values) -> bool:
        """Tell whether a line has an unknown value in a field for which records are to be skipped."""
        depth = len(hierarchy)
        paths = (path.split("/") for path in self.env.context.get("import_skip_records", ()))
        return any(
            path[:depth] == hierarchy and len(path) > depth and values.get(path[depth], False) is None for path in paths
        )

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
