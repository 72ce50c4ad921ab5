"""Counting failed logins in the database, for all processes and hosts that share it."""

import logging
import math
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import TooManyAttempts
from odoo.http import request
from odoo.tools import SQL
from odoo.tools.addresses import client_network
from odoo.tools.translate import _

from .apart import work_apart

#: the log of failed logins: its lines begin in the same way for all doors, see docs/deployment.md
_logger = logging.getLogger("odoo.login")

#: an address, and an account wherever it is tried from, may fail as often as so many accounts at one address
ALLOWANCE = 2
#: longest pause, in seconds, of an address and of an account at an address
LONGEST_PAUSE = 3600
#: longest pause, in seconds, of an account that is tried from anywhere: strangers may make its user wait for so long
LONGEST_PAUSE_OF_ACCOUNT = 900
#: one failure is forgotten in so many times the first pause
FORGOTTEN_AFTER = 5
#: seconds after which a source that does not fail any more is forgotten
MEMORY = 24 * 3600
#: sources that are remembered, those that failed last
SIZE = 100_000
#: after so many new sources those that are too many are swept
SWEEP_INTERVAL = 1000
#: failed logins of an account are no account's where it is not known whose they are
ANY = "*"
#: account of wrong API keys: nobody knows whose they were meant to be
KEYS = "key"


class Limits(NamedTuple):
    """How often one may fail: ``allowed`` times, 0 for any number, and the first pause in seconds."""

    allowed: int
    pause: int

    def seconds_left(self, source: str, failures: float, age: float) -> int:
        """Return how long a source has to wait that failed so often, the last time ``age`` seconds ago."""
        address, account = source.split("|", 1)
        allowed = self.allowed if ANY not in (address, account) else self.allowed * ALLOWANCE
        beyond = round(failures) - allowed
        if beyond < 0:
            return 0
        longest = LONGEST_PAUSE_OF_ACCOUNT if address == ANY else LONGEST_PAUSE
        pause = min(self.pause * 2 ** min(beyond, 30), max(self.pause, longest))
        return max(0, math.ceil(pause - age))


class LoginFailures(models.Model):
    """A source of failed logins: ``address|account``, with a ``*`` for any address or any account."""

    _name = "res.users.login.failure"
    _description = "Failed Logins"
    _log_access = False

    source = fields.Char(required=True, readonly=True)
    failures = fields.Float(required=True, readonly=True, help="How often it failed; forgotten little by little.")
    last_failure = fields.Datetime("Last Failure", required=True, readonly=True, index=True)

    _sql_constraints = [("source_key", "UNIQUE (source)", "The failures of a source are counted in one place.")]

    @api.model
    def _limits(self) -> Limits:
        """Return the limits of the database: the system parameters ``base.login_cooldown_*``."""
        parameter = self.env["ir.config_parameter"].sudo().get_param
        return Limits(
            int(parameter("base.login_cooldown_after", 5)), int(parameter("base.login_cooldown_duration", 60))
        )

    @api.model
    def _sources(self, account: str | None) -> list[str]:
        """Return the sources that a failure of the client counts for, none outside of requests.

        :param account: who the client tries to be, ``None`` where that is not known; :data:`KEYS` counts at the
            address alone, so that a program whose key ended stops no people
        """
        if not request:
            return []
        address = client_network(request.httprequest.remote_addr)
        if account == KEYS:
            return [f"{address}|{KEYS}"]
        accounts = [f"{address}|{account}", f"{ANY}|{account}"] if account else []
        return [*accounts, f"{address}|{ANY}"]

    @api.model
    def _counted(self, sources: list[str]) -> list[tuple]:
        """Return ``(source, failures, seconds since the last one)`` of those sources that failed."""
        if not sources:
            return []
        return self.env.execute_query(self._counted_query(sources))

    @api.model
    def _counted_query(self, sources: list[str]) -> SQL:
        """Return the query of :meth:`_counted`."""
        return SQL(
            "SELECT source, failures, extract(epoch FROM clock_timestamp() AT TIME ZONE 'UTC' - last_failure)::float "
            "FROM res_users_login_failure WHERE source = ANY(%s)",
            sources,
        )

    @api.model
    def _assert_no_pause(self, counted, uid: int | None = None):
        """Refuse a client that has to wait.

        Who was logged in as the user from the same address before does not wait for what strangers did.

        :param counted: what :meth:`_counted` returns
        :param uid: the user that the client tries to be
        :raise TooManyAttempts: while it has to
        """
        limits = self._limits()
        if not limits.allowed:
            return
        waits = {source: limits.seconds_left(source, failures, age) for source, failures, age in counted}
        waits = {source: seconds for source, seconds in waits.items() if seconds}
        if waits and all(source.startswith(f"{ANY}|") for source in waits) and self._is_at_home(uid):
            return
        if waits:
            source = max(waits, key=waits.__getitem__)
            self._log("not tried, %s has to wait for %s seconds", source, waits[source])
            raise TooManyAttempts(
                _("Too many failed logins: wait for %s seconds, then try again.", waits[source]), waits[source]
            )

    @api.model
    def _is_at_home(self, uid: int | None) -> bool:
        """Tell whether the client's address is one that the user was logged in from."""
        if not uid:
            return False
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT ip_address FROM res_device_log WHERE user_id = %s AND ip_address > '' LIMIT 1000", uid)
        )
        return client_network(request.httprequest.remote_addr) in {client_network(address) for (address,) in rows}

    @api.model
    def _log(self, what: str, *args):
        """Write a line about the client to the log of failed logins: its address comes before all that it chose."""
        address = request.httprequest.remote_addr if request else "n/a"
        _logger.warning("Failed login from %s on %s: %s", address, self.env.cr.dbname, what % args)

    @api.model
    def _count(self, sources: list[str]):
        """Count a failure of the sources, at once, for all processes, whatever becomes of the caller's transaction."""
        limits = self._limits()
        if not (sources and limits.allowed):
            return
        now = SQL("clock_timestamp() AT TIME ZONE 'UTC'")
        with work_apart(self.env) as cr:
            cr.execute(
                SQL(
                    """INSERT INTO res_users_login_failure AS known (source, failures, last_failure)
                       SELECT source, 1, %s FROM unnest(%s) AS source ORDER BY source
                  ON CONFLICT (source) DO UPDATE SET last_failure = excluded.last_failure,
                       failures = 1 + greatest(0, known.failures
                           - extract(epoch FROM excluded.last_failure - known.last_failure) / %s)
                    RETURNING id, xmax = 0""",
                    now,
                    sources,
                    max(limits.pause, 1) * FORGOTTEN_AFTER,
                )
            )
            if any(added and id_ % SWEEP_INTERVAL == 0 for id_, added in cr.fetchall()):
                self.with_env(self.env(cr=cr))._sweep()

    @api.model
    def _forget(self, sources: list[str]):
        """Forget the failures of sources, at once and for all processes."""
        if sources:
            with work_apart(self.env) as cr:
                cr.execute(SQL("DELETE FROM res_users_login_failure WHERE source = ANY(%s)", sources))

    @api.model
    def _sweep(self):
        """Delete the sources that did not fail for long, and those that are too many."""
        self.env.cr.execute(
            SQL(
                """DELETE FROM res_users_login_failure
                    WHERE last_failure < clock_timestamp() AT TIME ZONE 'UTC' - %s * interval '1 second'
                       OR id IN (SELECT id FROM res_users_login_failure ORDER BY last_failure DESC OFFSET %s)""",
                MEMORY,
                SIZE,
            )
        )

    @api.autovacuum
    def _gc_login_failures(self):
        """Sweep every day, too."""
        self._sweep()
