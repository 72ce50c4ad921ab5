"""``rating.parent.mixin``: records with averages of the ratings of what belongs to them."""

from datetime import timedelta

from odoo import api, fields, models

from .rating_data import HIGHEST, averages_search, satisfaction_of, summary_of


class RatingParentMixin(models.AbstractModel):
    """Records whose parts are rated."""

    _name = "rating.parent.mixin"
    _description = "Rating Parent Mixin"
    #: how many days count; all, if false
    _rating_satisfaction_days = False

    rating_ids = fields.One2many(
        "rating.rating",
        "parent_res_id",
        string="Ratings",
        groups="base.group_user",
        domain=lambda self: [("parent_res_model", "=", self._name)],
        auto_join=True,
    )
    rating_percentage_satisfaction = fields.Integer(
        "Rating Satisfaction", compute="_compute_rating_percentage_satisfaction", compute_sudo=True
    )
    rating_count = fields.Integer("# Ratings", compute="_compute_rating_percentage_satisfaction", compute_sudo=True)
    rating_avg = fields.Float(
        "Average Rating",
        groups="base.group_user",
        compute="_compute_rating_percentage_satisfaction",
        compute_sudo=True,
        search="_search_rating_avg",
    )
    rating_avg_percentage = fields.Float(
        "Average Rating (%)",
        groups="base.group_user",
        compute="_compute_rating_percentage_satisfaction",
        compute_sudo=True,
    )

    @api.depends("rating_ids.rating", "rating_ids.consumed")
    def _compute_rating_percentage_satisfaction(self):
        """Count and average the ratings of what belongs to the records."""
        rows = (
            self.env["rating.rating"]
            .sudo()
            ._read_group(
                [*self._counted_ratings(), ("parent_res_id", "in", self.ids)], ["parent_res_id", "rating"], ["__count"]
            )
        )
        found = {}
        for res_id, value, count in rows:
            found.setdefault(res_id, {})[value] = count
        for record in self:
            counts = found.get(record.id, {})
            average, record.rating_count = summary_of(counts)
            record.rating_avg, record.rating_avg_percentage = average, average / HIGHEST
            record.rating_percentage_satisfaction = satisfaction_of(counts)

    def _counted_ratings(self):
        """Return the domain of the ratings that count."""
        domain = [("parent_res_model", "=", self._name), ("consumed", "=", True), ("rating", ">=", 1)]
        if self._rating_satisfaction_days:
            since = fields.Datetime.now() - timedelta(days=self._rating_satisfaction_days)
            domain.append(("write_date", ">=", since))
        return domain

    def _search_rating_avg(self, operator, value):
        """Find records by the average of what belongs to them."""
        averages = (
            self.env["rating.rating"].sudo()._read_group(self._counted_ratings(), ["parent_res_id"], ["rating:avg"])
        )
        return averages_search(self._name, operator, value, averages)
