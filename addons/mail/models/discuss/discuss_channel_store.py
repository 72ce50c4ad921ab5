"""Channels as clients show them."""

from odoo import models
from odoo.sql import SQL

from ...tools.discuss import Store

#: members that one request gets
_PAGE = 100


class DiscussChannelStore(models.Model):
    """What clients are told of channels, in a number of statements that does not depend on how many there are."""

    _inherit = "discuss.channel"

    def _channel_basic_info(self):
        """Return what everybody who sees the channel is told of it."""
        self.ensure_one()
        names = ("allow_public_upload", "channel_type", "description", "id", "last_interest_dt", "name", "uuid")
        known = self.sudo()
        values = {name: known[name] for name in names}
        return {
            **values,
            "authorizedGroupFullName": known.group_public_id.full_name,
            "avatarCacheKey": known.avatar_cache_key,
            "create_uid": known.create_uid.id,
            "defaultDisplayMode": known.default_display_mode,
            "group_based_subscription": bool(known.group_ids),
            "memberCount": known.member_count,
        }

    def _to_store(self, store: Store):
        """Put channels into a store, with their members as far as clients need them at once."""
        if not self:
            return
        members = self._members_for_store().grouped("channel_id")
        nobody = self.env["discuss.channel.member"]
        last = self.env["bus.bus"].sudo()._bus_last_id()
        partner, guest = self.env["res.partner"]._get_current_persona()
        for channel in self:
            of_channel = members.get(channel, nobody)
            values = {
                **channel._channel_basic_info(),
                "is_editable": channel.is_editable,
                "fetchChannelInfoState": "fetched",
                "parent_channel_id": Store.one(channel.sudo().parent_channel_id.with_env(self.env)),
                "from_message_id": Store.one(channel.sudo().from_message_id.with_env(self.env)),
            }
            if partner or guest:
                values["message_needaction_counter"] = channel.message_needaction_counter
                values["message_needaction_counter_bus_id"] = last
                own = of_channel.filtered("is_self")[:1]
                if own:
                    values.update(own._values_of_channel())
                    extra = {"last_interest_dt": None, "message_unread_counter": last, "new_message_separator": None}
                    own._to_store(store, extra_fields=extra)
            store.add(channel, values)
            if channel.channel_type != "channel":
                others = of_channel.filtered(lambda member: not member.is_self)
                others._to_store(store)
            channel._calls_to_store(store, of_channel)

    def _members_for_store(self):
        """Return the members that are told at once: of rooms only the caller, and who is invited to a call."""
        members = self.env["discuss.channel.member"].sudo()
        closed = self.filtered(lambda channel: channel.channel_type != "channel")
        domain = ["&", ("channel_id", "in", self.ids), "|", "|", ("channel_id", "in", closed.ids)]
        domain += [("is_self", "=", True), ("rtc_inviting_session_id", "!=", False)]
        return members.search(domain, order="id").with_env(self.env)

    def _calls_to_store(self, store, members):
        """Put the call in the channel into a store.

        :param members: those among whom the invited ones are
        """
        invited = members.sudo().filtered("rtc_inviting_session_id").with_env(self.env)
        names = {"channel": None, "persona": ["name", "im_status"]}
        store.add(
            self,
            {
                "invitedMembers": Store.many(invited, "ADD", fields=names),
                "rtcSessions": Store.many(self.sudo().rtc_session_ids, "ADD", extra=True),
            },
        )

    def _get_last_messages(self):
        """Return the newest message of each channel."""
        messages = self.env["mail.message"]
        messages.flush_model(["model", "res_id"])
        newest = SQL(
            """SELECT (SELECT max(id) FROM mail_message WHERE model = 'discuss.channel' AND res_id = channel.id)
                 FROM unnest(%s::int[]) AS channel(id)""",
            self.ids,
        )
        return messages.browse(id_ for (id_,) in self.env.execute_query(newest) if id_)

    def _threads_of_messages(self, messages):
        """Return which sub-channels began with messages of the channel, as the store of a client takes them."""
        self.ensure_one()
        began = self.search([("parent_channel_id", "=", self.id), ("from_message_id", "in", messages.ids)])
        parent = {"id": self.id, "model": self._name}
        return [
            {
                "channel_type": thread.channel_type,
                "from_message_id": thread.sudo().from_message_id.id,
                "id": thread.id,
                "name": thread.name,
                "parent_channel_id": parent,
            }
            for thread in began
        ]

    def _load_more_members(self, known_member_ids):
        """Return more members for a client, with how many there are.

        :param known_member_ids: ids of those it knows
        :return: what the store of the client takes
        """
        self.ensure_one()
        told = Store(self, {"memberCount": self.member_count})
        unknown = [("channel_id", "=", self.id), ("id", "not in", known_member_ids)]
        return told.add(self.env["discuss.channel.member"].search(unknown, limit=_PAGE)).get_result()

    def _broadcast(self, partner_ids):
        """Tell partners of channels, each as far as they may see them.

        :param partner_ids: ids of partners; those without a user are not told
        """
        every = self.env["res.users"].sudo().with_context(active_test=False)
        users = every.search([("partner_id", "in", partner_ids)], order="id")
        for partner, of_partner in users.grouped("partner_id").items():
            user = of_partner[0]
            store = Store(self.with_user(user).with_context(allowed_company_ids=user.company_ids.ids))
            partner._bus_send_store(store)
