"""One change of models at a time in a database, in all processes; those that meet its traces wait for its end."""

import threading
from contextlib import contextmanager

from odoo import sql_db
from odoo.sql import SQL

__all__ = [
    "ModulesBusyError",
    "changing_models",
    "changing_modules",
    "claim_modules",
    "models_are_changing",
    "wait_for_models",
]

#: held by who changes models, until everybody can have the registry that knows the change
_MODELS = "odoo.orm.registry"
#: held by who installs, upgrades or removes modules; somebody else who wants to is refused
_MODULES = "odoo.modules.loading"


class ModulesBusyError(Exception):
    """Another process is changing the modules of the database."""


class _Held(threading.local):
    """The databases whose models this thread changes: what it does meanwhile must not wait for itself."""

    def __init__(self):
        self.databases = set()


_held = _Held()


def _lock(function, name) -> SQL:
    return SQL("SELECT %s(hashtext(%s))", SQL.identifier(function), name)


@contextmanager
def changing_models(db_name):
    """Keep others from changing the models of a database inside the block; wait for who is at it."""
    if db_name in _held.databases:
        yield
        return
    with sql_db.db_connect(db_name).cursor() as cr:
        cr.execute(_lock("pg_advisory_xact_lock", _MODELS))
        _held.databases.add(db_name)
        try:
            yield
        finally:
            _held.databases.discard(db_name)


@contextmanager
def changing_modules(db_name):
    """Keep others from changing modules and models of a database inside the block.

    :raise ModulesBusyError: when others are changing modules
    """
    with sql_db.db_connect(db_name).cursor() as cr:
        claim_modules(cr)
        with changing_models(db_name):
            yield


def claim_modules(cr):
    """Keep others from changing modules until the transaction of ``cr`` ends.

    :raise ModulesBusyError: when others are at it
    """
    cr.execute(_lock("pg_try_advisory_xact_lock", _MODULES))
    if not cr.fetchone()[0]:
        raise ModulesBusyError(f"another process is changing the modules of database {cr.dbname}")


def models_are_changing(cr) -> bool:
    """Tell whether somebody else is changing the models of the database of ``cr``."""
    if cr.dbname in _held.databases:
        return False
    cr.execute(_lock("pg_try_advisory_xact_lock_shared", _MODELS))
    return not cr.fetchone()[0]


def wait_for_models(cr, seconds):
    """Wait until nobody changes the models of the database of ``cr``, whose transaction did nothing yet.

    :raise psycopg2.errors.LockNotAvailable: when that takes longer than ``seconds``
    """
    cr.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])
    cr.execute(_lock("pg_advisory_xact_lock_shared", _MODELS), log_exceptions=False)
