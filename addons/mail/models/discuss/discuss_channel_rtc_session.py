"""``discuss.channel.rtc.session``: members who are in a call; sound and pictures go from browser to browser."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...tools.discuss import Store

#: after this time without a sign of life a session is over
_INACTIVE = timedelta(minutes=1)
#: what a browser may tell of its session -> what others are told of it
_FLAGS = {
    "is_camera_on": "isCameraOn",
    "is_deaf": "isDeaf",
    "is_muted": "isSelfMuted",
    "is_screen_sharing_on": "isScreenSharingOn",
}


class DiscussChannelRtcSession(models.Model):
    """A member in a call."""

    _name = "discuss.channel.rtc.session"
    _inherit = ["bus.listener.mixin"]
    _description = "Mail RTC session"
    _rec_name = "channel_member_id"

    channel_member_id = fields.Many2one("discuss.channel.member", required=True, ondelete="cascade")
    channel_id = fields.Many2one(
        "discuss.channel", related="channel_member_id.channel_id", store=True, readonly=True, index="btree_not_null"
    )
    partner_id = fields.Many2one("res.partner", related="channel_member_id.partner_id", string="Partner")
    guest_id = fields.Many2one("mail.guest", related="channel_member_id.guest_id")
    write_date = fields.Datetime("Last Updated On", index=True)
    is_screen_sharing_on = fields.Boolean("Is sharing the screen")
    is_camera_on = fields.Boolean("Is sending user video")
    is_muted = fields.Boolean("Is microphone muted")
    is_deaf = fields.Boolean("Has disabled incoming sound")

    _sql_constraints = [
        ("channel_member_unique", "UNIQUE(channel_member_id)", "A member is in the call of a channel once.")
    ]

    @api.model_create_multi
    def create(self, vals_list):
        """Create sessions, and tell the channels."""
        sessions = super().create(vals_list)
        for channel, of_channel in sessions.grouped("channel_id").items():
            channel._bus_send_store(channel, {"rtcSessions": Store.many(of_channel, "ADD")})
        return sessions

    def unlink(self):
        """End sessions, and tell the channels and those who were in the call."""
        for channel, sessions in self.sudo().grouped("channel_id").items():
            if not channel.rtc_session_ids - sessions:
                channel._rtc_cancel_invitations()
                channel.sfu_channel_uuid = channel.sfu_server_url = False
            channel._bus_send_store(channel, {"rtcSessions": Store.many(sessions, "DELETE", only_id=True)})
        for session in self:
            session._bus_send("discuss.channel.rtc.session/ended", {"sessionId": session.id})
        return super().unlink()

    def _bus_channel(self):
        """Return whose browser the session is of."""
        return self.channel_member_id._bus_channel()

    def _update_and_broadcast(self, values):
        """Note what the browser tells of the session, and tell the channel.

        :param dict values: flags
        """
        self.write({flag: bool(values[flag]) for flag in _FLAGS if flag in values})
        room = self.channel_id
        room._bus_send(
            "discuss.channel.rtc.session/update_and_broadcast",
            {"channelId": room.id, "data": Store(self, extra=True).get_result()},
        )

    @api.autovacuum
    def _gc_inactive_sessions(self):
        """End the sessions of browsers that have gone."""
        self.search([("write_date", "<", fields.Datetime.now() - _INACTIVE)], limit=models.GC_UNLINK_LIMIT).unlink()

    def action_disconnect(self):
        """End the sessions, from the list of them."""
        self.unlink()

    def _inactive(self):
        """Return those sessions whose browsers have gone."""
        before = fields.Datetime.now() - _INACTIVE
        return self.filtered(lambda session: session.write_date < before)

    def _notify_peers(self, notifications):
        """Hand messages from browser to browser.

        :param notifications: list of the session that sends, ids of those who get it, and a text
        """
        self.ensure_one()
        by_target = defaultdict(list)
        for target_ids, content in notifications:
            for id_ in target_ids:
                by_target[int(id_)].append(content)
        targets = self.search([("id", "in", list(by_target)), ("channel_id", "=", self.channel_id.id)])
        for target in targets:
            told = {"sender": self.id, "notifications": by_target[target.id]}
            target._bus_send("discuss.channel.rtc.session/peer_notification", told)

    def _to_store(self, store: Store, extra=False):
        """Put sessions into a store.

        :param extra: what is on and off, too
        """
        for session in self:
            names = {"channel": None, "persona": ["name", "im_status"]}
            values = {"channelMember": Store.one(session.channel_member_id, fields=names)}
            if extra:
                values.update({told: session[flag] for flag, told in _FLAGS.items()})
            store.add(session, values)


class DiscussChannelCalls(models.Model):
    """The call in a channel."""

    _inherit = "discuss.channel"

    sfu_channel_uuid = fields.Char(groups="base.group_system")
    sfu_server_url = fields.Char(groups="base.group_system")
    rtc_session_ids = fields.One2many("discuss.channel.rtc.session", "channel_id", groups="base.group_system")

    def _rtc_cancel_invitations(self, member_ids=None):
        """Have browsers stop to ring.

        :param member_ids: ids of members; all who are invited by default
        """
        self.ensure_one()
        domain = [("channel_id", "=", self.id), ("rtc_inviting_session_id", "!=", False)]
        if member_ids:
            domain.append(("id", "in", member_ids))
        members = self.env["discuss.channel.member"].sudo().search(domain)
        members.write({"rtc_inviting_session_id": False})
        for member in members:
            member._bus_send_store(self, {"rtcInvitingSession": False})
        if members:
            self._bus_send_store(self, {"invitedMembers": Store.many(members, "DELETE", only_id=True)})


class DiscussChannelMemberCalls(models.Model):
    """Members in calls, and invited to them."""

    _inherit = "discuss.channel.member"

    rtc_session_ids = fields.One2many("discuss.channel.rtc.session", "channel_member_id", "RTC Sessions")
    rtc_inviting_session_id = fields.Many2one("discuss.channel.rtc.session", "Ringing session", ondelete="set null")

    def _rtc_join_call(self, store=None, check_rtc_session_ids=None, camera=False):
        """Have the member be in the call of the channel.

        :param store: filled with what the browser needs for it
        :param check_rtc_session_ids: ids of the sessions that the browser knows
        :param bool camera: begin with pictures
        """
        self.ensure_one()
        channel = self.channel_id
        channel._rtc_cancel_invitations(member_ids=self.ids)
        self.rtc_session_ids.unlink()
        session = self.env["discuss.channel.rtc.session"].create({"channel_member_id": self.id, "is_camera_on": camera})
        current, outdated = self._rtc_sync_sessions(check_rtc_session_ids)
        if store is not None:
            store.add(current, extra=True)
            store.add(channel, {"rtcSessions": [("ADD", current.ids), ("DELETE", outdated)]})
            ice = self.env["mail.ice.server"]._get_ice_servers()
            rtc = {"iceServers": ice or False, "selfSession": Store.one(session), "serverInfo": None}
            store.add("Rtc", rtc)
        if len(channel.rtc_session_ids) == 1 and channel.channel_type != "channel":
            channel._post_notice(self.env._("started a live conference"))
            self._rtc_invite_members()

    def _rtc_leave_call(self):
        """Have the member leave the call, or decline the invitation to it."""
        self.ensure_one()
        self.channel_id._rtc_cancel_invitations(member_ids=self.ids)
        self.rtc_session_ids.unlink()

    def _rtc_sync_sessions(self, check_rtc_session_ids=None):
        """Return the sessions of the call, and the ids of those that a browser still knows although they are over.

        :param check_rtc_session_ids: ids of those it knows
        """
        self.ensure_one()
        sessions = self.channel_id.rtc_session_ids
        sessions._inactive().unlink()
        current = sessions.exists()
        return current, [int(id_) for id_ in check_rtc_session_ids or () if int(id_) not in current._ids]

    def _get_rtc_invite_members_domain(self, member_ids=None):
        """Return the domain of the members whom this one invites to the call; extended by other modules.

        :param member_ids: only these
        """
        self.ensure_one()
        chosen = [("id", "in", member_ids)] if member_ids else []
        away = [(name, "=", False) for name in ("rtc_session_ids", "rtc_inviting_session_id")]
        return [("id", "!=", self.id), ("channel_id", "=", self.channel_id.id), *away, *chosen]

    def _rtc_invite_members(self, member_ids=None):
        """Have the browsers of members ring for the call that this member is in.

        :param member_ids: ids of those members; all by default
        """
        self.ensure_one()
        invited = self.env["discuss.channel.member"].sudo().search(self._get_rtc_invite_members_domain(member_ids))
        session = self.rtc_session_ids[:1]
        invited.write({"rtc_inviting_session_id": session.id})
        people = invited.sorted(lambda member: (bool(member.guest_id), member.id))
        for member in people:
            member._bus_send_store(self.channel_id, {"rtcInvitingSession": Store.one(session)})
        if invited:
            names = {"channel": None, "persona": ["name", "im_status"]}
            self.channel_id._bus_send_store(
                self.channel_id, {"invitedMembers": Store.many(people, "ADD", fields=names)}
            )
        return invited
