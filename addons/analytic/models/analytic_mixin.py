"""``analytic.mixin``: documents that share their amounts between accounts."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, float_compare, float_round, sql
from odoo.tools.translate import _

FIELD = "analytic_distribution"
PRECISION = "Percentage Analytic"
#: ids of the accounts of a distribution, as texts: its keys are ids, or some with commas between them
_ACCOUNTS = """string_to_array(translate(jsonb_path_query_array(%s, '$.keyvalue()."key"')::text, '[]" ', ''), ',')"""
_NEGATIVE = {"!=": "=", "not in": "in", "not ilike": "ilike"}


class AnalyticMixin(models.AbstractModel):
    """Records with a distribution: ``{"id" or "id,id": percentage}``, of accounts of one or more plans."""

    _name = "analytic.mixin"
    _description = "Analytic Mixin"

    analytic_distribution = fields.Json(
        "Analytic Distribution", compute="_compute_analytic_distribution", store=True, copy=True, readonly=False
    )
    analytic_precision = fields.Integer(store=False, default=lambda self: self._analytic_digits())
    distribution_analytic_account_ids = fields.Many2many(
        "account.analytic.account", compute="_compute_distribution_analytic_account_ids"
    )

    def init(self):
        """Index the accounts of distributions."""
        super().init()
        if self._abstract or not self._auto:
            return
        index = sql.make_index_name(self._table, f"{FIELD}_accounts")
        sql.create_index(self.env.cr, index, self._table, [f"({_ACCOUNTS % FIELD})"], "gin", f"{FIELD} IS NOT NULL")

    @api.model
    def _analytic_digits(self):
        """Return how many decimals percentages have."""
        return self.env["decimal.precision"].precision_get(PRECISION)

    def _compute_analytic_distribution(self):
        """Work distributions out; for models that extend this one. Until then they are as they were written."""

    @api.depends("analytic_distribution")
    def _compute_distribution_analytic_account_ids(self):
        """Take the accounts that there still are, in the order in which they are named."""
        ids = {record: _account_ids(record.analytic_distribution) for record in self}
        every = self.env["account.analytic.account"].browse(
            dict.fromkeys(id_ for found in ids.values() for id_ in found)
        )
        there = set(every.exists()._ids)
        for record, found in ids.items():
            record.distribution_analytic_account_ids = every.browse([id_ for id_ in found if id_ in there])

    def _query_analytic_accounts(self, table=False):
        """Return the SQL of the accounts of a distribution: an array of ids as texts.

        :param table: name or alias of the table
        """
        return SQL(_ACCOUNTS, SQL.identifier(table or self._table, FIELD))

    # searching

    def _condition_to_sql(self, alias: str, fname: str, operator: str, value, query) -> SQL:
        """Find records by the accounts of their distributions.

        :raise UserError: for comparisons that distributions do not know
        """
        if fname != FIELD:
            return super()._condition_to_sql(alias, fname, operator, value, query)
        column = SQL.identifier(alias, FIELD, to_flush=self._fields[FIELD])
        positive, negative = _NEGATIVE.get(operator, operator), operator in _NEGATIVE
        if value == "" and positive == "=":
            return SQL("TRUE") if negative else SQL("FALSE")
        if _is_empty(positive, value):
            # every distribution contains the empty text
            is_set = positive == "ilike" or value in (True, [True], (True,))
            return SQL("%s IS NOT NULL" if is_set != negative else "%s IS NULL", column)
        ids = [str(id_) for id_ in self._distribution_account_ids(positive, operator, value)]
        found = SQL("%s && %s::text[]", self._query_analytic_accounts(alias), ids)
        return SQL("(%s IS NULL OR NOT (%s))", column, found) if negative else found

    def _distribution_account_ids(self, positive, operator, value):
        """Return the ids of the accounts that a search is for.

        :raise UserError: for comparisons that distributions do not know
        """
        accounts = self.env["account.analytic.account"].with_context(active_test=False)
        if positive in ("=", "ilike") and isinstance(value, str):
            return accounts.search([("display_name", positive, value)]).ids
        if positive == "=" and isinstance(value, int):
            return [value]
        if positive == "in" and isinstance(value, (list, tuple, set, frozenset)):
            texts = [one for one in value if isinstance(one, str) and not one.isdecimal()]
            ids = [int(one) for one in value if one and one not in texts]
            return [*ids, *(accounts.search([("display_name", "in", texts)]).ids if texts else [])]
        raise UserError(
            _("Distributions cannot be compared by %(operator)s with %(value)s.", operator=operator, value=value)
        )

    def filtered_domain(self, domain):
        """Filter records as searches do, by the accounts of their distributions."""
        return super().filtered_domain([self._distribution_leaf(leaf) for leaf in domain])

    def _distribution_leaf(self, leaf):
        """Return what a condition on distributions says of these records; others as they are."""
        if not isinstance(leaf, (list, tuple)) or len(leaf) != 3 or leaf[0] != FIELD:
            return leaf
        _name, operator, value = leaf
        positive, negative = _NEGATIVE.get(operator, operator), operator in _NEGATIVE
        if value == "" and positive == "=":
            found = self.browse()
        elif _is_empty(positive, value):
            is_set = positive == "ilike" or value in (True, [True], (True,))
            found = self.filtered(lambda record: bool(record[FIELD]) == is_set)
        else:
            ids = set(self._distribution_account_ids(positive, operator, value))
            found = self.filtered(lambda record: not ids.isdisjoint(_account_ids(record[FIELD])))
        return ("id", "not in" if negative else "in", list(found._ids))

    def _read_group_groupby(self, groupby_spec: str, query) -> SQL:
        """Refuse groups by distribution: a record would be in many of them.

        :raise ValueError: always for the field
        """
        if groupby_spec.partition(":")[0] == FIELD:
            raise ValueError(f"Records of {self._name} cannot be grouped by {FIELD}")
        return super()._read_group_groupby(groupby_spec, query)

    # values

    @api.model_create_multi
    def create(self, vals_list):
        """Create records; percentages are rounded.

        :raise ValidationError: for what is no distribution
        """
        return super().create([self._with_rounded_distribution(vals) for vals in vals_list])

    def write(self, vals):
        """Change records; percentages are rounded.

        :raise ValidationError: for what is no distribution
        """
        return super().write(self._with_rounded_distribution(vals))

    def _with_rounded_distribution(self, vals):
        """Return values with a distribution as it is kept: its keys are texts, its percentages rounded.

        :raise ValidationError: it is none
        """
        distribution = vals.get(FIELD)
        if not distribution:
            return vals
        digits = self._analytic_digits()
        try:
            kept = {
                str(key): percentage if key == "__update__" else float_round(percentage, precision_digits=digits)
                for key, percentage in distribution.items()
            }
        except (AttributeError, TypeError) as error:
            raise ValidationError(_("A distribution has ids of accounts and percentages.")) from error
        return {**vals, FIELD: kept}

    def _validate_distribution(self, **kwargs):
        """Check that mandatory plans have all of the amount; under ``validate_analytic`` in the context only.

        :param kwargs: what the document is, see ``account.analytic.plan.get_relevant_plans``
        :raise ValidationError: a part has no account of such a plan
        """
        if not self.env.context.get("validate_analytic"):
            return
        self.ensure_one()
        plans = self.env["account.analytic.plan"].sudo()
        if "company_id" in self._fields and self.company_id:
            plans = plans.with_company(self.company_id)
        mandatory = [plan["id"] for plan in plans.get_relevant_plans(**kwargs) if plan["applicability"] == "mandatory"]
        if not mandatory:
            return
        totals = dict.fromkeys(mandatory, 0.0)
        distribution = self.analytic_distribution or {}
        every = self.env["account.analytic.account"].sudo()
        for key, percentage in distribution.items():
            for plan in every.browse(_account_ids({key: percentage})).exists().root_plan_id:
                if plan.id in totals:
                    totals[plan.id] += percentage
        digits = self._analytic_digits()
        if any(float_compare(total, 100, precision_digits=digits) for total in totals.values()):
            names = ", ".join(plans.browse(mandatory).mapped("name"))
            raise ValidationError(_("A 100%% analytic distribution is required for each of these plans: %s", names))


def _account_ids(distribution):
    """Return the ids of the accounts of a distribution, each once, in its order."""
    parts = (part for key in distribution or () for part in str(key).split(","))
    return list(dict.fromkeys(int(part) for part in parts if part.strip().isdecimal()))


def _is_empty(operator, value):
    """Return whether a comparison asks for distributions that are set or not."""
    if operator in ("=", "in"):
        return isinstance(value, bool) or value is None or value in ([False], [True], (False,), (True,))
    return operator == "ilike" and value in ("", False, None)
