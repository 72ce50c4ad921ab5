"""Environment and transaction: what a recordset runs in (spec: "Environment" of the ORM reference)."""

from __future__ import annotations

import logging
import warnings
from collections import deque
from collections.abc import Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import ref

import pytz

from odoo.exceptions import AccessError, UserError
from odoo.i18n.translate import LazyGettext, get_translated_module, get_translation
from odoo.sql import SQL
from odoo.tools.cache import MethodCache, clearings
from odoo.tools.containers import frozendict
from odoo.tools.lru import LRU

from .cache import Cache
from .flush import flush_all, write_links
from .names import SUPERUSER_ID
from .planner_statistics import InsertedRows
from .state.unit import UnitOfWork

if TYPE_CHECKING:
    from odoo.db.cursor import BaseCursor

__all__ = ["Environment", "Transaction"]

_logger = logging.getLogger("odoo.api")

#: how many environments a transaction keeps that nobody uses
RECENT_ENVIRONMENTS = 100
#: attributes of an environment that were computed from the database
_FROM_DATABASE = frozenset(("user", "company", "companies", "company_env", "tz", "lang", "_lang"))


class _Once:
    """Attribute that is computed at its first access and then lives in the instance's ``__dict__``."""

    def __init__(self, function):
        self.function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.function(instance)
        return value


class _EnvironmentReference(ref):
    """Weak reference to an environment, with the parameters that it is found by."""

    __slots__ = ("key",)


def _forgetter(references):
    """Return the function that takes a reference out of a dictionary when what it refers to is gone."""

    def forget(reference):
        if references.get(reference.key) is reference:
            del references[reference.key]

    return forget


class SentDefaults(NamedTuple):
    """What somebody from outside sent as defaults: ``uid``, who it was, and ``values`` by their key of the context."""

    uid: int
    values: dict[str, Any]

    def have(self, key: str, value: Any) -> bool:
        """Tell whether a value of a context is the one that was sent, not one that code has put there since."""
        return key in self.values and self.values[key] is value


class Transaction:
    """What the environments of one cursor share: the registry, and a unit of work.

    ``unit``: what is known, and what is to be computed and written; ``stale``: the part of it that is asked at every
    assignment; ``owns_registry``: nobody else uses the registry; ``restartable``: its work can begin again on such a
    registry; ``found``: what the last search found under record rules, see :meth:`note_found`; ``sent``: the defaults
    in the context of the call that is being served, see :meth:`note_sent`; ``cache_generation``: what of the answers of
    cached methods it shares with others, see :mod:`odoo.tools.cache`; ``named``: many2one fields whose records are
    asked for their names as soon as the fields are fetched.
    """

    __slots__ = (
        "cache_generation",
        "found",
        "inserted_rows",
        "named",
        "owns_registry",
        "registry",
        "restartable",
        "sent",
        "stale",
        "unit",
        "_cache",
        "_envs",
        "_flushing",
        "_forget_env",
        "_own_caches",
        "_recent",
    )

    def __init__(self, registry):
        self.registry = registry
        self.cache_generation = clearings()
        #: name -> the registry's cache, and the one that is used instead
        self._own_caches: dict[str, tuple[MethodCache, LRU]] = {}
        self.owns_registry = self.restartable = False
        self.found: tuple | None = None
        self.sent: SentDefaults | None = None
        self.named: frozenset = frozenset()
        self.unit = UnitOfWork()
        self.stale = self.unit.stale
        self._cache = Cache(self.unit)
        self.inserted_rows = InsertedRows()
        #: parameters -> weak reference to the environment that has them, the newest last
        self._envs: dict = {}
        self._forget_env = _forgetter(self._envs)
        #: loops make the same ones again and again: these stay although nobody uses them at the moment
        self._recent: deque = deque(maxlen=RECENT_ENVIRONMENTS)
        #: the first environment, and the first of the superuser: what is written late is written with one of them
        self._flushing: list[Environment] = []

    @property
    def cache(self) -> Cache:
        """The values, by recordsets; addons put another one in place for a while."""
        return self._cache

    @cache.setter
    def cache(self, cache: Cache) -> None:
        self._cache = cache
        self.unit.use(cache.columns, cache.mirrors, cache.changes)

    @property
    def tocompute(self) -> Mapping:
        """``{field: ids}`` of the stored values to compute; addons put others in place for a while."""
        return self.stale.by_field()

    @tocompute.setter
    def tocompute(self, marked: Mapping) -> None:
        self.stale.replace(marked)

    @property
    def protected(self) -> Mapping:
        """``{field: ids}`` of what nobody may mark to be computed, to look at; see :attr:`stale`."""
        return self.stale.protected()

    @classmethod
    def register_registries(cls, registry_of):
        """Have ``registry_of(database name)`` give the registry of a transaction that begins without one.

        The package of registries does this: its rooms work with environments, so nothing here is built on them.
        """
        cls._registry_of = staticmethod(registry_of)

    @staticmethod
    def _registry_of(db_name):
        raise RuntimeError(f"No registry of database {db_name!r}: odoo.orm.registry, which has it, was not imported")

    @classmethod
    def begin(cls, cr):
        """Return a transaction for a cursor that has none yet, on the registry of its database."""
        transaction = cr.transaction = cls(cls._registry_of(cr.dbname))
        transaction.cache_generation = cr.cache_generation
        return transaction

    @property
    def envs(self) -> tuple:
        """The environments in use and the newest ones, which come last."""
        return tuple(env for reference in list(self._envs.values()) if (env := reference()) is not None)

    def _keep(self, env, key):
        """Find an environment again by its parameters, while somebody uses it or it is one of the newest."""
        reference = self._envs[key] = _EnvironmentReference(env, self._forget_env)
        reference.key = key
        self._recent.append(env)
        if len(self._flushing) < 2 and (not self._flushing or (env.uid == SUPERUSER_ID and not env.context)):
            self._flushing.append(env)

    def note_sent(self, env: Environment) -> None:
        """Remember what a caller from outside wants as defaults of new records: it counts where they may write.

        :param env: the environment of the call, with the caller's user and context
        """
        values = {key: value for key, value in env.context.items() if key.startswith("default_")}
        if values:
            self.sent = SentDefaults(env.uid, values)

    def note_found(self, records):
        """Remember that the record rules let the user of ``records`` read them, until another statement is run."""
        self.found = (records.env, records._name, records._ids, records._cr.sql_log_count)

    def is_found(self, records) -> bool:
        """Tell whether a search of the same environment has just found ``records``, and nothing changed since."""
        # fast path of a search under record rules
        if self.found is None or not self.unit.is_settled():
            return False
        return self.found == (records.env, records._name, records._ids, records._cr.sql_log_count)

    def any_env(self):
        """Return an environment of this transaction to flush with: the superuser's where there is one."""
        return self._flushing[-1] if self._flushing else None

    def flush(self):
        """Recompute and write everything that is pending."""
        if not self.unit:
            return
        env = self.any_env()
        if env is not None:
            env.flush_all()

    def link(self, cr, field, added, removed):
        """Have rows of a relation table inserted and deleted: with the next flush, or right before the next statement.

        :param cr: the cursor of the transaction
        :param field: a many2many field
        :param added, removed: pairs of the id of a record of the field's model and the id of one that it refers to
        """
        self.unit.links.change(field, added, removed)
        cr.before_statement = partial(write_links, cr, self.unit.links)

    def forget_unwritten(self):
        """Forget what was to be written before the next statement, and what methods answered, as that was undone."""
        self.unit.links.clear()
        self._own_caches.clear()

    def clear(self):
        """Forget the cache and pending computations, as after a rollback."""
        self.found = None
        self.unit.clear()
        for reference in list(self._envs.values()):
            env = reference()
            if env is not None:
                env._forget()

    def ended(self, cache_generation: int):
        """Take note that the transaction has ended in the database: another one sees what others did meanwhile."""
        self.cache_generation = cache_generation
        self._own_caches.clear()

    def own_cache(self, name: str, shared: MethodCache) -> LRU:
        """Return the cache of what this transaction alone knows since ``shared``, the cache of this name, was made."""
        known, own = self._own_caches.get(name, (None, None))
        if own is None or known is not shared:
            own = LRU(shared.count)
            self._own_caches[name] = shared, own
        return own

    def forget_languages(self):
        """Have the environments look again whether people may use their languages."""
        for env in self.envs:
            env._forget()

    def reset(self):
        """Make the environments follow a registry that was reloaded, and forget everything cached."""
        self.follow(self.registry if self.owns_registry else self._registry_of(self.registry.db_name))

    def follow(self, registry):
        """Make the environments use ``registry``, and forget everything cached."""
        self.registry = registry
        for env in self.envs:
            env.registry = registry
            env._cache_keys.clear()
        self.clear()


class Environment(Mapping):
    """Cursor, user, context and superuser mode, and the models seen through them: ``env[model_name]``.

    :param cr: cursor of the current transaction
    :param uid: id of the acting user
    :param context: dict of arbitrary, immutable metadata
    :param su: skip access checks
    """

    # what the instance's dictionary holds
    cr: BaseCursor
    uid: Any
    su: bool
    context: Mapping[str, Any]
    uid_origin: int | None
    transaction: Transaction
    # a Registry, whose room is built on this one
    registry: Any
    cache: Any
    #: the fast door to cached values: ``env.live[field][id]`` (see ``Columns.live``)
    live: Any

    def __new__(cls, cr, uid, context, su=False, uid_origin=None):
        """Return the environment of the transaction that has these parameters, a new one only when there is none."""
        if uid == SUPERUSER_ID:
            su = True
        transaction = cr.transaction
        if transaction is None:
            transaction = Transaction.begin(cr)
        context = frozendict(context)
        uid_origin = uid_origin or (uid if isinstance(uid, int) else None)
        if uid_origin == SUPERUSER_ID:
            uid_origin = None
        key = (cr, uid, su, uid_origin, context)
        try:
            reference = transaction._envs.get(key)
            if reference is not None and (env := reference()) is not None:
                return env
        except TypeError:
            key = None
        self = object.__new__(cls)
        self.__dict__.update(
            cr=cr,
            uid=uid,
            su=su,
            context=context,
            uid_origin=uid_origin,
            transaction=transaction,
            registry=transaction.registry,
            cache=transaction._cache,
            live=transaction._cache.columns.live,
            _cache_keys={},
        )
        transaction._keep(self, key if key is not None else id(self))
        return self

    def __setattr__(self, name, value):
        self.__dict__[name] = value
        if name == "cache":
            # addons put another cache in place for a while
            self.live = value.columns.live

    @property
    def all(self):
        """The transaction, under its older name."""
        return self.transaction

    # mapping of model names to empty recordsets

    def __getitem__(self, model_name: str):
        try:
            return self.registry.models[model_name](self, (), ())
        except KeyError:
            today = self.registry.former_names.get(model_name)
            if today is None:
                raise KeyError(model_name) from None
        warnings.warn(f"The model {model_name!r} is called {today!r}", DeprecationWarning, stacklevel=2)
        return self[today]

    def __contains__(self, model_name):
        return model_name in self.registry.models or model_name in self.registry.former_names

    def __iter__(self):
        return iter(self.registry.models)

    def __len__(self):
        return len(self.registry.models)

    def __eq__(self, other):
        return self is other

    def __ne__(self, other):
        return self is not other

    __hash__ = object.__hash__

    def __call__(self, cr=None, user=None, context=None, su=None):
        """Return an environment that differs in the given parts (``user`` turns superuser mode off unless ``su``)."""
        if su and cr is None and user is None and context is None:
            # an environment that keeps itself goes with the cyclic garbage only
            return self if self.su else self._superuser_mode
        if su is None:
            # the rights of this user's superuser mode are not another user's
            su = self.su and user is None
        return Environment(
            self.cr if cr is None else cr,
            self.uid if user is None else int(user),
            self.context if context is None else context,
            su,
            self.uid_origin,
        )

    @_Once
    def _superuser_mode(self):
        """The same in superuser mode: kept with this one, as it is asked for again and again."""
        return Environment(self.cr, self.uid, self.context, True, self.uid_origin)

    # who and what

    def is_superuser(self) -> bool:
        """Tell whether access checks are skipped."""
        return self.su

    def is_admin(self) -> bool:
        """Tell whether the user has access-rights administration or is in superuser mode."""
        return self.su or self.user._is_admin()

    def is_system(self) -> bool:
        """Tell whether the user may change settings or is in superuser mode."""
        return self.su or self.user._is_system()

    def ref(self, xml_id: str, raise_if_not_found: bool = True):
        """Return the record that the external id names.

        :raise ValueError: when there is no such external id, or its record is gone (unless told not to raise)
        """
        named = self.registry.services.external_ids.find(self, xml_id, raise_if_not_found)
        if named is None:
            return None
        model_name, res_id = named
        record = self[model_name].browse(res_id).exists()
        if not record and raise_if_not_found:
            raise ValueError(f"The record of external id {xml_id} is gone; it was probably deleted.")
        return record or None

    @_Once
    def user(self):
        """The acting user, readable without access rights."""
        return self.registry.services.accounts.user(self)

    @_Once
    def company(self):
        """The current company: the first of ``allowed_company_ids``, else the user's.

        :raise AccessError: when the context names a company that is not the user's
        """
        company_ids = self._allowed_company_ids()
        if company_ids:
            return self.registry.services.accounts.companies(self, company_ids[:1])
        return self.user.company_id.with_env(self)

    @_Once
    def companies(self):
        """The enabled companies: those of ``allowed_company_ids``, else all of the user's.

        :raise AccessError: when the context names a company that is not the user's
        """
        company_ids = self._allowed_company_ids() or self.user._get_company_ids()
        return self.registry.services.accounts.companies(self, company_ids)

    @_Once
    def company_env(self):
        """The environment of nobody in particular in the current company."""
        return self.company.with_env(self(user=SUPERUSER_ID)).with_company(self.company).env

    def _allowed_company_ids(self) -> list[int]:
        """Return the ids in the context after checking them against the user's companies."""
        company_ids = self.context.get("allowed_company_ids") or []
        if company_ids and not self.su:
            foreign = set(company_ids) - set(self.user._get_company_ids())
            if foreign:
                raise AccessError(self._("The context names a company that does not exist or is not one of yours."))
        return list(company_ids)

    @_Once
    def tz(self):
        """The time zone of the context or the user, UTC when there is none."""
        name = self.context.get("tz") or self.user.tz
        try:
            return pytz.timezone(name) if name else pytz.utc
        except pytz.UnknownTimeZoneError:
            _logger.debug("unknown time zone %r", name)
            return pytz.utc

    @_Once
    def lang(self):
        """The language code of the context, ``None`` for the source language.

        :raise UserError: when the language does not exist or is not active
        """
        lang = self.context.get("lang")
        if not lang or lang == "en_US":
            return lang or None
        if not self.registry.services.languages.is_active(self, lang):
            raise UserError(f"Language {lang!r} does not exist or is not active.")
        return lang

    @_Once
    def _lang(self):
        """The language code that translated values are cached under."""
        # who works on translations gets terms with marks around them, or terms that wait for a confirmation
        marked = any(map(self.context.get, ("edit_translations", "check_translations")))
        return f"{'_' if marked else ''}{self.lang or 'en_US'}"

    def _(self, source, *args, **kwargs) -> str:
        """Translate ``source`` into the environment's language and fill in its placeholders.

        :param source: a text of the module that the calling code is part of, or a lazy text, which has its values
        :param args: values for its ``%`` placeholders
        :param kwargs: or named values
        """
        lang = self.context.get("lang") or "en_US"
        if isinstance(source, LazyGettext):
            return source._translate(lang)
        return get_translation(get_translated_module(1), lang, source, args or kwargs)

    # cache and computations

    def cache_key(self, field) -> tuple:
        """Return the key of ``field``'s cached column for this environment's context."""
        try:
            return self._cache_keys[field]
        except KeyError:
            key = self._cache_keys[field] = tuple(self._context_value(name, field) for name in field.context_keys)
            return key

    def _context_value(self, name, field):
        """Return the value that stands for context key ``name`` in cache keys of ``field``."""
        if name == "company":
            return self.company.id
        if name == "uid":
            # what is always computed in superuser mode is the same with it and without
            return (self.uid, self.su) if self.su and not field.compute_sudo else self.uid
        if name == "lang":
            return self._lang
        if name == "active_test":
            return self.context.get("active_test", True)
        value = self.context.get(name)
        if name.startswith("bin_size"):
            return bool(value)
        if isinstance(value, list):
            return tuple(value)
        return value if value.__hash__ else repr(value)

    def _forget(self):
        """Drop what was computed from the database."""
        values = self.__dict__
        for name in _FROM_DATABASE & values.keys():
            del values[name]
        self._cache_keys.clear()

    def reset(self):
        """Reset the transaction (see :meth:`Transaction.reset`)."""
        self.transaction.reset()

    def clear(self):
        """Forget all cached values and pending computations of the transaction."""
        self.transaction.clear()

    def invalidate_all(self, flush: bool = True):
        """Forget all cached values, after writing what is pending unless told otherwise."""
        if flush:
            self.flush_all()
        self.cache.invalidate()

    def flush_all(self):
        """Recompute all pending computed fields and write all changes to the database."""
        flush_all(self)

    def fields_to_compute(self):
        """Return the stored computed fields with records to compute."""
        return self.transaction.stale.fields()

    def records_to_compute(self, field):
        """Return the records whose ``field`` is to be computed."""
        return self[field.model_name].browse(self._marked(field))

    def is_to_compute(self, field, record) -> bool:
        """Tell whether ``field`` is to be computed on ``record``."""
        return record.id in (self.transaction.stale.ids(field) or ())

    def not_to_compute(self, field, records):
        """Return those ``records`` whose ``field`` is up to date."""
        return records - records.browse(self._marked(field))

    def _marked(self, field) -> tuple:
        """Return the ids whose ``field`` is to be computed."""
        return tuple(self.transaction.stale.ids(field) or ())

    def add_to_compute(self, field, records):
        """Mark ``field`` to be computed on ``records``."""
        self.transaction.stale.mark(field, records._ids)

    def remove_to_compute(self, field, records):
        """Unmark ``field`` on ``records``."""
        self.transaction.stale.unmark(field, records._ids)

    @contextmanager
    def norecompute(self):
        """Do nothing: recomputation is always delayed (kept for older code)."""
        yield

    def is_protected(self, field, record) -> bool:
        """Tell whether ``record`` is protected against invalidation or recomputation of ``field``."""
        return self.transaction.stale.protects(field, record.id)

    def protected(self, field):
        """Return the records protected for ``field``."""
        return self[field.model_name].browse(tuple(self.transaction.stale.protected_ids(field)))

    @contextmanager
    def protecting(self, what, records=None):
        """Protect fields against invalidation and recomputation inside the block.

        :param what: fields, with ``records``; or an iterable of ``(fields, records)`` pairs
        """
        pairs = [(what, records)] if records is not None else what
        pairs = [(tuple(fields), recs._ids) for fields, recs in pairs]
        stale = self.transaction.stale
        for fields, ids in pairs:
            stale.protect(fields, ids)
        try:
            yield
        finally:
            for fields, _ids in pairs:
                stale.release(fields)

    # queries

    def flush_query(self, query: SQL):
        """Write what the fields in the metadata of ``query`` have pending."""
        if not (self.cache.changes or self.transaction.stale):
            return
        # fast path of flush_all()
        for field in dict.fromkeys(query.to_flush):
            if field.store:
                self[field.model_name].flush_model([field.name])

    def execute_query(self, query: SQL) -> list[tuple]:
        """Flush the fields that ``query`` depends on, run it and return its rows."""
        cr = self._executed(query)
        return cr.fetchall() if cr.description else []

    def execute_query_dict(self, query: SQL) -> list[dict]:
        """Like :meth:`execute_query`, each row a dict."""
        cr = self._executed(query)
        return cr.dictfetchall() if cr.description else []

    def _executed(self, query: SQL):
        """Return the cursor with the result of ``query``, after writing what it looks at.

        :raise TypeError: for text: what is not an ``SQL`` object does not tell what it looks at
        """
        if not isinstance(query, SQL):
            raise TypeError(f"a query is an SQL object, not {type(query).__name__}")
        self.flush_query(query)
        self.cr.execute(query)
        return self.cr
