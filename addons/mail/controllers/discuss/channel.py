"""What pages do with channels."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.addons.web.controllers.utils import whole_number, whole_numbers
from odoo.http import request

from ...models.discuss.mail_guest import add_guest_to_context
from ...tools.discuss import Store
from ..thread import MAX_ITEMS, as_page, page_limits, page_size

#: what the window of a channel may look like
_FOLD_STATES = ("open", "folded", "closed")


def channel_of(channel_id):
    """Return a channel that the caller sees.

    :raise NotFound: for others
    """
    channel = request.env["discuss.channel"]._visible(channel_id)
    if not channel:
        raise NotFound
    return channel


def member_of(channel_id):
    """Return the member of a channel that the caller is.

    :raise NotFound: when they are none
    """
    member = own_member(channel_id)
    if not member:
        raise NotFound
    return member


def own_member(channel_id):
    """Return the member of a channel that the caller is, or nothing."""
    domain = [("channel_id", "=", whole_number(channel_id, "channel_id")), ("is_self", "=", True)]
    return request.env["discuss.channel.member"].search(domain, limit=1)


class ChannelController(http.Controller):
    """Routes of channels."""

    @http.route("/discuss/channel/members", methods=["POST"], type="json", auth="public", readonly=True)
    @add_guest_to_context
    def discuss_channel_members(self, channel_id, known_member_ids):
        """Return more members.

        :param known_member_ids: ids of those that the page knows
        """
        return channel_of(channel_id)._load_more_members(whole_numbers(known_member_ids, "known_member_ids"))

    @http.route("/discuss/channel/update_avatar", methods=["POST"], type="json", auth="user")
    def discuss_channel_avatar_update(self, channel_id, data):
        """Change the picture.

        :param data: an image in base64, nothing for a drawing
        """
        channel = channel_of(channel_id)
        channel.write({"image_128": data})

    @http.route("/discuss/channel/info", methods=["POST"], type="json", auth="public", readonly=True)
    @add_guest_to_context
    def discuss_channel_info(self, channel_id):
        """Return a channel for the store of a page, nothing when there is none."""
        channel = request.env["discuss.channel"]._visible(channel_id)
        return Store(channel).get_result() if channel else None

    @http.route("/discuss/channel/messages", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def discuss_channel_messages(self, channel_id, search_term=None, before=None, after=None, limit=30, around=None):
        """Return a page of messages, which are read then."""
        channel = channel_of(channel_id)
        domain = [
            ("res_id", "=", channel.id),
            ("model", "=", "discuss.channel"),
            ("message_type", "!=", "user_notification"),
        ]
        limits = page_limits(limit, before=before, after=after, around=around)
        found = request.env["mail.message"]._message_fetch(domain, search_term, **limits)
        if around is None and not request.env.user._is_public():
            found["messages"].set_message_done()
        page = as_page(found, for_current_user=True)
        if threads := channel._threads_of_messages(found["messages"]):
            page["data"]["discuss.channel"] = [*page["data"].get("discuss.channel", ()), *threads]
        return page

    @http.route("/discuss/channel/pinned_messages", methods=["POST"], type="json", auth="public", readonly=True)
    @add_guest_to_context
    def discuss_channel_pins(self, channel_id):
        """Return the messages that are pinned, the newest first."""
        messages = channel_of(channel_id).pinned_message_ids.sorted(key="pinned_at", reverse=True)
        return Store(messages[:MAX_ITEMS]).get_result()

    @http.route("/discuss/channel/mark_as_read", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def discuss_channel_mark_as_read(self, channel_id, last_message_id, sync=False):
        """Note up to which message the caller has read."""
        member = own_member(channel_id)
        if member:
            member._mark_as_read(whole_number(last_message_id, "last_message_id"), sync=bool(sync))

    @http.route("/discuss/channel/mark_as_unread", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def discuss_channel_mark_as_unread(self, channel_id, message_id):
        """Have messages be new again, from one on."""
        return member_of(channel_id)._set_new_message_separator(whole_number(message_id, "message_id"), sync=True)

    @http.route("/discuss/channel/notify_typing", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def discuss_channel_notify_typing(self, channel_id, is_typing):
        """Tell others that the caller is writing, or not any more."""
        member_of(channel_id)._notify_typing(bool(is_typing))

    @http.route("/discuss/channel/attachments", methods=["POST"], type="json", auth="public", readonly=True)
    @add_guest_to_context
    def load_attachments(self, channel_id, limit=30, before=None):
        """Return files, the newest first.

        :param before: only those that are older than the one with this id
        """
        channel = channel_of(channel_id)
        domain = [("res_id", "=", channel.id), ("res_model", "=", "discuss.channel")]
        if before:
            domain.append(("id", "<", whole_number(before, "before")))
        # whoever sees the channel sees its files
        files = request.env["ir.attachment"].sudo().search(domain, limit=page_size(limit), order="id DESC")
        return Store(files).get_result()

    @http.route("/discuss/channel/fold", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def discuss_channel_fold(self, channel_id, state, state_count):
        """Note how the window of the channel is shown.

        :param state: ``open``, ``folded`` or ``closed``
        :param state_count: number of the change in the page
        """
        member = member_of(channel_id)
        if state not in _FOLD_STATES:
            raise NotFound
        member._channel_fold(state, whole_number(state_count, "state_count"))

    @http.route("/discuss/channel/join", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def discuss_channel_join(self, channel_id):
        """Have the caller be a member, and return the channel."""
        channel = channel_of(channel_id)
        channel._find_or_create_member_for_self()
        return Store(channel).get_result()

    @http.route("/discuss/channel/sub_channel/create", methods=["POST"], type="json", auth="public")
    def discuss_channel_sub_channel_create(self, parent_channel_id, from_message_id=None, name=None):
        """Begin a sub-channel.

        :param from_message_id: id of the message that it begins with
        :return: dict with ``data`` for the store, and ``sub_channel``, its identity
        """
        channel = channel_of(parent_channel_id)._create_sub_channel(from_message_id, name)
        identity = {"id": channel.id, "model": "discuss.channel"}
        return {"data": Store(channel).get_result(), "sub_channel": identity}

    @http.route("/discuss/channel/sub_channel/fetch", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def discuss_channel_sub_channel_fetch(self, parent_channel_id, search_term=None, before=None, limit=30):
        """Return sub-channels with their newest messages.

        :param search_term: part of their names
        :param before: only those that are older than the one with this id
        """
        given = (("id", "<", before and whole_number(before, "before")), ("name", "ilike", search_term))
        terms = [("parent_channel_id", "=", channel_of(parent_channel_id).id), *(term for term in given if term[2])]
        threads = request.env["discuss.channel"].search(terms, limit=page_size(limit), order="id desc")
        return Store(threads).add(threads._get_last_messages()).get_result()
