"""Telling workers, on whatever host, that a database has jobs which are due."""

import logging
from functools import partial
from typing import Any

import psycopg2

from odoo import sql_db
from odoo.db.lifecycle import MAINTENANCE_DATABASE
from odoo.sql import SQL

__all__ = ["CHANNEL", "announce", "announce_after_commit"]

_logger = logging.getLogger("odoo.jobs")

#: what workers listen on, in the database that every server has; the payload is the name of a database
CHANNEL = "odoo_jobs"


def announce(db_name: str) -> None:
    """Wake the workers; when that fails the log tells it, and they find the jobs with their next look."""
    try:
        with sql_db.db_connect(MAINTENANCE_DATABASE).cursor() as cr:
            cr.execute(SQL("SELECT pg_notify(%s, %s)", CHANNEL, db_name))
    except psycopg2.Error as error:
        # the work is committed: it is not to look as if it failed
        _logger.warning("Workers are not told of the jobs of database %s: %s", db_name, str(error).strip())


def announce_after_commit(cr: Any) -> None:
    """Wake the workers when the transaction of a cursor is committed, once however often this is called."""
    if CHANNEL not in cr.postcommit.data:
        cr.postcommit.data[CHANNEL] = True
        cr.postcommit.add(partial(announce, cr.dbname))
