"""How model classes come about: the metaclass of definitions, and the assembly of a registry's classes from them.

A *definition class* is what an addon writes. For each model a registry has one *registry class*; its bases are the
definition classes of the model, last loaded first, then the registry classes of its parents. Extending a
model afterwards only changes the bases of its registry class, so every model that inherits from it follows.
"""

import logging
from collections import defaultdict
from functools import partial

from odoo.tools.containers import LastOrderedSet, OrderedSet
from odoo.tools.suggestions import nearest

from .fields import Char, Datetime, Field, Id, Many2one
from .names import USERS, raise_on_invalid_object_name
from .plans.model_plans import Watched, forget_plans

__all__ = ["MetaModel", "is_definition_class", "is_registry_class"]

_logger = logging.getLogger("odoo.models")


def is_definition_class(cls) -> bool:
    """Tell whether ``cls`` was written by an addon."""
    return isinstance(cls, MetaModel) and getattr(cls, "pool", None) is None


def is_registry_class(cls) -> bool:
    """Tell whether ``cls`` was assembled by a registry."""
    return getattr(cls, "pool", None) is not None


class MetaModel(Watched):
    """Metaclass of definition classes: collects them by module for the registries."""

    module_to_models: dict = defaultdict(list)

    def __new__(meta, name, bases, attrs):
        """Make a class without instance attributes, and note it for its module unless it is not to be registered."""
        attrs.setdefault("__slots__", ())
        attrs.setdefault("_field_definitions", [])
        if attrs.get("_register", True):
            meta._complete(name, bases, attrs)
        return super().__new__(meta, name, bases, attrs)

    @staticmethod
    def _complete(name, bases, attrs):
        """Work out the module, the model name and the parents of a definition."""
        if "_module" not in attrs:
            module = attrs["__module__"]
            if not module.startswith("odoo.addons."):
                raise TypeError(
                    f"Model class {name} is not in a module of odoo.addons, but in {module}: import it from there."
                )
            attrs["_module"] = module.split(".")[2]
        parents = attrs.get("_inherit") or ()
        attrs["_inherit"] = inherit = [parents] if isinstance(parents, str) else [*parents]
        if not attrs.get("_name"):
            # like the first parent: an extension in place
            attrs["_name"] = inherit[0] if inherit else name
            attrs["_extends"] = bool(inherit)
        if attrs["_name"] not in inherit:
            raise_on_invalid_object_name(attrs["_name"])

    def __init__(cls, name, bases, attrs):
        super().__init__(name, bases, attrs)
        if not attrs.get("_register", True):
            return
        if cls._module:
            cls.module_to_models[cls._module].append(cls)
        if cls._name not in cls._inherit:
            cls._add_magic_fields()

    def _add_magic_fields(cls):
        """Define ``id`` and the log access fields where the definition does not."""

        def add(name, field):
            if name not in cls.__dict__:
                setattr(cls, name, field)
                field.__set_name__(cls, name)

        add("id", Id(automatic=True))
        add("display_name", _display_name_field())
        if not cls._abstract and cls.__dict__.get(
            "_log_access", cls.__dict__.get("_auto", getattr(cls, "_auto", True))
        ):
            # read along with other columns where that takes no flush
            log = {"automatic": True, "readonly": True, "copy": False, "prefetch": "log"}
            add("create_uid", Many2one(USERS, string="Created by", **log))
            add("create_date", Datetime(string="Created on", **log))
            add("write_uid", Many2one(USERS, string="Last Updated by", **log))
            add("write_date", Datetime(string="Last Updated on", **log))


def _display_name_field():
    return Char(
        string="Display Name",
        automatic=True,
        compute="_compute_display_name",
        search="_search_display_name",
        store=False,
        readonly=True,
        copy=False,
        compute_sudo=False,
    )


# assembly of registry classes


def build_model(definition, registry, settled=True):
    """Create or extend the registry class that ``definition`` is for; return it.

    :param bool settled: whether an extended class inherits from ``definition`` at once. When many are extended, it is
        cheaper to call :func:`settle` once for each of them afterwards
    :raise TypeError: when a parent is not in the registry, naming the nearest known model
    """
    name = definition._name
    parents = list(definition._inherit)
    if name != "base":
        parents.append("base")
    extended = name in parents
    if extended and name not in registry.models:
        raise TypeError(
            f"Model {name!r} is extended but not defined by any module loaded so far{nearest(name, registry.models)}."
        )
    bases = LastOrderedSet([definition])
    inherit_module = {}
    for parent in parents:
        if parent not in registry.models:
            raise TypeError(
                f"Model {name!r} inherits from {parent!r}, which does not exist{nearest(parent, registry.models)}."
            )
        parent_class = registry.models[parent]
        if parent == name:
            _check_extension(parent_class, definition)
            for base in parent_class._BaseModel__base_classes:
                bases.add(base)
        else:
            bases.add(parent_class)
            inherit_module[parent] = definition._module
    if extended:
        model_class = registry.models[name]
        type.__setattr__(model_class, "_BaseModel__base_classes", tuple(bases))
    else:
        model_class = _new_class(definition, registry, tuple(bases), inherit_module)
    for parent, module in inherit_module.items():
        model_class._inherit_module.setdefault(parent, module)
        registry.models[parent]._inherit_children.add(name)
    if settled:
        settle(model_class)
    set_attributes(model_class)
    registry.models[name] = model_class
    return model_class


def _new_class(definition, registry, bases, inherit_module):
    """Return a registry class without fields."""
    attributes = {
        "pool": registry,
        "_name": definition._name,
        "_register": False,
        "_original_module": definition._module,
        "_inherit_module": inherit_module,
        "_inherit_children": OrderedSet(),
        "_inherits_children": set(),
        "_fields": {},
        "_field_definitions": [],
        # set_attributes gives it some
        "_plans": None,
        "_BaseModel__base_classes": bases,
        "__module__": definition.__module__,
    }
    return type(definition)(definition._name, bases, attributes)


def settle(model_class):
    """Have a registry class inherit from what :func:`build_model` found for it.

    Python works out anew what all classes below inherit, too.
    """
    bases = model_class._BaseModel__base_classes
    if model_class.__bases__ != bases:
        # quietly: who calls this forgets the plans
        type.__setattr__(model_class, "__bases__", bases)


def _check_extension(model_class, definition):
    if model_class._abstract and not definition._abstract:
        raise TypeError(
            f"In model {model_class._name!r}: {definition!r} would make an abstract model concrete; "
            "derive it from AbstractModel."
        )
    if model_class._transient != definition._transient and not definition._abstract:
        raise TypeError(f"In model {model_class._name!r}: {definition!r} changes whether the model is transient.")


def set_attributes(model_class):
    """Set the model attributes that are merged from its definitions."""
    # quietly: the plans are forgotten once, below
    set_quietly = partial(type.__setattr__, model_class)
    description = model_class._name
    table = model_class._name.replace(".", "_")
    log_access = model_class._auto
    inherits: dict = {}
    depends: dict = {}
    constraints: dict = {}
    for base in reversed(model_class._BaseModel__base_classes):
        if is_definition_class(base):
            own = base.__dict__
            description = own.get("_description") or description
            table = own.get("_table") or table
            log_access = own.get("_log_access", own.get("_auto", log_access))
            inherits.update(own.get("_inherits") or {})
            model_class.pool.former_names.update(dict.fromkeys(own.get("_former_names", ()), model_class._name))
            definitions = own.get("_sql_constraints") or ()
            for model_name, names in (own.get("_depends") or {}).items():
                depends.setdefault(model_name, []).extend(names)
        else:
            # the registry class of a parent brings its merged attributes
            inherits.update(base._inherits)
            for model_name, names in base._depends.items():
                depends.setdefault(model_name, []).extend(names)
            definitions = base._sql_constraints
        for constraint in definitions:
            constraints[constraint[0]] = tuple(constraint)
    if model_class._transient and not log_access and not model_class._abstract:
        raise TypeError(
            f"Model {model_class._name!r} is transient and cannot be without _log_access: "
            "who made a record, and when, tells who may see it and when it goes."
        )
    set_quietly("_description", description)
    set_quietly("_table", table)
    set_quietly("_log_access", log_access)
    set_quietly("_inherits", inherits)
    set_quietly("_depends", depends)
    set_quietly("_sql_constraints", list(constraints.values()))
    forget_plans(model_class)


# fields of registry classes


def setup_base(model_class):
    """Give a registry class its fields, merged from all definitions."""
    for name in [*model_class._fields]:
        if name in model_class.__dict__ and isinstance(model_class.__dict__[name], Field):
            # quietly: the plans are forgotten once, below
            type.__delattr__(model_class, name)
    set_attributes(model_class)
    fields: dict = {}
    model_class._fields = {}
    definitions: dict = defaultdict(list)
    for klass in reversed(model_class.__mro__):
        if isinstance(klass, MetaModel) and getattr(klass, "pool", None) is None:
            for field in klass.__dict__.get("_field_definitions", ()):
                definitions[field.name].append(field)
    for name, field_definitions in definitions.items():
        field = Field.assembled(_continuous(field_definitions), model_class, name)
        fields[name] = field
        type.__setattr__(model_class, name, field)
    model_class._fields = fields


def _continuous(definitions) -> list:
    """Return the definitions to merge: what addons define, without the automatic ones of the model and its parents."""
    return [definition for definition in definitions if not definition.args.get("automatic")] or definitions


def add_field(model_class, name, field):
    """Put ``field`` on the registry class under ``name`` (a manual, inherited or delegate field)."""
    _warn_of_hidden(model_class, name)
    setattr(model_class, name, field)
    field.name, field.model_name = name, model_class._name
    model_class._fields = {**model_class._fields, name: field}


def _warn_of_hidden(model_class, name):
    if name in model_class.__dict__ and name not in model_class._fields:
        _logger.warning("Model %r: field %r hides an attribute of its class", model_class._name, name)


def pop_field(model_class, name):
    """Take the field ``name`` off the registry class and return it."""
    fields = dict(model_class._fields)
    field = fields.pop(name)
    model_class._fields = fields
    if name in model_class.__dict__:
        delattr(model_class, name)
    if model_class._rec_name == name:
        model_class._rec_name = None
    return field


def add_inherited_fields(model_class):
    """Add the fields of ``_inherits`` parents as related fields."""
    registry = model_class.pool
    added: dict = {}
    for parent_name, parent_field in model_class._inherits.items():
        parent_class = registry.models[parent_name]
        for name, field in parent_class._fields.items():
            existing = added.get(name) or model_class._fields.get(name)
            if existing is not None and not existing.inherited:
                continue
            definition = type(field)(
                inherited=True,
                inherited_field=field,
                related=f"{parent_field}.{name}",
                related_sudo=False,
                copy=field.copy,
                readonly=field.readonly,
                export_string_translation=False,
            )
            definition.name, definition.model_name, definition._module = name, model_class._name, field._module
            added[name] = Field.assembled([definition], model_class, name)
            _warn_of_hidden(model_class, name)
            # quietly: the plans are forgotten once, below
            type.__setattr__(model_class, name, added[name])
    if added:
        model_class._fields = {**model_class._fields, **added}


def check_inherits(model_class):
    """Complete ``_inherits``: its fields exist, are required, and delegate.

    :raise TypeError: when a delegate field is missing
    """
    for name, field in model_class._fields.items():
        if (
            field.type == "many2one"
            and field.delegate
            and not field.related
            and field.comodel_name not in model_class._inherits
        ):
            model_class._inherits = {**model_class._inherits, field.comodel_name: name}
    for parent_name, name in model_class._inherits.items():
        field = model_class._fields.get(name)
        if field is None:
            field = Many2one(
                parent_name,
                string=f"Record of {parent_name} that has the rest of the fields",
                required=True,
                ondelete="cascade",
                delegate=True,
            )
            field.name, field.model_name, field._module = name, model_class._name, model_class._original_module
            add_field(model_class, name, Field.assembled([field], model_class, name))
        elif not (field.required and (field.ondelete or "").lower() in ("cascade", "restrict")):
            field.required = True
            field.ondelete = "cascade"
        registry_class = model_class.pool.models.get(parent_name)
        if registry_class is None:
            raise TypeError(f"Model {model_class._name!r} delegates to unknown model {parent_name!r}.")
        registry_class._inherits_children.add(model_class._name)


def determine_rec_name(model_class):
    """Work out ``_rec_name``, ``_active_name`` and the class-level lookups of a model with all its fields."""
    fields = model_class._fields
    own = _own_attribute(model_class, "_rec_name")
    if own:
        if own not in fields:
            raise TypeError(
                f"_rec_name of model {model_class._name!r} is {own!r}, which is no field of it{nearest(own, fields)}"
            )
        name = own
    else:
        name = "name" if "name" in fields else "x_name" if model_class._custom and "x_name" in fields else None
    _set_if_changed(model_class, "_rec_name", name)
    active = _own_attribute(model_class, "_active_name")
    if active:
        if active not in ("active", "x_active") or active not in fields:
            raise TypeError(
                f"_active_name of model {model_class._name!r} is {active!r}: it has to be 'active' or 'x_active', "
                "and a field of the model"
            )
    else:
        active = next((name for name in ("active", "x_active") if name in fields), None)
    _set_if_changed(model_class, "_active_name", active)


def _set_if_changed(model_class, name, value):
    """Set an attribute of a registry class; what is that already costs no plans of the models below."""
    if name not in model_class.__dict__ or model_class.__dict__[name] != value:
        setattr(model_class, name, value)


def _own_attribute(model_class, name):
    """Return the attribute as the definitions give it, ignoring what was worked out before."""
    for klass in model_class.__mro__:
        if not is_registry_class(klass) and name in klass.__dict__:
            return klass.__dict__[name]
    return None
