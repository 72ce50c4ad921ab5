"""Routes that take more than a request may."""

import os
import time

from odoo.http import Controller, request, route
from odoo.tools.budgets import extend_budget


class Probe(Controller):
    """Endless work, each of another kind; none of it is done by an ordinary handler."""

    def _write(self, value):
        request.env["ir.config_parameter"].sudo().set_param(f"budget_probe.{value}", value)
        request.env.flush_all()

    @route("/budget/spin", type="json", auth="none")
    def spin(self):
        """Compute for ever, whatever happens."""
        self._write("spin")
        number = 0
        while True:
            try:
                number += 1
            except Exception:
                number = 0

    @route("/budget/doze", type="json", auth="none")
    def doze(self, cleaned):
        """Do next to nothing for ever, and clean up at the end."""
        self._write("doze")
        try:
            while True:
                time.sleep(0.01)
        finally:
            time.sleep(0.05)
            with open(cleaned, "w", encoding="utf-8") as file:
                file.write("cleaned")

    @route("/budget/sql", type="json", auth="none")
    def sql(self, seconds=60):
        """Have the database compute for long."""
        self._write("sql")
        try:
            request.env.cr.execute("SELECT pg_sleep(%s)", [seconds])
        except Exception:
            return "swallowed"
        return "slept"

    @route("/budget/page", type="http", auth="none")
    def page(self):
        """The same for a browser."""
        request.env.cr.execute("SELECT pg_sleep(60)")
        return "slept"

    @route("/budget/eat", type="json", auth="none")
    def eat(self):
        """Take memory for ever."""
        self._write("eat")
        eaten = []
        while True:
            eaten.append(os.urandom(1) * 4_000_000)

    @route("/budget/stuck", type="json", auth="none")
    def stuck(self, seconds):
        """Wait for something that does not come, in one go."""
        time.sleep(seconds)
        return "woke up"

    @route("/budget/long", type="json", auth="none")
    def long(self, seconds):
        """Work that says that it is long."""
        extend_budget(60)
        return self.known(seconds)

    @route("/budget/known", type="json", auth="none", limit_time=60)
    def known(self, seconds):
        """Work that is known to be long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(0.01)
        request.env.cr.execute("SELECT pg_sleep(0.1)")
        return os.getpid()

    @route("/budget/rows", type="json", auth="none")
    def rows(self, count):
        """Read many rows."""
        request.env.cr.execute("SELECT generate_series(1, %s)", [count])
        return len(request.env.cr.fetchall())

    @route("/budget/pid", type="json", auth="none")
    def pid(self):
        """Which process answers."""
        return os.getpid()
