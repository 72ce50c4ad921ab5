"""Which models have records that messages are sent to."""

from odoo import api, fields, models


class IrModel(models.Model):
    """Models whose records have numbers, or partners with numbers."""

    _inherit = "ir.model"

    is_mail_thread_sms = fields.Boolean(
        string="Mail Thread SMS",
        default=False,
        store=False,
        compute="_compute_is_mail_thread_sms",
        search="_search_is_mail_thread_sms",
        help="Text messages can be sent to its records.",
    )

    @api.depends("is_mail_thread")
    def _compute_is_mail_thread_sms(self):
        """Look for numbers and partners."""
        for model in self:
            model.is_mail_thread_sms = model._has_numbers()

    def _has_numbers(self):
        if not self.is_mail_thread or self.model not in self.env:
            return False
        records = self.env[self.model]
        names = (*records._phone_get_number_fields(), *records._mail_get_partner_fields())
        return any(name in records._fields for name in names)

    @api.model
    def _search_is_mail_thread_sms(self, operator, value):
        """Find models by whether messages can be sent to their records."""
        threads = self.search([("is_mail_thread", "=", True)])
        wanted = (operator == "=") == bool(value)
        return [("id", "in" if wanted else "not in", threads.filtered(lambda model: model._has_numbers()).ids)]
