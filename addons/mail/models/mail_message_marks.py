"""What readers do with messages: read them, mark them, react to them."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import is_html_empty

from ..tools.discuss import Store

#: stands at the end of a text that was changed after it was posted
EDITED_MARK = '<span class="o-mail-Message-edited"></span>'
#: code points of a reaction: symbols are made of several
_MAX_REACTION = 100


class MailMessageMarks(models.Model):
    """Read, starred, reactions."""

    _inherit = "mail.message"

    @api.model
    def mark_all_as_read(self, domain=None):
        """Mark the messages of the user as read.

        :param domain: only those among these messages
        :return: ids of the messages
        """
        partner = self.env.user.partner_id
        if domain:
            messages = self.search(domain)
            messages.set_message_done()
            return messages.ids
        unread = (
            self.env["mail.notification"].sudo().search([("res_partner_id", "=", partner.id), ("is_read", "=", False)])
        )
        unread.write({"is_read": True})
        ids = unread.mail_message_id.ids
        self._announce_read(ids)
        return ids

    def set_message_done(self):
        """Mark these messages as read by the user."""
        partner = self.env.user.partner_id
        unread = (
            self.env["mail.notification"]
            .sudo()
            .search_fetch(
                [("mail_message_id", "in", self.ids), ("res_partner_id", "=", partner.id), ("is_read", "=", False)],
                ["mail_message_id"],
            )
        )
        if unread:
            unread.write({"is_read": True})
            self._announce_read(unread.mail_message_id.ids)

    def _announce_read(self, ids):
        """Tell the user's browsers what is read now."""
        self.browse(ids).invalidate_recordset(["needaction"], flush=False)
        counter = self.env.user.partner_id._get_needaction_count()
        payload = {"message_ids": ids, "needaction_inbox_counter": counter}
        self.env.user._bus_send("mail.message/mark_as_read", payload)

    @api.model
    def unstar_all(self):
        """Take the user's mark from all messages."""
        self.search([("starred", "=", True)])._set_star(False)

    def toggle_message_starred(self):
        """Mark the message for the user, or take the mark away.

        :raise AccessError: when the user may not read it
        """
        self.check_access("read")
        self._set_star(not self.starred)

    def _set_star(self, starred):
        """Write the user's mark, and tell the pages of the user."""
        command = fields.Command.link if starred else fields.Command.unlink
        self.sudo().starred_partner_ids = [command(self.env.user.partner_id.id)]
        self._tell_star(self.env.user, starred)

    def _tell_star(self, target, starred):
        target._bus_send("mail.message/toggle_star", {"message_ids": self.ids, "starred": starred})

    def _message_reaction(self, content, action, partner, guest, store=None):
        """Add a reaction, or remove it.

        :param content: the symbol
        :param action: ``add`` or ``remove``
        :param partner: who reacts; empty for a guest
        :param guest: the guest who does, or nothing
        :param store: what to tell the one who asked
        :raise UserError: for what is no symbol
        """
        self.ensure_one()
        if not isinstance(content, str) or not 0 < len(content) <= _MAX_REACTION:
            raise UserError(self.env._("A reaction is a symbol."))
        reactions = self.env["mail.message.reaction"].sudo()
        who = {"partner_id": partner.id if partner else False, "guest_id": guest.id if guest else False}
        own = reactions.search(
            [
                ("message_id", "=", self.id),
                ("content", "=", content),
                ("partner_id", "=", who["partner_id"]),
                ("guest_id", "=", who["guest_id"]),
            ]
        )
        if action == "add" and not own:
            reactions._react(self, content, **who)
        elif action == "remove":
            own.unlink()
        if store is not None:
            self._reaction_group_to_store(store, content)
        told = Store()
        self._reaction_group_to_store(told, content)
        self._bus_send_store(told)

    def _reaction_group_to_store(self, store, content):
        """Put all reactions with one symbol into a store, or that there are none."""
        same = self.sudo().reaction_ids.filtered(lambda reaction: reaction.content == content)
        gone = [("DELETE", {"message": self.id, "content": content})]
        store.add(self, {"reactions": Store.many(same, "ADD") if same else gone})

    def _cleanup_side_records(self):
        """Forget who was told of the messages and who marked them."""
        messages = self.sudo()
        marked = messages.starred_partner_ids
        messages.starred_partner_ids = [fields.Command.clear()]
        messages.notification_ids.unlink()
        if marked:
            self._tell_star(marked, False)

    def _filter_empty(self):
        """Return those messages in which there is nothing to see."""
        return self.filtered(
            lambda message: (
                _is_empty(message.body)
                and not message.subtype_id.description
                and not message.sudo().attachment_ids
                and not message.sudo().tracking_value_ids
            )
        )


def _is_empty(body):
    """Tell whether a body shows nothing; the mark of an edited message alone is nothing."""
    return is_html_empty((body or "").replace(EDITED_MARK, ""))
