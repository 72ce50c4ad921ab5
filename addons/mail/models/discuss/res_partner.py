"""Partners in channels: who calls, whom to invite, whom to write to."""

from odoo import api, fields, models

from ...tools.discuss import Store

#: rows that one request gets at most
_MAX_ROWS = 100


class ResPartner(models.Model):
    """Contacts that are members of channels."""

    _inherit = "res.partner"

    channel_ids = fields.Many2many(
        "discuss.channel", "discuss_channel_member", "partner_id", "channel_id", string="Channels", copy=False
    )

    @api.model
    def _get_current_persona(self):
        """Return who calls: the partner of the user and no guest, or no partner and the guest."""
        user = self.env.user
        if not user or user._is_public():
            return self.env["res.partner"], self.env["mail.guest"]._get_guest_from_context()
        return user.partner_id, self.env["mail.guest"]

    @api.model
    @api.readonly
    def search_for_channel_invite(self, search_term, channel_id=None, limit=30):
        """Return users of the house to invite.

        :param str search_term: part of a name or an address
        :param channel_id: id of the channel that they are to come to
        :return: dict with ``count``, and ``data`` for a store
        """
        channel = self.env["discuss.channel"]._visible(channel_id)
        known = channel.sudo()
        group = (known.group_public_id or known.parent_channel_id.group_public_id).ids
        domain = [*self._get_mention_suggestions_domain(search_term), self._house_term(group)]
        if channel:
            domain.append(("channel_ids", "not in", channel.ids))
        found = self.search(domain)

        def rank(partner):
            return (partner.name or "").lower(), partner.id

        told = Store()
        found.sorted(rank)[: _bounded(limit)]._search_for_channel_invite_to_store(told, channel)
        return {"count": len(found), "data": told.get_result()}

    @api.model
    def _house_term(self, group_ids=()):
        """Return the term of a domain for users of the house.

        :param group_ids: ids of groups, of one of which they are to be
        """
        users = [("share", "=", False), ("active", "=", True)]
        if group_ids:
            users.append(("groups_id", "in", group_ids))
        return ("user_ids", "any", users)

    def _search_for_channel_invite_to_store(self, store: Store, channel):
        """Put partners to invite to a channel into a store; extended by other modules."""
        store.add(self)

    @api.model
    @api.readonly
    def get_mention_suggestions_from_channel(self, channel_id, search, limit=8):
        """Return members of a channel to mention, for clients.

        :param channel_id: id of the channel
        :param str search: part of a name or an address
        """
        room = self.env["discuss.channel"]._visible(channel_id)
        members = self.env["discuss.channel.member"]
        # whoever sees the members may be told who they are, whatever else they may read
        rows = members.sudo().search(
            [
                ("channel_id", "in", room.ids),
                ("partner_id.active", "=", True),
                "|",
                ("partner_id.name", "ilike", search),
                ("partner_id.email", "ilike", search),
            ],
            limit=min(int(limit), _MAX_ROWS),
        )
        if not room:
            return []
        store = Store(rows.sudo(False), fields={"channel": None, "persona": None})
        return store.add(rows.partner_id.sudo(False)).get_result()

    @api.model
    @api.readonly
    def im_search(self, name, limit=20, excluded_ids=None):
        """Return users of the house to write to, for clients.

        :param str name: part of the name
        :param excluded_ids: ids of partners to leave out
        """
        others = [("id", "not in", list(excluded_ids or ())), ("name", "ilike", name), self._house_term()]
        return Store(self.search(others, limit=_bounded(limit), order="name, id")).get_result()


def _bounded(limit):
    """Return how many rows one request gets."""
    return min(int(limit), _MAX_ROWS)
