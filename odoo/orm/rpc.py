"""The door for remote calls: ``call_kw`` (spec: the button-click walkthrough)."""

import inspect
import logging
from collections.abc import Callable
from typing import NamedTuple

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tools.nesting import nesting
from odoo.tools.suggestions import nearest

from .decorators import rpc_result

__all__ = ["call_kw", "get_public_method", "is_readonly", "public_methods"]

_logger = logging.getLogger("odoo.api")

OF_CLASSES = (classmethod, staticmethod)
#: levels of the arguments of a call from which on they may be why the call has no end
_DEEP = 30


class Params:
    """Arguments of a remote call, shown as in Python code."""

    def __init__(self, args, kwargs):
        self.args = args
        self.kwargs = kwargs

    def __str__(self):
        return ", ".join([*map(repr, self.args), *(f"{key}={value!r}" for key, value in self.kwargs.items())])


def get_public_method(model, name):
    """Return the function called ``name`` of the model, when callers from outside may use it.

    Every door asks here. Methods of the class, which know no records and nobody's rights, are not for callers.

    :raise AttributeError: when there is no such method
    :raise AccessError: when it is private
    """
    if not isinstance(name, str) or name.startswith("_") or name in ("init", "env"):
        raise AccessError(f"{model._name}.{name} is private: it cannot be called from outside.")
    cls = type(model)
    # what classes inherit from their metaclass is no method of records
    functions = [klass.__dict__[name] for klass in cls.__mro__ if name in klass.__dict__]
    method = getattr(cls, name) if functions else None
    if not callable(method) or inspect.isclass(method) or not hasattr(functions[0], "__get__"):
        raise AttributeError(f"The method '{model._name}.{name}' does not exist{_nearest_method(cls, name)}")
    if any(getattr(function, "_api_private", False) or isinstance(function, OF_CLASSES) for function in functions):
        raise AccessError(f"{model._name}.{name} is private: it cannot be called from outside.")
    return method


def public_methods(model) -> list[str]:
    """Return the names of the methods of the model that callers from outside may use, sorted."""
    return sorted(name for name in dir(type(model)) if _is_public(model, name))


def _is_public(model, name) -> bool:
    try:
        get_public_method(model, name)
    except (AccessError, AttributeError):
        return False
    return True


def _nearest_method(cls, name) -> str:

    return nearest(
        name, [other for other in dir(cls) if not other.startswith("_") and callable(getattr(cls, other, None))]
    )


def _inherited_mark(cls, name, mark):
    """Return the mark of the method or, where an override does not repeat it, of the method it overrides."""
    for klass in cls.__mro__:
        function = klass.__dict__.get(name)
        if function is not None:
            value = getattr(function, mark, None)
            if value is not None:
                return value
    return None


class _Door(NamedTuple):
    """What a remote call has to know of a method: the function, and the marks of decorators."""

    method: Callable
    api: str | None
    returns: tuple | None
    readonly: bool


def _door(model, name) -> _Door:
    """Return what a remote call of a method has to know, see :func:`get_public_method`."""
    doors = model._plans.doors
    # found for an earlier call, with the class that it is now
    door = doors.get(name) if isinstance(name, str) else None
    if door is None:
        method, cls = get_public_method(model, name), type(model)
        marks = (_inherited_mark(cls, name, mark) for mark in ("_api", "_returns"))
        door = doors[name] = _Door(method, *marks, readonly=bool(_inherited_mark(cls, name, "_readonly")))
    return door


def is_readonly(model_class, name) -> bool:
    """Tell whether a method, or where it has no mark of its own what it overrides, is marked as reading only.

    :param model_class: registry class
    :param name: what a caller calls, maybe no method
    """
    if not isinstance(name, str):
        return False
    door = model_class._plans.doors.get(name)
    return door.readonly if door else bool(_inherited_mark(model_class, name, "_readonly"))


def call_kw(model, name, args, kwargs):
    """Call a public method of ``model`` with JSON-like arguments; return a result that can be serialised.

    Methods that are not marked ``@api.model`` take an id or a list of ids as first argument. The keyword ``context``
    is the context of the call.

    :raise AccessError: when the method is private
    :raise AttributeError: when there is no such method
    :raise UserError: when the arguments go deeper than the server can follow
    """
    door = _door(model, name)
    kwargs = dict(kwargs)
    context = kwargs.pop("context", None) or {}
    args = list(args)
    if door.api in ("model", "model_create"):
        records = model
    else:
        ids = args.pop(0) if args else kwargs.pop("ids", [])
        if isinstance(ids, int) and not isinstance(ids, bool):
            ids = [ids]
        elif not ids:
            ids = []
        _check_ids(ids, model, name)
        records = model.browse(tuple(ids))
    records = records.with_context(context)
    model.env.transaction.note_sent(records.env)
    # the arguments may hold passwords
    _logger.debug("call %s.%s", records, name)
    try:
        result = door.method(records, *args, **kwargs)
    except RecursionError as error:
        depth = nesting((args, kwargs, context))
        if depth < _DEEP:
            raise
        raise UserError(
            model.env._(
                "What was sent to “%(method)s” of “%(model)s” goes %(depth)s levels deep, which is more than the server"
                " can follow.",
                method=name,
                model=model._name,
                depth=depth,
            )
        ) from error
    if door.api == "model_create":
        return result.id if isinstance((args[0] if args else kwargs.get("vals_list")), dict) else result.ids
    return rpc_result(door.returns, result, records, args, kwargs)


def call_kw_reading(model, name, args, kwargs):
    """Call a public method as :func:`call_kw` does, for a caller who may only read, in a transaction that only reads.

    :raise AccessError: when the method is not marked ``@api.readonly``, or writes all the same
    """
    get_public_method(model, name)
    what = f"{model._name}.{name}"
    if not _inherited_mark(type(model), name, "_readonly"):
        raise read_only_error(model.env, what)
    # transactions of tests are part of one that writes
    if not model.env.registry.in_test_mode():
        model.env.cr.execute("SET TRANSACTION READ ONLY")
    try:
        result = call_kw(model, name, args, kwargs)
        model.env.cr.flush()
    except psycopg2.errors.ReadOnlySqlTransaction as error:
        raise read_only_error(model.env, what) from error
    return result


def read_only_error(env, what) -> AccessError:
    """Return the error of a caller who may only read and asks for more.

    :param what: what was called
    """
    return AccessError(env._("The API key only reads: it cannot be used for %s.", what))


def _check_ids(ids, model, name):
    """Raise ``TypeError`` when what should be record ids is something else."""
    if not isinstance(ids, (list, tuple)) or any(not isinstance(id_, int) or isinstance(id_, bool) for id_ in ids):
        raise TypeError(f"{model._name}.{name}() takes an id or a list of ids as first argument, not {ids!r}")
