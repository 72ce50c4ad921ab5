"""``/web/health``: whether this process lives, and whether it is of use now.

It is answered before anything else is done: no session, no registry, and no statement unless the last one is old.
"""

from __future__ import annotations

import json
import logging
import threading
import time

import psycopg2

from odoo.db.connect import db_connect
from odoo.db.lifecycle import MAINTENANCE_DATABASE
from odoo.orm.registry import Registry
from odoo.tools.config import config

from .httprequest import HTTPRequest
from .response import Response

_logger = logging.getLogger(__name__)

PATH = "/web/health"
#: seconds for which what was found out about the database is taken for true
FRESH = 1.0
#: seconds that the database has to answer
PATIENCE = 3.0


class _Database:
    """Whether the database answers, asked by one thread at a time, however many want to know."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.answers = False
        self._asked_at = self._told_at = float("-inf")

    def is_there(self) -> bool:
        """Return whether the database answers now, or has answered just before."""
        if time.monotonic() - self._told_at > FRESH and self._lock.acquire(blocking=False):
            try:
                self._asked_at = time.monotonic()
                self.answers = self._ask()
                self._told_at = time.monotonic()
            finally:
                self._lock.release()
        # another thread that waits for the answer for long has none
        return self.answers and time.monotonic() - max(self._told_at, self._asked_at) < PATIENCE

    @staticmethod
    def _ask() -> bool:
        try:
            with db_connect(_database_name() or MAINTENANCE_DATABASE).cursor() as cr:
                cr.execute("SELECT 1")
        except psycopg2.Error as error:
            _logger.info("The database does not answer: %s", str(error).strip())
            return False
        return True


class _Models:
    """Whether the registry of the database is there; when it is not, somebody loads it, and requests need not wait."""

    def __init__(self) -> None:
        self._loading = threading.Lock()

    def are_there(self) -> bool:
        """Return whether requests find the registry; have it loaded if they do not."""
        name = _database_name()
        if not name or Registry.registries.get(name) is not None:
            return True
        if self._loading.acquire(blocking=False):
            threading.Thread(target=self._load, args=(name,), name="odoo.http.health", daemon=True).start()
        return False

    def _load(self, name):
        try:
            Registry(name)
        except Exception:
            _logger.warning("The server is not ready: the registry of %r cannot be loaded", name, exc_info=True)
        finally:
            self._loading.release()


def _database_name() -> str:
    """Return the database that the server is for, or the first of several, empty where any may be asked for."""
    return (config["db_name"] or "").split(",")[0]


_database = _Database()
_models = _Models()


def serve_health(httprequest: HTTPRequest) -> Response | None:
    """Return the answer to a question for the health of the server, None when the request asks for something else.

    ``alive`` is true, as somebody answers. ``database``: it answers. ``ready``: requests can be served at once. The
    status is 503 unless the server is ready; with ``?live=1`` nothing is looked at, and the status is always 200.
    """
    if httprequest.path != PATH:
        return None
    values: dict[str, object] = {"status": "pass", "alive": True}
    if not httprequest.args.get("live"):
        database = _database.is_there()
        ready = database and _models.are_there()
        values.update(status="pass" if ready else "fail", ready=ready, database=database)
        if httprequest.args.get("db_server_status"):
            values["db_server_status"] = database
    passes = values["status"] == "pass"
    headers = {"Cache-Control": "no-store", "Content-Type": "application/json; charset=utf-8"}
    if not passes:
        headers["Retry-After"] = "5"
    return Response(json.dumps(values), status=200 if passes else 503, headers=headers)
