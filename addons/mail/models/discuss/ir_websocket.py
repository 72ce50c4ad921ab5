"""What pages of members and guests listen to."""

from odoo import api, models
from odoo.addons.bus.websocket import wsrequest
from odoo.http import request
from odoo.osv import expression

from .mail_guest import add_guest_to_context

_GUEST_PREFIX = "mail.guest_"
_CHANNEL_PREFIX = "discuss.channel_"
#: digits of the largest id that is looked for
_MAX_DIGITS = 9


def _ids(texts):
    """Return the ids that texts say, without those that are none."""
    return [int(text) for text in texts if text.isdecimal() and len(text) <= _MAX_DIGITS]


class IrWebsocket(models.AbstractModel):
    """Listening to channels, and to who is there."""

    _inherit = "ir.websocket"

    @add_guest_to_context
    def _get_missed_presences_identity_domains(self, presence_channels):
        """Add the presences of guests."""
        guests = [
            target.id
            for target, part in presence_channels
            if part == "presence" and isinstance(target, models.BaseModel) and target._name == "mail.guest"
        ]
        return [*super()._get_missed_presences_identity_domains(presence_channels), [("guest_id", "in", guests)]]

    @add_guest_to_context
    def _get_missed_presences_bus_target(self):
        """Tell guests on their own channel."""
        target = super()._get_missed_presences_bus_target()
        return target or self.env["mail.guest"]._get_guest_from_context() or None

    @api.model
    @add_guest_to_context
    def _build_presence_channel_list(self, presences):
        """Let people from outside follow those with whom they share a channel, and users of the house all guests."""
        result = super()._build_presence_channel_list(presences)
        guests = _ids(text for model, text in presences if model == "mail.guest")
        if self.env.user and self.env.user._is_internal():
            found = self.env["mail.guest"].search([("id", "in", guests)])
            return [*result, *((guest, "presence") for guest in found)]
        partner, guest = self.env["res.partner"]._get_current_persona()
        if not partner and not guest:
            return result
        partners = _ids(text for model, text in presences if model == "res.partner")
        own = [("channel_id", "any", [("channel_member_ids", "any", [("is_self", "=", True)])])]
        asked = expression.OR([[("partner_id", "in", partners)], [("guest_id", "in", guests)]])
        members = self.env["discuss.channel.member"].sudo().search(expression.AND([own, asked]))
        people = [*members.partner_id.sudo(False), *members.guest_id.sudo(False)]
        return [*result, *((person, "presence") for person in people)]

    @add_guest_to_context
    def _build_bus_channel_list(self, channels):
        """Listen to the channels of the members, to those that are asked for and may be read, and to the guest."""
        channels = list(channels)
        guests = self.env["mail.guest"]
        token = next((one for one in channels if isinstance(one, str) and one.startswith(_GUEST_PREFIX)), None)
        if token is not None:
            channels = [one for one in channels if not (isinstance(one, str) and one.startswith(_GUEST_PREFIX))]
            guest = guests._get_guest_from_token(token.removeprefix(_GUEST_PREFIX))
            if guest:
                self = self.with_context(guest=guest)
                (request or wsrequest).update_context(guest=guest)
        guest = self.env["mail.guest"]._get_guest_from_context()
        named = [one for one in channels if isinstance(one, str) and one.startswith(_CHANNEL_PREFIX)]
        channels = [one for one in channels if one not in named]
        rooms = self.env["discuss.channel"]
        asked = rooms.search([("id", "in", _ids(one.removeprefix(_CHANNEL_PREFIX) for one in named))])
        own = rooms.search([("is_member", "=", True)])
        channels += [*(own | asked), *((room, "members") for room in own - asked)]
        if guest:
            channels.append(guest)
        return super()._build_bus_channel_list(channels)

    @add_guest_to_context
    def _update_bus_presence(self, inactivity_period, im_status_ids_by_model):
        """Note that the guest is there."""
        super()._update_bus_presence(inactivity_period, im_status_ids_by_model)
        partner, guest = self.env["res.partner"]._get_current_persona()
        if guest and not partner:
            self.env["bus.presence"].sudo().update_presence(inactivity_period, "guest_id", guest.id)

    @api.model
    def _on_websocket_closed(self, cookies):
        """Note that a page of a guest was closed."""
        super()._on_websocket_closed(cookies)
        if not self._has_presence():
            guests = self.env["mail.guest"]
            guests._get_guest_from_token(cookies.get(guests._cookie_name, ""))._note_gone()
