"""Joining channels, inviting others, leaving."""

from markupsafe import Markup

from odoo import models
from odoo.exceptions import ValidationError
from odoo.osv import expression

from ...tools.discuss import Store
from .discuss_channel_member import BYPASS_CHECK

_NOTICE = Markup('<div class="o_mail_notification">%s</div>')


class DiscussChannelPeople(models.Model):
    """The members of channels."""

    _inherit = "discuss.channel"

    def add_members(
        self,
        partner_ids=None,
        guest_ids=None,
        invite_to_rtc_call=False,
        open_chat_window=False,
        post_joined_message=True,
    ):
        """Make partners and guests members, tell them, and say so in the channels.

        :param list partner_ids: ids of partners
        :param list guest_ids: ids of guests
        :param bool invite_to_rtc_call: have their browsers ring for the call in the channel
        :param bool open_chat_window: open the channel in their browsers
        :param bool post_joined_message: say in the channel who came
        :return: the members that are new
        :raise AccessError: when the caller may not
        """
        partners = self.env["res.partner"].browse(partner_ids or ()).exists()
        guests = self.env["mail.guest"].browse(guest_ids or ()).exists()
        everybody = self.env["discuss.channel.member"]
        for channel in self:
            known = self.env["discuss.channel.member"].sudo().search(channel._domain_of_people(partners, guests))
            values = [
                *({"partner_id": partner.id} for partner in partners - known.partner_id),
                *({"guest_id": guest.id} for guest in guests - known.guest_id),
            ]
            new = everybody.create([{**row, "channel_id": channel.id} for row in values])
            everybody |= new
            for member in new:
                channel._tell_joined(member, open_chat_window)
                if post_joined_message:
                    channel._post_joined(member)
            if new:
                channel._bus_send_store(Store(channel, {"memberCount": channel.member_count}).add(new))
            channel._tell_known(known.with_env(self.env))
            if invite_to_rtc_call:
                own = channel._own_member()
                if own and own.sudo().rtc_session_ids:
                    own.sudo()._rtc_invite_members(member_ids=(new | known).ids)
        return everybody

    def _domain_of_people(self, partners, guests):
        """Return the domain of those members of the channel who are partners or guests."""
        people = expression.OR([[("partner_id", "in", partners.ids)], [("guest_id", "in", guests.ids)]])
        return expression.AND([[("channel_id", "=", self.id)], people])

    def _own_member(self):
        """Return the member that the caller is."""
        domain = [("channel_id", "in", self.ids), ("is_self", "=", True)]
        return self.env["discuss.channel.member"].search(domain, limit=1)

    def _tell_joined(self, member, open_chat_window):
        """Show the channel in the browsers of a new member."""
        user = self.env.user
        info = {**self._channel_basic_info(), "model": "discuss.channel", "is_pinned": True}
        told = {"channel": info, "open_chat_window": open_chat_window}
        if not member.is_self and not user._is_public():
            told["invited_by_user_id"] = user.id
        member._bus_send("discuss.channel/joined", told)

    def _post_joined(self, member):
        """Say in the channel that somebody came, by themselves or because the caller invited them."""
        if member.is_self:
            text = self.env._("joined the channel")
        else:
            text = self.env._("invited %s to the channel", member._get_html_link(for_persona=True))
        self._post_notice(text)

    def _post_notice(self, text, **kwargs):
        """Post what happened in the channel.

        :param text: text or Markup
        """
        self.message_post(body=_NOTICE % text, message_type="notification", subtype_xmlid="mail.mt_comment", **kwargs)

    def _tell_known(self, members):
        """Show members that were there already to the caller, who did not know."""
        partner, guest = self.env["res.partner"]._get_current_persona()
        if members and (partner or guest):
            store = Store(self, {"memberCount": self.member_count}).add(members)
            (partner or guest)._bus_send_store(store)

    # leaving

    def action_unfollow(self):
        """Leave the channels."""
        partner, guest = self.env["res.partner"]._get_current_persona()
        for channel in self:
            channel._action_unfollow(partner=partner, guest=guest)

    def _action_unfollow(self, partner=None, guest=None):
        """Have somebody leave the channel, and say so there."""
        self.ensure_one()
        partner, guest = partner or self.env["res.partner"], guest or self.env["mail.guest"]
        self.sudo().message_unsubscribe(partner.ids)
        away = {"is_pinned": False, "isLocallyPinned": False}
        person = [("partner_id", "=", partner.id)] if partner else [("guest_id", "=", guest.id)]
        member = self.env["discuss.channel.member"].sudo().search([("channel_id", "=", self.id), *person])
        if not (partner or guest) or not member:
            (partner or guest)._bus_send_store(self, away, notification_type="discuss.channel/leave")
            return
        text = _NOTICE % self.env._("left the channel")
        author = {"author_id": partner.id} if partner else {"author_id": False, "author_guest_id": guest.id}
        self.sudo().message_post(body=text, subtype_xmlid="mail.mt_comment", email_from=False, **author)
        member._bus_send_store(self, away, notification_type="discuss.channel/leave")
        gone = [("DELETE", member.ids)]
        member.unlink()
        self._bus_send_store(self, {"channelMembers": gone, "memberCount": self.member_count})

    # who comes by an invitation

    def _find_or_create_member_for_self(self):
        """Return the member that the caller is, who joins if they are none; nothing for visitors without a name."""
        self.ensure_one()
        member = self._own_member()
        if member:
            return member
        partner, guest = self.env["res.partner"]._get_current_persona()
        if partner:
            return self.add_members(partner_ids=partner.ids)
        return self.add_members(guest_ids=guest.ids) if guest else member

    def _find_or_create_persona_for_channel(self, guest_name, timezone, country_code, post_joined_message=True):
        """Return who the caller is in the channel, which they join: a partner or a guest.

        :param guest_name: name of the guest that is made for a visitor
        :param timezone: time zone of it, or ``False``
        :param country_code: country of it, or nothing
        :return: partner and guest, one of which is empty
        :raise ValidationError: for a visitor without a name
        """
        self.ensure_one()
        partner, guest = self.env["res.partner"]._get_current_persona()
        member = self._own_member()
        if member:
            return member.partner_id, member.guest_id
        if not partner and not guest:
            if not guest_name:
                raise ValidationError(self.env._("A guest needs a name."))
            guest = self._create_guest(guest_name, timezone, country_code)
        channel = self.with_context(guest=guest, mail_create_bypass_create_check=BYPASS_CHECK)
        channel.add_members(
            partner_ids=partner.ids,
            guest_ids=guest.ids if not partner else None,
            post_joined_message=post_joined_message,
        )
        return partner, guest if not partner else guest.browse()

    def _create_guest(self, name, timezone, country_code):
        """Return a new guest, whom the browser that calls remembers."""
        guest = self.env["mail.guest"].sudo().create({"name": self.env._("Guest")})
        guest._set_auth_cookie()
        guest._update_name(name)
        guest.country_id = self.env["res.country"].search([("code", "=", country_code)], limit=1)
        guest.lang = self.env["res.lang"]._get_code(self.env.context.get("lang")) or False
        guest.timezone = timezone
        return guest.sudo(False)
