"""``ir.profile``: measurements of what requests spend their time on."""

import base64
import datetime
import json
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.speedscope import Speedscope
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)

#: system parameter: until when users may measure their requests
ENABLED_UNTIL = "base.profiling_enabled_until"
#: how long measurements are kept
KEPT = datetime.timedelta(days=30)


class IrProfile(models.Model):
    """A measurement, as collected by the server."""

    _name = "ir.profile"
    _description = "Profiling results"
    _log_access = False
    _order = "session desc, id desc"
    _allow_sudo_commands = False

    create_date = fields.Datetime("Creation Date")
    session = fields.Char(index=True)
    name = fields.Char("Description")
    duration = fields.Float()
    init_stack_trace = fields.Text("Initial stack trace", prefetch=False)
    sql = fields.Text("Sql", prefetch=False)
    sql_count = fields.Integer("Queries Count")
    traces_async = fields.Text("Traces Async", prefetch=False)
    traces_sync = fields.Text("Traces Sync", prefetch=False)
    qweb = fields.Text("Qweb", prefetch=False)
    entry_count = fields.Integer("Entry count")
    speedscope = fields.Binary("Speedscope", compute="_compute_speedscope")
    speedscope_url = fields.Text("Open", compute="_compute_speedscope_url")

    @api.autovacuum
    def _gc_profile(self):
        """Delete what is older than a month."""
        outdated = [("create_date", "<", fields.Datetime.now() - KEPT)]
        self.sudo().search(outdated).unlink()

    def _compute_speedscope(self):
        """Convert what was collected to the file format of the viewer Speedscope."""
        for profile in self:
            viewed = Speedscope(profile.name or "", json.loads(profile.init_stack_trace or "[]"))
            for name in ("sql", "traces_async", "traces_sync"):
                viewed.add(name, json.loads(profile[name] or "[]"))
            profile.speedscope = base64.b64encode(json.dumps(viewed.add_default().make()).encode())

    def _compute_speedscope_url(self):
        """Tell where the viewer is."""
        for profile in self:
            profile.speedscope_url = f"/web/speedscope/{profile.id}"

    def _enabled_until(self):
        """Return until when users may measure their requests, ``None`` when they may not."""
        text = self.env["ir.config_parameter"].sudo().get_param(ENABLED_UNTIL)
        until = fields.Datetime.to_datetime(text)
        return text if until and until > fields.Datetime.now() else None

    @api.model
    def set_profiling(self, profile=None, collectors=None, params=None):
        """Switch the measuring of the session's requests on or off.

        :param profile: on or off, ``None`` to leave it
        :param collectors: names of what is collected, ``None`` to leave it
        :param params: parameters of the collectors, ``None`` to leave them
        :return: the present state, or the action that asks an administrator to permit it
        :raise UserError: when it is not permitted
        """
        session = request.session
        if profile:
            if not self._enabled_until():
                if self.env.user._is_system():
                    return {
                        "type": "ir.actions.act_window",
                        "res_model": "base.enable.profiling.wizard",
                        "target": "new",
                        "views": [[False, "form"]],
                    }
                raise UserError(_("Measuring is not switched on in this database: ask an administrator."))
            if not session.get("profile_session"):
                session["profile_session"] = f"{self.env.user.name} {fields.Datetime.now()}"
                session["profile_expiration"] = self._enabled_until()
                session.setdefault("profile_collectors", ["sql", "traces_async"])
                session.setdefault("profile_params", {})
        elif profile is not None:
            session["profile_session"] = None
        if collectors is not None:
            session["profile_collectors"] = collectors
        if params is not None:
            session["profile_params"] = params
        return {
            "session": session.get("profile_session"),
            "collectors": session.get("profile_collectors"),
            "params": session.get("profile_params"),
        }


class EnableProfilingWizard(models.TransientModel):
    """Asks for how long users may measure their requests."""

    _name = "base.enable.profiling.wizard"
    _description = "Enable profiling for some time"

    duration = fields.Selection(
        [("minutes_5", "5 Minutes"), ("hours_1", "1 Hour"), ("days_1", "1 Day"), ("months_1", "1 Month")],
        string="Enable profiling for",
    )
    expiration = fields.Datetime("Enable profiling until", compute="_compute_expiration", store=True, readonly=False)

    @api.depends("duration")
    def _compute_expiration(self):
        """Add the duration to the present."""
        lengths = {"minutes_5": 5, "hours_1": 60, "days_1": 1440, "months_1": 43200}
        for wizard in self:
            wizard.expiration = fields.Datetime.now() + datetime.timedelta(minutes=lengths.get(wizard.duration, 0))

    def submit(self):
        """Permit the measuring until then."""
        self.env["ir.config_parameter"].set_param(ENABLED_UNTIL, self.expiration)
        return False
