"""What creating records involves: whichever fields are given, and with a given set of them."""

import itertools
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from ..names import LOG_ACCESS_COLUMNS, MAGIC_COLUMNS, check_field_names
from ..overrides import field_overrides, is_overridden
from ..triggers import TriggerTree

__all__ = ["CreatePlan", "InsertPlan"]

#: types of fields that convert any value for themselves, and refuse what is none
_REFUSING = frozenset(("date", "datetime", "float", "integer", "json", "many2one_reference", "selection"))


class CreatePlan:
    """What creating records with a given set of fields involves, worked out once per model and set."""

    __slots__ = ("checked", "columns", "conversions", "inversed", "inverses", "names", "others", "parents", "protected")

    #: the names of the fields that are given
    names: Collection[str]
    #: fields with a column, and relations, which get their values when there is a row
    columns: list
    others: list
    #: how a single value gets into each of the columns: ``(field, name, function of the value and model that converts
    #: it for the cache or ``None``, whether it is stored as it is cached)``
    conversions: list[tuple]
    #: ``{inverse method: fields}``
    inverses: dict
    #: the names of the fields whose inverse methods are called once constraints on the others were looked at
    inversed: list[str]
    #: ``{model that the new records delegate to: its fields that are given}``
    parents: dict
    #: names and fields, own or of those parents, that may refuse a value before a parent is written
    checked: list
    #: fields (as the keys) that must not be recomputed from what is given with them
    protected: dict

    def __init__(self, model: Any, names: Collection[str]) -> None:
        check_field_names(model, names)
        fields = model._fields
        self.names = names
        self.columns, self.others, self.protected = [], [], {}
        self.inverses, self.parents = defaultdict(list), defaultdict(list)
        for name in names:
            field = fields[name]
            if name == "id" or (model._log_access and name in LOG_ACCESS_COLUMNS):
                continue
            if field.inherited:
                self.parents[fields[field.related.split(".")[0]].comodel_name].append(field)
            elif field.store:
                (self.columns if field.column_type else self.others).append(field)
            if field.inverse and not field.inherited:
                self.inverses[field.inverse].append(field)
            if field.compute and not field.inherited and (field.precompute or not field.is_sealed):
                self.protected.update(
                    dict.fromkeys(
                        other
                        for other in model.pool.field_computed.get(field, [field])
                        if not other.store or other.name in names
                    )
                )
        self.inversed = [field.name for fields in self.inverses.values() for field in fields if not field.hands_on]
        inherited = itertools.chain.from_iterable(self.parents.values())
        self.checked = [
            (field.name, field.base_field)
            for field in (itertools.chain(self.columns, inherited) if model._inherits else ())
            if _may_refuse(field.base_field)
        ]
        self.conversions = [_conversion(field) for field in self.columns]
        # relations get their values as they are declared: commands may look at those before
        declared = {field: index for index, field in enumerate(fields.values())}
        self.others.sort(key=declared.__getitem__)


def _may_refuse(field: Any) -> bool:
    """Tell whether there are values that a field does not take."""
    return bool(field.store or field.inverse) and (field.checks_written or field.type in _REFUSING)


def _conversion(field: Any) -> tuple:
    overridden = field_overrides(type(field))
    convert = None if "create_column" in overridden else field.convert_to_cache
    is_stored_as_cached = not ("to_columns" in overridden or field.context_keys or field.company_dependent)
    return field, field.name, convert, is_stored_as_cached


class InsertPlan:
    """What creating records involves whichever fields are given.

    :param model_class: registry class of the model
    """

    __slots__ = (
        "attachments",
        "changed",
        "computed_once",
        "dependents",
        "empty_columns",
        "empty_relations",
        "precomputed",
        "properties",
        "refused",
        "refused_in_setup",
        "sealed",
    )

    #: names of what values may not give, and of what they may not give while data is being loaded either
    refused: frozenset[str]
    refused_in_setup: frozenset[str]
    #: names of the properties of new records, unless their parent is yet to be computed
    properties: list[str]
    #: names of the fields to compute before the insert, and of those among them that are computed in any case
    precomputed: list[str]
    sealed: list[str]
    #: columns and relations that are empty when nothing is given for them, and contents beside the rows
    empty_columns: list
    empty_relations: list
    attachments: list
    #: names of the fields that a new row gives a value
    changed: list[str]
    #: stored fields that are computed from nothing that could change
    computed_once: list
    #: what depends on new rows, ``None`` for models that override ``modified``
    dependents: TriggerTree | None

    def __init__(self, model_class: Any) -> None:
        fields = model_class._fields
        kept = {"parent_path"} if model_class._parent_store else set()
        self.refused = frozenset(kept | {*MAGIC_COLUMNS})
        self.refused_in_setup = frozenset(kept | {name for name in MAGIC_COLUMNS if name not in LOG_ACCESS_COLUMNS})
        self.properties = [
            name
            for name, field in fields.items()
            if field.type == "properties"
            and field.definition
            and not field.related
            and not fields[field.definition_record].compute
        ]
        self.precomputed = [name for name, field in fields.items() if field.precompute]
        self.sealed = [name for name in self.precomputed if fields[name].is_sealed]
        self._find_empty(fields)
        self.changed = [
            name for name, field in fields.items() if field.store and not (field.compute and not field.column_type)
        ]
        depends = model_class.pool.field_depends
        self.computed_once = [field for field in fields.values() if field.recomputed and not depends[field]]
        self.dependents = None if is_overridden(model_class, "modified") else self._find_dependents(model_class)

    def _find_empty(self, fields: dict) -> None:
        """Find the columns and relations that are empty when nothing is given for them."""
        self.empty_columns, self.empty_relations = [], []
        for field in fields.values():
            if not field.store or field.name == "id" or field.context_keys or (field.related_field and field.inherited):
                continue
            if field.column_type and field.prefetch is True:
                self.empty_columns.append(field)
            elif field.type in ("one2many", "many2many") and not field.compute:
                self.empty_relations.append(field)
        self.attachments = [
            field for field in fields.values() if field.store and field.type == "binary" and field.attachment
        ]

    def _find_dependents(self, model_class: Any) -> TriggerTree:
        """Return what depends on new rows, but for relations: what the cache has of these is true."""
        everything = model_class.pool.modified_tree(tuple(model_class._fields[name] for name in self.changed))
        tree = TriggerTree(
            field for field in everything.root if field.compute or field.type not in ("one2many", "many2many")
        )
        tree.update(everything)
        return tree
