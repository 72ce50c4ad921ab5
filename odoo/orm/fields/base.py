"""What every field has: parameters, setup, dependencies, conversions (spec: "Fields" of the ORM reference)."""

import itertools
import logging
from collections.abc import Callable
from typing import Any, ClassVar

from psycopg2.extras import Json

from odoo.exceptions import MissingError
from odoo.tools.containers import Sentinel
from odoo.tools.suggestions import nearest

from ..computing import Computing
from ..identifiers import expand_ids
from ..overrides import field_overrides, makes_records_plainly, method_chain, original
from .callables import determine
from .columns import ColumnSchema
from .company_values import CompanyValues
from .description import FieldDescription
from .descriptor import PREFETCH_MAX, Descriptor
from .related import RelatedField, first

__all__ = ["PREFETCH_MAX", "SENTINEL", "Field", "first"]

_logger = logging.getLogger("odoo.fields")

SENTINEL = Sentinel.SENTINEL

#: value of ``groups`` that keeps a field from everybody but superuser code
NO_ACCESS = "."


def _given(**parameters) -> dict:
    """Return the parameters that a definition gives a value."""
    return {name: parameters[name] for name in parameters if parameters[name] is not SENTINEL}


class Field(Descriptor, ColumnSchema, RelatedField, CompanyValues, FieldDescription):
    """Descriptor of one column or relation of a model; the reference lists the parameters.

    A definition keeps its parameters in ``args``. The registry merges the definitions of a name along the model's
    inheritance chain into one instance for the model, which :meth:`setup` completes.
    """

    type: str | None = None
    relational = False
    translate = False
    is_text = False

    column_type: tuple[str, str] | None = None
    #: what ``record.field`` gives for no value
    falsy = False

    #: field type -> class
    by_type: dict = {}

    args: dict
    name: str | None = None
    model_name: str | None = None
    comodel_name: str | None = None
    _module: str | None = None

    store = True
    index = None
    copy = True
    recursive = False
    compute = None
    compute_sudo = False
    precompute = False
    inverse = None
    search = None
    related = None
    company_dependent = False
    default: Callable | None = None
    string: str | None = None
    export_string_translation = True
    help: str | None = None
    readonly = False
    required = False
    groups: str | None = None
    change_default = False
    aggregator = None
    group_expand = None
    prefetch = True
    default_export_compatible = False
    exportable = True
    automatic = False
    manual = False
    inherited = False
    inherited_field = None
    related_field = None
    states = None
    context_keys: tuple = ()
    _depends = None
    _depends_context = None
    _definitions: tuple = ()
    _toplevel = False

    _renamed_args = {
        "depends": "_depends",
        "depends_context": "_depends_context",
        "group_operator": "aggregator",
        "oldname": None,
        "track_visibility": "tracking",
        "select": "index",
    }

    #: functions of addons, ``f(field, attrs)``, that complete the parameters of any field from attributes of their own
    completers: ClassVar[list[Callable[[Any, dict], None]]] = []

    def __init_subclass__(cls):
        super().__init_subclass__()
        if "type" in cls.__dict__ and cls.type:
            Field.by_type.setdefault(cls.type, cls)

    def __init__(self, string=SENTINEL, **kwargs):
        self.args = _given(string=string, **kwargs)

    def __str__(self):
        if not self.name:
            return f"<{type(self).__name__}.{type(self).__qualname__}>"
        return f"{self.model_name}.{self.name}"

    def __repr__(self):
        if not self.name:
            return f"<{type(self).__module__}.{type(self).__name__}>"
        return f"{self.model_name}.{self.name}"

    def __set_name__(self, owner, name):
        """Note the name and the defining class; definition classes collect their fields."""
        self.name = name
        self.model_name = owner._name
        if not hasattr(owner, "pool"):
            self._module = owner._module
            owner._field_definitions.append(self)

    # setup: parameters

    @property
    def is_definition(self) -> bool:
        """Whether the field is as an addon wrote it, and not assembled for a model of a registry."""
        return not self._definitions

    @classmethod
    def assembled(cls, definitions, model_class, name):
        """Return the field of ``model_class`` that merges ``definitions``, base class first."""
        field = type(definitions[-1])()
        field._definitions = tuple(definitions)
        field.name, field.model_name = name, model_class._name
        field._module = definitions[0]._module
        field._apply_args(model_class)
        return field

    def _merged_args(self) -> dict:
        """Return the parameters of the definitions, later ones over earlier ones."""
        args: dict = {}
        for definition in self._definitions:
            if isinstance(definition, type(self)) or isinstance(self, type(definition)) or definition.type == self.type:
                own = definition.args
            else:
                # a definition of another type starts anew, but for what any field has
                own = {key: value for key, value in definition.args.items() if hasattr(Field, key)}
            if "related" in own or "compute" in own:
                args.pop("related" if "compute" in own else "compute", None)
            args.update(own)
        return args

    def _apply_args(self, model_class):
        """Set the attributes from the parameters, with the defaults that computed and related fields have."""
        self.args = self._merged_args()
        named = ((self._renamed_args.get(key, key), value) for key, value in self.args.items())
        attrs = {key: value for key, value in named if key}
        for complete in Field.completers:
            complete(self, attrs)
        if not attrs.get("automatic"):
            self._complete_derived(attrs)
        self._settle_contradictions(attrs)
        if "default" in attrs and not callable(attrs["default"]) and attrs["default"] is not None:
            value = attrs["default"]
            attrs["default"] = lambda model: value
        if attrs.get("string") is None:
            attrs["string"] = type(self).string or self._default_label()
        self.__dict__.update(attrs)
        if self.company_dependent and isinstance(type(self).column_type, tuple):
            self.column_type = ("jsonb", "jsonb")
        self._report_unknown_args(model_class)

    @staticmethod
    def _complete_derived(attrs):
        """Complete the attributes of a field whose value comes from others: along a path, or by a method."""
        if attrs.get("related"):
            if isinstance(attrs["related"], (list, tuple)):
                attrs["related"] = ".".join(attrs["related"])
            attrs.setdefault("store", False)
            attrs.setdefault("copy", False)
            attrs.setdefault("readonly", True)
            attrs["compute_sudo"] = attrs.pop("related_sudo", attrs.get("compute_sudo", True))
        elif attrs.get("compute"):
            attrs.setdefault("store", False)
            attrs.setdefault("compute_sudo", attrs["store"])
            attrs.setdefault("readonly", not attrs.get("inverse"))
            if not (attrs["store"] and not attrs["readonly"]):
                attrs.setdefault("copy", False)

    def _settle_contradictions(self, attrs):
        """Drop attributes that cannot be together with others, with a warning."""
        if attrs.get("precompute") and not ((attrs.get("compute") or attrs.get("related")) and attrs.get("store")):
            _logger.warning("Field %s: only a stored computed field can be precomputed", self)
            attrs["precompute"] = False
        if attrs.get("company_dependent"):
            if attrs.get("required"):
                _logger.warning("Field %s: a company-dependent field cannot be required", self)
                attrs["required"] = False
            attrs.setdefault("copy", True)

    def _report_unknown_args(self, model_class):
        """Warn of parameters that neither the field nor its model knows."""
        unknown = [
            key
            for key in self.args
            if key not in self._renamed_args
            and not hasattr(type(self), key)
            and key not in ("related_sudo", "_module", "digits", "selection_add", "sanitize_tags", "name")
        ]
        for key in unknown:
            if not model_class(None, (), ())._valid_field_parameter(self, key):
                _logger.warning(
                    "Field %s has a parameter %r that its model does not know (see _valid_field_parameter)",
                    self,
                    key,
                )

    def _default_label(self) -> str:
        name = self.name
        if self.type == "many2one" and name.endswith("_id"):
            name = name[:-3]
        elif self.type in ("one2many", "many2many") and name.endswith("_ids"):
            name = name[:-4]
        return name.replace("_", " ").title()

    # setup: against the registry

    def prepare_setup(self):
        """Make the next :meth:`setup` start over."""
        self.__dict__.pop("_ready", None)

    def setup(self, model):
        """Complete the field once every model has its fields (``model``: empty recordset of its model)."""
        if self.__dict__.get("_ready"):
            return
        self._ready = True
        try:
            if self.related:
                self.setup_related(model)
            else:
                self.setup_nonrelated(model)
            self._setup_context_keys(model)
        except Exception:
            # whoever needs it next is to meet the same error
            self._ready = False
            raise
        self.recomputed = bool(self.compute and self.store)
        self.awaited = self if self.recomputed else None
        if self.comodel_name in model.env:
            self.made_plainly = makes_records_plainly(model.pool.models[self.comodel_name])
        self.choose_ways()

    def choose_ways(self) -> None:
        """Choose where shorter ways may be taken: at setup, and when somebody changes a method of the field's class."""
        overrides = field_overrides(type(self))
        self.plain_write = not self.context_keys and overrides.isdisjoint(("write", "_change"))
        as_usual = "convert_to_record" not in overrides
        self.plain_value = as_usual and not self.relational
        self.plain_read = as_usual and self.made_plainly and not self.recomputed

    #: whether records that the field refers to have nothing of their own to be made with
    made_plainly = True
    #: whether reading gives what is cached in a plain column, but for no value
    plain_value = False
    #: whether the descriptor knows what reading gives of what is cached in a plain column, which is never stale
    plain_read = False
    #: whether writing does nothing but update the cache
    plain_write = False
    #: whether a value may be refused while it is written
    checks_written = False
    #: whether stored values may be waiting for recomputation
    recomputed = False
    #: the field whose pending computations decide on the value: itself, or what it mirrors; ``None`` when nothing does
    awaited = None
    #: when the field gets its value among those of one write: what its value is converted by must be there before
    write_order = 0
    #: whether what is written is written on the related records as it is, and nothing here
    hands_on = False
    #: of a one2many: the many2one that it mirrors, where its cached values tell all
    plain_inverse = None

    def setup_nonrelated(self, model):
        """Complete a field that is not related."""

    def _setup_context_keys(self, model):
        """Find the context keys that the cached value depends on."""
        if self.company_dependent:
            keys = {"company": None}
        elif self.store:
            keys = {"lang": None} if self.translate else {}
        else:
            keys = dict.fromkeys(self.get_depends(model)[1])
            if self.translate:
                keys["lang"] = None
        self.context_keys = tuple(keys)

    @property
    def is_sealed(self) -> bool:
        """Whether the value is computed whatever is given for it."""
        return bool(self.compute and self.readonly and not self.inverse)

    def _is_searchable(self) -> bool:
        return bool(self.store or self.search)

    @property
    def base_field(self):
        """The field that an inherited field stands for, else itself."""
        return self.inherited_field.base_field if self.inherited_field else self

    def joined_target(self, model, sudo: bool) -> "Field | None":
        """Return the stored field that a query finds the values in: this one, or the one at the end of its path.

        :param model: recordset of the model of the field
        :param sudo: whether the query is the superuser's
        :return: ``None`` when the values cannot be joined, as they are computed or read with the rights of the user
        """
        if self.store or self.name == "id":
            return self
        return self._related_target(model, sudo) if self.related else None

    @property
    def column_order(self):
        """Sort key that packs fixed-width columns first."""
        order = {"int4": 0, "int8": 0, "float8": 0, "timestamp": 0, "date": 1, "bool": 2, "numeric": 3, "varchar": 4}
        return order.get(self.column_type[0] if self.column_type else "", 5)

    # dependencies

    def get_depends(self, model) -> tuple:
        """Return ``(dotted names, context keys)`` that the value depends on."""
        if self._depends is not None:
            return self._depends, self._depends_context or ()
        if self.related:
            keys = self.related_field.context_keys if self.related_field and not self.store else ()
            return (self.related,), tuple(keys)
        if not self.compute:
            return (), self._depends_context or ()
        if isinstance(self.compute, str):
            functions = method_chain(type(model), self.compute)
        else:
            functions = [self.compute]
        depends: dict = {}
        context_keys: dict = dict.fromkeys(self._depends_context or ())
        for function in functions:
            names = getattr(function, "_depends", None)
            if names is not None:
                depends.update(dict.fromkeys(names(model) if callable(names) else names))
            context_keys.update(dict.fromkeys(getattr(function, "_depends_context", None) or ()))
        if self.name == "display_name" and model._rec_name and model._fields[model._rec_name].base_field.translate:
            context_keys["lang"] = None
        return tuple(depends), tuple(context_keys)

    def resolve_depends(self, registry):
        """Yield each dependency as a tuple of fields; relations at its front, what changes at its end."""
        # fields that an addon puts beside the others for a moment depend on nothing
        for dotted in registry.field_depends.get(self, ()):
            path: tuple = ()
            model = registry[self.model_name]
            for name in dotted.split("."):
                if path:
                    if path[-1].type == "properties":
                        # the name of a property
                        break
                    model = self._next_model(registry, path[-1], dotted)
                field = model._fields.get(name)
                if field is None:
                    raise ValueError(
                        f"Wrong @depends of field {self} (computed by {self.compute}): "
                        f"model {model._name} has no field '{name}'{nearest(name, model._fields)}."
                    )
                if field is self and path:
                    self.recursive = True
                path = (*path, field)
                yield path
                for decisive in field._membership_fields(registry):
                    yield (*path, decisive)

    def _next_model(self, registry, relation, dotted):
        """Return the model that the path ``dotted`` of a dependency goes on with after the field ``relation``."""
        if not relation.relational:
            raise ValueError(f"Wrong @depends of field {self}: '{dotted}' goes through {relation}, no relation.")
        return registry[relation.comodel_name]

    def _membership_fields(self, registry) -> list:
        """Return the fields of the comodel that decide which records an x2many field has."""
        return []

    # conversions

    def convert_to_column(self, value, record, values=None, validate=True):
        """Convert a write value to what the database column takes."""
        if value is None or value is False:
            return None
        return str(value)

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        """Convert a write value for an INSERT, where jsonb columns need their whole object."""
        if self.company_dependent:
            return self.company_columns([self.convert_to_cache(value, record, validate)], record)[0]
        return self.convert_to_column(value, record, values, validate)

    def convert_to_column_update(self, value, record):
        """Convert a cached value for an UPDATE."""
        return self.convert_to_column(value, record, validate=False)

    @original
    def to_columns(self, values: list, model) -> list:
        """Convert cached values to what the database column takes, a whole column at once.

        Most caches hold the column form already. ``model`` gives the environment. Columns of fields with a context
        level get a jsonb object for each value (see :meth:`key_column`).
        """
        if self.company_dependent:
            return self.company_columns(values, model)
        if self.context_keys:
            key = model.env.cache_key(self)
            return [None if value is None else Json(self.key_column({key: value}, new=True)) for value in values]
        # fast path of convert_to_column_update() for each value: in every class of fields
        return values

    def key_column(self, by_key: dict, new=False) -> dict:
        """Return the jsonb content of ``{context key: cache value}``; ``new``: nothing is stored yet."""
        return {str(company): value for (company,), value in by_key.items()}

    def convert_to_cache(self, value, record, validate=True):
        """Convert an assigned or written value to the cache format."""
        return value

    @original
    def convert_to_record(self, value, record):
        """Convert a cached value to what ``record.field`` gives."""
        return self.falsy if value is None else value

    def convert_to_record_multi(self, values, records):
        """Convert the cached values of several records."""
        # fast path of convert_to_record() for each record: here, and in every class of fields that overrides it
        if self.plain_value:
            falsy = self.falsy
            return [falsy if value is None else value for value in values]
        return [self.convert_to_record(value, record) for value, record in zip(values, records, strict=False)]

    def convert_to_read(self, value, record, use_display_name=True):
        """Convert a record value to what ``read()`` gives."""
        return False if value is None else value

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Convert the cached values of ``records`` to what ``read()`` gives, the whole column at once."""
        # fast path of convert_to_read() for each record: in every class of fields
        falsy = self.falsy
        return [falsy if value is None else value for value in values]

    def convert_to_write(self, value, record):
        """Convert a record or read value to what ``write()`` takes."""
        cache_value = self.convert_to_cache(value, record)
        return self.convert_to_read(self.convert_to_record(cache_value, record), record)

    def convert_to_export(self, value, record):
        """Convert a record value for export."""
        return value or ""

    def convert_to_display_name(self, value, record):
        """Convert a record value to the text that may serve as display name."""
        return str(value) if value else False

    # written values

    def check_written(self, value, records):
        """Refuse a value of the wrong type before anything is written, for fields with ``checks_written``.

        :raise ValueError: or ``TypeError``: what the write would raise
        """

    def wrong_value(self, value, error: Exception) -> Exception:
        """Return the error that tells which field cannot take ``value``, of the type of ``error``, which says why."""
        return type(error)(f"Wrong value for {self}: {value!r} ({error})")

    @original
    def create_column(self, vals_list, model) -> list:
        """Return the cache values that new records of ``model`` get.

        :param vals_list: their values, dicts with the same keys
        """
        # fast path of create() for each record: in every class of fields
        name, convert = self.name, self.convert_to_cache
        return [convert(vals[name], model) for vals in vals_list]

    def written_column(self, model) -> dict:
        """Return the column of the cache that has what is written in the context of ``model``."""
        return model.env.cache.field_data(model, self)

    def create(self, record_values):
        """Write the values of records just created, for fields that have no column of their own.

        :param record_values: list of ``(record, value)``
        """
        for record, value in record_values:
            self.write(record, value)

    def read(self, records):
        """Fetch the values of a stored field without a column into the cache."""
        if not self.column_type:
            raise NotImplementedError(f"{self} has no column and does not tell how it is read")

    # computing

    def recompute(self, records):
        """Compute the stored values of ``records`` that are marked, together with the others that are marked."""
        pending = records.env.transaction.stale.ids(self)
        if not pending:
            return
        if self.recursive:
            for record in records:
                if record._ids[0] in pending:
                    self._compute_existing(record)
            return
        for id_ in records._ids:
            if id_ in pending:
                ids = expand_ids(id_, tuple(pending))
                self._compute_existing(records.browse(tuple(itertools.islice(ids, PREFETCH_MAX))))
                pending = records.env.transaction.stale.ids(self) or ()

    def _compute_existing(self, records):
        """Compute the records; when some were deleted meanwhile, compute those that are left."""
        if records._ids[0]:
            # what is stored does not depend on who asks first; a form shows records in memory as it wants them
            records = records._without_active_test()
        try:
            self.compute_value(records)
        except MissingError:
            existing = records.exists()
            # the fields that the method computes together were all marked again
            for field in records.pool.field_computed.get(self) or [self]:
                records.env.remove_to_compute(field, records - existing)
            if len(existing) == len(records):
                raise
            if existing:
                self.compute_value(existing)

    def compute_value(self, records):
        """Run the compute method of the field on ``records``."""
        if self.compute_sudo:
            records = records.sudo()
        with Computing(records.pool.field_computed.get(self) or [self], records):
            records._compute_field_value(self)

    def determine_inverse(self, records):
        """Run the inverse method on ``records``; the model's own may write anywhere, so not on those in memory."""
        concerned = records if self.related else records._real()
        if concerned:
            determine(self.inverse, concerned)

    def determine_domain(self, records, operator, value):
        """Return the domain that the search method gives for a condition on the field."""
        return determine(self.search, records, operator, value)

    def determine_group_expand(self, records, values, domain):
        """Return the groups that ``read_group`` adds to those with records."""
        return determine(self.group_expand, records, values, domain)
