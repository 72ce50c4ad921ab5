"""What a write of a given set of fields involves."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ..names import LOG_ACCESS_COLUMNS, LOG_WRITE_COLUMNS, check_field_names
from ..overrides import is_overridden
from ..triggers import TriggerTree

__all__ = ["WritePlan", "is_proposed", "may_be_unique"]

_UNIQUE = re.compile(r"\b(unique|exclude)\b", re.IGNORECASE)


class WritePlan:
    """What a write of a given set of fields involves, worked out once per model and set."""

    __slots__ = (
        "changed",
        "checked",
        "chosen",
        "companions",
        "company",
        "constrained",
        "fields",
        "handed_on",
        "inverses",
        "others",
        "parent",
        "plain",
        "priced_by",
        "proposed",
        "protected",
        "read_before",
        "relations",
        "simple",
        "touching",
        "tree",
    )

    #: the fields that are written, as they are given
    chosen: list
    #: relations of related records, which are written there
    handed_on: list
    #: relations that an inverse method gets: commands change what they have before the write
    proposed: list
    #: all but these, in the order in which they are written
    fields: list
    #: those of them that are converted before the first is written, the others, and what is checked before of these
    plain: list
    others: list
    checked: list
    #: names of what the currencies of amounts depend on
    priced_by: list[str]
    #: whether the rows of the records themselves are written, rather than only those of others
    touching: bool
    #: ``{inverse method: fields}``
    inverses: dict
    #: fields (as the keys) that must not be recomputed from what is written with them
    protected: dict
    #: stored fields that are computed with what is written, by a method that would overwrite it
    companions: list
    #: names of what is announced before the write: those who override ``modified`` are told of all relations, but what
    #: depends on lines hangs on their other side, and on the record itself whichever they are
    relations: list[str]
    #: fields that could not be computed any more once their new value is protected
    read_before: list
    #: names of all that changes
    changed: list[str]
    #: what depends on it, ``None`` for models that override ``modified``
    tree: TriggerTree | None
    #: whether there are constraints on the fields, companies to compare, and a tree to change
    constrained: bool
    company: bool
    parent: bool
    #: whether all there is to it are values and what is computed from them
    simple: bool

    def __init__(self, model: Any, names: Iterable[str]) -> None:
        check_field_names(model, names)
        fields = model._fields
        self.chosen = [
            fields[name] for name in names if name != "id" and not (model._log_access and name in LOG_ACCESS_COLUMNS)
        ]
        self._find_ways(model)
        self._find_computed(model)
        self._find_announced(model)
        self._find_checks(model, names)

    def _find_ways(self, model: Any) -> None:
        """Find in which way each field gets its value."""
        chosen = self.chosen
        self.handed_on = [field for field in chosen if field.hands_on]
        self.proposed = [field for field in chosen if is_proposed(field)]
        self.fields = sorted(
            (field for field in chosen if not (field.hands_on or is_proposed(field))),
            key=lambda field: field.write_order,
        )
        self.plain = [field for field in self.fields if field.plain_write]
        self.others = [field for field in self.fields if not field.plain_write]
        self.checked = [field for field in self.others if field.checks_written and len(chosen) > 1]
        self.priced_by = _priced_by(model, self.fields)
        self.touching = not chosen or any(field.store for field in chosen)

    def _find_computed(self, model: Any) -> None:
        """Find what is computed together with the fields, and what must not be."""
        chosen = self.chosen
        self.inverses = defaultdict(list)
        self.protected = {}
        computed = model.pool.field_computed
        for field in chosen:
            if field.inverse and not field.hands_on:
                self.inverses[field.inverse].append(field)
            if (field.compute or field.inverse) and not field.is_sealed:
                # what is given for it must not be recomputed from what is written with it
                self.protected.update(dict.fromkeys(computed.get(field, [field])))
        self.companions = [field for field in self.protected if field.recomputed and field not in chosen]

    def _find_announced(self, model: Any) -> None:
        """Find of which changes others are told, before and after the write."""
        chosen, fields = self.chosen, model._fields
        standard = not is_overridden(model, "modified")
        relations = [field for field in chosen if model.pool.is_modifying_relations(field)]
        self.relations = [
            field.name for field in relations if not (standard and field.type in ("one2many", "many2many"))
        ]
        self.read_before = [
            *self.proposed,
            *(field for field in relations if field.type == "many2one" and field.compute and not field.store),
        ]
        self.changed = [field.name for field in chosen]
        if model._log_access and self.touching:
            self.changed += [name for name in LOG_WRITE_COLUMNS if model.pool.get_field_trigger_tree(fields[name])]
        self.tree = model.pool.modified_tree(tuple(fields[name] for name in self.changed)) if standard else None

    def _find_checks(self, model: Any, names: Iterable[str]) -> None:
        """Find what must hold afterwards."""
        written = set(names)
        self.constrained = any(not written.isdisjoint(constrained) for _name, constrained in model._constraint_methods)
        self.company = bool(model._check_company_auto) and any(
            (field.relational and field.check_company) or field.name in ("company_id", "company_ids")
            for field in self.chosen
        )
        self.parent = bool(model._parent_store) and model._parent_name in names
        elsewhere = self.inverses or self.handed_on or self.relations
        self.simple = self.tree is not None and not (elsewhere or self.constrained or self.company or self.parent)


def _priced_by(model: Any, fields: list) -> list[str]:
    """Return the names of those ``fields`` that currencies of amounts among them are computed from."""
    currencies = {model._fields[field.get_currency_field(model)] for field in fields if field.type == "monetary"}
    currencies.difference_update(fields)
    return [
        field.name for field in fields if currencies and model.pool.get_trigger_tree([field], currencies.__contains__)
    ]


def may_be_unique(model_class: Any) -> bool:
    """Tell whether the table of a registry class may have values that no two rows share."""
    # indexes of that kind are made by these methods
    if is_overridden(model_class, "init") or is_overridden(model_class, "_auto_init"):
        return True
    return any(_UNIQUE.search(definition) for _key, definition, _message in model_class._sql_constraints)


def is_proposed(field: Any) -> bool:
    """Tell whether ``field`` is a relation whose written value lives in the cache until its inverse method ran."""
    return bool(field.type in ("one2many", "many2many") and field.inverse and not field.store and not field.hands_on)
