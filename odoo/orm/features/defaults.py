"""Default values of new records: from the context, the users' defaults, then the fields."""

from collections import defaultdict

from .. import decorators as api
from ..commands import Command
from ..names import MAGIC_COLUMNS
from ..overrides import is_overridden, original
from ..plans.model_plans import Watched, plans_of

__all__ = ["DefaultsMixin", "takes_context_default"]


class DefaultsMixin(metaclass=Watched):
    """What new records get where nothing is given."""

    __slots__ = ()

    @api.model
    @original
    def default_get(self, fields_list) -> dict:
        """Return the default values of the given fields: from the context, the users' defaults, then the fields.

        :return: ``{field name: write value}``; fields without a default are left out
        """
        return _find_defaults(self, fields_list)

    @api.model
    def _add_missing_default_values(self, values):
        """Return ``values`` with the defaults of the fields that it does not give."""
        user_defaults = self.pool.services.defaults.of_model(self)
        names = _defaultless_names(self, frozenset(values), user_defaults)
        if not names:
            return values
        # fast path of default_get(): the users' defaults are known
        defaults = (
            self.default_get(names)
            if is_overridden(self, "default_get")
            else _find_defaults(self, names, user_defaults)
        )
        for name, value in defaults.items():
            field = self._fields.get(name)
            if field is None or not value or not isinstance(value, (list, tuple)):
                continue
            if field.type in ("many2many", "one2many"):
                if isinstance(value[0], int):
                    defaults[name] = [Command.set(list(value))]
                elif isinstance(value[0], dict):
                    defaults[name] = [Command.create(line) for line in value]
        return {**defaults, **values}


def takes_context_default(model, field, key) -> bool:
    """Tell whether a default from the context counts: one that was sent is for fields that the sender may write.

    :param model: the model whose new record it is for
    :param field: the field that it is for
    :param str key: the key of the context
    """
    if model.env.su:
        sent = model.env.transaction.sent
        if sent is None or not sent.have(key, model._context[key]):
            return True
        model = model.with_user(sent.uid)
        if not model.has_access("create"):
            return False
    return not field.groups or model._may_access_field("create", field)


def _find_defaults(model, names, user_defaults=None) -> dict:
    """Do the work of ``default_get``; the users' defaults are looked up when they are not given."""
    defaults = {}
    context = model._context
    parents: dict = defaultdict(list)
    for name in names:
        field = model._fields.get(name)
        key = f"default_{name}"
        if key in context and (field is None or takes_context_default(model, field, key)):
            defaults[name] = context[key]
            continue
        if field is None:
            continue
        if user_defaults is None:
            user_defaults = model.pool.services.defaults.of_model(model)
        if not field.company_dependent and name in user_defaults:
            defaults[name] = user_defaults[name]
        elif field.default:
            value = field.convert_to_cache(field.default(model), model, validate=False)
            if field.type not in ("one2many", "many2many"):
                # of lines also those that are not active are meant
                value = field.convert_to_record(value, model)
            defaults[name] = field.convert_to_write(value, model)
        elif field.inherited:
            parents[field.related_field.model_name].append(field.related_field.name)
    for model_name, inherited in parents.items():
        defaults.update(
            {
                name: value
                for name, value in model.env[model_name].default_get(inherited).items()
                if name in model._fields
            }
        )
    # x2many values from outside may be anything that a write takes
    return defaults


def _defaultless_names(model, given, user_defaults) -> list:
    """Return the names of the fields that are not given and may have a default: any, if the model looks itself."""
    if any(key.startswith("default_") for key in model._context):
        return _find_defaultless_names(model, given, user_defaults)
    key = given, frozenset(user_defaults)
    return plans_of(model).defaults.find(key, _find_defaultless_names, model, given, user_defaults)


def _find_defaultless_names(model, given, user_defaults) -> list:
    context = model._context
    overridden = is_overridden(model, "default_get")
    names = []
    for name, field in model._fields.items():
        if name in given or name in MAGIC_COLUMNS or name == "display_name":
            continue
        may = overridden or field.default or f"default_{name}" in context or name in user_defaults
        if may and not (field.inherited and _belongs_to_given(model, field, given)):
            names.append(name)
    return names


def _belongs_to_given(model, field, given) -> bool:
    """Tell whether an inherited field is one of a parent, at any depth, that is given: it has its own values."""
    fields = model._fields
    while field.inherited:
        # deeper links are inherited themselves, unless a field of that name hides them
        link = model.pool[field.model_name]._fields[field.related.split(".")[0]]
        if link.name in given and link.name in fields and fields[link.name].base_field is link.base_field:
            return True
        field = field.related_field
    return False
