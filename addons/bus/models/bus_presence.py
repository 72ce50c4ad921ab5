"""Who is there: online, away or gone."""

from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.sql import SQL

#: seconds between two signs of life
UPDATE_PRESENCE_DELAY = 60
#: seconds without one after which somebody has gone
DISCONNECTION_TIMER = UPDATE_PRESENCE_DELAY + 5
#: seconds without a key or a click after which somebody is away
AWAY_TIMER = 30 * 60
#: seconds after which nobody needs to know
PRESENCE_OUTDATED_TIMER = 12 * 60 * 60


class BusPresence(models.Model):
    """When a user was there last."""

    _name = "bus.presence"
    _description = "User Presence"
    _log_access = False

    user_id = fields.Many2one("res.users", "Users", ondelete="cascade")
    last_poll = fields.Datetime("Last Poll", default=lambda self: fields.Datetime.now())
    last_presence = fields.Datetime("Last Presence", default=lambda self: fields.Datetime.now())
    status = fields.Selection(
        [("online", "Online"), ("away", "Away"), ("offline", "Offline")], "IM Status", default="offline"
    )

    def init(self):
        """Have one presence for each user."""
        self.env.cr.execute(
            SQL(
                "CREATE UNIQUE INDEX IF NOT EXISTS bus_presence_user_unique ON %s (user_id) WHERE user_id IS NOT NULL",
                SQL.identifier(self._table),
            )
        )

    def create(self, values):
        """Tell of presences when they begin."""
        presences = super().create(values)
        presences._invalidate_im_status()
        presences._send_presence()
        return presences

    def write(self, values):
        """Tell of presences whose status changes."""
        changed = self.filtered(lambda presence: presence.status != values["status"]) if "status" in values else None
        result = super().write(values)
        if changed:
            changed._invalidate_im_status()
            changed._send_presence()
        return result

    def unlink(self):
        """Tell that somebody has gone."""
        self._send_presence("offline")
        return super().unlink()

    @api.model
    def update_presence(self, inactivity_period, identity_field, identity_value):
        """Note, for good, that somebody is there; nothing happens where another process notes the same.

        :param int inactivity_period: milliseconds since the last key or click
        :param str identity_field: field that tells who it is
        :param int identity_value: id for that field
        """
        with tools.mute_logger("odoo.sql_db"):
            try:
                self._update_presence(inactivity_period, identity_field, identity_value)
                # now, so that others with the same presence wait as short as can be
                self.env.cr.commit()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()

    @api.model
    def _update_presence(self, inactivity_period, identity_field, identity_value):
        """Note that somebody is there; parameters as in :meth:`update_presence`."""
        now = fields.Datetime.now()
        period = min(max(int(inactivity_period), 0), PRESENCE_OUTDATED_TIMER * 1000)
        values = {
            "last_poll": now,
            "last_presence": now - timedelta(milliseconds=period),
            "status": "away" if period > AWAY_TIMER * 1000 else "online",
        }
        if presence := self.search([(identity_field, "=", identity_value)]):
            presence.write(values)
        else:
            self.create({identity_field: identity_value, **values})

    def _get_bus_target(self):
        """Return the record on whose channel the presence is told, nothing when nobody is told."""
        self.ensure_one()
        return self.user_id.partner_id or None

    def _get_identity_field_name(self):
        """Return the name of the field that tells who it is, None for nobody."""
        self.ensure_one()
        return "user_id" if self.user_id else None

    def _get_identity_data(self):
        """Return what the client is told of who it is, None for nobody."""
        self.ensure_one()
        return {"partner_id": self.user_id.partner_id.id} if self.user_id else None

    def _invalidate_im_status(self):
        """Forget what is known of the status of those who it is about."""
        self.user_id.invalidate_recordset(["im_status"])
        self.user_id.partner_id.invalidate_recordset(["im_status"])

    def _send_presence(self, im_status=None, bus_target=None):
        """Tell of presences.

        :param str im_status: in place of the status of each
        :param bus_target: record that is told, in place of those who follow each presence
        """
        send = self.env["bus.bus"]._sendone
        # who follows is decided where they subscribe, not by what the sender may read
        for presence in self.sudo():
            if told := presence._told(im_status):
                followed = presence._get_bus_target()
                send(bus_target or (followed, "presence"), "bus.bus/im_status_updated", told)

    def _told(self, im_status):
        """Return what is told of a presence, None when it is nobody's.

        :param str im_status: in place of the status
        """
        who = self._get_identity_data()
        return who and self._get_bus_target() and {"im_status": im_status or self.status} | who

    @api.autovacuum
    def _gc_bus_presence(self):
        """Delete the presences of those who have gone long ago."""
        end = fields.Datetime.now() - timedelta(seconds=PRESENCE_OUTDATED_TIMER)
        self.sudo().search([("last_poll", "<", end)], limit=models.GC_UNLINK_LIMIT).unlink()
