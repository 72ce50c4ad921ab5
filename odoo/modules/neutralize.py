"""Neutralisation: making a copy of a production database harmless by the SQL files its modules bring."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator

from odoo.db.cursor import BaseCursor

from .module import get_resource_path

_logger = logging.getLogger(__name__)


def get_installed_modules(cursor: BaseCursor) -> list[str]:
    """Return the names of the modules that are installed or about to be changed."""
    cursor.execute("SELECT name FROM ir_module_module WHERE state IN ('installed', 'to upgrade', 'to remove')")
    return [row[0] for row in cursor.fetchall()]


def get_neutralization_queries(modules: Iterable[str]) -> Iterator[str]:
    """Yield the content of ``data/neutralize.sql`` of those of `modules` that have one."""
    for module in modules:
        path = get_resource_path(module, os.path.join("data", "neutralize.sql"))
        if path:
            with open(path, encoding="utf-8") as file:
                if content := file.read().strip():
                    yield content


def neutralize_database(cursor: BaseCursor) -> None:
    """Run the neutralisation of all installed modules."""
    for query in get_neutralization_queries(get_installed_modules(cursor)):
        cursor.execute(query)
    _logger.info("Neutralized database %s", cursor.dbname)
