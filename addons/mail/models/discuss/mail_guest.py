"""``mail.guest``: visitors who talk in channels without being users, known by a cookie."""

import functools
import inspect
import uuid

import pytz

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.addons.bus.websocket import wsrequest
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import consteq

from ...tools.discuss import Store

#: longest name of a guest
MAX_NAME_LENGTH = 512
#: seconds that a browser remembers a guest
_COOKIE_AGE = 365 * 24 * 3600


def add_guest_to_context(function):
    """Have a route, or a method of ``ir.websocket``, know the guest whose cookie the caller sent.

    :param function: takes a controller, or records; its environment gets the key ``guest`` in its context
    :return: the function that does so first
    """

    @functools.wraps(function)
    def with_guest(self, *args, **kwargs):
        current = request or wsrequest
        if not current:
            return function(self, *args, **kwargs)
        token = current.cookies.get(current.env["mail.guest"]._cookie_name, "")
        guest = current.env["mail.guest"]._get_guest_from_token(token)
        if guest and not guest.timezone and not current.env.cr.readonly:
            zone = current.env["mail.guest"]._get_timezone_from_request(current)
            if zone:
                guest._update_timezone(zone)
        if guest:
            current.update_context(guest=guest)
            if isinstance(self, models.BaseModel):
                self = self.with_context(guest=guest)
        return function(self, *args, **kwargs)

    # what is called tells which parameters it takes by the original's signature
    with_guest.__signature__ = inspect.signature(function)
    return with_guest


class MailGuest(models.Model):
    """A visitor."""

    _name = "mail.guest"
    _description = "Guest"
    _inherit = ["avatar.mixin", "bus.listener.mixin"]
    _avatar_name_field = "name"
    _cookie_name = "dgid"
    _cookie_separator = "|"

    @api.model
    def _lang_get(self):
        """Return the languages that are installed."""
        return self.env["res.lang"].get_installed()

    name = fields.Char("Name", required=True)
    access_token = fields.Char(
        "Access Token",
        default=lambda self: str(uuid.uuid4()),
        groups="base.group_system",
        required=True,
        readonly=True,
        copy=False,
    )
    country_id = fields.Many2one("res.country", "Country", ondelete="set null")
    lang = fields.Selection("_lang_get", "Language")
    timezone = fields.Selection(_tz_get, "Timezone")
    channel_ids = fields.Many2many(
        "discuss.channel", "discuss_channel_member", "guest_id", "channel_id", string="Channels", copy=False
    )
    im_status = fields.Char("IM Status", compute="_compute_im_status")

    def _compute_im_status(self):
        """Take the status of the presence; who has none is not there."""
        rows = self.env["bus.presence"].sudo().search_read([("guest_id", "in", self.ids)], ["guest_id", "status"])
        status = {row["guest_id"][0]: row["status"] for row in rows}
        for guest in self:
            guest.im_status = status.get(guest.id, "offline")

    # who calls

    @api.model
    def _get_guest_from_token(self, token=""):
        """Return the guest that a cookie is of, nothing for a wrong one.

        :param str token: content of the cookie
        """
        id_text, separator, secret = (token or "").partition(self._cookie_separator)
        nobody = self.browse()
        if not separator or not id_text.isdecimal() or len(id_text) > 9:
            return nobody
        guest = self.sudo().search([("id", "=", int(id_text))])
        return guest.sudo(False) if guest and consteq(guest.access_token, secret) else nobody

    @api.model
    def _get_guest_from_context(self):
        """Return the guest who calls, nothing for others: no caller can send a record in the context."""
        guest = self.env.context.get("guest")
        return self.browse(guest.ids[:1]) if isinstance(guest, type(self)) else self.browse()

    @api.model
    def _get_timezone_from_request(self, request):
        """Return the time zone that a browser tells by its cookie, ``False`` for none that exists."""
        zone = request.cookies.get("tz")
        return zone if zone in pytz.all_timezones_set else False

    def _format_auth_cookie(self):
        """Return what the cookie of the guest holds."""
        self.ensure_one()
        return f"{self.id}{self._cookie_separator}{self.sudo().access_token}"

    def _set_auth_cookie(self):
        """Have the browser remember the guest, and the rest of the request know them."""
        self.ensure_one()
        secret = self._format_auth_cookie()
        request.future_response.set_cookie(
            self._cookie_name, secret, max_age=_COOKIE_AGE, httponly=True, samesite="Lax"
        )
        request.update_context(guest=self.sudo(False))

    # changing

    def _update_name(self, name):
        """Have the guest be called otherwise, and tell those who talk with them.

        :raise UserError: for an empty name, and one that is too long
        """
        self.ensure_one()
        name = name.strip()
        if not name:
            raise UserError(self.env._("A guest needs a name."))
        if len(name) > MAX_NAME_LENGTH:
            raise UserError(self.env._("The name of a guest has at most %s characters.", MAX_NAME_LENGTH))
        self.name = name
        for target in (*self.channel_ids, self):
            target._bus_send_store(self, fields=["name", "write_date"])

    def _update_timezone(self, timezone):
        """Note the time zone of the guest, unless somebody else is writing them."""
        query = "SELECT id FROM mail_guest WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED"
        self.env.cr.execute(query, [self.id])
        if self.env.cr.fetchone():
            self.sudo().timezone = timezone

    def _note_gone(self):
        """Note that the browser of a guest was closed."""
        presences = self.env["bus.presence"].sudo().search([("guest_id", "in", self.ids)])
        presences.write({"status": "offline"})

    def _to_store(self, store: Store, /, *, fields=None):
        """Put guests into a store.

        :param fields: names of what is told: ``im_status``, ``name`` and ``write_date`` by default
        """
        names = ["im_status", "name", "write_date"] if fields is None else fields
        known = [name for name in names if name in self._fields and name not in ("access_token", "user")]
        for guest in self.sudo():
            store.add(guest, {name: guest[name] for name in known})
