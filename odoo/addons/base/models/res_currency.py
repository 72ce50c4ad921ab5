"""Currencies and their rates."""

import logging
import math

from lxml import etree
from num2words import num2words

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, parse_date
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)


class Currency(models.Model):
    """A currency: how its amounts are rounded, written and converted."""

    _name = "res.currency"
    _description = "Currency"
    _rec_names_search = ["name", "full_name"]
    _order = "active desc, name"

    name = fields.Char(string="Currency", size=3, required=True, help="The three letters of ISO 4217.")
    iso_numeric = fields.Integer(string="Currency numeric code.", help="The number of ISO 4217.")
    full_name = fields.Char(string="Name")
    symbol = fields.Char(required=True, help="What amounts are marked with.")
    rate = fields.Float(
        compute="_compute_current_rate",
        string="Current Rate",
        digits=0,
        help="What one unit of the main currency is worth in this one.",
    )
    inverse_rate = fields.Float(
        compute="_compute_current_rate",
        digits=0,
        readonly=True,
        help="What one unit of this currency is worth in the main one.",
    )
    rate_string = fields.Char(compute="_compute_current_rate")
    rate_ids = fields.One2many("res.currency.rate", "currency_id", string="Rates")
    rounding = fields.Float(
        string="Rounding Factor",
        digits=(12, 6),
        default=0.01,
        help="Amounts are multiples of it.",
    )
    decimal_places = fields.Integer(
        compute="_compute_decimal_places",
        store=True,
        help="Digits after the point that amounts are shown with.",
    )
    active = fields.Boolean(default=True)
    position = fields.Selection(
        [("after", "After Amount"), ("before", "Before Amount")],
        default="after",
        string="Symbol Position",
    )
    date = fields.Date(compute="_compute_date")
    currency_unit_label = fields.Char(string="Currency Unit", translate=True)
    currency_subunit_label = fields.Char(string="Currency Subunit", translate=True)
    is_current_company_currency = fields.Boolean(compute="_compute_is_current_company_currency")

    _sql_constraints = [
        ("unique_name", "unique (name)", "There is a currency with this code already."),
        ("rounding_gt_zero", "CHECK (rounding>0)", "The rounding factor of a currency is more than zero."),
    ]

    # changes

    @api.model_create_multi
    def create(self, vals_list):
        """Create currencies; with several active ones, users see which one amounts are in."""
        created = super().create(vals_list)
        self._toggle_group_multi_currency()
        # invalid caches would show currencies that are not there
        self.env.registry.clear_cache()
        return created

    def unlink(self):
        """Delete currencies."""
        result = super().unlink()
        self._toggle_group_multi_currency()
        self.env.registry.clear_cache()
        return result

    def write(self, vals):
        """Update currencies; with several active ones, users see which one amounts are in."""
        result = super().write(vals)
        if vals.keys() & {"active", "digits", "name", "position", "symbol", "rounding"}:
            self.env.registry.clear_cache()
        if "active" in vals:
            self._toggle_group_multi_currency()
        return result

    @api.model
    def _toggle_group_multi_currency(self):
        """Switch the group for several currencies on or off, as the number of active ones tells."""
        if self.search_count([("active", "=", True)], limit=2) > 1:
            self._activate_group_multi_currency()
        else:
            self._deactivate_group_multi_currency()

    @api.model
    def _activate_group_multi_currency(self):
        """Make internal users members of the group for several currencies."""
        group_user = self.env.ref("base.group_user", raise_if_not_found=False)
        group = self.env.ref("base.group_multi_currency", raise_if_not_found=False)
        if group_user and group:
            group_user.sudo()._apply_group(group)

    @api.model
    def _deactivate_group_multi_currency(self):
        """Take the group for several currencies from internal users."""
        group_user = self.env.ref("base.group_user", raise_if_not_found=False)
        group = self.env.ref("base.group_multi_currency", raise_if_not_found=False)
        if group_user and group:
            group_user.sudo()._remove_group(group.sudo())

    @api.constrains("active")
    def _check_company_currency_stays_active(self):
        """Refuse to archive the currency of a company."""
        if self.env.context.get("install_mode") or self.env.context.get("force_deactivate"):
            # data files load all currencies as archived, companies switch on theirs
            return
        archived = self.filtered(lambda currency: not currency.active)
        if self.env["res.company"].search_count([("currency_id", "in", archived.ids)], limit=1):
            raise UserError(_("The currency of a company cannot be archived."))

    # rates

    def _get_rates(self, company, date):
        """Return the rates of the currencies on a day: currency id -> units for one of the main currency.

        :param company: whose rates count beside those that all share; without one, only these
        """
        if not self.ids:
            return {}
        rates = self.env["res.currency.rate"]
        rates.flush_model(["rate", "currency_id", "company_id", "name"])
        self.env.cr.execute(
            SQL(
                """SELECT c.id, COALESCE(
                   (SELECT r.rate FROM res_currency_rate r
                     WHERE r.currency_id = c.id AND r.name <= %(date)s
                       AND (r.company_id IS NULL OR r.company_id = %(company)s)
                  ORDER BY r.company_id, r.name DESC LIMIT 1),
                   (SELECT r.rate FROM res_currency_rate r
                     WHERE r.currency_id = c.id AND (r.company_id IS NULL OR r.company_id = %(company)s)
                  ORDER BY r.company_id, r.name ASC LIMIT 1),
                   1.0) AS rate
                 FROM res_currency c WHERE c.id = ANY(%(ids)s)""",
                date=date,
                company=company.root_id.id or None,
                ids=list(self.ids),
            )
        )
        return dict(self.env.cr.fetchall())

    @api.depends_context("company")
    def _compute_is_current_company_currency(self):
        """Tell the current company's currency."""
        for currency in self:
            currency.is_current_company_currency = self.env.company.root_id.currency_id == currency

    @api.depends("rate_ids.rate")
    @api.depends_context("to_currency", "date", "company", "company_id")
    def _compute_current_rate(self):
        """Look the rates up for the day, company and currency of the context, or today and the company's."""
        date = self.env.context.get("date") or fields.Date.context_today(self)
        company = self.env["res.company"].browse(self.env.context.get("company_id")) or self.env.company
        company = company.root_id
        to_currency = self.browse(self.env.context.get("to_currency")) or company.currency_id
        rates = (self + to_currency)._get_rates(company, date)
        for currency in self:
            currency.rate = (rates.get(currency.id) or 1.0) / (rates.get(to_currency.id) or 1.0)
            currency.inverse_rate = 1 / currency.rate
            if currency != company.currency_id:
                currency.rate_string = f"1 {to_currency.name} = {currency.rate:.6f} {currency.name}"
            else:
                currency.rate_string = ""

    @api.depends("rounding")
    def _compute_decimal_places(self):
        """Count the digits that the rounding factor needs."""
        for currency in self:
            if 0 < currency.rounding < 1:
                currency.decimal_places = math.ceil(math.log10(1 / currency.rounding))
            else:
                currency.decimal_places = 0

    @api.depends("rate_ids.name")
    def _compute_date(self):
        """Tell the day of the latest rate."""
        for currency in self:
            currency.date = currency.rate_ids[:1].name

    @api.model
    def _get_conversion_rate(self, from_currency, to_currency, company=None, date=None):
        """Return what one unit of a currency is worth in another one, for a company on a day."""
        if from_currency == to_currency:
            return 1
        company = company or self.env.company
        date = date or fields.Date.context_today(self)
        return (
            from_currency.with_company(company)
            .with_context(
                to_currency=to_currency.id,
                date=str(date),
            )
            .inverse_rate
        )

    def _convert(self, from_amount, to_currency, company=None, date=None, round=True):
        """Return an amount of this currency in another one.

        :param company: whose rates are used, the current one as a rule
        :param date: the day of the rates, today as a rule
        :param round: round to what the other currency has
        """
        currency, to_currency = self or to_currency, to_currency or self
        if not currency:
            raise ValueError("an amount without currency cannot be converted to none")
        if from_amount:
            amount = from_amount * self._get_conversion_rate(currency, to_currency, company, date)
        else:
            return 0.0
        return to_currency.round(amount) if round else amount

    def _select_companies_rates(self):
        """Return the query of the periods of all rates: currency, rate, company, first day and day after the last."""
        return """
            SELECT r.currency_id, COALESCE(r.company_id, c.id) AS company_id, r.rate, r.name AS date_start,
                   (SELECT later.name FROM res_currency_rate later
                     WHERE later.name > r.name AND later.currency_id = r.currency_id
                       AND (later.company_id IS NULL OR later.company_id = c.id)
                  ORDER BY later.name ASC LIMIT 1) AS date_end
              FROM res_currency_rate r JOIN res_company c ON (r.company_id IS NULL OR r.company_id = c.id)
        """

    # amounts

    def amount_to_text(self, amount):
        """Return an amount in words, in the language of the context."""
        self.ensure_one()
        lang = tools.get_lang(self.env)
        code = lang.iso_code or "en"

        def words(number):
            try:
                return num2words(number, lang=code).title()
            except NotImplementedError:
                return num2words(number, lang="en").title()

        if math.isnan(amount) or math.isinf(amount):
            _logger.warning("%s cannot be written in words", amount)
            return ""
        units, subunits = f"{amount:.{self.decimal_places}f}".partition(".")[::2]
        result = f"{words(int(units))} {self.currency_unit_label or self.name}"
        if int(subunits or 0):
            result = _(
                "%(units)s and %(subunits)s %(label)s",
                units=result,
                subunits=words(int(subunits)),
                label=self.currency_subunit_label or "",
            )
        return result.strip()

    def format(self, amount):
        """Return an amount with the symbol, in the format of the language."""
        self.ensure_one()
        return tools.format_amount(self.env, amount + 0.0, self)

    def round(self, amount):
        """Return an amount rounded to what the currency has."""
        self.ensure_one()
        return tools.float_round(amount, precision_rounding=self.rounding)

    def compare_amounts(self, amount1, amount2):
        """Compare two amounts after rounding: -1, 0 or 1 for less, equal or greater."""
        self.ensure_one()
        return tools.float_compare(amount1, amount2, precision_rounding=self.rounding)

    def is_zero(self, amount):
        """Tell whether an amount is zero after rounding."""
        self.ensure_one()
        return tools.float_is_zero(amount, precision_rounding=self.rounding)

    # views: the columns of rates are labelled with the company's currency

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        """The labels depend on the company's currency."""
        return super()._get_view_cache_key(view_id, view_type, **options) + (self.env.company.currency_id.name,)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Label the rates with the company's currency."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in ("list", "form"):
            label_rates(arch, self.env.company.currency_id.name or _("Unit"))
        return arch, view


def label_rates(arch: etree._Element, currency_name: str):
    """Set the labels of the fields with rates in a view to tell the company's currency."""
    for name, label in (
        ("company_rate", _("Unit per %s", currency_name)),
        ("inverse_company_rate", _("%s per Unit", currency_name)),
    ):
        for node in arch.iterfind(f".//field[@name='{name}']"):
            node.set("string", label)


class CurrencyRate(models.Model):
    """What a currency is worth from a day on."""

    _name = "res.currency.rate"
    _description = "Currency Rate"
    _rec_names_search = ["name", "rate"]
    _order = "name desc"
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Date(string="Date", required=True, index=True, default=fields.Date.context_today)
    rate = fields.Float(
        digits=0,
        aggregator="avg",
        string="Technical Rate",
        help="Units of the currency for one unit of a currency with the rate 1.",
    )
    company_rate = fields.Float(
        digits=0,
        compute="_compute_company_rate",
        inverse="_inverse_company_rate",
        aggregator="avg",
        help="Units of the currency for one unit of the company's currency.",
    )
    inverse_company_rate = fields.Float(
        digits=0,
        compute="_compute_inverse_company_rate",
        inverse="_inverse_inverse_company_rate",
        aggregator="avg",
        help="Units of the company's currency for one unit of the currency.",
    )
    currency_id = fields.Many2one("res.currency", string="Currency", readonly=True, required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", string="Company", default=lambda self: self.env.company.root_id)

    _sql_constraints = [
        (
            "unique_name_per_day",
            "unique (name,currency_id,company_id)",
            "The currency has a rate for this day already.",
        ),
        ("currency_rate_check", "CHECK (rate>0)", "The rate of a currency is more than zero."),
    ]

    def _sanitize_vals(self, vals):
        """Return ``vals`` with one of the three rates, the other two follow from it."""
        if "inverse_company_rate" in vals and ("company_rate" in vals or "rate" in vals):
            vals = {name: value for name, value in vals.items() if name != "inverse_company_rate"}
        if "company_rate" in vals and "rate" in vals:
            vals = {name: value for name, value in vals.items() if name != "company_rate"}
        return vals

    def write(self, vals):
        """Update rates and what was computed with them."""
        self.env["res.currency"].invalidate_model(["inverse_rate"])
        return super().write(self._sanitize_vals(vals))

    @api.model_create_multi
    def create(self, vals_list):
        """Add rates and forget what was computed without them."""
        self.env["res.currency"].invalidate_model(["inverse_rate"])
        return super().create([self._sanitize_vals(vals) for vals in vals_list])

    def _get_latest_rate(self):
        """Return the rate before this one, of the same currency and company.

        :raise UserError: when the rate has no day
        """
        if not self.name:
            raise UserError(_("The rate of a currency needs a day."))
        return (
            self.currency_id.rate_ids.sudo()
            .filtered(
                lambda rate: (
                    rate.rate
                    and rate.company_id == (self.company_id or self.env.company.root_id)
                    and rate.name < (self.name or fields.Date.today())
                )
            )
            .sorted("name")[-1:]
        )

    def _get_last_rates_for_companies(self, companies):
        """Return the latest rate of each company's own currency."""

        def last_rate(company):
            rates = company.sudo().currency_id.rate_ids.filtered(
                lambda rate: rate.rate and rate.company_id in (company, self.env["res.company"])
            )
            return rates.sorted("name")[-1:].rate or 1

        return {company: last_rate(company) for company in companies}

    @api.depends("currency_id", "company_id", "name")
    def _compute_rate(self):
        """Start with the rate before."""
        for rate in self:
            rate.rate = rate.rate or rate._get_latest_rate().rate or 1.0

    @api.depends("rate", "name", "currency_id", "company_id", "currency_id.rate_ids.rate")
    @api.depends_context("company")
    def _compute_company_rate(self):
        """Express the rate against the company's currency."""
        last = self.env["res.currency.rate"]._get_last_rates_for_companies(self.company_id | self.env.company.root_id)
        for rate in self:
            company = rate.company_id or self.env.company.root_id
            rate.company_rate = (rate.rate or rate._get_latest_rate().rate or 1.0) / last[company]

    @api.onchange("company_rate")
    def _inverse_company_rate(self):
        """Set the rate from the one against the company's currency."""
        last = self.env["res.currency.rate"]._get_last_rates_for_companies(self.company_id | self.env.company.root_id)
        for rate in self:
            company = rate.company_id or self.env.company.root_id
            rate.rate = rate.company_rate * last[company]

    @api.depends("company_rate")
    def _compute_inverse_company_rate(self):
        """Turn the rate round."""
        for rate in self:
            rate.company_rate = rate.company_rate or 1.0
            rate.inverse_company_rate = 1.0 / rate.company_rate

    @api.onchange("inverse_company_rate")
    def _inverse_inverse_company_rate(self):
        """Set the rate from the one turned round."""
        for rate in self:
            rate.inverse_company_rate = rate.inverse_company_rate or 1.0
            rate.company_rate = 1.0 / rate.inverse_company_rate

    @api.onchange("company_rate")
    def _onchange_rate_warning(self):
        """Warn when the rate is far from the one before."""
        before = self._get_latest_rate().rate if self.name else 0
        if before:
            difference = abs(before - self.rate) / before
            if difference > 0.2:
                return {
                    "warning": {
                        "title": _("Rate of %s", self.currency_id.name),
                        "message": _(
                            "The rate differs by %(percent)d%% from the one before.", percent=difference * 100
                        ),
                    }
                }
        return None

    @api.constrains("company_id")
    def _check_company_id(self):
        """Refuse rates of branches: they use those of their company."""
        for rate in self:
            if rate.company_id.sudo().parent_id:
                raise ValidationError(_("Branches use the rates of their company: they have none of their own."))

    @api.model
    def _search_display_name(self, operator, value):
        """Search by day, in the format of the user's language too, and by rate."""
        if isinstance(value, str):
            value = parse_date(self.env, value) or value
        return super()._search_display_name(operator, value)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        """The labels depend on the company's currency."""
        return super()._get_view_cache_key(view_id, view_type, **options) + (self.env.company.currency_id.name,)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Label the rates with the company's currency."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list":
            label_rates(arch, self.env.company.currency_id.name or _("Unit"))
        return arch, view
