"""Caching results of methods in the registry, shared by all transactions of a database.

A cached method must depend on its key only: no recordsets in its result, nothing from the cursor that the key does not
name.

What a cache of the registry holds was read after its last clearing: by transactions that began later. Those that began
earlier see older data, or changes of their own that are not committed, and keep their answers to themselves
(:attr:`Caller.cache_generation`, :meth:`Caller.own_cache`).
"""

from __future__ import annotations

import logging
import signal
import threading
from collections import Counter, defaultdict
from functools import update_wrapper
from inspect import Parameter, signature
from typing import Protocol

from odoo.tools.budgets import uninterrupted
from odoo.tools.lru import LRU

__all__ = [
    "Caller",
    "MethodCache",
    "clear_method_caches",
    "clearings",
    "get_cache_key_counter",
    "log_ormcache_stats",
    "ormcache",
    "ormcache_context",
]

_logger = logging.getLogger(__name__)
unsafe_eval = eval


class ormcache_counter:
    """Hits, misses and failures of one cached method in one database."""

    __slots__ = ("err", "hit", "miss")

    def __init__(self):
        self.hit = self.miss = self.err = 0

    @property
    def ratio(self):
        """Percentage of hits."""
        return 100.0 * self.hit / (self.hit + self.miss or 1)


# statistics by (database, model, method)
STAT: dict = defaultdict(ormcache_counter)

_clearing = threading.Lock()
_last_clearing = 0


class MethodCache(LRU):
    """What cached methods answered since a clearing, for all transactions that began after it.

    :param int count: capacity
    :param int cleared: number of the clearing; 0 for what no transaction has known before
    """

    __slots__ = ("cleared",)

    def __init__(self, count: int, cleared: int = 0):
        super().__init__(count)
        self.cleared = cleared


class Caller(Protocol):
    """The transaction of the records that a cached method is called on."""

    #: what :func:`clearings` was when it began
    cache_generation: int

    def own_cache(self, name: str, shared: MethodCache) -> LRU:
        """Return the cache of what this transaction alone knows since ``shared``, the cache of this name, was made."""


def clearings() -> int:
    """Return how many times caches were cleared in this process; to be asked before a transaction reads anything."""
    return _last_clearing


@uninterrupted
def clear_method_caches(caches: dict[str, MethodCache], names, shared: bool = True) -> None:
    """Clear caches for good: calls that are under way put their answers into what nobody asks any more.

    :param caches: the caches of a registry by their names
    :param names: the names of those to clear
    :param shared: transactions side by side use them; otherwise all who do see the same data
    """
    global _last_clearing
    with _clearing:
        _last_clearing += shared
        for name in names:
            cleared = caches[name]
            caches[name] = MethodCache(cleared.count, _last_clearing if shared else cleared.cleared)
            cleared.clear()


class ormcache:
    """Decorator that caches the result of a method by a key.

    :param args: Python expressions over the parameters of the method that make the key: ``'self.env.uid', 'mode'``
    :param cache: name of the cache in the registry
    """

    def __init__(self, *args, **kwargs):
        self.args = args
        self.cache_name = kwargs.pop("cache", "default")
        self.skiparg = kwargs.pop("skiparg", None)
        if kwargs and type(self) is ormcache:
            raise TypeError(f"ormcache got unknown arguments {', '.join(kwargs)}")

    def __call__(self, method):
        """Return ``method`` with a cache around it."""
        self.method = method
        self.determine_key()
        self.cached = update_wrapper(self._cached_method(), method)
        self.cached.__cache__ = self
        return self.cached

    def _cached_method(self):
        """Return the function that takes the place of the method."""
        method, cache_name, make_key, stat = self.method, self.cache_name, self.key, STAT

        def cached(*args, **kwargs):
            model = args[0]
            pool, model_name = model.pool, model._name
            counter = stat[pool.db_name, model_name, method]
            cache = pool._Registry__caches[cache_name]
            transaction = model.env.transaction
            if cache.cleared > transaction.cache_generation:
                cache = transaction.own_cache(cache_name, cache)
            key = (model_name, method, *make_key(*args, **kwargs))
            try:
                value = cache[key]
            except KeyError:
                counter.miss += 1
            except TypeError:
                # an argument that cannot be hashed: the call is made, uncached
                _logger.warning(
                    "arguments of cached method %s.%s cannot be a key: %r", model_name, method.__name__, args[1:]
                )
                counter.err += 1
                return method(*args, **kwargs)
            else:
                counter.hit += 1
                return value
            # outside of the handler: errors of the method have nothing to do with the miss
            value = cache[key] = method(*args, **kwargs)
            return value

        return cached

    def add_value(self, *args, cache_value=None, **kwargs):
        """Put a value into the cache for the arguments (the model first)."""
        cache, key, _counter = self.entry(*args, **kwargs)
        cache[key] = cache_value

    def entry(self, model, *args, **kwargs):
        """Return the cache, key and counter that a call of the method on a model would use."""
        cache, prefix, counter = self.lru(model)
        return cache, prefix + self.key(model, *args, **kwargs), counter

    def _parameters(self):
        return signature(self.method).parameters.values()

    def _key_expressions(self):
        if self.args or self.skiparg is None:
            return list(self.args)
        return [param.name for param in list(self._parameters())[self.skiparg :]]

    def determine_key(self):
        """Compile the function that makes the key out of the arguments."""
        parameters = [param.replace(annotation=Parameter.empty) for param in self._parameters()]
        optional = [param for param in parameters if param.default is not Parameter.empty]
        declared = ", ".join(str(param.replace(default=None) if param in optional else param) for param in parameters)
        items = "".join(f"({expression})," for expression in self._key_expressions())
        self.key = unsafe_eval(f"lambda {declared}: ({items})")
        # the real defaults: how they are written is not known
        keyword_only = {param.name: param.default for param in optional if param.kind is Parameter.KEYWORD_ONLY}
        self.key.__defaults__ = tuple(param.default for param in optional if param.name not in keyword_only) or None
        self.key.__kwdefaults__ = keyword_only or None

    def lru(self, model):
        """Return the cache for a model, the common start of the keys of this method, and its counter."""
        pool, prefix, transaction = model.pool, (model._name, self.method), model.env.transaction
        cache = pool._Registry__caches[self.cache_name]
        if cache.cleared > transaction.cache_generation:
            cache = transaction.own_cache(self.cache_name, cache)
        return cache, prefix, STAT[(pool.db_name, *prefix)]

    def lookup(self, method, *args, **kwargs):
        """Return the cached result of a call; call the method when there is none."""
        return self.cached(*args, **kwargs)

    def clear(self, model, *args):
        """Clear the whole cache this method is kept in; the arguments do not count."""
        model.pool.clear_cache(self.cache_name)


class ormcache_context(ormcache):
    """Like :class:`ormcache`, with values of the context in the key.

    :param keys: names of context keys
    """

    def __init__(self, *args, **kwargs):
        self.keys = kwargs.pop("keys", ())
        super().__init__(*args, **kwargs)

    def _key_expressions(self):
        expressions = super()._key_expressions()
        names = [param.name for param in self._parameters()]
        context = "(context or {})" if "context" in names else "self._context"
        return [*expressions, f"tuple(map({context}.get, {tuple(self.keys)!r}))"]


def get_cache_key_counter(bound_method, *args, **kwargs):
    """Return the cache, key and counter a call of a cached method would use."""
    return bound_method.__cache__.entry(bound_method.__self__, *args, **kwargs)


def log_ormcache_stats(sig=None, frame=None):
    """Log entries, hits and misses of every cached method; fits as a signal handler."""
    level = logging.INFO if sig is None or sig == getattr(signal, "SIGUSR1", None) else logging.DEBUG
    by_database = Counter()
    lines = []
    for (dbname, model, method), stat in sorted(
        STAT.items(), key=lambda item: (str(item[0][0]), item[0][1], item[0][2].__name__)
    ):
        by_database[dbname] += stat.hit + stat.miss
        lines.append(
            f"{dbname} {model}.{method.__name__}: {stat.hit} hits, {stat.miss} misses, {stat.err} errors "
            f"({stat.ratio:.1f}% hits)"
        )
    summary = ", ".join(f"{dbname}: {count} calls" for dbname, count in by_database.items())
    _logger.log(level, "cache statistics (%s)\n%s", summary, "\n".join(lines))
