"""Selection and reference fields."""

from odoo.exceptions import ValidationError
from odoo.tools.iteration import merge_sequences
from odoo.tools.text import natural_number

from .base import SENTINEL, Field
from .callables import determine

__all__ = ["Reference", "Selection"]


class WrongOption(ValidationError, ValueError):
    """What a selection field is given is none of its options; code may expect either of both errors."""

    #: the error as which clients get it
    client_type = ValidationError


class Selection(Field):
    """One of a set of values.

    :param selection: list of ``(value, label)``, or a function or method name that returns one
    :param selection_add: in an extension, the options to add; known values among them fix the order
    :param ondelete: in an extension, ``{added value: policy}`` for records that have the value when its module goes:
        ``set null``, ``cascade``, ``set default``, ``set <value>`` or a function of the records
    """

    type = "selection"
    column_type = ("varchar", "varchar")
    selection = None
    validate = True
    ondelete = None

    def __init__(self, selection=SENTINEL, string=SENTINEL, **kwargs):
        super().__init__(selection=selection, string=string, **kwargs)

    def setup_nonrelated(self, model):
        """Refuse a field without options."""
        super().setup_nonrelated(model)
        if self.selection is None:
            raise ValueError(f"Field {self} without selection")

    def setup_related(self, model):
        """Take the options of the target, which may have more of them later."""
        super().setup_related(model)
        self.selection = self._options_of_target

    def _options_of_target(self, model) -> list:
        """Return the options of the field that this one is related to."""
        return self.related_field._description_selection(model.env)

    def _apply_args(self, model_class):
        super()._apply_args(model_class)
        self.ondelete = {}
        self._values = None
        if not self.related:
            self._merge_selections()

    def _merge_selections(self):
        """Apply the ``selection_add`` of extensions, checking that what they add has a policy for uninstall."""
        selection = None
        for definition in self._definitions:
            args = definition.args
            if "selection" in args:
                selection = args["selection"]
                self.ondelete = {}
                if "related" not in args and isinstance(selection, list):
                    selection = [tuple(item) for item in selection]
            if "selection_add" in args:
                selection = self._extended(selection, definition)
        if selection is not None:
            self.selection = selection
            if isinstance(selection, (list, tuple)):
                self._values = frozenset(value for value, *_label in selection)

    def _extended(self, selection, definition):
        """Return ``selection`` with the additions of one definition."""
        if not isinstance(selection, list):
            raise ValueError(f"{self}: selection_add needs a selection list to add to, not {selection!r}")
        added = [
            tuple(item) if isinstance(item, (list, tuple)) else (item,) for item in definition.args["selection_add"]
        ]
        labels = dict(selection)
        new = [item[0] for item in added if item[0] not in labels]
        policies = {**dict.fromkeys(new, "set null"), **(definition.args.get("ondelete") or {})}
        for value, policy in policies.items():
            self._check_policy(value, policy, labels.keys() | set(new))
        self.ondelete.update(policies)
        order = merge_sequences([value for value, _label in selection], [item[0] for item in added])
        labels.update({item[0]: item[1] for item in added if len(item) == 2})
        return [(value, labels[value]) for value in order]

    def _check_policy(self, value, policy, options):
        """Check that the policy for the removal of an added option can be carried out.

        :param options: the values of all options
        :raise AssertionError: when there is no default to set, or the value to set is no option
        :raise ValueError: when the field is required and would be emptied; for an unknown policy
        """
        if callable(policy) or policy == "cascade":
            return
        place = f"{self}: ondelete policy {policy!r} for selection value {value!r}"
        if policy == "set null":
            if self.required:
                raise ValueError(
                    f"{place} would empty a required field: give one that sets another value or deletes the record"
                )
        elif policy == "set default":
            if self.default is None:
                raise AssertionError(f"{place}, but the field has no default")
        elif isinstance(policy, str) and policy.startswith("set "):
            if policy[4:] not in options:
                raise AssertionError(f"{place}, but {policy[4:]!r} is none of its options")
        else:
            raise ValueError(f"{place} is unknown")

    def _description_selection(self, env) -> list:
        """Return the ``(value, label)`` pairs in the language of ``env``."""
        options = self._options(env[self.model_name])
        if options is not self.selection:
            return [(value, str(label)) for value, label in options]
        if env.lang:
            translated = dict(env.registry.services.texts.options(env, self))
            if translated:
                return [(value, translated.get(value, label)) for value, label in options]
        return list(options)

    def _options(self, model):
        """Return the ``(value, label)`` pairs as the definition has them, or as its function gives them."""
        if callable(self.selection) or isinstance(self.selection, str):
            return determine(self.selection, model)
        return self.selection

    def _describe(self, env):
        return {"selection": self._description_selection(env)}

    def get_values(self, env) -> list:
        """Return the allowed values."""
        options = self._options(env[self.model_name].with_context(lang=None))
        return [value for value, *_label in options]

    def convert_to_column(self, value, record, values=None, validate=True):
        """Return the value, ``None`` for none, after checking that it is an option."""
        return self.convert_to_cache(value, record, validate)

    def convert_to_cache(self, value, record, validate=True):
        """Return the value, ``None`` for none.

        :raise WrongOption: for what is no option of a list; options that code gives may be others tomorrow, so that any
            text is taken
        """
        if value is None or value is False or value == "":
            return None
        if not validate or not self.validate:
            return value
        if type(value) is str:
            if self._values is None or value in self._values:
                return value
        elif isinstance(value, (str, int)) and value is not True:
            if self._values is None:
                return str(value)
            if value in self._values:
                return value
        raise WrongOption(f"Wrong value for {self}: {value!r}")

    def convert_to_export(self, value, record):
        """Return the label of the option."""
        for item_value, label in self._description_selection(record.env):
            if item_value == value:
                return label
        return value or ""


class Reference(Selection):
    """Record of any of several models; stored as ``"model,id"``.

    :param selection: list of ``(model name, label)``; any model without it
    """

    type = "reference"

    def _apply_args(self, model_class):
        super()._apply_args(model_class)
        if self.selection is None:
            self.selection = []

    def setup_nonrelated(self, model):
        """Accept a field without options: any model can be referred to."""

    def get_values(self, env):
        """Return the names of the models that can be referred to, all of them unless options are given."""
        return super().get_values(env) if self.selection else list(env.registry.models)

    def convert_to_column(self, value, record, values=None, validate=True):
        """Return ``"model,id"``, ``None`` for nothing."""
        return self.convert_to_cache(value, record, validate)

    def convert_to_cache(self, value, record, validate=True):
        """Return the ``"model,id"`` that a record or a text means, ``None`` for nothing."""
        if hasattr(value, "_ids"):
            if not validate or (value._name in self.get_values(record.env) and len(value) <= 1):
                return f"{value._name},{value._ids[0]}" if value._ids and value._ids[0] else None
        elif isinstance(value, str):
            if not value:
                return None
            model_name, res_id = _split_reference(value)
            if record.env and model_name in record.env and (not validate or model_name in self.get_values(record.env)):
                return f"{model_name},{res_id}" if res_id and record.env[model_name].browse(res_id).exists() else None
        elif not value:
            return None
        raise ValueError(f"Wrong value for {self}: {value!r}")

    def convert_to_record(self, value, record):
        """Return the record that is referred to."""
        if value:
            model_name, res_id = _split_reference(value)
            return record.env[model_name].browse((res_id,))
        return None

    def convert_to_record_multi(self, values, records):
        """Return the records in a list: they may be of several models."""
        return [self.convert_to_record(value, records) for value in values]

    def convert_to_read(self, value, record, use_display_name=True):
        """Return ``"model,id"``, ``False`` for nothing."""
        return f"{value._name},{value.id}" if value else False

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return ``"model,id"`` as it is cached, ``False`` for nothing."""
        return [value or False for value in values]

    def convert_to_write(self, value, record):
        """Return the ``"model,id"`` of a record; a text is that already."""
        return self.convert_to_read(value, record) if hasattr(value, "_ids") else value

    def convert_to_export(self, value, record):
        """Return the name of the record."""
        return value.display_name if value else ""

    def convert_to_display_name(self, value, record):
        """Return the name of the record, ``False`` for nothing."""
        return value.display_name if value else False


def _split_reference(text: str) -> tuple[str, int]:
    """Return the model name and the id in ``"model,id"``; the id is 0 where there is none."""
    model_name, _comma, number = text.partition(",")
    return model_name, natural_number(number) or 0
