"""What senders are told whose e-mails an address does not take."""

from markupsafe import Markup

from odoo import Command, models
from odoo.tools import is_html_empty

from ..tools import incoming


class AliasBounce(models.Model):
    """Answers of addresses."""

    _inherit = "mail.alias"

    def _alias_bounce_incoming_email(self, message, message_dict, set_invalid=True):
        """Answer an e-mail that the address does not take.

        :param message: the e-mail
        :param message_dict: what was read from it
        :param set_invalid: nobody's e-mail can be taken, which is shown at the address
        """
        self.ensure_one()
        answer = self._get_alias_invalid_body if set_invalid else self._get_alias_bounced_body
        text = answer(message_dict)
        if set_invalid:
            self.write({"alias_status": "invalid"})
        # whoever made the address hears of it too
        creators = self.create_uid.partner_id if self.create_uid.active else self.env["res.partner"]
        more = {"recipient_ids": [Command.set(creators.ids)], "references": message_dict["message_id"]}
        self.env["mail.thread"]._routing_create_bounce_email(message_dict["email_from"], text, message, **more)

    def _in_language_of_author(self, message_dict):
        """Return the address in the language of the one who wrote, if they are known."""
        author = self.env["res.partner"].sudo().browse(message_dict.get("author_id") or ())
        return self.with_context(lang=author.lang) if author.lang else self

    def _get_alias_bounced_body(self, message_dict):
        """Return the answer to one who may not write to the address, as HTML."""
        alias = self._in_language_of_author(message_dict)
        text = alias.alias_bounced_content
        return alias._bounce_body(alias._get_alias_bounced_text() if is_html_empty(text) else text, message_dict)

    def _get_alias_invalid_body(self, message_dict):
        """Return the answer where the address is set up wrongly, as HTML."""
        alias = self._in_language_of_author(message_dict)
        text = alias.env._(
            "Your e-mail did not get through: the address %(alias)s is not set up correctly. Please write to "
            "%(contact)s instead.",
            alias=alias.display_name,
            contact=alias._bounce_contact(),
        )
        return alias._bounce_body(Markup("<p>%s</p>") % text, message_dict)

    def _get_alias_bounced_text(self):
        """Return the usual answer to one who may not write to the address, as HTML."""
        text = self.env._(
            "Your e-mail did not get through: %(alias)s takes e-mails from %(who)s only. Please write from another "
            "address, or to %(contact)s.",
            alias=self.display_name,
            who=self._get_alias_contact_description(),
            contact=self._bounce_contact(),
        )
        return Markup("<p>%s</p>") % text

    def _bounce_contact(self):
        """Return whom senders can turn to."""
        company = self.env.company.sudo()
        return company.partner_id.email_formatted if company.partner_id.email else company.name

    def _bounce_body(self, text, message_dict):
        """Return an answer with the e-mail it is about."""
        return self.env["ir.qweb"]._render(
            "mail.mail_bounce_alias_security",
            {"text": text, "quoted": incoming.quoted(message_dict)},
        )
