"""What clients and addons do with channels: open chats, create, rename, pin to the sidebar, suggest, command."""

from datetime import timedelta

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.osv import expression
from odoo.tools.mail import html2plaintext

from ...tools.discuss import Store

#: characters of a message that name the sub-channel which begins with it
_SUB_NAME_LENGTH = 30
#: others whom the command "who" lists
_WHO_LIMIT = 30
#: longest text of names and descriptions
_MAX_NAME, _MAX_DESCRIPTION = 512, 10000
#: seconds before now in which nobody was interested yet
_NOT_YET = timedelta(seconds=30)
_BOLD = Markup("<b>%s</b>")
_OWN = [("is_self", "=", True)]


def _told(_self, channels, *_args, **_kwargs):
    """Return channels as RPC callers take them: what a store of a client is fed with."""
    return Store(channels).get_result()


class DiscussChannelApi(models.Model):
    """What people do with channels."""

    _inherit = "discuss.channel"

    # new ones

    @api.model
    @api.returns("self", _told)
    def channel_get(self, partners_to, pin=True, force_open=False):
        """Return the chat of the user with a partner, created when there is none.

        :param list partners_to: ids of the partners; the user is always one
        :param bool pin: show it in the user's sidebar
        :param bool force_open: open its window in the user's browsers
        :raise UserError: for more than two people
        """
        own_partner = self.env.user.partner_id
        ids = list(dict.fromkeys([own_partner.id, *map(int, partners_to)]))
        if len(ids) > 2:
            raise UserError(self.env._("A chat is between two people: create a group for more."))
        chat = self._chat_between(ids)
        now = fields.Datetime.now()
        if not chat:
            return self._create_chat(ids, now)
        member = chat.channel_member_ids.filtered(lambda one: one.partner_id == own_partner)
        values = {"last_interest_dt": now}
        if pin:
            values["unpin_dt"] = False
        if force_open:
            values["fold_state"] = "open"
        member.write(values)
        chat._broadcast(own_partner.ids)
        return chat

    def _chat_between(self, partner_ids):
        """Return the chat between exactly these partners."""
        members = self.env["discuss.channel.member"].sudo()
        members.flush_model(["channel_id", "partner_id", "guest_id"])
        self.flush_model(["channel_type"])
        self.env.cr.execute(
            """SELECT channel.id
                 FROM discuss_channel channel
                 JOIN discuss_channel_member member ON member.channel_id = channel.id
                WHERE channel.channel_type = 'chat'
                  AND channel.id IN (SELECT channel_id FROM discuss_channel_member WHERE partner_id = %s)
             GROUP BY channel.id
               HAVING array_agg(member.partner_id ORDER BY member.partner_id) = %s
             ORDER BY channel.id
                LIMIT 1""",
            [partner_ids[0], sorted(partner_ids)],
        )
        return self.browse(id_ for (id_,) in self.env.cr.fetchall())

    def _create_chat(self, partner_ids, now):
        """Return a new chat: it stands in the sidebar of the user, and in that of the other with its first message."""
        own = self.env.user.partner_id
        partners = self.env["res.partner"].browse(partner_ids)
        waiting = {"unpin_dt": now, "last_interest_dt": now - _NOT_YET}
        members = [
            Command.create({"partner_id": id_, **({"last_interest_dt": now} if id_ == own.id else waiting)})
            for id_ in partner_ids
        ]
        name = ", ".join(partner.name or "" for partner in partners.sudo())
        chat = self.create({"channel_member_ids": members, "channel_type": "chat", "name": name})
        chat._broadcast(partner_ids)
        return chat

    @api.model
    @api.returns("self", _told)
    def channel_create(self, name, group_id):
        """Return a new channel.

        :param str name: what it is called
        :param group_id: id of the group of users who may see it, nothing for everybody
        """
        values = {"channel_type": "channel", "group_public_id": group_id or None, "name": self._checked_name(name)}
        channel = self.create(values)
        channel.message_post(
            body=Markup('<div class="o_mail_notification">%s</div>') % self.env._("created this channel."),
            message_type="notification",
            subtype_xmlid="mail.mt_comment",
        )
        self.env.user._bus_send_store(channel)
        return channel

    @api.model
    @api.returns("self", _told)
    def create_group(self, partners_to, default_display_mode=False, name=""):
        """Return a new group of the user and partners.

        :param list partners_to: ids of partners
        :param default_display_mode: how it opens for those who follow an invitation
        :param str name: what it is called; its members, if empty
        """
        members = [Command.create({"partner_id": int(id_)}) for id_ in dict.fromkeys(partners_to)]
        group = self.create(
            {
                "channel_member_ids": members,
                "channel_type": "group",
                "default_display_mode": default_display_mode,
                "name": name or "",
            }
        )
        group._broadcast(group.channel_member_ids.partner_id.ids)
        return group

    def _create_sub_channel(self, from_message_id=None, name=None):
        """Return a new sub-channel.

        :param from_message_id: id of the message of the channel that it begins with
        :param str name: what it is called; the beginning of the message by default
        """
        self.ensure_one()
        message = self.env["mail.message"].search([("id", "=", int(from_message_id or 0))])
        title = name or html2plaintext(message.body or "").strip()[:_SUB_NAME_LENGTH]
        values = {
            "channel_type": "channel",
            "from_message_id": message.id,
            "name": title or self.env._("New thread"),
            "parent_channel_id": self.id,
        }
        channel = self.create(values)
        self.env.user._bus_send_store(channel)
        link = Markup('<a href="#" class="o_channel_redirect" data-oe-id="%s" data-oe-model="discuss.channel">%s</a>')
        everything = Markup('<a href="#" data-oe-type="sub-channels-menu">%s</a>') % self.env._("all threads")
        text = self.env._(
            "%(user)s began the thread %(thread)s. See %(everything)s.",
            user=self.env.user.name,
            thread=link % (channel.id, channel.name),
            everything=everything,
        )
        self.message_post(
            body=Markup('<div class="o_mail_notification">%s</div>') % text,
            message_type="notification",
            subtype_xmlid="mail.mt_comment",
        )
        return channel

    # changes

    def _checked_name(self, name):
        """Return a name without blanks around it.

        :raise ValidationError: for none, and a very long one
        """
        name = (name or "").strip()
        if not name or len(name) > _MAX_NAME:
            raise ValidationError(self.env._("A channel needs a name of at most %s characters.", _MAX_NAME))
        return name

    def channel_rename(self, name):
        """Call the channel otherwise."""
        self.ensure_one()
        self.write({"name": self._checked_name(name)})

    def channel_change_description(self, description):
        """Say otherwise what the channel is for.

        :raise ValidationError: for a very long text
        """
        self.ensure_one()
        if len(description or "") > _MAX_DESCRIPTION:
            raise ValidationError(self.env._("A description has at most %s characters.", _MAX_DESCRIPTION))
        self.write({"description": description})

    def channel_set_custom_name(self, name):
        """Call the channel otherwise for the caller alone."""
        self._own_member()._change_own({"custom_channel_name": (name or "")[:_MAX_NAME]})

    def channel_join(self):
        """Become a member.

        :raise UserError: where people are invited
        """
        self.ensure_one()
        if self.channel_type != "channel":
            raise UserError(self.env._("Nobody joins a chat or a group: members invite others."))
        self.add_members(self.env.user.partner_id.ids)

    def channel_pin(self, pinned=False):
        """Show the channel in the caller's sidebar, or not any more."""
        member = self._own_member()
        if member and pinned:
            member.unpin_dt = False
            member._bus_send_store(self)
        elif member:
            member._leave_sidebar()

    def channel_fetched(self):
        """Note that the caller's browser has the newest message, where that is shown."""
        for channel in self.filtered(lambda one: one.channel_type in ("chat", "whatsapp")):
            newest = channel._get_last_messages()
            member = channel._own_member()
            if not newest or not member or member.fetched_message_id.id >= newest.id:
                continue
            # several browsers tell it at once: the first one is enough
            query = "SELECT id FROM discuss_channel_member WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED"
            self.env.cr.execute(query, [member.id])
            if not self.env.cr.fetchone():
                continue
            member.fetched_message_id = newest
            told = {"id": member.id, "last_message_id": newest.id, "partner_id": self.env.user.partner_id.id}
            channel._bus_send("discuss.channel.member/fetched", {"channel_id": channel.id, **told})

    # suggestions

    @api.model
    @api.readonly
    def get_mention_suggestions(self, search, limit=8):
        """Return channels of the user to mention.

        :param str search: part of a name
        """
        own = [("name", "ilike", search), ("channel_type", "=", "channel"), ("channel_member_ids", "any", _OWN)]
        names = ("id", "name", "channel_type")
        return [
            {
                **{name: channel[name] for name in names},
                "authorizedGroupFullName": channel.sudo().group_public_id.full_name,
                "model": "discuss.channel",
                "parent_channel_id": channel.parent_channel_id.id,
            }
            for channel in self.search(own, limit=min(int(limit), 100))
        ]

    # commands

    def execute_command_help(self, **kwargs):
        """Tell the caller what the channel is, and what may be written in it."""
        self.ensure_one()
        if self.channel_type == "channel":
            where = self.env._("You are in the channel %s.", _BOLD % f"#{self.name}")
        else:
            others = [name for name in self._names_of_others() if name]
            where = (
                self.env._("You talk with %s.", Markup(", ").join(_BOLD % name for name in others))
                if others
                else self.env._("You are alone here.")
            )
        lines = [
            where,
            self.env._("%s before a name mentions somebody.", _BOLD % "@"),
            self.env._("%s before a name leads to a channel.", _BOLD % "#"),
            self.env._("%s before a word runs a command.", _BOLD % "/"),
            self.env._("%s before a shortcut puts in a canned response.", _BOLD % ":"),
        ]
        text = Markup("<br>").join([*lines, *self._execute_command_help_message_extra()])
        self.env.user._bus_send_transient_message(self, text)

    def _execute_command_help_message_extra(self):
        """Return more lines for the help; extended by other modules."""
        return []

    def execute_command_leave(self, **kwargs):
        """Leave, or take a chat from the sidebar."""
        if self.channel_type in ("channel", "group"):
            self.action_unfollow()
        else:
            self.channel_pin(False)

    def execute_command_who(self, **kwargs):
        """Tell the caller who else is in the channel."""
        names = self._names_of_others(_WHO_LIMIT + 1)
        shown = Markup(", ").join(_BOLD % name for name in names[:_WHO_LIMIT])
        if not names:
            text = self.env._("You are alone here.")
        elif len(names) > _WHO_LIMIT:
            text = self.env._("In here with you: %s and others.", shown)
        else:
            text = self.env._("In here with you: %s.", shown)
        self.env.user._bus_send_transient_message(self, text)

    def _names_of_others(self, limit=None):
        """Return what the members other than the caller are called."""
        self.ensure_one()
        others = expression.AND([[("channel_id", "=", self.id)], [("is_self", "=", False)]])
        members = self.env["discuss.channel.member"].search(others, limit=limit, order="id")
        return [member.sudo().partner_id.name or member.sudo().guest_id.name for member in members]
