"""Decorators of model methods. They only mark functions; the registry and the RPC door read the marks.

Spec: "Method decorators" of the ORM reference.
"""

import functools
import inspect
import warnings
from collections.abc import Callable

__all__ = [
    "autovacuum",
    "constrains",
    "depends",
    "depends_context",
    "model",
    "model_create_multi",
    "model_create_single",
    "onchange",
    "ondelete",
    "private",
    "readonly",
    "returns",
]


def _mark(**attributes) -> Callable:
    """Return a decorator that sets ``attributes`` on the function."""

    def decorate(method):
        for name, value in attributes.items():
            setattr(method, name, value)
        return method

    return decorate


def model(method):
    """Mark a method whose recordset does not matter, only its model: RPC calls pass no ids."""
    if method.__name__ == "create" and not hasattr(method, "_create_form"):
        return model_create_single(method)
    method._api = "model"
    return method


def model_create_multi(method):
    """Mark a ``create`` that takes a list of dicts; a single dict is wrapped into a list."""

    @functools.wraps(method)
    def create(self, vals_list):
        if isinstance(vals_list, dict):
            vals_list = [vals_list]
        return method(self, vals_list)

    create._api = "model_create"
    create._create_form = "multi"
    return create


def model_create_single(method):
    """Mark an old-style ``create`` that takes one dict; a list of dicts makes one call for each."""

    @functools.wraps(method)
    def create(self, arg):
        if isinstance(arg, dict):
            return method(self, arg)
        if len(arg) > 1:
            warnings.warn(f"{self._name}.create() is not batched: use @api.model_create_multi", stacklevel=2)
        return self.browse().concat(*(method(self, vals) for vals in arg))

    create._api = "model_create"
    create._create_form = "single"
    return create


def private(method):
    """Refuse calls of the method through RPC."""
    method._api_private = True
    return method


def readonly(method):
    """Tell that the method does not write, so that a read-only cursor may serve it."""
    method._readonly = True
    return method


def constrains(*args: str) -> Callable:
    """Call the method after a create or write that touches one of the named fields of the model itself.

    A single callable may be given instead of names: it takes the model and returns them.
    """
    if len(args) == 1 and callable(args[0]):
        args = args[0]
    return _mark(_constrains=args)


def onchange(*args: str) -> Callable:
    """Call the method in form views when one of the named fields changes."""
    return _mark(_onchange=args)


def depends(*args: str) -> Callable:
    """Name the fields, dotted through relations, that the compute method reads.

    A single callable may be given instead: it takes the model and returns the names.
    """
    if len(args) == 1 and callable(args[0]):
        args = args[0]
    elif any(name == "id" or name.endswith(".id") for name in args):
        raise NotImplementedError("@depends names 'id', which never changes: nothing can depend on it.")
    return _mark(_depends=args)


def depends_context(*args: str) -> Callable:
    """Name the context keys that a non-stored computed field's value depends on."""
    return _mark(_depends_context=args)


def ondelete(*, at_uninstall: bool) -> Callable:
    """Call the method before records are deleted.

    :param at_uninstall: also call it when the module of the records is being uninstalled
    """
    return _mark(_ondelete=at_uninstall)


def autovacuum(method):
    """Call the method from the daily vacuum job; it must be private."""
    if not method.__name__.startswith("_"):
        raise AssertionError(f"{method.__name__}: autovacuum methods must be private")
    method._autovacuum = True
    return method


def returns(model, downgrade=None, upgrade=None) -> Callable:
    """Tell which model's recordset the method returns, and how to turn it into what RPC callers get.

    :param model: a model name or ``"self"``
    :param downgrade: ``f(self, value, *args, **kwargs)`` that makes the RPC result of a recordset
    :param upgrade: the way back
    """
    return _mark(_returns=(model, downgrade, upgrade))


def downgrade(method, value, self, args, kwargs):
    """Convert the result of a method marked with :func:`returns` to its RPC form."""
    mark = getattr(method, "_returns", None)
    return rpc_result(mark, value, self, args, kwargs) if mark else value


def rpc_result(mark: tuple | None, value, records, args, kwargs):
    """Return what an RPC caller gets for ``value``: ids of records, unless the method says otherwise.

    :param mark: what :func:`returns` left on the method
    :param records: what the method was called on
    :param args, kwargs: the arguments of the call
    """
    _model, convert, _upgrade = mark or (None, None, None)
    if not convert:
        return value.ids if hasattr(value, "_ids") else value
    wants_call = len(inspect.signature(convert).parameters) > 1
    return convert(records, value, *args, **kwargs) if wants_call else convert(value)
