"""Composable SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

__all__ = ["IDENT_RE", "SQL"]

IDENT_RE = re.compile(r"^[a-z0-9_][a-z0-9_$\-]*$", re.IGNORECASE)
_NAMED_PLACEHOLDER_RE = re.compile(r"%(?:%|\((\w+)\)s)")


class SQL:
    """A piece of SQL together with its parameters.

    ``SQL("a = %s AND %s", 42, SQL("b = %s", 43))`` has one ``%s`` an argument; an argument that is an ``SQL`` is
    written in place, any other becomes a parameter. Named placeholders ``%(name)s`` take keyword arguments.

    :param str|SQL code: text with placeholders; ``%%`` is a percent sign
    :param args: values of the positional placeholders
    :param to_flush: a field that must be flushed before the SQL is executed
    :param kwargs: values of the named placeholders
    :raise TypeError: the arguments do not match the placeholders
    """

    __slots__ = ("_code", "_params", "_to_flush")
    _code: str
    _params: tuple[Any, ...]
    _to_flush: tuple[Any, ...]

    def __init__(self, code: str | SQL = "", /, *args: Any, to_flush: Any = None, **kwargs: Any) -> None:
        if isinstance(code, SQL):
            if args or kwargs or to_flush:
                raise TypeError("SQL() takes no other argument when the first one is an SQL object")
            self._code, self._params, self._to_flush = code._code, code._params, code._to_flush
            return
        if kwargs:
            if args:
                raise TypeError("SQL() takes either positional or named arguments, not both")
            code, args = _named_to_positional(code, kwargs)
        flush = () if to_flush is None else (to_flush,)
        if not args:
            code % ()  # raises on a placeholder without argument
            self._code, self._params, self._to_flush = code, (), flush
            return
        codes, params, arg_flush = _parts(args)
        if "%%" in code:
            code = code.replace("%%", "%%%%")
        self._code = code % tuple(codes)
        self._params = tuple(params)
        self._to_flush = flush + arg_flush

    @property
    def code(self) -> str:
        """The text, with one ``%s`` a parameter."""
        return self._code

    @property
    def params(self) -> list:
        """The parameters."""
        return list(self._params)

    @property
    def statement(self) -> tuple[str, tuple[Any, ...]]:
        """Text and parameters, as a cursor executes them."""
        return self._code, self._params

    @property
    def to_flush(self) -> Iterable:
        """The fields to flush before execution."""
        return self._to_flush

    def join(self, args: Iterable) -> SQL:
        """Return ``args`` joined by this object, like ``str.join``.

        :param args: values or SQL objects
        """
        args = list(args)
        codes, params, flush = _parts(args)
        if self._params or self._to_flush:
            # the separator's parameters stand between those of the arguments
            return SQL("%s" * max(2 * len(codes) - 1, 0), *_interleave(args, self))
        result = object.__new__(SQL)
        result._code, result._params, result._to_flush = self._code.join(codes), tuple(params), flush
        return result

    @classmethod
    def concat(cls, parts: Iterable) -> SQL:
        """Return the concatenation of ``parts``, each an SQL object or text without placeholders.

        :param parts: iterable of SQL objects and strings
        """
        codes: list[str] = []
        params: tuple[Any, ...] = ()
        flush: tuple[Any, ...] = ()
        for part in parts:
            if part.__class__ is str:
                codes.append(part)
                continue
            codes.append(part._code)
            if part._params:
                params += part._params
            if part._to_flush:
                flush += part._to_flush
        self = object.__new__(cls)
        self._code, self._params, self._to_flush = "".join(codes), params, flush
        return self

    @classmethod
    def identifier(cls, name: str, subname: str | None = None, to_flush: Any = None) -> SQL:
        """Return a quoted identifier, ``"name"`` or ``"name"."subname"``.

        :param str name: name of a table, column, alias, ...
        :param str subname: name of a column of ``name``
        :param to_flush: see the class
        :raise ValueError: a name has characters that no identifier of the framework has
        """
        if to_flush is None:
            return _plain_identifier(name, subname)
        self = object.__new__(cls)
        self._code, self._params, self._to_flush = _plain_identifier(name, subname)._code, (), (to_flush,)
        return self

    def __bool__(self) -> bool:
        return bool(self._code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SQL) and self._code == other._code and self._params == other._params

    def __hash__(self) -> int:
        return hash(self._code)

    def __iter__(self) -> Iterator[Any]:
        """Yield the code and the parameters, for ``cr.execute(*sql)``."""
        yield self._code
        yield list(self._params)

    def __repr__(self) -> str:
        return f"SQL({', '.join(map(repr, (self._code, *self._params)))})"


@lru_cache(8192)
def _plain_identifier(name, subname):
    """Return a quoted identifier; cached, since a query has dozens of them and there are few different ones."""
    for part in (name, subname):
        if part is not None and not (part.isidentifier() or IDENT_RE.match(part)):
            raise AssertionError(f"{part!r} is not a valid SQL identifier")
    return SQL(f'"{name}"' if subname is None else f'"{name}"."{subname}"')


def _parts(args: Iterable[Any]) -> tuple[list[str], list[Any], tuple[Any, ...]]:
    """Return the codes, the parameters and the fields to flush of the arguments of an SQL object."""
    codes: list[str] = []
    params: list[Any] = []
    flush: tuple[Any, ...] = ()
    for arg in args:
        if isinstance(arg, SQL):
            codes.append(arg._code)
            params += arg._params
            if arg._to_flush:
                flush += arg._to_flush
        else:
            codes.append("%s")
            params.append(arg)
    return codes, params, flush


def _interleave(args, separator):
    for index, arg in enumerate(args):
        if index:
            yield separator
        yield arg


def _named_to_positional(code: str, kwargs: dict[str, Any]) -> tuple[str, Any]:
    args = []

    def positional(match):
        if match.group(1) is None:
            return match.group()
        try:
            args.append(kwargs[match.group(1)])
        except KeyError:
            raise KeyError(f"SQL() has no value for placeholder {match.group()}") from None
        return "%s"

    return _NAMED_PLACEHOLDER_RE.sub(positional, code), args


# --- tables ---------------------------------------------------------------------------------------------------------
