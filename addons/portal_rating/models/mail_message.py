"""Messages with stars, on pages."""

from odoo import models


class MailMessage(models.Model):
    """Messages as pages show them, with their ratings."""

    _inherit = "mail.message"

    def _portal_get_default_format_properties_names(self, options=None):
        """Add the ratings, where the page wants them.

        :param options: dict, with ``rating_include``
        """
        stars = {"rating", "rating_value"} if (options or {}).get("rating_include") else set()
        return stars | super()._portal_get_default_format_properties_names(options)

    def _portal_message_format(self, properties_names, options=None):
        """Add to each message its rating: a dict, empty without one."""
        rows = super()._portal_message_format(properties_names, options)
        if "rating" in properties_names:
            for message, row in zip(self.sudo(), rows, strict=True):
                row["rating"] = next(iter(message.rating_id._portal_rating_format()), {})
        return rows
