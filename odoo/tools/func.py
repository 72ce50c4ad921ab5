"""Descriptors and wrappers: lazy properties, class properties, lazy values, synchronised methods."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Generic, TypeVar

__all__ = [
    "classproperty",
    "compose",
    "conditional",
    "filter_kwargs",
    "lazy",
    "lazy_classproperty",
    "lazy_property",
    "locked",
    "reset_cached_properties",
    "synchronized",
]

T = TypeVar("T")


class lazy_property(Generic[T]):
    """A property computed at the first read and then kept in the instance; delete the attribute to compute anew.

    :param fget: function of the instance
    """

    def __init__(self, fget: Callable[[Any], T]):
        if fget.__name__.startswith("__") and not fget.__name__.endswith("__"):
            raise TypeError(f"lazy_property cannot be used on the mangled name {fget.__name__!r}")
        self.fget = fget
        self.name = fget.__name__
        self.__doc__ = fget.__doc__

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        # next time the attribute of the instance is found before this descriptor
        return vars(obj).setdefault(self.name, self.fget(obj))

    @staticmethod
    def reset_all(obj) -> None:
        """Forget the values of all lazy properties of an instance."""
        for name in list(vars(obj)):
            if isinstance(getattr(type(obj), name, None), lazy_property):
                delattr(obj, name)


def reset_cached_properties(obj) -> None:
    """Forget the values of all :class:`functools.cached_property` and :class:`lazy_property` of an instance."""
    from functools import cached_property

    for name in list(vars(obj)):
        if isinstance(getattr(type(obj), name, None), (cached_property, lazy_property)):
            del vars(obj)[name]


class classproperty(Generic[T]):
    """A read-only property of the class itself.

    :param fget: function of the class
    """

    def __init__(self, fget: Callable[[Any], T]):
        self.fget = fget.__func__ if isinstance(fget, classmethod) else fget
        self.__doc__ = self.fget.__doc__

    def __get__(self, obj, cls=None):
        return self.fget(cls if cls is not None else type(obj))


class lazy_classproperty(classproperty):
    """A property of the class, computed at the first read and then kept in the class it was read from."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, cls=None):
        owner = cls if cls is not None else type(obj)
        value = self.fget(owner)
        setattr(owner, self.name, value)
        return value


def conditional(condition, decorator):
    """Return ``decorator`` when ``condition`` holds, otherwise a decorator that does nothing."""
    return decorator if condition else lambda func: func


def filter_kwargs(func: Callable, kwargs: dict[str, Any]) -> dict[str, Any]:
    """Return the items of ``kwargs`` that ``func`` accepts (all of them when it takes ``**kwargs``)."""
    accepted = set()
    for param in signature(func).parameters.values():
        if param.kind is Parameter.VAR_KEYWORD:
            return kwargs
        if param.kind in (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY):
            accepted.add(param.name)
    return {key: value for key, value in kwargs.items() if key in accepted}


def synchronized(lock_attr: str = "_lock"):
    """Make a method run under the lock found in an attribute of its instance (or class).

    :param lock_attr: name of the attribute
    """

    def decorator(func):
        @wraps(func)
        def run_locked(self, *args, **kwargs):
            with getattr(self, lock_attr):
                return func(self, *args, **kwargs)

        return run_locked

    return decorator


locked = synchronized()


def compose(outer, inner):
    """Return the function ``x -> outer(inner(x))``."""
    return wraps(inner)(lambda *args, **kwargs: outer(inner(*args, **kwargs)))


class lazy:
    """A proxy for the result of a call that is only made when the result is first used.

    :param func: the function
    :param args: its arguments
    """

    __slots__ = ("_args", "_cached_value", "_func", "_kwargs")

    def __init__(self, func, *args, **kwargs):
        object.__setattr__(self, "_func", func)
        object.__setattr__(self, "_args", args)
        object.__setattr__(self, "_kwargs", kwargs)

    @property
    def _value(self):
        func = object.__getattribute__(self, "_func")
        if func is not None:
            value = func(*object.__getattribute__(self, "_args"), **object.__getattribute__(self, "_kwargs"))
            object.__setattr__(self, "_cached_value", value)
            for name in ("_func", "_args", "_kwargs"):
                object.__setattr__(self, name, None)
        return object.__getattribute__(self, "_cached_value")

    def __getattr__(self, name):
        return getattr(self._value, name)

    def __setattr__(self, name, value):
        setattr(self._value, name, value)

    def __delattr__(self, name):
        delattr(self._value, name)

    def __repr__(self):
        return repr(self._value) if object.__getattribute__(self, "_func") is None else object.__repr__(self)

    def __format__(self, format_spec):
        return format(self._value, format_spec)

    def __call__(self, *args, **kwargs):
        """Call the value."""
        return self._value(*args, **kwargs)

    def __enter__(self):
        return self._value.__enter__()

    def __exit__(self, exc_type, exc_value, traceback):
        return self._value.__exit__(exc_type, exc_value, traceback)

    def __aenter__(self):
        return self._value.__aenter__()

    def __aexit__(self, exc_type, exc_value, traceback):
        return self._value.__aexit__(exc_type, exc_value, traceback)

    def __await__(self):
        return self._value.__await__()

    def __aiter__(self):
        return self._value.__aiter__()

    def __anext__(self):
        return self._value.__anext__()


def _unwrap(value):
    return value._value if isinstance(value, lazy) else value


def _forward_unary(name, func):
    def forward(self, *args):
        return func(self._value, *args)

    forward.__name__ = name
    setattr(lazy, name, forward)


def _forward_binary(name, func, reflected=False):
    if reflected:

        def forward(self, other):
            return func(_unwrap(other), self._value)
    else:

        def forward(self, other):
            return func(self._value, _unwrap(other))

    forward.__name__ = name
    setattr(lazy, name, forward)


_UNARY = {
    "__str__": str,
    "__bytes__": bytes,
    "__bool__": bool,
    "__len__": len,
    "__iter__": iter,
    "__reversed__": reversed,
    "__hash__": hash,
    "__abs__": abs,
    "__neg__": operator.neg,
    "__pos__": operator.pos,
    "__invert__": operator.invert,
    "__int__": int,
    "__float__": float,
    "__complex__": complex,
    "__index__": operator.index,
    "__round__": round,
    "__trunc__": math.trunc,
    "__floor__": math.floor,
    "__ceil__": math.ceil,
    "__dir__": dir,
}
_BINARY = {
    "__eq__": operator.eq,
    "__ne__": operator.ne,
    "__lt__": operator.lt,
    "__le__": operator.le,
    "__gt__": operator.gt,
    "__ge__": operator.ge,
    "__contains__": operator.contains,
    "__getitem__": operator.getitem,
    "__delitem__": operator.delitem,
}
#: operators that have a reflected and an in-place form
_ARITHMETIC = (
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "lshift",
    "rshift",
    "matmul",
    "and",
    "or",
    "xor",
)


def _forward_special_methods():
    """Give the proxy all operators: they are looked up on the class."""
    for name, func in _UNARY.items():
        _forward_unary(name, func)
    for name, func in _BINARY.items():
        _forward_binary(name, func)
    lazy.__setitem__ = lambda self, key, value: operator.setitem(self._value, key, value)
    for stem in _ARITHMETIC:
        func = getattr(operator, f"__{stem}__")
        _forward_binary(f"__{stem}__", func)
        _forward_binary(f"__r{stem}__", func, reflected=True)
        _forward_binary(f"__i{stem}__", getattr(operator, f"__i{stem}__"))
    _forward_binary("__divmod__", divmod)
    _forward_binary("__rdivmod__", divmod, reflected=True)


_forward_special_methods()
