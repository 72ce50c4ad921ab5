"""The door for remote calls: ``call_kw`` (spec: the button-click walkthrough)."""

import inspect
import logging

from odoo.exceptions import AccessError
from odoo.tools.suggestions import nearest

from .decorators import rpc_result

__all__ = ["call_kw", "get_public_method"]

_logger = logging.getLogger("odoo.api")


class Params:
    """Arguments of a remote call, shown as in Python code."""

    def __init__(self, args, kwargs):
        self.args = args
        self.kwargs = kwargs

    def __str__(self):
        return ", ".join([*map(repr, self.args), *(f"{key}={value!r}" for key, value in self.kwargs.items())])


def get_public_method(model, name):
    """Return the function called ``name`` of the model, when callers from outside may use it.

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
    if any(getattr(function, "_api_private", False) for function in functions):
        raise AccessError(f"{model._name}.{name} is private: it cannot be called from outside.")
    return method


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


def call_kw(model, name, args, kwargs):
    """Call a public method of ``model`` with JSON-like arguments; return a result that can be serialised.

    Methods that are not marked ``@api.model`` take an id or a list of ids as first argument. The keyword ``context``
    is the context of the call.

    :raise AccessError: when the method is private
    :raise AttributeError: when there is no such method
    """
    method = get_public_method(model, name)
    kwargs = dict(kwargs)
    context = kwargs.pop("context", None) or {}
    args = list(args)
    api = _inherited_mark(type(model), name, "_api")
    if api in ("model", "model_create"):
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
    # the arguments may hold passwords
    _logger.debug("call %s.%s", records, name)
    result = method(records, *args, **kwargs)
    if api == "model_create":
        return result.id if isinstance((args[0] if args else kwargs.get("vals_list")), dict) else result.ids
    return rpc_result(_inherited_mark(type(model), name, "_returns"), result, records, args, kwargs)


def _check_ids(ids, model, name):
    """Raise ``TypeError`` when what should be record ids is something else."""
    if not isinstance(ids, (list, tuple)) or any(not isinstance(id_, int) or isinstance(id_, bool) for id_ in ids):
        raise TypeError(f"{model._name}.{name}() takes an id or a list of ids as first argument, not {ids!r}")
