"""``mail.message.reaction``: a symbol that somebody put to a message."""

from itertools import groupby

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.discuss import Store


class MailMessageReaction(models.Model):
    """A reaction of a partner to a message."""

    _name = "mail.message.reaction"
    _description = "Message Reaction"
    _order = "id desc"
    _log_access = False

    message_id = fields.Many2one("mail.message", "Message", required=True, readonly=True, ondelete="cascade")
    content = fields.Char("Content", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", "Reacting Partner", readonly=True, ondelete="cascade")

    def init(self):
        """Make the index that lets a partner react once with a symbol."""
        self.env.cr.execute(
            SQL(
                """CREATE UNIQUE INDEX IF NOT EXISTS mail_message_reaction_partner_unique
                       ON mail_message_reaction (message_id, content, partner_id) WHERE partner_id IS NOT NULL"""
            )
        )

    @api.model
    def _react(self, message, content, partner_id=False, guest_id=False):
        """Have somebody react to a message, once with each symbol however often they click.

        :param str content: the symbol
        :param partner_id: id of the partner who reacts, or
        :param guest_id: id of the guest
        """
        self.env.cr.execute(
            """INSERT INTO mail_message_reaction (message_id, content, partner_id, guest_id)
                    VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING""",
            [message.id, content, partner_id or None, guest_id or None],
        )
        message.sudo().invalidate_recordset(["reaction_ids"], flush=False)

    def _to_store(self, store: Store):
        """Put reactions into a store, as one group for each message and symbol."""

        def key(reaction):
            return reaction.message_id.id, reaction.content

        for (message_id, content), group in groupby(self.sorted(key), key=key):
            reactions = self.union(*group)
            store.add(
                "MessageReactions",
                {
                    "content": content,
                    "count": len(reactions),
                    "sequence": min(reactions.ids),
                    "personas": reactions._people_to_store(store),
                    "message": message_id,
                },
            )

    def _people_to_store(self, store: Store):
        """Put who reacted into a store.

        :return: list of how clients name them
        """
        store.add(self.partner_id, fields=["name", "write_date"])
        return [{"id": partner.id, "type": "partner"} for partner in self.partner_id]
