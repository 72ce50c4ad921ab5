"""Proxies that show a chosen part of the objects they stand for."""

from __future__ import annotations

import functools
from collections.abc import Callable

__all__ = ["Proxy", "ProxyAttr", "ProxyFunc"]


class ProxyAttr:
    """An attribute of a proxy that is read from and written to the object behind it.

    :param cast: function applied to values read, if they are not ``None``
    """

    def __init__(self, cast: Callable | bool = False):
        self._cast = cast

    def __set_name__(self, owner, name):
        self._name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = getattr(instance._wrapped__, self._name)
        return self._cast(value) if self._cast and value is not None else value

    def __set__(self, instance, value):
        setattr(instance._wrapped__, self._name, value)


class ProxyFunc:
    """A method of a proxy that calls the method of the object behind it.

    :param cast: function applied to the result; ``None`` drops the result
    """

    def __init__(self, cast: Callable | bool | None = False):
        self._cast = cast

    def __set_name__(self, owner, name):
        self._name = name
        func = getattr(owner._wrapped__, name)

        @functools.wraps(func)
        def call(proxy, *args, **kwargs):
            result = getattr(proxy._wrapped__, name)(*args, **kwargs)
            if self._cast is None:
                return None
            return self._cast(result) if self._cast and result is not None else result

        setattr(owner, name, call)


class Proxy:
    """Base of proxies: subclasses name the wrapped class in ``_wrapped__`` and list what they show.

    :param instance: the object behind; itself or what another proxy shows
    """

    _wrapped__: type = object

    def __init__(self, instance):
        while isinstance(instance, Proxy):
            instance = object.__getattribute__(instance, "_wrapped__")
        object.__setattr__(self, "_wrapped__", instance)

    @property
    def __class__(self):
        return type(self)._wrapped__
