"""``mail.message.translation``: texts of messages in other languages, as a service gave them."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.sql import SQL

#: a translation is kept for a while, in case somebody else reads the message, too
_KEPT = timedelta(weeks=2)


class MailMessageTranslation(models.Model):
    """The text of a message in one more language."""

    _name = "mail.message.translation"
    _description = "Message Translation"

    message_id = fields.Many2one("mail.message", "Message", required=True, ondelete="cascade", readonly=True)
    source_lang = fields.Char("Source Language", required=True, help="Code of the language that was recognized.")
    target_lang = fields.Char("Target Language", required=True, help="Code of the language it was put into.")
    body = fields.Html("Translation Body", required=True, sanitize_style=True)
    create_date = fields.Datetime(index=True)

    def init(self):
        """Have one translation of a message into each language."""
        self.env.cr.execute(
            SQL(
                """CREATE UNIQUE INDEX IF NOT EXISTS mail_message_translation_unique
                       ON mail_message_translation (message_id, target_lang)"""
            )
        )

    @api.autovacuum
    def _gc_translations(self):
        """Delete old translations."""
        old = [("create_date", "<", fields.Datetime.now() - _KEPT)]
        self.search(old, limit=models.GC_UNLINK_LIMIT).unlink()
