"""What a WebSocket may listen to, and what it says."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.bus.dispatch import dispatch
from odoo.addons.bus.websocket import wsrequest
from odoo.exceptions import ValidationError
from odoo.http import SessionExpiredException, request
from odoo.osv import expression
from odoo.service import security
from odoo.tools import OrderedSet

#: beginning of the channels on which the client asks for somebody's presence
_PRESENCE_PREFIX = "odoo-presence-"
#: channels that a page may ask for, and characters of one
_MAX_CHANNELS = 5000
_MAX_CHANNEL_LENGTH = 500


class IrWebsocket(models.AbstractModel):
    """What is done with the messages of a WebSocket; `wsrequest` is what is at work."""

    _name = "ir.websocket"
    _description = "Websocket messages"

    @api.model
    def _get_missed_presences_identity_domains(self, presence_channels):
        """Return domains of the presences that channels are about, any of which will do.

        :param list presence_channels: what :meth:`_build_presence_channel_list` returned
        """
        partners = [
            target
            for target, part in presence_channels
            if part == "presence" and isinstance(target, models.BaseModel) and target._name == "res.partner"
        ]
        partner_ids = [partner.id for partner in partners]
        users = self.env["res.users"].with_context(active_test=False).sudo()
        return [[("user_id", "in", users.search([("partner_id", "in", partner_ids)]).ids)]]

    @api.model
    def _get_missed_presences_bus_target(self):
        """Return the record that is told what it missed, None for nobody."""
        user = self.env.user
        return user.partner_id if user and not user._is_public() else None

    @api.model
    def _build_presence_channel_list(self, presences):
        """Return the channels of the presences that the user may follow.

        :param presences: pairs of a model name and the text of an id
        :return: list of pairs of a record and `"presence"`
        """
        if not (self.env.user and self.env.user._is_internal()):
            return []
        ids = [int(text) for model, text in presences if model == "res.partner" and text.isdecimal() and len(text) < 10]
        partners = self.env["res.partner"].with_context(active_test=False).search([("id", "in", ids)])
        return [(partner, "presence") for partner in partners]

    @api.model
    def _build_bus_channel_list(self, channels):
        """Return what a WebSocket listens to; modules add to it.

        :param list channels: texts that the client asks for
        :return: list of texts, records, and pairs of a record and a part of its channel
        """
        user, session = self.env.user, (request or wsrequest).session
        # visitors have the partner of the public user in common, on whose channel nothing is for them
        own = [user.partner_id] if session.uid else []
        channels += ["broadcast", *user.groups_id, *own]
        return channels

    @api.model
    def _prepare_subscribe_data(self, channels, last):
        """Return what a subscription amounts to.

        :param list channels: texts that the client asks for
        :param int last: id of the last message that the client knows
        :return: `channels` (a set), `last`, and `missed_presences` (records)
        :raise ValueError: a channel is no text
        """
        if not isinstance(channels, list) or not all(isinstance(channel, str) for channel in channels):
            raise ValueError("The channels of the bus are texts")
        if len(channels) > _MAX_CHANNELS or any(len(channel) > _MAX_CHANNEL_LENGTH for channel in channels):
            raise ValidationError(self.env._("A page cannot listen to so many channels."))
        # a database that was restored counts anew
        last = last if isinstance(last, int) and 0 <= last <= self.env["bus.bus"].sudo()._bus_last_id() else 0
        presences = [
            tuple(channel.removeprefix(_PRESENCE_PREFIX).split("_", 1))
            for channel in channels
            if channel.startswith(_PRESENCE_PREFIX)
        ]
        presence_channels = self._build_presence_channel_list([pair for pair in presences if len(pair) == 2])
        others = [channel for channel in channels if not channel.startswith(_PRESENCE_PREFIX)]
        return {
            "channels": OrderedSet([*presence_channels, *self._build_bus_channel_list(others)]),
            "last": last,
            "missed_presences": self._missed_presences(presence_channels),
        }

    def _missed_presences(self, presence_channels):
        """Return the presences that changed between the page and its subscription to their channels."""
        domains = self._get_missed_presences_identity_domains(presence_channels)
        lately = [("last_poll", ">", fields.Datetime.now() - timedelta(seconds=2))]
        # who may follow which was decided by `_build_presence_channel_list`
        return self.env["bus.presence"].sudo().search(expression.AND([lately, expression.OR(domains)]))

    @api.model
    def _subscribe(self, og_data):
        """Have the WebSocket listen.

        :param dict og_data: `channels` and `last` as the client sent them
        """
        subscription = self._prepare_subscribe_data(og_data["channels"], og_data.get("last", 0))
        websocket, db = wsrequest.ws, self.env.cr.dbname
        dispatch.subscribe(subscription["channels"], subscription["last"], db, websocket)
        self._tell_missed(subscription["missed_presences"])

    def _tell_missed(self, presences):
        """Tell the user of presences that changed before the page listened."""
        target = self._get_missed_presences_bus_target()
        if target:
            presences._send_presence(bus_target=target)

    def _has_presence(self):
        """Tell whether the user is somebody who can be there or not: visitors are not."""
        return bool(self.env.user) and not self.env.user._is_public()

    @api.model
    def _update_bus_presence(self, inactivity_period, im_status_ids_by_model):
        """Note that the user is there.

        :param int inactivity_period: milliseconds since the last key or click
        :param dict im_status_ids_by_model: not used; part of what clients send
        """
        if self._has_presence():
            self.env["bus.presence"].update_presence(inactivity_period, "user_id", self.env.uid)

    @api.model
    def _on_client_event(self, event_name, data):
        """Hook: do what a page says beside its subscriptions and presence; what nobody knows is ignored.

        :param str event_name: what it says
        :param dict data: what is sent along
        """

    @api.model
    def _on_websocket_closed(self, cookies):
        """Note that a page of the user was closed.

        :param cookies: those of the handshake
        """
        if not self._has_presence():
            return
        presences = self.env["bus.presence"]
        presences.search([("user_id", "=", self.env.uid)], limit=1).write({"status": "offline"})

    @classmethod
    def _authenticate(cls):
        """Check the session of the WebSocket, and give visitors their user.

        :raise SessionExpiredException: the session is not valid any more
        """
        session = wsrequest.session
        if session.uid is not None:
            if not security.check_session(session, wsrequest.env, wsrequest):
                session.logout(keep_db=True)
                raise SessionExpiredException("The session has expired")
        else:
            wsrequest.update_env(user=wsrequest.env.ref("base.public_user"))
