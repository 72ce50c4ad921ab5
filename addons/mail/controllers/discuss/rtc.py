"""Calls: who is in one, and messages from browser to browser."""

from collections import defaultdict

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.addons.web.controllers.utils import whole_number, whole_numbers
from odoo.http import request

from ...models.discuss.mail_guest import add_guest_to_context
from ...tools.discuss import Store
from .channel import channel_of, member_of, own_member

#: messages from browser to browser in one request, and characters of one
_MAX_NOTIFICATIONS, _MAX_CONTENT = 500, 100_000


class RtcController(http.Controller):
    """Routes of calls."""

    @http.route("/mail/rtc/session/notify_call_members", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def session_call_notify(self, peer_notifications):
        """Hand messages to the browsers of others in the call.

        :param peer_notifications: list of the caller's session, ids of the sessions that are told, and a text
        """
        by_sender = defaultdict(list)
        for sender_id, target_ids, content in peer_notifications[:_MAX_NOTIFICATIONS]:
            if isinstance(content, str) and len(content) <= _MAX_CONTENT:
                by_sender[whole_number(sender_id, "sender_id")].append((target_ids, content))
        sessions = request.env["discuss.channel.rtc.session"].sudo()
        for session in sessions.search([("id", "in", list(by_sender))]):
            if session.channel_member_id.with_env(request.env).is_self:
                session._notify_peers(by_sender[session.id])

    @http.route("/mail/rtc/session/update_and_broadcast", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def session_update_and_broadcast(self, session_id, values):
        """Note what is on and off in the caller's browser.

        :param values: dict of flags
        """
        own_id = whole_number(session_id, "session_id")
        session = request.env["discuss.channel.rtc.session"].sudo().search([("id", "=", own_id)])
        if session and session.channel_member_id.with_env(request.env).is_self:
            session._update_and_broadcast(values)

    @http.route("/mail/rtc/channel/join_call", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def channel_call_join(self, channel_id, check_rtc_session_ids=None, camera=False):
        """Have the caller be in the call of a channel, of which they become a member.

        :param check_rtc_session_ids: ids of the sessions that the page knows
        """
        member = channel_of(channel_id)._find_or_create_member_for_self()
        if not member:
            raise NotFound
        store = Store()
        member.sudo()._rtc_join_call(store, check_rtc_session_ids=check_rtc_session_ids, camera=bool(camera))
        return store.get_result()

    @http.route("/mail/rtc/channel/leave_call", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def channel_call_leave(self, channel_id):
        """Have the caller leave the call."""
        member_of(channel_id).sudo()._rtc_leave_call()

    @http.route("/mail/rtc/channel/cancel_call_invitation", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def channel_call_cancel_invitation(self, channel_id, member_ids=None):
        """Have browsers of members stop to ring.

        :param member_ids: ids of the members; all by default
        """
        channel = channel_of(channel_id)
        channel.sudo()._rtc_cancel_invitations(member_ids=whole_numbers(member_ids or (), "member_ids"))

    @http.route("/discuss/channel/ping", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def channel_ping(self, channel_id, rtc_session_id=None, check_rtc_session_ids=None):
        """Note that a browser is still in the call, and return who else is.

        :param rtc_session_id: id of its session
        :param check_rtc_session_ids: ids of the sessions that the page knows
        """
        member = own_member(channel_id)
        if not member:
            raise NotFound
        own_id = whole_number(rtc_session_id or 0, "rtc_session_id")
        sessions = member.sudo().rtc_session_ids.filtered(lambda session: session.id == own_id)
        # a session lives as long as it is written
        sessions.write({})
        current, outdated = member.sudo()._rtc_sync_sessions(check_rtc_session_ids)
        channel = member.channel_id
        sessions = [("ADD", current.ids), ("DELETE", outdated)]
        return Store(channel, {"rtcSessions": sessions}).add(current).get_result()
