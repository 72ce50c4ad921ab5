"""Messages with ratings."""

from odoo import api, fields, models

_COMPARED = ("=", "!=", "<", "<=", ">", ">=", "in", "not in")


class MailMessage(models.Model):
    """Messages that say what somebody thinks."""

    _inherit = "mail.message"

    rating_ids = fields.One2many("rating.rating", "message_id", groups="base.group_user", string="Related ratings")
    rating_id = fields.Many2one("rating.rating", compute="_compute_rating_id")
    rating_value = fields.Float(
        "Rating Value", compute="_compute_rating_value", compute_sudo=True, search="_search_rating_value"
    )

    @api.depends("rating_ids.consumed")
    def _compute_rating_id(self):
        """Take the newest rating that was given."""
        for message in self:
            given = message.sudo().rating_ids.filtered("consumed")
            message.rating_id = given.sorted("create_date", reverse=True)[:1]

    @api.depends("rating_ids", "rating_ids.rating")
    def _compute_rating_value(self):
        """Take the stars of the rating."""
        for message in self:
            message.rating_value = message.rating_id.rating if message.rating_id else 0.0

    def _search_rating_value(self, operator, operand):
        """Find messages by their stars; those without a rating have none."""
        if operator not in _COMPARED:
            raise NotImplementedError(f"ratings of messages are not compared by {operator}")
        given = (
            self.env["rating.rating"]
            .sudo()
            ._search([("consumed", "=", True), ("message_id", "!=", False), ("rating", operator, operand)])
        )
        return [("id", "in", given.subselect("message_id"))]

    def _to_store(self, store, /, *, fields=None, **kwargs):
        """Tell clients the ratings too, and the averages of the documents."""
        super()._to_store(store, fields=fields, **kwargs)
        rated = self.filtered(lambda message: message.sudo().rating_id)
        for message in rated:
            store.add(message, {"rating_id": store.one(message.sudo().rating_id)})
        for record in {document for message, document in rated._record_by_message().items()}:
            if "rating_avg" in record._fields:
                known = record.sudo()
                averages = {"rating_avg": known.rating_avg, "rating_count": known.rating_count}
                store.add(record, averages, as_thread=True)
