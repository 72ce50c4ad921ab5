"""Answers of the house to ratings."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_datetime
from odoo.tools.translate import _

#: what an answer is made of
_ANSWER = {"publisher_comment", "publisher_datetime", "publisher_id"}
#: characters of an answer
_LONGEST = 10_000


class Rating(models.Model):
    """Ratings that the house answers in public."""

    _inherit = "rating.rating"

    publisher_comment = fields.Text("Publisher comment")
    publisher_id = fields.Many2one("res.partner", "Commented by", ondelete="set null", readonly=True)
    publisher_datetime = fields.Datetime("Commented on", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Create ratings; those with an answer say whose it is.

        :raise AccessError: the caller may not answer
        """
        ratings = super().create([{**values, **self._publisher_of(values)} for values in vals_list])
        answered = [rating.id for rating, values in zip(ratings, vals_list, strict=True) if _ANSWER & values.keys()]
        self.browse(answered)._check_publisher()
        return ratings

    def write(self, values):
        """Change ratings; an answer says whose it is.

        :raise AccessError: the caller may not answer
        """
        if _ANSWER & values.keys():
            self._check_publisher()
            values = {**values, **self._publisher_of(values)}
        return super().write(values)

    def _publisher_of(self, values):
        """Return who answers, and when, as values: what is not said; nobody where the answer is taken back.

        :raise ValidationError: for a very long answer
        """
        if "publisher_comment" not in values:
            return {}
        answer = values["publisher_comment"] or ""
        if len(answer) > _LONGEST:
            raise ValidationError(_("An answer has at most %s characters.", _LONGEST))
        if not answer.strip():
            return {"publisher_comment": False, "publisher_datetime": False, "publisher_id": False}
        said = {"publisher_datetime": fields.Datetime.now(), "publisher_id": self.env.user.partner_id.id}
        return {name: values.get(name) or value for name, value in said.items()}

    def _check_publisher(self):
        """Have those answer who may change what was rated, and the editors of the website.

        :raise AccessError: for others
        """
        if self.env.su or self.env.user.has_group("website.group_website_restricted_editor"):
            return
        for rating in self:
            model = self.env.get(rating.res_model or "")
            if model is None or not model.browse(rating.res_id).has_access("write"):
                raise AccessError(_("You answer ratings of records that you may change."))

    def _portal_rating_format(self):
        """Return what pages show of each rating: stars, and the answer.

        :return: list of dicts
        """
        return [
            {
                "id": rating.id,
                "publisher_avatar": f"/web/image/res.partner/{rating.publisher_id.id}/avatar_128/50x50"
                if rating.publisher_id
                else "",
                "publisher_comment": rating.publisher_comment or "",
                "publisher_datetime": format_datetime(self.env, rating.publisher_datetime)
                if rating.publisher_datetime
                else "",
                "publisher_id": rating.publisher_id.id,
                "publisher_name": rating.publisher_id.display_name or "",
                "rating": rating.rating,
            }
            for rating in self.sudo()
        ]
