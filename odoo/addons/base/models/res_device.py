"""``res.device``: where users are logged in."""

import logging
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.http import GeoIP, request, root
from odoo.http.session import IDENTIFIER_LENGTH
from odoo.tools import SQL, split_every
from odoo.tools.translate import _

from .apart import work_apart
from .res_users_identity import check_identity

_logger = logging.getLogger(__name__)

#: for how long the uses of ended sessions are remembered: their addresses are known ones, see res.users.login.failure
MEMORY = timedelta(days=180)
#: sessions that the store is asked for at once
BATCH = 1000


def session_identifier(session) -> str:
    """Return the part of the id of a session that may be stored: it does not let anybody in."""
    return session.sid[:IDENTIFIER_LENGTH]


class ResDeviceLog(models.Model):
    """A session used from an address by a program."""

    _name = "res.device.log"
    _description = "Device Log"
    _rec_names_search = ["platform", "browser"]

    session_identifier = fields.Char("Session Identifier", required=True, index="btree")
    platform = fields.Char()
    browser = fields.Char()
    ip_address = fields.Char("IP Address")
    country = fields.Char()
    city = fields.Char()
    device_type = fields.Selection([("computer", "Computer"), ("mobile", "Mobile")])
    user_id = fields.Many2one("res.users", index="btree")
    first_activity = fields.Datetime("First Activity")
    last_activity = fields.Datetime("Last Activity", index="btree")
    revoked = fields.Boolean(help="The session was ended.")
    is_current = fields.Boolean("Current Device", compute="_compute_is_current")
    linked_ip_addresses = fields.Text("Linked IP address", compute="_compute_linked_ip_addresses")

    def init(self):
        """Add the index that the last use of a session is found by."""
        self.env.cr.execute(
            SQL(
                """CREATE INDEX IF NOT EXISTS res_device_log__composite_idx ON res_device_log
               (user_id, session_identifier, platform, browser, last_activity, id) WHERE revoked IS NOT TRUE""",
            )
        )

    def _compute_display_name(self):
        """Tell program and system."""
        for device in self:
            device.display_name = " ".join(
                part.capitalize() for part in (device.platform or _("Unknown"), device.browser or _("Unknown"))
            )

    def _compute_is_current(self):
        """Tell the session of the present request."""
        current = session_identifier(request.session) if request else None
        for device in self:
            device.is_current = device.session_identifier == current

    def _compute_linked_ip_addresses(self):
        """List the addresses that the session was used from with the same program."""
        logs = (
            self.env["res.device.log"]
            .sudo()
            .search_fetch(
                [("session_identifier", "in", self.mapped("session_identifier"))],
                ["session_identifier", "platform", "browser", "ip_address"],
                order="last_activity DESC",
            )
        )
        addresses: dict = {}
        for log in logs:
            key = (log.session_identifier, log.platform, log.browser)
            addresses.setdefault(key, {})[log.ip_address] = None
        for device in self:
            key = (device.session_identifier, device.platform, device.browser)
            device.linked_ip_addresses = "\n".join(filter(None, addresses.get(key, ())))

    @api.model
    def _update_device(self, request):
        """Note that the session of ``request`` is in use, if it is some time since that was noted."""
        trace = request.session.update_trace(request)
        if not trace:
            return
        session = request.session
        values = {
            "user_id": session.uid,
            "session_identifier": session_identifier(session),
            **self._trace_values(trace),
        }
        insertion = SQL(
            "INSERT INTO %s (%s) VALUES %s",
            SQL.identifier(self.env["res.device.log"]._table),
            SQL(", ").join(map(SQL.identifier, values)),
            tuple(values.values()),
        )
        if self.env.cr.readonly:
            # what was read is not needed any more, what is written has to be
            self.env.cr.rollback()
            with self.env.registry.cursor() as cr:
                cr.execute(insertion)
        else:
            self.env.cr.execute(insertion)
        _logger.info("user %s is active in session %s", values["user_id"], values["session_identifier"])

    @api.model
    def _trace_values(self, trace: dict) -> dict:
        """Return what a log tells of an entry in the trace of a session: the program, the place and the times."""
        place = GeoIP(trace["ip_address"])
        return {
            **{name: trace[name] for name in ("platform", "browser", "ip_address")},
            **{name: datetime.fromtimestamp(trace[name]) for name in ("first_activity", "last_activity")},
            "device_type": "mobile" if self._is_mobile(trace["platform"]) else "computer",
            "country": place.country.name,
            "city": place.city.name,
            "revoked": False,
        }

    @api.model
    def _is_mobile(self, platform):
        """Tell whether a platform is one of phones and tablets."""
        if not platform:
            return False
        return platform.lower() in ("android", "iphone", "ipad", "ipod", "blackberry", "windows phone", "webos")

    @api.private
    @api.model
    def note_end(self, session):
        """Note that a session was ended, whatever becomes of the request in which that was done."""
        with work_apart(self.env) as cr:
            # those that the request is changing are left alone: it ends the session in another way
            cr.execute(
                SQL(
                    """UPDATE res_device_log SET revoked = TRUE WHERE id IN (
                           SELECT id FROM res_device_log WHERE session_identifier = %s AND revoked IS NOT TRUE
                              FOR UPDATE SKIP LOCKED)""",
                    session_identifier(session),
                )
            )

    @api.autovacuum
    def _gc_device_log(self):
        """Keep the last use of each session by program and address, and for some time those of ended ones."""
        self._note_missing()
        self.env.cr.execute(
            SQL(
                "DELETE FROM res_device_log WHERE revoked AND last_activity < now() AT TIME ZONE 'UTC' - %s",
                MEMORY,
            )
        )
        self.env.cr.execute("""
            DELETE FROM res_device_log earlier WHERE EXISTS (
                SELECT 1 FROM res_device_log later
                 WHERE earlier.session_identifier = later.session_identifier
                   AND earlier.platform IS NOT DISTINCT FROM later.platform
                   AND earlier.browser IS NOT DISTINCT FROM later.browser
                   AND earlier.ip_address IS NOT DISTINCT FROM later.ip_address
                   AND earlier.last_activity < later.last_activity
            )""")
        _logger.info("%d uses of devices forgotten", self.env.cr.rowcount)

    @api.model
    def _note_missing(self):
        """Note that the sessions ended that are not in the store any more."""
        known = self.env.execute_query(
            SQL("SELECT DISTINCT session_identifier FROM res_device_log WHERE revoked IS NOT TRUE")
        )
        identifiers = [identifier for (identifier,) in known if identifier]
        for some in split_every(BATCH, identifiers):
            if missing := root.session_store.get_missing_session_identifiers(some):
                self.env.cr.execute(
                    SQL("UPDATE res_device_log SET revoked = TRUE WHERE session_identifier = ANY(%s)", list(missing))
                )
        self.env.invalidate_all()


class ResDevice(models.Model):
    """A session that is not ended, by the program it is used with: the last use of each."""

    _name = "res.device"
    _inherit = ["res.device.log"]
    _description = "Devices"
    _auto = False
    _order = "last_activity desc"

    @check_identity
    def revoke(self):
        """End the sessions."""
        return self._revoke()

    def _revoke(self):
        """End the sessions: they are deleted from the store."""
        ended = set(self.mapped("session_identifier"))
        logs = self.env["res.device.log"].sudo().search([("session_identifier", "in", list(ended))])
        logs.revoked = True
        # devices are a view of the table
        logs.flush_recordset(["revoked"])
        root.session_store.delete_from_identifiers(ended)
        _logger.info("user %s ended the sessions %s", self.env.uid, ", ".join(ended))
        if request and session_identifier(request.session) in ended:
            request.session.logout()

    @api.model
    def _select(self):
        """Return the columns of the view."""
        names = [name for name, field in self._fields.items() if field.store and field.column_type]
        return SQL(", ").join(SQL.identifier("d", name) for name in names)

    @api.model
    def _from(self):
        """Return the table of the view."""
        return SQL("res_device_log d")

    @api.model
    def _where(self):
        """Return the condition of the view: no later use of the same session by the same program."""
        return SQL("""
            d.revoked IS NOT TRUE AND NOT EXISTS (
                SELECT 1 FROM res_device_log later
                 WHERE later.user_id = d.user_id AND later.session_identifier = d.session_identifier
                   AND later.platform IS NOT DISTINCT FROM d.platform AND later.browser IS NOT DISTINCT FROM d.browser
                   AND later.revoked IS NOT TRUE
                   AND (later.last_activity, later.id) > (d.last_activity, d.id)
            )""")

    @property
    def _query(self):
        """The query of the view."""
        return SQL("SELECT %s FROM %s WHERE %s", self._select(), self._from(), self._where())

    def init(self):
        """Create the view."""
        # its columns may be others than before, which a view cannot be given
        self.env.cr.execute(
            SQL(
                "DROP VIEW IF EXISTS %(view)s CASCADE; CREATE VIEW %(view)s AS %(query)s",
                view=SQL.identifier(self._table),
                query=self._query,
            )
        )
