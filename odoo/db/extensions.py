"""Extensions of PostgreSQL that searches profit from."""

import enum
import logging

import psycopg2

from odoo.sql import SQL

from .connect import db_connect
from .cursor import BaseCursor

__all__ = [
    "ACCENT_FUNCTION",
    "FunctionStatus",
    "accent_function",
    "create_accent_function",
    "create_extensions",
    "has_trigram",
    "has_unaccent",
]

_logger = logging.getLogger(__name__)

#: what takes the accents off texts in searches and indexes: ``unaccent()`` depends on a dictionary, so that PostgreSQL
#: lets no index use it; this one says that the dictionary stays as it is
ACCENT_FUNCTION = "immutable_unaccent"
_ACCENT_FUNCTION_SQL = (
    f"CREATE OR REPLACE FUNCTION public.{ACCENT_FUNCTION}(text) RETURNS text "
    "LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$SELECT public.unaccent('public.unaccent', $1)$$"
)
#: extension -> what it is good for
_EXTENSIONS = {
    "unaccent": "searches can ignore accents (--unaccent)",
    "pg_trgm": "searches for a part of a text (names of contacts, products and documents) need not read whole tables",
}


class FunctionStatus(enum.IntEnum):
    """Whether a database function exists and may be used in an index."""

    MISSING = 0
    PRESENT = 1
    INDEXABLE = 2


def create_extensions(name: str) -> None:
    """Install the extensions in a database, where the server offers them.

    :param name: name of the database
    """
    with db_connect(name).cursor() as cr:
        cr.execute(SQL("SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", list(_EXTENSIONS)))
        available = {extension for [extension] in cr.fetchall()}
        for extension in _EXTENSIONS:
            if extension in available:
                statement = SQL("CREATE EXTENSION IF NOT EXISTS %s", SQL.identifier(extension))
                if not _execute(cr, statement):
                    _logger.info("Extension %s cannot be installed: the PostgreSQL user may not do that", extension)
        create_accent_function(cr)
        if "unaccent" in available:
            # dumps of older servers have indexes with unaccent() itself; a superuser alone may allow them
            _execute(cr, SQL("ALTER FUNCTION unaccent(text) IMMUTABLE"))
    missing = [extension for extension in _EXTENSIONS if extension not in available]
    if missing:
        _logger.warning(
            "The PostgreSQL server lacks %s: install its contrib package (postgresql-contrib on Debian and Ubuntu) "
            "before databases are made, so that %s",
            " and ".join(missing),
            " and ".join(_EXTENSIONS[extension] for extension in missing),
        )


def create_accent_function(cr: BaseCursor) -> None:
    """Make the function for searches and indexes that ignore accents, where the extension is and it is not."""
    if has_unaccent(cr) == FunctionStatus.PRESENT and not _execute(cr, SQL(_ACCENT_FUNCTION_SQL)):
        _logger.info(
            "Indexes are of no use to searches that ignore accents: function %s cannot be made", ACCENT_FUNCTION
        )


def accent_function(cr: BaseCursor) -> SQL:
    """Return the name of the function that makes a text be without accents."""
    cr.execute(SQL("SELECT 1 FROM pg_proc WHERE proname = %s", ACCENT_FUNCTION))
    return SQL.identifier(ACCENT_FUNCTION if cr.rowcount else "unaccent")


def _execute(cr, statement):
    """Execute a statement; return whether the user may do that and what it needs is where it should be."""
    try:
        with cr.savepoint(flush=False):
            cr.execute(statement, log_exceptions=False)
    except (
        psycopg2.errors.InsufficientPrivilege,
        psycopg2.errors.UndefinedFunction,
        psycopg2.errors.UndefinedObject,
    ):
        return False
    return True


def has_unaccent(cr: BaseCursor) -> FunctionStatus:
    """Return the :class:`FunctionStatus` of ``unaccent(text)``, or of the function that stands for it."""
    cr.execute(
        SQL(
            "SELECT bool_or(provolatile = 'i') FROM pg_proc "
            "WHERE proname IN ('unaccent', %s) AND pg_function_is_visible(oid) AND pronargs = 1",
            ACCENT_FUNCTION,
        )
    )
    immutable = cr.fetchone()[0]
    if immutable is None:
        return FunctionStatus.MISSING
    return FunctionStatus.INDEXABLE if immutable else FunctionStatus.PRESENT


def has_trigram(cr: BaseCursor) -> bool:
    """Return whether the functions of the extension ``pg_trgm`` are there."""
    cr.execute("SELECT 1 FROM pg_proc WHERE proname = 'word_similarity'")
    return bool(cr.rowcount)
