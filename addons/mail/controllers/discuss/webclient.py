"""What the store of a page asks about channels."""

from odoo import http
from odoo.http import request

from ...models.discuss.mail_guest import add_guest_to_context
from ..webclient import WebclientController

#: windows that are there when a page is opened
_SHOWN = ("open", "folded")


class DiscussWebclientController(WebclientController):
    """Channels in answers to the store; visitors are known as guests."""

    @http.route()
    @add_guest_to_context
    def mail_action(self, **kwargs):
        """Do what a page asks for, as a guest, too."""
        return super().mail_action(**kwargs)

    @http.route()
    @add_guest_to_context
    def mail_data(self, **kwargs):
        """Return what a page asks for, to guests, too."""
        return super().mail_data(**kwargs)

    def _process_request_for_all(self, store, **kwargs):
        """Add channels.

        :param kwargs: ``init_messaging`` for those with a window or a call that rings, ``channels_as_member`` for all
            of the caller with their newest messages
        """
        super()._process_request_for_all(store, **kwargs)
        channels = request.env["discuss.channel"]
        if "init_messaging" in kwargs:
            types = (kwargs["init_messaging"] or {}).get("channel_types")
            own = [("is_self", "=", True), "|", ("fold_state", "in", _SHOWN), ("rtc_inviting_session_id", "!=", False)]
            domain = [("channel_member_ids", "any", own)]
            if types:
                domain.append(("channel_type", "in", list(types)))
            store.add(channels.search(domain))
        if kwargs.get("channels_as_member"):
            mine = channels._get_channels_as_member()
            store.add(mine)
            store.add(mine._get_last_messages(), for_current_user=True)

    def _process_request_for_internal_user(self, store, **kwargs):
        """Add canned responses.

        :param kwargs: ``canned_responses`` for those that the user may use
        """
        super()._process_request_for_internal_user(store, **kwargs)
        if kwargs.get("canned_responses"):
            user = request.env.user
            usable = ["|", ("create_uid", "=", user.id), ("group_ids", "in", user.groups_id.ids)]
            store.add(request.env["mail.canned.response"].search(usable))
