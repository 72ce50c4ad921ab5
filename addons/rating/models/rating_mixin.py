"""``rating.mixin``: records with averages of their ratings."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.osv import expression

from .rating_data import (
    HIGHEST,
    RATING_TEXT,
    averages_search,
    grade_of,
    repartition_of,
    satisfaction_of,
    summary_of,
    text_of_average,
)

#: what those who may not read ratings choose them by: field and operator -> type of the value
_CHOICES = {
    ("is_internal", "="): bool,
    **{("rating", operator): float for operator in ("=", "!=", "<", "<=", ">", ">=")},
}


class RatingMixin(models.AbstractModel):
    """Threads whose ratings are counted."""

    _name = "rating.mixin"
    _description = "Rating Mixin"
    _inherit = ["mail.thread"]

    rating_last_value = fields.Float(
        "Rating Last Value",
        groups="base.group_user",
        compute="_compute_rating_last_value",
        compute_sudo=True,
        store=True,
        aggregator="avg",
    )
    rating_last_feedback = fields.Text("Rating Last Feedback", groups="base.group_user", related="rating_ids.feedback")
    rating_last_image = fields.Binary("Rating Last Image", groups="base.group_user", related="rating_ids.rating_image")
    rating_last_text = fields.Selection(
        string="Rating Text", groups="base.group_user", related="rating_ids.rating_text"
    )
    rating_count = fields.Integer("Rating count", compute="_compute_rating_stats", compute_sudo=True)
    rating_avg = fields.Float(
        "Average Rating",
        groups="base.group_user",
        compute="_compute_rating_stats",
        compute_sudo=True,
        search="_search_rating_avg",
    )
    rating_avg_text = fields.Selection(
        RATING_TEXT, groups="base.group_user", compute="_compute_rating_avg_text", compute_sudo=True
    )
    rating_percentage_satisfaction = fields.Float(
        "Rating Satisfaction", compute="_compute_rating_satisfaction", compute_sudo=True
    )

    @api.depends("rating_ids", "rating_ids.rating", "rating_ids.consumed")
    def _compute_rating_last_value(self):
        """Take the newest rating that was given."""
        for record in self:
            given = record.rating_ids.filtered("consumed").sorted(lambda one: (one.write_date, one.id))
            record.rating_last_value = given[-1:].rating

    @api.depends("rating_ids.res_id", "rating_ids.rating")
    def _compute_rating_stats(self):
        """Count the ratings that were given, and average them."""
        found = self._given_by_record()
        for record in self:
            average, record.rating_count = summary_of(found.get(record.id, {}))
            record.rating_avg = average

    @api.depends("rating_avg")
    def _compute_rating_avg_text(self):
        """Say what the average means."""
        for record in self:
            record.rating_avg_text = text_of_average(record.rating_avg)

    @api.depends("rating_ids.res_id", "rating_ids.rating")
    def _compute_rating_satisfaction(self):
        """Tell the share of those who are content."""
        found = self._given_by_record()
        for record in self:
            record.rating_percentage_satisfaction = satisfaction_of(found.get(record.id, {}))

    def _given_by_record(self, domain=None):
        """Return ``{record id: {rating: how often}}``."""
        rows = (
            self.env["rating.rating"]
            .sudo()
            ._read_group(expression.AND([self._rating_domain(), domain or []]), ["res_id", "rating"], ["__count"])
        )
        found = {}
        for res_id, value, count in rows:
            found.setdefault(res_id, {})[value] = count
        return found

    def _search_rating_avg(self, operator, value):
        """Find records by their average."""
        given = [("res_model", "=", self._name), ("consumed", "=", True), ("rating", ">=", 1)]
        averages = self.env["rating.rating"].sudo()._read_group(given, ["res_id"], ["rating:avg"])
        return averages_search(self._name, operator, value, averages)

    def write(self, values):
        """Change records; their ratings have their name, and are of what they belong to."""
        result = super().write(values)
        parent = self._rating_get_parent_field_name()
        moved, renamed = parent in values, self._rec_name in values
        if moved or renamed:
            ratings = (
                self.env["rating.rating"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
            )
            if renamed:
                ratings._compute_res_name()
            if moved:
                for record in self.sudo():
                    ratings.filtered(lambda one, id_=record.id: one.res_id == id_).write(
                        {"parent_res_id": record[parent].id}
                    )
        return result

    # statistics

    def _rating_domain(self):
        """Return the domain of the ratings that count for these records."""
        given = [("consumed", "=", True), ("rating", ">=", 1)]
        return [*given, ("res_id", "in", self.ids), ("res_model", "=", self._name)]

    def _rating_get_repartition(self, add_stats=False, domain=None):
        """Return how often there is each rating.

        :param add_stats: tell average and total too
        :param domain: which ratings
        :return: ``{1 to 5: how often}``, or a dict with it as ``repartition``, ``avg`` and ``total``
        """
        self.check_access("read")
        wanted = [("id", "in", self._ratings_found_by(domain))]
        rows = self.env["rating.rating"].sudo()._read_group([*self._rating_domain(), *wanted], ["rating"], ["__count"])
        counts = repartition_of(rows)
        if not add_stats:
            return counts
        average, total = summary_of(counts)
        return {"avg": average, "repartition": counts, "total": total}

    def _ratings_found_by(self, domain):
        """Return the ratings that a domain of the caller finds, for a domain with ``in``.

        Those who may not read ratings only choose by ``rating`` (compared with numbers) and ``is_internal``.

        :raise AccessError: for any other domain of theirs
        """
        ratings = self.env["rating.rating"]
        if not domain:
            return ratings.sudo()._search(self._rating_domain())
        if ratings.has_access("read"):
            return ratings._search([*self._rating_domain(), *domain])
        terms = [term for term in domain if term != "&"]
        allowed = []
        for (name, operator), make in _CHOICES.items():
            # names and operators are ours, only plain values are the caller's
            allowed.extend((name, operator, make(term[2])) for term in terms if list(term[:2]) == [name, operator])
        if len(allowed) != len(terms):
            raise AccessError(self.env._("Ratings are counted by their stars only."))
        return ratings.sudo()._search([*self._rating_domain(), *allowed])

    def rating_get_grades(self, domain=None):
        """Return how many ratings are ``great``, ``okay`` and ``bad``."""
        grades = dict.fromkeys(("bad", "great", "okay"), 0)
        for value, count in self._rating_get_repartition(domain=domain).items():
            grades[grade_of(value)] += count
        return grades

    def rating_get_stats(self, domain=None):
        """Return ``avg``, ``total`` and ``percent``, the share of each rating from 1 to 5.

        :param domain: which ratings, of those that the caller may read; see :meth:`_ratings_found_by` for the others
        :raise AccessError: the caller may not read the records, or not ask so
        """
        told = self._rating_get_repartition(add_stats=True, domain=domain)
        total = told["total"]
        percent = {stars: told["repartition"][stars] * 100 / total if total else 0 for stars in range(1, HIGHEST + 1)}
        return {"avg": told["avg"], "percent": percent, "total": total}
