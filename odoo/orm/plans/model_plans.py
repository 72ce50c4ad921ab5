"""What is worked out about one model, each kind in a place of its own, until somebody changes the model's class."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from weakref import WeakValueDictionary

from ..overrides import forget_field_overrides, is_shortened, overrides_of
from .create import InsertPlan
from .methods import onchange_methods, ondelete_methods
from .read import ReadPlan
from .recent import Recent
from .write import may_be_unique

__all__ = ["ModelPlans", "Watched", "WatchedField", "forget_plans", "plans_of", "renew_plans"]

#: for how many choices of fields at least there are plans
FIELD_SETS = 500
#: how many searches at least are kept compiled
SEARCHES = 256

#: the registry classes that have plans, by their ids
_planned: WeakValueDictionary[int, Any] = WeakValueDictionary()


class ModelPlans:
    """The plans of one model: a slot for each kind, filled when it is asked for first.

    A registry class has it as ``_plans``. Where callers choose (which fields, which domain, which order) the plans
    used last are kept, in a place of their own: a caller with many choices leaves the rest alone.

    :param model_class: registry class of the model
    """

    __slots__ = (
        "_model_class",
        "columns",
        "constraints",
        "creates",
        "defaults",
        "doors",
        "fetches",
        "inserting",
        "inserts",
        "may_be_unique",
        "onchange",
        "ondelete",
        "orders",
        "overrides",
        "reading",
        "rows",
        "searches",
        "writes",
    )

    #: names of the methods with a shorter way round them that are to be called: see :func:`~..overrides.overrides_of`
    overrides: frozenset[str]
    #: ``(method name, field names)``; filled by ``_constraint_methods``, as it may take an environment
    constraints: list[tuple[str, tuple]]
    #: ``(method name, whether also at uninstall)``
    ondelete: list[tuple[str, bool]]
    #: ``{field name: functions}``
    onchange: dict[str, list]
    #: whether rows may have to differ, so that their order matters to an update
    may_be_unique: bool
    reading: ReadPlan
    inserting: InsertPlan
    #: names, or the one field that is assigned -> WritePlan
    writes: Recent
    #: names -> CreatePlan
    creates: Recent
    #: names of columns -> the statement that inserts one row
    inserts: Recent
    #: (names that are given, names of users' defaults) -> names of fields that may have a default
    defaults: Recent
    #: name -> what a remote call of the method of this name has to know; of methods that there are
    doors: dict[str, Any]
    #: names -> (stored fields behind them, whether some of these depend on the user)
    fetches: Recent
    #: fields, and names read along -> the terms that read them, ``None`` when they depend on the user or the context
    columns: Recent
    #: the same -> the statement that reads them of rows with given ids, ``None`` when others have a say in it
    rows: Recent
    #: key of a domain -> its condition
    searches: Recent
    #: order clause -> its terms, ``None`` when they depend on the user or the context
    orders: Recent

    def __init__(self, model_class: Any) -> None:
        self._model_class = model_class

    def __getattr__(self, name: str) -> Any:
        """Fill an empty slot."""
        build = _BUILT.get(name)
        if build is None:
            raise AttributeError(f"no plan {name!r} of model {self._model_class._name!r}", name=name, obj=self)
        plan = build(self._model_class)
        setattr(self, name, plan)
        return plan


def _recent_field_sets(_model_class: Any) -> Recent:
    return Recent(FIELD_SETS)


_BUILT: dict[str, Callable[[Any], Any]] = {
    "columns": _recent_field_sets,
    "creates": _recent_field_sets,
    "defaults": _recent_field_sets,
    "doors": lambda _model_class: {},
    "fetches": _recent_field_sets,
    "inserting": InsertPlan,
    "inserts": _recent_field_sets,
    "may_be_unique": may_be_unique,
    "onchange": onchange_methods,
    "ondelete": ondelete_methods,
    "orders": _recent_field_sets,
    "overrides": overrides_of,
    "reading": ReadPlan,
    "rows": _recent_field_sets,
    "searches": lambda _model_class: Recent(SEARCHES),
    "writes": _recent_field_sets,
}


def plans_of(model: Any) -> ModelPlans:
    """Return the plans of a model, for what is no method of it; ``model`` is a recordset or registry class."""
    return model._plans


def forget_plans(kind: type, name: str = "") -> None:
    """Begin anew with the plans of all models that inherit from a class.

    :param name: what changed on the class. Searches look through relations, so that a method with a shorter way round
        it matters to the plans of all models of the registry
    """
    found = [klass for klass in _descendants(kind) if "_plans" in klass.__dict__]
    if is_shortened(name):
        found = list({model: None for klass in found for model in klass.pool.models.values()})
    renew_plans(found)


def renew_plans(model_classes: Iterable[Any]) -> None:
    """Begin anew with the plans of some models, and of no others.

    :param model_classes: registry classes
    """
    for klass in model_classes:
        # who still has the old plans does not put into the new ones what they worked out before
        if klass.__dict__["_plans"] is None:
            _planned[id(klass)] = klass
        type.__setattr__(klass, "_plans", ModelPlans(klass))


def _choose_ways(kind: type) -> None:
    """Have all fields of a class choose their ways again, and forget the plans of their models."""
    forget_field_overrides()
    for klass in [klass for reference in _planned.valuerefs() if (klass := reference())]:
        fields: list[Any] = [field for field in klass._fields.values() if isinstance(field, kind)]
        for field in fields:
            field.choose_ways()
        if fields:
            forget_plans(klass)


def _descendants(kind: type) -> Iterator[Any]:
    seen: set[type] = {kind}
    queue = [kind]
    while queue:
        klass = queue.pop()
        yield klass
        children: list[type] = klass.__subclasses__()
        queue += [child for child in children if child not in seen]
        seen.update(children)


class Watched(type):
    """Metaclass of classes that models are made of: who sets or deletes an attribute of one makes plans anew.

    A method that is overridden, patched or wrapped is called from then on, however that is done.
    """

    def __setattr__(cls, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        forget_plans(cls, name)

    def __delattr__(cls, name: str) -> None:
        super().__delattr__(name)
        forget_plans(cls, name)


class WatchedField(type):
    """Metaclass of the classes of fields: they choose anew when a method with a shorter way round it changes."""

    def __setattr__(cls, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if is_shortened(name):
            _choose_ways(cls)

    def __delattr__(cls, name: str) -> None:
        super().__delattr__(name)
        if is_shortened(name):
            _choose_ways(cls)
