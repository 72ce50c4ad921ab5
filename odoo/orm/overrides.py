"""Who overrides what: the methods of a class along its inheritance, marked ones, and shorter ways round them."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

__all__ = [
    "field_overrides",
    "forget_field_overrides",
    "is_overridden",
    "is_shortened",
    "makes_records_plainly",
    "marked_methods",
    "method_chain",
    "original",
    "overrides_of",
    "plain_maker",
]

#: names of the methods of models and fields that have a shorter way round them
_SHORTENED: set[str] = set()
#: what :func:`overrides_of` says of classes of fields, of which there are few for many fields
_of_fields: WeakKeyDictionary[type, frozenset[str]] = WeakKeyDictionary()


def method_chain(model_class: type, name: str) -> list:
    """Return the functions called ``name`` along the inheritance chain, the one that runs first at the front."""
    return [klass.__dict__[name] for klass in model_class.__mro__ if name in klass.__dict__]


def original(function: Callable) -> Callable:
    """Decorator of methods that have a shorter way round them, for classes where nobody overrides them."""
    function._original = function  # type: ignore[attr-defined]  # a mark
    _SHORTENED.add(function.__name__)
    forget_field_overrides()
    return function


def plain_maker(function: Callable) -> Callable:
    """Decorator of the ``__init__`` of recordsets, which gives them nothing but what all of them have."""
    function._makes_plainly = True  # type: ignore[attr-defined]  # a mark
    return function


def makes_records_plainly(model_class: type) -> bool:
    """Tell whether records of a model may be made without calling its ``__init__``: nobody overrides it."""
    return hasattr(model_class.__init__, "_makes_plainly")  # type: ignore[misc]  # of the class itself


def is_shortened(name: str) -> bool:
    """Tell whether methods called ``name`` have a shorter way round them."""
    return name in _SHORTENED


def overrides_of(kind: type) -> frozenset[str]:
    """Return the names of the methods of ``kind`` that are to be called though they have a shorter way round them.

    These are overridden, patched or wrapped: what the class has is not the function that was marked :func:`original`.
    Of models, :class:`~odoo.orm.plans.ModelPlans` keeps the answer until somebody changes the class.
    """
    methods = [(name, getattr(kind, name, None)) for name in _SHORTENED]
    return frozenset(
        [name for name, method in methods if method is not None and getattr(method, "_original", None) is not method]
    )


def field_overrides(kind: type) -> frozenset[str]:
    """Return what :func:`overrides_of` says of a class of fields; kept until somebody changes one of them."""
    found = _of_fields.get(kind)
    if found is None:
        found = _of_fields[kind] = overrides_of(kind)
    return found


def forget_field_overrides() -> None:
    """Look at the classes of fields again: one of them has changed."""
    _of_fields.clear()


def is_overridden(model: Any, name: str) -> bool:
    """Tell whether the method ``name`` of a model, a recordset or registry class, is to be called in any case."""
    return name in model._plans.overrides


def marked_methods(model_class: type, mark: str) -> list[tuple[str, Any]]:
    """Return the methods of the model whose outermost function has the attribute ``mark``, each name once."""
    names: dict = {}
    for klass in model_class.__mro__:
        for name, value in klass.__dict__.items():
            if name not in names and callable(value) and hasattr(value, mark):
                names[name] = None
    methods = []
    for name in names:
        for function in method_chain(model_class, name):
            if hasattr(function, mark):
                methods.append((name, getattr(function, mark)))
                break
    return methods
