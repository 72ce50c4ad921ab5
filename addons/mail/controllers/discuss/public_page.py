"""Pages on which visitors talk: of an invitation, of a channel, and of one that a link makes."""

from psycopg2.errors import UniqueViolation
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import consteq

from ...models.discuss.mail_guest import add_guest_to_context
from ...tools.discuss import Store
from ..mail import MailController
from .channel import channel_of

#: bundle of the page
_BUNDLE = "mail.assets_public"
#: characters of a token that makes a channel, and of the name in its link
_MAX_TOKEN, _MAX_NAME = 50, 100


class PublicPageController(http.Controller):
    """Routes of the pages; whoever is not known becomes a guest of the one channel that the link leads to."""

    @http.route(
        ["/chat/<string:create_token>", "/chat/<string:create_token>/<string:channel_name>"],
        methods=["GET"],
        type="http",
        auth="public",
    )
    @add_guest_to_context
    def discuss_channel_chat_from_token(self, create_token, channel_name=None):
        """Show the channel that a token names, which is made where there is none.

        :param create_token: what tells the channel from others
        :param channel_name: name of a new channel
        """
        return self._response_discuss_channel_from_token(create_token, channel_name)

    @http.route(
        ["/meet/<string:create_token>", "/meet/<string:create_token>/<string:channel_name>"],
        methods=["GET"],
        type="http",
        auth="public",
    )
    @add_guest_to_context
    def discuss_channel_meet_from_token(self, create_token, channel_name=None):
        """Show the channel that a token names, which is made for a meeting where there is none.

        :param create_token: what tells the channel from others
        :param channel_name: name of a new channel
        """
        return self._response_discuss_channel_from_token(create_token, channel_name, "video_full_screen")

    @http.route("/chat/<int:channel_id>/<string:invitation_token>", methods=["GET"], type="http", auth="public")
    @add_guest_to_context
    def discuss_channel_invitation(self, channel_id, invitation_token):
        """Let the caller into a channel by the link of an invitation, and show it.

        :raise NotFound: for a link that is not ours, and a channel that is for others
        """
        channel = request.env["discuss.channel"].sudo().search([("id", "=", channel_id)])
        if not channel or not channel.uuid or not consteq(channel.uuid, invitation_token):
            raise NotFound
        return self._response_discuss_channel_invitation(channel)

    @http.route("/discuss/channel/<int:channel_id>", methods=["GET"], type="http", auth="public")
    @add_guest_to_context
    def discuss_channel(self, channel_id):
        """Show a channel that the caller sees."""
        return self._response_discuss_public_template(Store(), channel_of(channel_id))

    def _response_discuss_channel_from_token(self, create_token, channel_name=None, default_display_mode=False):
        """Return the page of the channel with a token.

        :raise NotFound: unless links make channels in this database
        """
        if not request.env["ir.config_parameter"].sudo().get_param("mail.chat_from_token"):
            raise NotFound
        if len(create_token) > _MAX_TOKEN:
            raise NotFound
        # the token is what lets people in: whoever knows it finds the channel
        channels = request.env["discuss.channel"].sudo()
        channel = channels.search([("uuid", "=", create_token)])
        if not channel:
            values = {
                "channel_type": "channel",
                "default_display_mode": default_display_mode,
                "group_public_id": None,
                "name": (channel_name or create_token)[:_MAX_NAME],
                "uuid": create_token,
            }
            try:
                with request.env.cr.savepoint():
                    channel = channels.create(values)
            except UniqueViolation:
                # somebody else has followed the same link meanwhile; the next attempt finds the channel
                return request.redirect(request.httprequest.full_path)
        return self._response_discuss_channel_invitation(channel, is_channel_token_secret=False)

    def _response_discuss_channel_invitation(self, channel, is_channel_token_secret=True):
        """Return the page of a channel, in which the caller is from now on.

        :param channel: a channel, with the rights of the system: the caller has shown its token
        :param is_channel_token_secret: whether the token is hidden from the address when the page is there
        :raise NotFound: for a channel of a group that the caller is not of, and where nobody can join
        """
        # who may see a sub-channel follows from its parent
        group = (channel.parent_channel_id or channel).group_public_id
        if group and group not in request.env.user.sudo().groups_id:
            raise NotFound
        known = request.env["mail.guest"]._get_guest_from_context()
        try:
            _partner, guest = channel.sudo(False)._find_or_create_persona_for_channel(
                guest_name=request.env._("Guest"),
                timezone=request.env["mail.guest"]._get_timezone_from_request(request),
                country_code=request.geoip.country_code,
            )
        except UserError:
            raise NotFound from None
        store = Store({"isChannelTokenSecret": is_channel_token_secret})
        if guest and not known:
            store.add({"shouldDisplayWelcomeViewInitially": True})
        return self._response_discuss_public_template(store, channel_of(channel.id))

    def _response_discuss_public_template(self, store, channel):
        """Return the page of a channel.

        :param store: what the page knows besides
        :param channel: a channel that the caller sees
        """
        request.env.user._init_store_data(store)
        store.add(
            {
                "companyName": request.env.company.sudo().name,
                "discuss_public_thread": Store.one(channel),
                "inPublicPage": True,
            }
        )
        pages = request.env["ir.http"]
        values = {
            "page_assets": pages._page_assets(_BUNDLE),
            "session_info": {**pages.get_frontend_session_info(), "storeData": store.get_result()},
            "title": channel.sudo().name or request.env._("Conversation"),
        }
        return request.render("mail.discuss_public_channel_template", values)


class DiscussMailController(MailController):
    """Links to messages lead to conversations, too."""

    @http.route()
    @add_guest_to_context
    def mail_thread_message_redirect(self, message_id, **kwargs):
        """Show a message where it stands."""
        return super().mail_thread_message_redirect(message_id, **kwargs)

    def _show_message(self, message):
        """Show messages of channels in the application, to people from outside on a page of the channel."""
        if message.model != "discuss.channel":
            return super()._show_message(message)
        if request.env.user._is_internal():
            place = f"active_id={message.res_id}&highlight_message_id={message.id}"
            return request.redirect(f"/odoo/action-mail.action_discuss?{place}")
        store = Store({"highlightMessage": message.id})
        return PublicPageController()._response_discuss_public_template(store, channel_of(message.res_id))
