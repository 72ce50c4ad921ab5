"""Messages in channels: posting, telling, pinning."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.osv import expression
from odoo.tools.mail import html2plaintext

from ...tools.discuss import Store

#: messages that mentioned partners, and devices, are told of
_TOLD_TYPES = ("comment", "email", "email_outgoing", "whatsapp_message")
#: characters of a message that a notification of the browser shows
_PUSH_LENGTH = 350
#: parts of the text of the notice about a pinned message
_PINNED = Markup('<div data-oe-type="pin" class="o_mail_notification">%s</div>')
_LINK = Markup('<a href="#" data-oe-type="%s">%s</a>')
_MESSAGE_LINK = Markup('<a href="#" data-oe-type="highlight" data-oe-id="%s">%s</a>')


class DiscussChannelMessages(models.Model):
    """The messages of channels."""

    _inherit = "discuss.channel"

    def _get_allowed_message_post_params(self):
        """Return what browsers may say about a message: whom all of it mentions, and what it answers, too."""
        return super()._get_allowed_message_post_params() | {"special_mentions", "parent_id"}

    def _get_notify_valid_parameters(self):
        """Return the names of what callers may say about notifications: that browsers are quiet, too."""
        return super()._get_notify_valid_parameters() | {"silent"}

    @api.returns("mail.message", lambda value: value.id)
    def message_post(self, *, message_type="notification", **kwargs):
        """Post in the channel; nobody follows by it.

        :param special_mentions: ``["everyone"]`` mentions all members
        :return: the message
        """
        self.ensure_one()
        self.sudo().last_interest_dt = fields.Datetime.now()
        if "everyone" in (kwargs.pop("special_mentions", None) or ()):
            mentioned = [*(kwargs.get("partner_ids") or ()), *self.sudo().channel_member_ids.partner_id.ids]
            kwargs["partner_ids"] = list(dict.fromkeys(mentioned))
        quiet = self._for_writer().with_context(mail_create_nosubscribe=True, mail_post_autofollow=False)
        return super(DiscussChannelMessages, quiet).message_post(message_type=message_type, **kwargs)

    def _for_writer(self):
        """Return the channel with the rights that writing takes: visitors have none, but those who were let in talk."""
        is_guest = self.env.user._is_public() and self._own_member().guest_id
        return self.sudo() if is_guest else self

    def _message_compute_parent_id(self, parent_id):
        """Keep the message that is answered if it is in the channel."""
        if not parent_id:
            return False
        place = [("id", "=", int(parent_id)), ("model", "=", self._name), ("res_id", "=", self.id)]
        return self.env["mail.message"].sudo().search(place).id

    def _message_post_after_hook(self, message, msg_vals):
        """Have the author have read what they wrote, and remember which files are voices."""
        own = self._own_member()
        is_own = message.sudo().author_id == own.partner_id and message.sudo().author_guest_id == own.guest_id
        if own and is_own:
            own._set_last_seen_message(message, notify=False)
            own._set_new_message_separator(message.id + 1, sync=True)
        return super()._message_post_after_hook(message, msg_vals)

    def _check_can_update_message_content(self, messages):
        """Check that messages may be changed: comments only.

        :raise UserError: otherwise
        """
        if any(message.message_type != "comment" for message in messages.sudo()):
            raise UserError(self.env._("Only comments in channels can be changed."))

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Refuse followers: channels have members.

        :raise UserError: always
        """
        raise UserError(self.env._("Channels have members, and no followers: invite them instead."))

    # telling

    def _notify_get_recipients(self, message, msg_vals, **kwargs):
        """Return who is told of a message: those it mentions, and the devices of members."""
        kind = (msg_vals or {}).get("message_type") or message.sudo().message_type
        if kind not in _TOLD_TYPES:
            return []
        mentioned = super()._notify_get_recipients(message, msg_vals, **kwargs)
        sender = (msg_vals or {}).get("email_from") or message.sudo().email_from
        senders = self.env["res.partner"].sudo().browse(row["id"] for row in mentioned)
        own = {partner.id for partner in senders if partner.email_formatted == sender}
        mentioned = [row for row in mentioned if row["id"] not in own]
        return mentioned + self._devices_to_tell(message, msg_vals, {row["id"] for row in mentioned})

    def _devices_to_tell(self, message, msg_vals, mentioned):
        """Return the recipients whose devices show a message: members who want to hear of it.

        :param set mentioned: ids of the partners that the message mentions
        """
        author = (msg_vals or {}).get("author_id") or message.sudo().author_id.id
        now = fields.Datetime.now()
        members = (
            self.env["discuss.channel.member"]
            .sudo()
            .search(
                [
                    ("channel_id", "=", self.id),
                    ("partner_id", "!=", author),
                    ("partner_id.user_ids", "!=", False),
                    *expression.OR([[("mute_until_dt", "=", False)], [("mute_until_dt", "<=", now)]]),
                ]
            )
        )
        rows = []
        for member in members:
            user = member.partner_id.user_ids[:1]
            settings = user.res_users_settings_id
            if settings.mute_until_dt and settings.mute_until_dt > now:
                continue
            if self.channel_type == "channel" and not member._wants(settings, member.partner_id.id in mentioned):
                continue
            place = {"active": True, "groups": [], "id": member.partner_id.id, "is_follower": False}
            who = {"lang": member.partner_id.lang, "notif": "web_push", "share": member.partner_id.partner_share}
            rows.append({**place, **who, "type": "customer", "uid": user.id, "ushare": user.share})
        return rows

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Tell those who are mentioned, and all who look at the channel."""
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        # in the sidebars of members first, for browsers that did not show it
        self._bus_send_store(self, {"is_pinned": True}, subchannel="members")
        quiet = {"silent": True} if kwargs.get("silent") else {}
        self._bus_send("discuss.channel/new_message", {**self._new_message_payload(message), **quiet})
        return recipients

    def _new_message_payload(self, message):
        """Return what browsers are told of a new message; the number is that under which one shows it already."""
        number = self.env.context.get("temporary_id")
        return {"data": Store(message).get_result(), "id": self.id, "temporary_id": number}

    def _notify_by_web_push_prepare_payload(self, message, msg_vals=False):
        """Return what devices show: the title says where somebody wrote, the link leads there."""
        payload = super()._notify_by_web_push_prepare_payload(message, msg_vals=msg_vals)
        author = message.sudo().author_id.name or message.sudo().author_guest_id.name or ""
        if self.channel_type == "chat":
            title = author
        elif self.channel_type == "channel":
            title = f"#{self.name} - {author}"
        else:
            members = ", ".join(
                member.partner_id.name or member.guest_id.name for member in self.channel_member_ids[:5]
            )
            title = f"{self.name or members} - {author}"
        payload["title"] = title
        payload["options"]["data"]["action"] = "mail.action_discuss"
        payload["options"]["body"] = html2plaintext(message.body or "")[:_PUSH_LENGTH]
        return payload

    # pinning

    def set_message_pin(self, message_id, pinned):
        """Pin a message to the channel, or take it off; pinning is said there.

        :param message_id: id of a message of the channel
        :param bool pinned: whether it is to be pinned
        """
        self.ensure_one()
        self.check_access("read")
        place = [("id", "=", int(message_id)), ("model", "=", self._name), ("res_id", "=", self.id)]
        message = self.env["mail.message"].search([*place, ("pinned_at", "=" if pinned else "!=", False)])
        if not message:
            return
        # the message itself is what it was: nobody edited it
        message.flush_recordset(["pinned_at"])
        when = fields.Datetime.now() if pinned else None
        self.env.cr.execute("UPDATE mail_message SET pinned_at = %s WHERE id = %s", [when, message.id])
        message.invalidate_recordset(["pinned_at"])
        message._bus_send_store(message, {"pinned_at": message.pinned_at})
        if pinned:
            one = _MESSAGE_LINK % (message.id, self.env._("a message"))
            everything = _LINK % ("pin-menu", self.env._("pinned messages"))
            text = self.env._(
                "%(user)s pinned %(message)s to this channel. See all %(pinned_messages)s.",
                user=self._author_name(),
                message=one,
                pinned_messages=everything,
            )
            self.message_post(body=_PINNED % text, message_type="notification", subtype_xmlid="mail.mt_comment")

    def _author_name(self):
        """Return what the caller is called."""
        partner, guest = self.env["res.partner"]._get_current_persona()
        return partner.name or guest.name or self.env.user.name
